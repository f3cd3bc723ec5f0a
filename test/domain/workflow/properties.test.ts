// What holds for every task whatever is asked of it, by whomever, whenever.

import { expect } from 'chai';
import fc from 'fast-check';
import { type Actor, holdsTaskRole } from '../../../src/domain/organisation/actor.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { addDays, dayOf } from '../../../src/domain/schedule/civil-date.ts';
import type { Due } from '../../../src/domain/schedule/due.ts';
import { owedTimers } from '../../../src/domain/schedule/owed-timers.ts';
import { builtInDefinitions } from '../../../src/domain/workflow/built-in.ts';
import { decide } from '../../../src/domain/workflow/decide.ts';
import { type Definition, isFinal } from '../../../src/domain/workflow/definition.ts';
import { eventTypes } from '../../../src/domain/workflow/event-types.ts';
import { evolve, replay } from '../../../src/domain/workflow/evolve.ts';
import type { FollowingCommand } from '../../../src/domain/workflow/following.ts';
import type { Command, ReviewCommand, Task, TaskEvent } from '../../../src/domain/workflow/task.ts';
import {
  aDocument,
  anActor,
  anAssignment,
  calendar,
  cast,
  circumstances,
  eventsOf,
  instant,
  units,
} from '../../support/builders.ts';

/** Besides the cast: people who hold roles that must not meet in one task. */
const actors = [
  ...Object.values(cast),
  anActor({ role: 'appraiser', unit: units.appraiser }, { role: 'head', unit: units.lead }),
  anActor({ role: 'office' }),
  anActor({ role: 'office' }, { role: 'appraiser', unit: units.appraiser }),
  anActor({ role: 'leader' }, { role: 'focal_point', unit: units.lead }),
  null,
];

const hours = 3_600_000;
const start = instant('2026-01-05').getTime();

interface Step {
  readonly wait: number;
  readonly who: number;
  readonly what:
    | 'transfer'
    | 'move'
    | 'allowed_move'
    | 'report'
    | 'deadline'
    | 'review'
    | 'following'
    | 'owed_timer'
    | 'any_timer';
  readonly which: number;
  readonly daysAgo: number | null;
  readonly dueIn: number | null;
  readonly generous: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  wait: fc.oneof(fc.nat(8 * hours), fc.nat(40 * 24 * hours)),
  who: fc.nat(actors.length - 1),
  what: fc.constantFrom(
    'move',
    'allowed_move',
    'allowed_move',
    'allowed_move',
    'report',
    'deadline',
    'review',
    'review',
    'review',
    'following',
    'following',
    'following',
    'transfer',
    'owed_timer',
    'owed_timer',
    'any_timer',
  ),
  which: fc.nat(20),
  daysAgo: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: -2, max: 20 }) },
  ),
  dueIn: fc.option(fc.integer({ min: -30, max: 120 }), { freq: 3 }),
  generous: fc.boolean(),
});

const dueOf = (dueIn: number | null, today: string): Due =>
  dueIn === null ? { kind: 'none', reason: 'Thường xuyên' } : { kind: 'on_or_before', day: addDays(today, dueIn) };

const reviewCommands: readonly ReviewCommand[] = [
  { type: 'recall' },
  { type: 'request_information', question: 'Số liệu từ đâu?' },
  { type: 'answer_information', answer: 'Từ báo cáo tháng', evidence: [{ title: 'Báo cáo tháng' }] },
  { type: 'give_opinion', stance: 'agree', opinion: 'Thống nhất' },
  { type: 'reassign', appraiserUnit: 'so-giao-duc', participants: [units.appraiser], reason: 'Đúng lĩnh vực' },
  { type: 'reassign', appraiserUnit: units.appraiser, participants: [], reason: 'Đúng lĩnh vực' },
];

