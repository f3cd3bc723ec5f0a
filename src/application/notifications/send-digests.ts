// One mail per person and working morning with everything that waits for them. Called by a schedule that comes every
// morning; which mornings are working ones is for the calendar to say.

import { addDays, dayOf, startOfDay } from '../../domain/schedule/civil-date.ts';
import { nextAllowed } from '../../domain/schedule/quiet-hours.ts';
import type { OfferedLink } from '../appraisals/offer-links.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports.ts';
import {
  type DigestReader,
  type DigestStore,
  digestReason,
  type MailSettings,
  mailServerAwayMs,
  type PlannedDigest,
} from './ports.ts';
import { digestMail, tasksToDecide } from './wording.ts';

/** People per statement. */
const batchSize = 20;
/** What is older was never going to be news: mail may have been switched on only now. */
const newsDays = 14;
/** A mail that could not be sent for so long is folded into the digest: after an outage each person gets one mail. */
const unsentMs = 60 * 60_000;

export interface DigestPlanning {
  readonly store: DigestStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: MailSettings;
  readonly newId: () => string;
  /** Links by which readers decide from the mail; absent: mails have none. */
  readonly offer?: (
    accountId: string,
    taskIds: readonly string[],
    now: Date,
    goesAt: Date,
  ) => Promise<readonly OfferedLink[]>;
}

/**
 * Plans the digests of the morning to which the nominal time belongs. Nothing happens on a day off, nor when the run
 * comes so late that the day's office hours are over: the next working morning then has it all.
 * @returns how many mails were planned; running it again for the same day plans none
 */
export const planDigests =
  ({ store, clock, log, settings, newId, offer }: DigestPlanning) =>
  async (nominalAt: Date): Promise<number> => {
    if (!settings.mailEnabled) return 0;
    const calendar = await store.calendar(settings.calendar);
    const now = clock.now();
    const day = dayOf(nominalAt, calendar.zone);
    const dueAt = nextAllowed(now < nominalAt ? nominalAt : now, calendar, settings.quietHours);
    if (dayOf(dueAt, calendar.zone) !== day) return 0;

    const reason = digestReason(day);
    const withdrawn = await store.withdrawUnsent({
      dueBefore: new Date(now.getTime() - unsentMs),
      readyBefore: new Date(now.getTime() + mailServerAwayMs),
      exceptReason: reason,
    });
    if (withdrawn > 0) log.info('Mails that could not be sent are folded into the digest.', { mails: withdrawn });
    const since = startOfDay(addDays(day, -newsDays), calendar.zone);
    let planned = 0;
    let readers: readonly DigestReader[] = [];
    do {
      readers = await store.readers({ reason, since, afterAccount: readers.at(-1)?.accountId, limit: batchSize });
      const digests: PlannedDigest[] = [];
      for (const { accountId, name, address, entries, rounds } of readers) {
        const wanted = settings.publicUrl === undefined ? [] : tasksToDecide(entries, day);
        const links = offer && wanted.length > 0 ? await offer(accountId, wanted, now, dueAt) : [];
        const mail = digestMail({ name, entries, links, rounds }, day, settings.publicUrl);
        if (!mail) continue;
        const notificationIds = [...entries, ...rounds].map(({ notificationId }) => notificationId);
        digests.push({ ...mail, mailId: newId(), accountId, reason, address, notificationIds, links });
      }
      if (digests.length > 0) planned += await store.plan(digests, dueAt, now);
    } while (readers.length > 0);
    return planned;
  };
