// People with addresses, tasks that are moved for them, and everything that happens to notices and mail, run on demand.

import { randomUUID } from 'node:crypto';
import { digestStore } from '../../src/adapters/db/digests.ts';
import { mailStore } from '../../src/adapters/db/mails.ts';
import { noticeStore } from '../../src/adapters/db/notices.ts';
import { referenceData } from '../../src/adapters/db/reference-data.ts';
import type { Log } from '../../src/application/log.ts';
import { deliverNotices } from '../../src/application/notifications/deliver-notices.ts';
import type { Mailer, MailSettings } from '../../src/application/notifications/ports.ts';
import { planDigests } from '../../src/application/notifications/send-digests.ts';
import { sendMail } from '../../src/application/notifications/send-mail.ts';
import { applyCommand, assignTask } from '../../src/application/tasks/apply.ts';
import { fireTimers } from '../../src/application/tasks/fire-timers.ts';
import type { Actor, Membership } from '../../src/domain/organisation/actor.ts';
import { atLocalTime } from '../../src/domain/schedule/civil-date.ts';
import type { Due } from '../../src/domain/schedule/due.ts';
import { usualQuietHours } from '../../src/domain/schedule/quiet-hours.ts';
import type { AssignTask, Command, Task } from '../../src/domain/workflow/task.ts';
import { simpleDefinition } from './simple-definition.ts';
import { openWorld, quiet, zone } from './world.ts';

export const settings: MailSettings = {
  mailEnabled: true,
  publicUrl: 'https://dondoc.example.vn',
  quietHours: usualQuietHours,
  urgentPerHour: 5,
  calendar: 'vn',
};

export interface Person extends Actor {
  readonly email: string;
}

const answer = (task: Task) => ({ status: 200, etag: null, response: JSON.stringify(task) });
const keyOf = (who: Actor) => ({ actor: who.id, key: randomUUID(), bodyHash: 'hash' });
export const decision = { number: '12/QĐ-UBND', date: '2022-01-05', issuer: 'UBND Tỉnh' };

export const openOffice = async (day: string, given: Partial<MailSettings> = {}) => {
  const world = await openWorld([simpleDefinition], day);
  const { pool, clock, store, intentions } = world;
  await pool.query(`update unit set name = 'Sở Nội vụ' where code = 'SNV'`);
  await pool.query(`update programme set noun = 'nhiệm vụ', name = 'Chương trình công tác năm 2022'`);
  const using: MailSettings = { ...settings, ...given };
  const reference = referenceData(pool);
  const notices = noticeStore(pool, reference);
  const digests = digestStore(pool, reference);
  const mails = mailStore(pool);

  const complaints: string[] = [];
  const complain = (message: string): void => void complaints.push(message);
  const log: Log = { ...quiet, warn: complain, error: complain };
  const deliver = deliverNotices({ store: notices, intentions, clock, log, settings: using });
  const fire = fireTimers(store, intentions, clock, quiet);
  const plan = planDigests({ store: digests, clock, log: quiet, settings: using, newId: randomUUID });
  const sender = (mailer: Mailer) => sendMail({ store: mails, intentions, mailer, clock, log: quiet });

  return {
    ...world,
    deliver,
    /** What the log was told while people were told. */
    complaints,
    plan,
    sender,
    notices,

    async person(name: string, ...memberships: readonly Membership[]): Promise<Person> {
      const id = randomUUID();
      const email = `${id.slice(0, 8)}@example.vn`;
      await pool.query('insert into account (id, email, name, created_at) values ($1, $2, $3, $4)', [
        id,
        email,
        name,
        clock.now(),
      ]);
      for (const { role, unit } of memberships)
        await pool.query('insert into membership (account_id, role, unit) values ($1, $2, $3)', [
          id,
          role,
          unit ?? null,
        ]);
      return { id, name, memberships, email };
    },

    async assign(by: Actor, due: Due, given: Partial<AssignTask> = {}): Promise<Task> {
      const id = randomUUID();
      const command: AssignTask = {
        type: 'assign',
        id,
        code: `P1-${id.slice(0, 8)}`,
        title: 'Nâng chỉ số cải cách hành chính',
        kind: 'own',
        leadUnit: 'SNV',
        appraiserUnit: 'STTTT',
        due,
        ...given,
      };
      const { answer: told } = await assignTask(store, clock)(
        { actor: by, programme: 'P1', command },
        { key: keyOf(by), answer },
      );
      return JSON.parse(told.response);
    },

    async change(task: Task, by: Actor, command: Exclude<Command, AssignTask>): Promise<Task> {
      const { answer: told } = await applyCommand(store, clock)(
        { taskId: task.id, actor: by, command, expectedVersion: task.version },
        { key: keyOf(by), answer },
      );
      return JSON.parse(told.response);
    },

    /** Ids of what waits in a queue and is due, leased as the dispatcher leases them. */
    async due(queue: string): Promise<readonly string[]> {
      const claimed = await intentions.claimDue(clock.now(), 10_000);
      const others = claimed.filter((row) => row.queue !== queue).map(({ id }) => id);
      if (others.length > 0) await intentions.release(others, clock.now());
      return claimed.filter((row) => row.queue === queue).map(({ id }) => id);
    },

    /** Fires due timers until none is left, then tells everyone. */
    async tellAll(): Promise<void> {
      for (let ids = await this.due('timers'); ids.length > 0; ids = await this.due('timers')) await fire(ids);
      for (let ids = await this.due('notify'); ids.length > 0; ids = await this.due('notify'))
        for (let from = 0; from < ids.length; from += 500) await deliver(ids.slice(from, from + 500));
    },

    /** Hands every mail that is due to a mailer, the way jobs do; by default to one that takes all. */
    async mailGoesOut(mailer: Mailer = { send: () => Promise.resolve() }): Promise<number> {
      const ids = await this.due('mail');
      let sent = 0;
      for (let from = 0; from < ids.length; from += 20) sent += await sender(mailer)(ids.slice(from, from + 20));
      return sent;
    },

    digest: (on: string, time = '08:30') => plan(atLocalTime(on, time, zone)),

    async mailsOf(person: Person) {
      const { rows } = await pool.query<{
        id: string;
        reason: string;
        subject: string;
        body: string;
        sent_at: Date | null;
      }>('select id, reason, subject, body, sent_at from mail where account_id = $1 order by created_at, reason', [
        person.id,
      ]);
      return rows;
    },
    async notificationsOf(person: Person) {
      const { rows } = await pool.query<{ kind: string; urgency: string; mail_id: string | null; event_seq: number }>(
        'select kind, urgency, mail_id, event_seq from notification where account_id = $1 order by id',
        [person.id],
      );
      return rows;
    },
    async left(queue: string) {
      const { rows } = await pool.query<{
        id: string;
        due_at: Date;
        attempts: number;
        last_error: string | null;
        parked_at: Date | null;
      }>('select id, due_at, attempts, last_error, parked_at from intention where queue = $1 order by id', [queue]);
      return rows;
    },
  };
};
export type Office = Awaited<ReturnType<typeof openOffice>>;