const followingOf = (
  pick: <T>(list: readonly T[]) => T | undefined,
  { which, dueIn }: Step,
  today: string,
): FollowingCommand =>
  pick<FollowingCommand>([
    { type: 'report_difficulty', cause: 'Thiếu kinh phí', addressee: 'province', answerBy: addDays(today, 5) },
    { type: 'answer_difficulty', number: 1 + (which % 2), answer: 'Đã bổ sung' },
    {
      type: 'redirect_difficulty',
      number: 1 + (which % 2),
      addressee: 'unit',
      unit: 'TPCL',
      answerBy: addDays(today, 9),
      reason: 'Thuộc thẩm quyền',
    },
    { type: 'request_extension', day: addDays(today, 200 + (dueIn ?? 0)), reason: 'Chờ thẩm định' },
    { type: 'name_follower', follower: which % 2 === 0 ? cast.focalPoint.id : null },
    { type: 'propose_deadline', day: addDays(today, 60), reason: 'Theo kế hoạch' },
    { type: 'explain', text: 'Chậm do thời tiết', objectiveCause: 'Bão lụt' },
    { type: 'judge_cause', confirmed: which % 2 === 0, reason: 'Theo hồ sơ' },
    { type: 'urge', channel: 'phone', note: 'Đã trao đổi' },
  ]) as FollowingCommand;
/** What is said of work that has ended; it moves nothing. */
const aftermath: ReadonlySet<string> = new Set([
  'task.explained',
  'task.cause_judged',
  'task.difficulty_answered',
  'task.difficulty_redirected',
]);

/** Fields that fill any form of the definition. */
const fieldsOf = (definition: Definition, form: string | undefined) =>
  Object.fromEntries(
    (definition.forms.find(({ key }) => key === form)?.fields ?? []).map(({ key, type, choices }) => {
      if (type === 'text') return [key, 'x'];
      if (type === 'choice') return [key, choices?.[0] ?? ''];
      if (type === 'date') return [key, '2026-06-16'];
      return [key, type === 'yes_no' ? true : 50];
    }),
  );

const commandOf = (definition: Definition, task: Task, given: Step, today: string): Command => {
  const effective = given.daysAgo === null ? {} : { effectiveAt: addDays(today, -given.daysAgo) };
  const pick = <T>(list: readonly T[]): T | undefined => list[given.which % Math.max(1, list.length)];
  switch (given.what) {
    case 'report':
      return { type: 'report_progress', progress: given.which, ...effective };
    case 'deadline':
      return {
        type: 'decide_deadline',
        due: dueOf(given.dueIn, today),
        reason: given.generous ? 'Theo đề nghị' : '',
        ...(given.generous ? { document: aDocument } : {}),
        ...effective,
      };
    case 'review':
      return { ...(pick(reviewCommands) as ReviewCommand), ...effective };
    case 'following':
      return { ...followingOf(pick, given, today), ...effective };
    case 'transfer':
      return {
        type: 'transfer',
        reorganisation: 'r',
        kind: 'merge',
        document: aDocument,
        effectiveOn: addDays(today, -(given.daysAgo ?? 0)),
        leadUnit: task.leadUnit === units.lead ? 'so-moi' : units.lead,
        appraiserUnit: task.appraiserUnit,
        participants: task.participants,
        replaced: false,
        names: {},
        heirs: {},
      };
    case 'owed_timer': {
      const timer = pick(owedTimers(definition, task, calendar));
      return { type: 'fire_timer', rule: timer?.rule ?? 'none', k: timer?.k ?? 1, anchor: timer?.anchor ?? '' };
    }
    case 'any_timer':
      return {
        type: 'fire_timer',
        rule: pick(definition.timers)?.key ?? '',
        k: 1 + (given.which % 5),
        anchor: `due:${task.dueOn}`,
      };
    default: {
      const open = definition.transitions.filter(({ from }) => given.what === 'move' || from.includes(task.state));
      const transition = pick(open);
      return {
        type: 'transition',
        transition: transition?.key ?? 'none',
        ...effective,
        ...(given.generous || given.which > 2
          ? {
              reason: 'x',
              document: aDocument,
              evidence: [{ title: 'x' }],
              fields: fieldsOf(definition, transition?.require?.form),
            }
          : {}),
      };
    }
  }
};

