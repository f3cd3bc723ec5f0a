// An event of a task in words: what, by whom in which capacity, and its particulars.

import { useQuery } from '@tanstack/react-query';
import { workflowQuery } from '../../api/task-parts.ts';
import type { SourceDocument, Task, TaskEvent } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { civilDay, day, number, percent } from '../../format.ts';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { eventText } from './event-text.ts';

export const eventKinds = [
  'all',
  'moves',
  'progress',
  'deadlines',
  'reminders',
  'evidence',
  'appraisal',
  'difficulties',
] as const;
export type EventKind = (typeof eventKinds)[number];

const kinds: Readonly<Record<string, readonly EventKind[]>> = {
  'task.assigned': ['moves'],
  'task.moved': ['moves'],
  'task.recalled': ['moves'],
  'task.move_proposed': ['moves'],
  'task.transferred': ['moves'],
  'task.progress_reported': ['progress'],
  'task.deadline_decided': ['deadlines'],
  'task.deadline_proposed': ['deadlines'],
  'task.extension_requested': ['deadlines'],
  'task.explained': ['deadlines'],
  'task.cause_judged': ['deadlines'],
  'task.timer_fired': ['reminders'],
  'task.urged': ['reminders'],
  'task.vote_cast': ['appraisal'],
  'task.opinion_given': ['appraisal'],
  'task.information_requested': ['appraisal'],
  'task.information_given': ['appraisal'],
  'task.reassigned': ['appraisal'],
  'task.difficulty_reported': ['difficulties'],
  'task.difficulty_answered': ['difficulties'],
  'task.difficulty_redirected': ['difficulties'],
};

export interface EvidencePiece {
  readonly title: string;
  readonly reference?: string;
  readonly file?: { readonly id: string; readonly sha256: string; readonly bytes: number };
}

export const evidenceIn = ({ payload }: TaskEvent): readonly EvidencePiece[] =>
  (payload.evidence as readonly EvidencePiece[] | undefined) ?? [];

export const isOfKind = (event: TaskEvent, kind: EventKind): boolean =>
  kind === 'all' ||
  (kinds[event.type] ?? []).includes(kind) ||
  (kind === 'evidence' && evidenceIn(event).length > 0) ||
  (kind === 'appraisal' && event.payload.answer !== undefined);

export const isReminder = ({ type }: TaskEvent): boolean => type === 'task.timer_fired';

/** Recorded on another day than it happened. */
export const isLater = ({ effectiveAt, recordedAt }: TaskEvent): boolean =>
  civilDay(effectiveAt) !== civilDay(recordedAt);

export const useDocumentWords = (): ((document: SourceDocument) => string) => {
  const text = useText(eventText);
  return ({ number: of, date, issuer, item }) =>
    `${item === undefined || item === null ? '' : `${item}, `}${text.documentOf(of, day(date), issuer)}`;
};

export const useCapacity = (): ((capacity: string) => string) => {
  const text = useText(eventText);
  return (capacity) => text.capacities[capacity as keyof typeof text.capacities] ?? capacity;
};

