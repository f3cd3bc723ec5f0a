// A task that changes hands because units were merged or split. Its state, deadline and timers stay; from the day on it
// counts for the new unit.

import { agenciesOf } from '../organisation/actor.ts';
import { Refusal } from '../refusal.ts';
import { dayOf, startOfDay } from '../schedule/civil-date.ts';
import type { Circumstances, Decision } from './circumstances.ts';
import { isFinal } from './definition.ts';
import { envelope, lateness, recorded, type Times } from './envelope.ts';
import type { Instant, Task, TaskTransferred, TransferTask } from './task.ts';

/**
 * What has ended stays with the unit that ended it; a task that needs nothing yields no event.
 * @param circumstances unitLine is the line of the unit that the task goes to
 */
export const transfer = (task: Task, command: TransferTask, circumstances: Circumstances): Decision => {
  const { actor, reorganisation, unitLine, now, calendar } = circumstances;
  if (actor === null || reorganisation !== command.reorganisation)
    return new Refusal('permission.denied', { action: 'task.transfer' });
  if (isFinal(task.category)) return { events: [] };
  const own = agenciesOf(command).find((unit) => unitLine.includes(unit));
  if (own !== undefined) return new Refusal('conflict_of_interest', { conflict: 'own_line', unit: own });
  const changes = { ...changedLead(task, command), ...changedAgencies(task, command, dayOf(now, calendar.zone)) };
  if (Object.keys(changes).length === 0) return { events: [] };

  const recordedAt = recorded(now, task);
  const effectiveAt = heldFrom(task, startOfDay(command.effectiveOn, calendar.zone).toISOString());
  if (effectiveAt > recordedAt)
    return new Refusal('effective.in_future', { effectiveAt: command.effectiveOn, now: recordedAt });
  const at = { effectiveAt, recordedAt };
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, actor, 'reorganisation', at),
        type: 'task.transferred',
        payload: {
          reorganisation: command.reorganisation,
          kind: command.kind,
          document: command.document,
          on: dayOf(new Date(effectiveAt), calendar.zone),
          ...changes,
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

/**
 * Work that ended with a unit that is no more, and is opened again: whoever has that unit's place takes it on, by the same
 * document. Who may appraise it is asked of the panel then.
 * @returns undefined when all its units stand
 */
export const handOver = (
  task: Task,
  at: Times,
  circumstances: Circumstances,
): TaskTransferred | Refusal | undefined => {
  const { actor, inheritance = [], calendar, now } = circumstances;
  if (inheritance.length === 0) return undefined;
  const heirs: Record<string, string> = {};
  for (const { unit, heir } of inheritance) {
    if (heir === null || heir === unit) return new Refusal('unit.ended', { unit, successor: null });
    heirs[unit] = heir;
  }
  const act = inheritance.find(({ unit }) => unit === task.leadUnit) ?? inheritance[0];
  if (!act?.reorganisation || !act.kind || !act.document)
    return new Refusal('unit.ended', { unit: act?.unit, successor: act?.heir });
  const appraiserUnit = task.appraiserUnit === null ? null : (heirs[task.appraiserUnit] ?? task.appraiserUnit);
  const participants = [...new Set(task.participants.map((unit) => heirs[unit] ?? unit))];
  const names = Object.fromEntries(
    inheritance.flatMap(({ unit, name, heir, heirName }) => [
      [unit, name],
      [heir ?? unit, heirName ?? name],
    ]),
  );
  const { reorganisation, kind, document } = act;
  const command: TransferTask = {
    type: 'transfer',
    reorganisation,
    kind,
    document,
    effectiveOn: dayOf(new Date(at.effectiveAt), calendar.zone),
    leadUnit: heirs[task.leadUnit] ?? task.leadUnit,
    appraiserUnit,
    participants: participants.filter((unit) => unit !== appraiserUnit),
    replaced: false,
    names,
    heirs,
  };
  return {
    ...envelope(task.id, task.seq + 1, actor, 'reorganisation', at),
    type: 'task.transferred',
    payload: {
      reorganisation,
      kind,
      document,
      on: command.effectiveOn,
      ...changedLead(task, command),
      ...changedAgencies(task, command, dayOf(now, calendar.zone)),
      ...lateness(at, circumstances),
    },
  };
};

/** What was done with the task between the day and its late entry was done by the old unit, and stays so counted. */
const heldFrom = ({ movedAt, formerUnits }: Task, start: Instant): Instant =>
  [start, movedAt, formerUnits.at(-1)?.until ?? start].reduce((latest, each) => (each > latest ? each : latest));

type Changes = Pick<TaskTransferred['payload'], 'from' | 'fromName' | 'to' | 'toName' | 'appraisal'>;

const changedLead = (task: Task, { leadUnit, names }: TransferTask): Changes =>
  leadUnit === task.leadUnit
    ? {}
    : {
        from: task.leadUnit,
        fromName: names[task.leadUnit] ?? task.leadUnit,
        to: leadUnit,
        toName: names[leadUnit] ?? leadUnit,
      };

const changedAgencies = (task: Task, command: TransferTask, today: string): Changes => {
  const { appraiserUnit, participants, heirs, replaced } = command;
  if (appraiserUnit === task.appraiserUnit && participants.join() === task.participants.join()) return {};
  return {
    appraisal: {
      previous: { appraiserUnit: task.appraiserUnit, participants: task.participants },
      appraiserUnit,
      participants,
      heirs,
      ...(replaced ? { replacedOn: today } : {}),
    },
  };
};