/** Who would usually ask this; anybody else is tried when the step is not generous. */
const usual: Readonly<Record<(ReviewCommand | FollowingCommand)['type'], Actor>> = {
  report_difficulty: cast.focalPoint,
  answer_difficulty: cast.office,
  redirect_difficulty: cast.office,
  request_extension: cast.head,
  propose_deadline: cast.head,
  explain: cast.head,
  judge_cause: cast.office,
  name_follower: cast.head,
  urge: cast.office,
  recall: cast.head,
  request_information: cast.appraiser,
  answer_information: cast.focalPoint,
  give_opinion: cast.appraiser,
  reassign: cast.office,
};

/** Anyone; for an allowed move someone who holds a role of it, who may still be excluded. */
const actorOf = (definition: Definition, task: Task, command: Command, { what, who, generous }: Step): Actor | null => {
  if (generous && Object.hasOwn(usual, command.type)) return usual[command.type as keyof typeof usual];
  const by = definition.transitions.find(({ key }) => command.type === 'transition' && key === command.transition)?.by;
  const able = actors.filter((actor) => actor && by?.some((role) => holdsTaskRole(actor, role, task)));
  return (what === 'allowed_move' ? able[who % Math.max(1, able.length)] : actors[who]) ?? null;
};

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
};

interface History {
  readonly definition: Definition;
  readonly tasks: readonly Task[];
  readonly events: readonly TaskEvent[];
  readonly refusals: number;
}

const play = (definition: Definition, dueIn: number | null, steps: readonly Step[]): History => {
  const assignment = anAssignment({ due: dueOf(dueIn, '2026-01-05') });
  const events = [...eventsOf(decide(definition, null, assignment, circumstances({ now: new Date(start) })))];
  let task = frozen(replay(events));
  const tasks = [task];
  let now = start;
  let refusals = 0;
  for (const given of steps) {
    now += given.wait;
    const at = new Date(now);
    const command = commandOf(definition, task, given, dayOf(at, calendar.zone));
    const actor = command.type === 'fire_timer' ? null : actorOf(definition, task, command, given);
    const act = command.type === 'transfer' ? { reorganisation: command.reorganisation } : {};
    const decision = decide(
      definition,
      task,
      command,
      circumstances({ now: at, actor, named: cast.focalPoint, ...act }),
    );
    if (decision instanceof Refusal) refusals += 1;
    else
      for (const event of decision.events) {
        task = frozen(evolve(task, frozen(event)));
        events.push(event);
        tasks.push(task);
      }
  }
  return { definition, tasks, events, refusals };
};

const history = fc
  .tuple(
    fc.constantFrom(...builtInDefinitions),
    fc.option(fc.integer({ min: 1, max: 200 })),
    fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
  )
  .map(([definition, dueIn, steps]) => play(definition, dueIn, steps));

/** The events with the task before each. */
const pairs = ({ tasks, events }: History) =>
  events.slice(1).map((event, index) => {
    const before = tasks[index];
    if (!before) throw new Error('A task for every event.');
    return { event, before };
  });

const holdsAlways = (check: (history: History) => void, numRuns = 300): void =>
  fc.assert(fc.property(history, check), { numRuns });