export const useEventWords = (task: Pick<Task, 'workflow'>) => {
  const text = useText(eventText);
  const words = useText(common);
  const named = useNamed();
  const unitName = useUnitName();
  const capacityOf = useCapacity();
  const documentOf = useDocumentWords();
  const definition = useQuery(workflowQuery(task.workflow)).data?.definition;
  const ruleName = (key: unknown) => {
    const rule = definition?.timers.find((timer) => timer.key === key);
    return rule ? named(rule.name) : String(key);
  };
  /** Of the k-th reminder of a rule: the repetition follows the last step. */
  const levelOf = (key: string, k: number) => {
    const rule = definition?.timers.find((timer) => timer.key === key);
    return rule?.steps[k - 1] ?? rule?.repeat;
  };
  const transitionName = (key: unknown) => {
    const found = definition?.transitions.find((transition) => transition.key === key);
    return found ? named(found.name) : String(key);
  };
  const stateName = (key: unknown) => {
    const found = definition?.states.find((state) => state.key === key);
    return found ? named(found.name) : String(key);
  };
  const what = ({ type, payload }: TaskEvent): string => {
    const n = String(payload.n ?? payload.number ?? '');
    switch (type) {
      case 'task.assigned':
        return text.assigned;
      case 'task.moved':
        return transitionName(payload.transition);
      case 'task.progress_reported':
        return text.progress;
      case 'task.deadline_decided':
        return payload.extension === true ? text.extension : text.deadline;
      case 'task.deadline_proposed':
        return text.deadlineProposed(day(String(payload.dueOn ?? payload.day)));
      case 'task.vote_cast':
        return text.vote(text.outcomes[payload.outcome as keyof typeof text.outcomes]);
      case 'task.recalled':
        return text.recalled;
      case 'task.information_requested':
        return text.question;
      case 'task.information_given':
        return text.answer;
      case 'task.opinion_given':
        return text.opinion(text.stances[payload.stance as keyof typeof text.stances]);
      case 'task.reassigned':
        return text.reassigned;
      case 'task.move_proposed':
        return text.proposed;
      case 'task.transferred':
        return text.transferred;
      case 'task.difficulty_reported':
        return text.difficulty(n);
      case 'task.difficulty_answered':
        return text.difficultyAnswered(n);
      case 'task.difficulty_redirected':
        return text.difficultyRedirected(n);
      case 'task.follower_named':
        return (payload.follower === null ? text.followerEnded : text.followerNamed)(unitName(String(payload.unit)));
      case 'task.extension_requested':
        return text.extensionAsked(day(String(payload.day)));
      case 'task.explained':
        return text.explained;
      case 'task.cause_judged':
        return payload.confirmed === true ? text.judged : text.notJudged;
      case 'task.urged':
        return text.urged(n, text.channels[payload.channel as keyof typeof text.channels]);
      case 'task.timer_fired': {
        const tell = { remind: text.reminded, urge: text.urgedBySystem, escalate: text.escalated };
        return tell[payload.action as keyof typeof tell](ruleName(payload.rule));
      }
      case 'task.timer_skipped':
        return text.skipped(ruleName(payload.rule));
      default:
        return text.unknown;
    }
  };
  const who = ({ actor, actorName, capacity, signing, onBehalfOf }: TaskEvent): string => {
    if (actor === null) return text.system;
    const told = capacity === null ? '' : capacityOf(capacity);
    const signed = [signing, told, onBehalfOf ? text.onBehalf : ''].filter(Boolean).join(' ');
    return `${actorName ?? actor}${signed === '' ? '' : ` (${signed})`}`;
  };
  const addressee = ({ addressee: to, unit }: { readonly addressee?: unknown; readonly unit?: unknown }): string =>
    typeof unit === 'string' ? unitName(unit) : text.addressees[to as keyof typeof text.addressees];
  /** One line each. */
  const particulars = (event: TaskEvent): readonly string[] => {
    const { payload } = event;
    const line = (value: unknown, tell: (given: string) => string = (given) => given) =>
      typeof value === 'string' && value !== '' ? [tell(value)] : [];
    const due = (value: unknown) => (typeof value === 'string' ? day(value) : text.noDue);
    return [
      ...(event.type === 'task.moved' || event.type === 'task.recalled' ? [text.toState(stateName(payload.to))] : []),
      ...(event.type === 'task.assigned' ? [text.dueOn(due(payload.dueOn))] : []),
      ...(event.type === 'task.deadline_decided' ? [text.dueFrom(due(payload.previousDueOn), due(payload.dueOn))] : []),
      ...(typeof payload.progress === 'number' ? [text.progressOf(percent(payload.progress))] : []),
      ...(payload.result === undefined
        ? []
        : [text.resultOf(typeof payload.result === 'number' ? number(payload.result) : String(payload.result))]),
      ...line(payload.estimate, (estimate) => words.estimates[estimate as keyof typeof words.estimates]),
      ...Object.values((payload.fields as object | undefined) ?? {}).map(String),
      ...['narrative', 'reason', 'question', 'opinion', 'cause', 'proposal', 'text', 'objectiveCause', 'note'].flatMap(
        (key) => line(payload[key]),
      ),
      ...line(payload.answer, (given) =>
        event.type === 'task.moved' ? text.vote(text.outcomes[given as keyof typeof text.outcomes] ?? given) : given,
      ),
      ...(event.type === 'task.difficulty_redirected'
        ? [text.redirected(addressee(payload.previous as object), addressee(payload))]
        : []),
      ...(Array.isArray(payload.missing) ? [text.missing(payload.missing.join('; '))] : []),
      ...(evidenceIn(event).length > 0
        ? [
            text.evidenceOf(
              evidenceIn(event)
                .map(({ title, reference }) => (reference === undefined ? title : `${title} (${reference})`))
                .join('; '),
            ),
          ]
        : []),
      ...(payload.document ? [documentOf(payload.document as SourceDocument)] : []),
      ...(event.type === 'task.transferred' && payload.toName
        ? [`${String(payload.fromName)} → ${String(payload.toName)}`]
        : []),
      ...(event.type === 'task.reassigned' ? [unitName(String(payload.appraiserUnit))] : []),
      ...(Array.isArray(payload.to)
        ? [text.sentTo(payload.to.map((role) => capacityOf(String(role))).join(', '))]
        : []),
    ];
  };
  return { what, who, particulars, ruleName, levelOf };
};
