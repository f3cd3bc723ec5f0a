// A task that changes hands because units were merged or split. Its state, deadline and timers stay; from the day on it
// counts for the new unit.

import { agenciesOf } from '../organisation/actor.ts';
import { Refusal } from '../refusal.ts';
import { dayOf, startOfDay } from '../schedule/civil-date.ts';
import type { Circumstances, Decision } from './circumstances.ts';
import { isFinal } from './definition.ts';
import { envelope, lateness, recorded } from './envelope.ts';
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
