// Work from secret documents is counted and followed, and none of its content is ever stored (domain rule T12: such
// documents are listed apart and not written into systems like this one). What remains: code, units, days, states,
// numbers and the number and date of a deciding document.

import type { AssignTask, Command } from './task.ts';

/** What stands in place of a title, the same for all. */
export const secretTitle = 'Nhiệm vụ mật (không ghi nội dung trên hệ thống)';

/** JSON pointers to everything in the command that could carry content. */
export const contentIn = (command: Command): readonly string[] => {
  switch (command.type) {
    case 'assign':
      return [...texts(command, assignmentTexts), ...dueText(command.due)];
    case 'transition':
      return [
        ...texts(command, ['reason', 'evidence', 'missing']),
        ...fieldTexts(command.fields ?? {}),
        ...itemText(command.document),
      ];
    case 'report_progress':
      return [...texts(command, ['narrative']), ...(typeof command.result === 'string' ? ['/result'] : [])];
    case 'decide_deadline':
      return [...texts(command, ['reason']), ...dueText(command.due), ...itemText(command.document)];
    case 'reassign':
      return [...texts(command, ['reason']), ...itemText(command.document)];
    case 'recall':
      return texts(command, ['reason']);
    case 'give_opinion':
      return texts(command, ['opinion']);
    case 'report_difficulty':
      return texts(command, ['cause', 'proposal']);
    case 'answer_difficulty':
      return [...texts(command, ['answer']), ...itemText(command.document)];
    case 'redirect_difficulty':
      return [...texts(command, ['reason']), ...itemText(command.document)];
    case 'name_follower':
    case 'request_extension':
    case 'propose_deadline':
      return texts(command, ['reason']);
    case 'explain':
      return texts(command, ['text', 'objectiveCause']);
    case 'judge_cause':
      return [...texts(command, ['reason']), ...itemText(command.document)];
    case 'urge':
      return [...texts(command, ['note']), ...itemText(command.document)];
    // Questions and answers are nothing but content: they belong on the paper that is not here.
    case 'request_information':
      return ['/question'];
    case 'answer_information':
      return ['/answer'];
    // Names units and the document that reorganised them, nothing of the task.
    case 'transfer':
    case 'event_happened':
    case 'fire_timer':
      return [];
    default:
      return command satisfies never;
  }
};

const assignmentTexts: readonly (keyof AssignTask)[] = [
  'title',
  'product',
  'measureUnit',
  'target',
  'source',
  'indicator',
];

const texts = (command: object, keys: readonly string[]): readonly string[] =>
  keys.filter((key) => (command as Record<string, unknown>)[key] !== undefined).map((key) => `/${key}`);

const dueText = (due: AssignTask['due']): readonly string[] =>
  due.kind === 'none' ? ['/due/reason'] : due.kind === 'after_event' ? ['/due/event'] : [];

const itemText = (document: { readonly item?: string } | undefined): readonly string[] =>
  document?.item === undefined ? [] : ['/document/item'];

const fieldTexts = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(fields).flatMap(([key, value]) => (typeof value === 'string' ? [`/fields/${key}`] : []));