describe('whatever is asked of a task', () => {
  it('its history gives the task again', () => {
    holdsAlways(({ tasks, events }) => {
      expect(replay(events)).to.deep.equal(tasks.at(-1));
    });
  });

  it('its events are numbered without a gap, and its version never runs ahead of them', () => {
    holdsAlways(({ tasks, events }) => {
      expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, index) => index + 1));
      expect(tasks.every(({ version, seq }) => version >= 1 && version <= seq)).to.equal(true);
    });
  });

  it('its records run forward in time, and nothing took effect after it was recorded', () => {
    holdsAlways((played) => {
      for (const { event, before } of pairs(played)) {
        expect(event.recordedAt >= before.recordedAt).to.equal(true);
        expect(event.effectiveAt <= event.recordedAt).to.equal(true);
        if (event.type === 'task.moved') expect(event.effectiveAt >= before.movedAt).to.equal(true);
      }
    });
  });

  it('nothing leaves a final state but a reopening, by two persons of the office or the province, with reason and document', () => {
    holdsAlways((played) => {
      for (const { event, before } of pairs(played)) {
        if (!isFinal(before.category) || event.type === 'task.timer_skipped' || aftermath.has(event.type)) continue;
        expect(['office', 'province_leader']).to.include(event.capacity);
        if (event.type === 'task.move_proposed') expect(event.payload).to.include.keys('reason', 'document');
        else {
          expect(event.type).to.equal('task.moved');
          expect(event.payload).to.include({ proposedBy: before.proposal?.by });
          expect(event.actor).not.to.equal(before.proposal?.by);
        }
      }
    });
  });

  it('nothing is stopped without a document, and nothing is answered by its own unit, submitter or authors', () => {
    holdsAlways((played) => {
      for (const { event, before } of pairs(played)) {
        if (event.type !== 'task.moved') continue;
        if (event.payload.category === 'stopped') expect(event.payload).to.include.keys('document');
        if (event.payload.answer === undefined) continue;
        const actor = actors.find((candidate) => candidate?.id === event.actor);
        expect([before.submittedBy, ...before.evidenceBy]).not.to.include(event.actor);
        expect(actor?.memberships.map(({ unit }) => unit)).not.to.include(units.lead);
      }
    });
  });

  it('no timer fires early, twice for one level of one anchor, or in a final state', () => {
    holdsAlways((played) => {
      const seen = new Set<string>();
      for (const { event, before } of pairs(played)) {
        if (event.type !== 'task.timer_fired') continue;
        const { rule, anchor, k, dueAt, missed = [] } = event.payload;
        expect(dueAt <= event.recordedAt).to.equal(true);
        expect(isFinal(before.category)).to.equal(false);
        for (const level of [...missed, k]) {
          const id = `${rule} ${anchor} ${level}`;
          expect(seen.has(id), id).to.equal(false);
          seen.add(id);
        }
      }
    });
  });

  it('timers are owed in open states only, one for each rule at most, and never one that fired', () => {
    holdsAlways(({ definition, tasks, events }) => {
      for (const task of tasks) {
        const owed = owedTimers(definition, task, calendar);
        const fired = new Set(
          events.flatMap(({ seq, type, payload }) =>
            type === 'task.timer_fired' && seq <= task.seq ? [`${payload.rule} ${payload.anchor} ${payload.k}`] : [],
          ),
        );
        expect(isFinal(task.category) && owed.length > 0).to.equal(false);
        expect(new Set(owed.map(({ rule }) => rule)).size).to.equal(owed.length);
        expect(owed.filter(({ rule, anchor, k }) => fired.has(`${rule} ${anchor} ${k}`))).to.deep.equal([]);
      }
    });
  });

  it('time writes nothing by itself: a timer that is not due leaves no trace', () => {
    holdsAlways(({ definition, tasks }) => {
      const task = tasks.at(-1) as Task;
      for (const { rule, k, anchor, dueAt } of owedTimers(definition, task, calendar)) {
        const given = { actor: null, now: new Date(dueAt.getTime() - 1) };
        expect(decide(definition, task, { type: 'fire_timer', rule, k, anchor }, circumstances(given))).to.deep.equal({
          events: [],
        });
      }
    }, 100);
  });

  it('the histories tried here go through every state and every kind of event', () => {
    const histories = fc.sample(history, { numRuns: 900, seed: 1 });
    const states = new Set(
      histories.flatMap(({ definition, tasks }) => tasks.map(({ state }) => `${definition.key} ${state}`)),
    );
    const types = new Set(histories.flatMap(({ events }) => events.map(({ type }) => type)));

    const all = builtInDefinitions.flatMap((definition) =>
      definition.states.map(({ key }) => `${definition.key} ${key}`),
    );
    expect(all.filter((state) => !states.has(state))).to.deep.equal([]);
    expect(eventTypes.filter((type) => !types.has(type) && type !== 'task.vote_cast')).to.deep.equal([]);
  });
});
