// Every change of a task leaves an intention to tell people of it. Here they are told: in the program always, by mail at
// once where it cannot wait for the next morning.

import { type Addressee, addresseesOf } from '../../domain/organisation/addressees.ts';
import { dayOf } from '../../domain/schedule/civil-date.ts';
import { nextAllowed } from '../../domain/schedule/quiet-hours.ts';
import { type Audience, audienceOf } from '../../domain/workflow/audience.ts';
import { noticeKindOf } from '../../domain/workflow/notice.ts';
import type { Log } from '../log.ts';
import type { Clock, IntentionStore } from '../ports.ts';
import type { MailSettings, NoticeRow, NoticeStore, PlannedNotice, TaskNotice } from './ports.ts';
import { urgentMail } from './wording.ts';

export interface NoticeDelivery {
  readonly store: NoticeStore;
  readonly intentions: Pick<IntentionStore, 'failed'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: MailSettings;
}

/** @returns how many people were told of something; running the same ids again tells nobody twice */
export const deliverNotices =
  (delivery: NoticeDelivery) =>
  async (intentionIds: readonly string[]): Promise<number> => {
    const now = delivery.clock.now();
    const planned: PlannedNotice[] = [];
    for (const row of await delivery.store.load(intentionIds)) {
      try {
        planned.push(plannedNotice(row, delivery.settings, now));
      } catch (error) {
        await failed(delivery, row.intentionId, error, now);
      }
    }
    return tellOrSplit(delivery, planned, now);
  };

const plannedNotice = ({ intentionId, notice }: NoticeRow, settings: MailSettings, now: Date): PlannedNotice => {
  if (!notice) throw new Error('The event to tell of is not there.');
  const { event, task, calendar } = notice;
  const audience = audienceOf(event);
  const { urgency } = audience;
  const kind = noticeKindOf(event);
  if (kind === undefined) throw new Error(`Nobody is told of ${event.type}.`);
  const dueAt = nextAllowed(now, calendar, settings.quietHours);
  return {
    intentionId,
    taskId: task.id,
    seq: event.seq,
    kind,
    urgency,
    actor: event.actor,
    addressees: addresseesIn(audience, task),
    // Written for the day on which it will be read.
    mail:
      urgency === 'now' && settings.mailEnabled
        ? { ...urgentMail(notice, dayOf(dueAt, calendar.zone), settings.publicUrl), dueAt }
        : undefined,
  };
};

/** Who follows a task hears what the focal point of its unit hears. */
const addresseesIn = ({ to, unit, accounts = [] }: Audience, task: TaskNotice['task']): readonly Addressee[] =>
  to.flatMap((role): readonly Addressee[] => {
    if (role === 'named_follower') return accounts.map((account) => ({ account }));
    if (role === 'lead_unit.focal_point')
      return [
        ...addresseesOf(role, task),
        ...(task.followers ?? []).map(({ account, unit: of }) => ({ account, unit: of })),
      ];
    if (role !== 'addressed_unit') return addresseesOf(role, task);
    return unit === undefined
      ? []
      : [
          { role: 'head', unit },
          { role: 'focal_point', unit },
        ];
  });

/** If the whole batch cannot be written, each row is tried alone, so that a bad one holds up nobody. */
export const tellOrSplit = async (
  delivery: NoticeDelivery,
  planned: readonly PlannedNotice[],
  now: Date,
): Promise<number> => {
  const { store, log, settings } = delivery;
  if (planned.length === 0) return 0;
  try {
    return await store.tell(planned, now, settings.urgentPerHour);
  } catch (error) {
    if (planned.length > 1) log.warn('A batch of notices could not be written at once.', { error });
  }
  let told = 0;
  for (const notice of planned) {
    try {
      told += await store.tell([notice], now, settings.urgentPerHour);
    } catch (error) {
      await failed(delivery, notice.intentionId, error, now);
    }
  }
  return told;
};

const failed = async ({ intentions, log }: NoticeDelivery, intentionId: string, error: unknown, now: Date) => {
  log.error('People could not be told of an event.', { intentionId, error });
  await intentions.failed([intentionId], String(error), now);
};
