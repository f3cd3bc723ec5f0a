// docs/permissions.md, printed from the policy.

import { type Role, roles } from '../../src/domain/organisation/actor.ts';
import { actions, type Relation, relations, ruleOf } from '../../src/domain/organisation/policy.ts';
import { actionNames, relationNames, roleNames } from '../../src/domain/organisation/policy-words.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** One section per action: who, and on what. */
export const permissions = (): string =>
  [
    '# Ai được làm gì · Who may do what',
    'Printed from `src/domain/organisation/policy.ts` by `npm run docs`; do not edit by hand. What is not in the table is refused. Nhiệm vụ không thuộc phạm vi của mình thì coi như không có (404); thấy được mà không có quyền thì bị từ chối (403).',
    'Within “Move a task” the workflow says which role makes which move, and the rules of appraisal who may answer: they only take away from what stands here.',
    [
      row(['Việc', 'Action', 'Ai, trong phạm vi nào', 'Who, on what']),
      row(Array(4).fill('---')),
      ...actions.map(line),
    ].join('\n'),
    '## Phạm vi · Relations',
    [row(['Phạm vi', 'Relation', 'Meaning']), row(Array(3).fill('---')), ...relations.map(meaning)].join('\n'),
    '',
  ].join('\n\n');

const line = (action: (typeof actions)[number]): string => {
  const grants = Object.entries(ruleOf(action).to) as [Role | 'anybody', Relation | readonly Relation[]][];
  const everybody = roles.every((role) => ruleOf(action).to[role] === 'anywhere');
  const told = (language: 'vi' | 'en'): string =>
    everybody
      ? { vi: 'Mọi vai trò: toàn tỉnh', en: 'Every role: anywhere' }[language]
      : grants
          .map(
            ([role, on]) =>
              `${roleNames[role][language]}: ${[on]
                .flat()
                .map((each) => relationNames[each][language])
                .join(', ')}`,
          )
          .join('; ');
  return row([actionNames[action].vi, `${actionNames[action].en} (\`${action}\`)`, told('vi'), told('en')]);
};

const meanings: Readonly<Record<Relation, string>> = {
  anywhere: 'Everything of its kind.',
  own_unit: 'Tasks whose lead unit is the unit of the membership; not those of units above or below it.',
  former_unit:
    'Tasks that a unit had finished which is no more, and whose work went to the unit of the membership, through all reorganisations: to be read.',
  appraising_agency:
    'Tasks that the unit of the membership appraises or helps to appraise. An appraiser with a field: those of the field. Also for an absent appraiser, while standing in.',
  followed: 'Tasks that match every bound of the membership: unit, programme, field. Without a bound: all.',
  named:
    'Tasks to whose follow-up a head has named the account, for the unit of the membership or one whose work came to it.',
  in_charge:
    'What a head of a unit follows by a membership as specialist: the field, the units or the programme that the room has in charge.',
  programme: 'The programme of the membership.',
  addressed:
    'One difficulty of a task, put to the unit of the membership or to a unit whose work came to it: that difficulty and no more of the task.',
  self: 'One’s own notifications, and what one submitted oneself.',
};

const meaning = (relation: Relation): string =>
  row([relationNames[relation].vi, `${relationNames[relation].en} (\`${relation}\`)`, meanings[relation]]);
