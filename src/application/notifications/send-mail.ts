// Mails that are due, in small batches. A mail is claimed before it is sent and marked after: whoever dies in between
// leaves it to be sent again, under the same Message-ID, by which mail programs know it for the same mail.

import { placeholderOf } from '../appraisals/offer-links.ts';
import type { Log } from '../log.ts';
import type { Clock, IntentionStore } from '../ports.ts';
import { type Mailer, MailServerAway, type MailStore, mailServerAwayMs, type WaitingMail } from './ports.ts';

/** Mails of one batch under way at once: one that hangs leaves the other lanes free. */
const lanes = 5;
/** How long a claimed mail is left alone; longer than any sending lasts. */
const claimMs = 5 * 60_000;

export interface MailSending {
  readonly store: MailStore;
  readonly intentions: Pick<IntentionStore, 'failed'>;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly log: Log;
  /** The token of a link; it stands in no row, only in what is sent. */
  readonly tokenOf?: (linkId: string) => string;
}

/** @returns how many mails were sent */
export const sendMail =
  (sending: MailSending) =>
  async (intentionIds: readonly string[]): Promise<number> => {
    const { store, clock, log } = sending;
    const waiting = await store.load(intentionIds);
    const settled = waiting.filter(({ mail }) => mail?.settled).map(({ intentionId }) => intentionId);
    if (settled.length > 0) await store.drop(settled);

    const open = waiting.filter(({ mail }) => !mail?.settled);
    const putBack: { readonly row: WaitingMail; readonly error: MailServerAway }[] = [];
    let sent = 0;
    const lane = async (): Promise<void> => {
      // What one lane learns of an absent server spares the others the attempt.
      while (putBack.length === 0) {
        const row = open.shift();
        if (!row) return;
        const outcome = await attempt(sending, row);
        if (outcome === 'sent') sent += 1;
        if (outcome instanceof MailServerAway) putBack.push({ row, error: outcome });
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));

    const [first] = putBack;
    if (first) {
      const ids = [...putBack.map(({ row }) => row), ...open].map(({ intentionId }) => intentionId);
      log.warn('The mail server is away; mails are tried again shortly.', { mails: ids.length, error: first.error });
      await store.postpone(ids, String(first.error), new Date(clock.now().getTime() + mailServerAwayMs));
    }
    return sent;
  };

type Outcome = 'sent' | 'not_ours' | 'failed' | MailServerAway;

const attempt = async (
  { store, intentions, mailer, clock, log, tokenOf }: MailSending,
  { intentionId, mail }: WaitingMail,
): Promise<Outcome> => {
  const now = clock.now();
  if (!(await store.claim(intentionId, now, new Date(now.getTime() + claimMs)))) return 'not_ours';
  try {
    if (!mail) throw new Error('The mail to send is not there.');
    const { address, subject } = mail;
    await mailer.send({ to: address, subject, text: withTokens(mail, tokenOf), messageId: messageIdOf(mail.id) });
  } catch (error) {
    if (error instanceof MailServerAway) return error;
    // The address is a person's; the row has it.
    log.warn('A mail could not be sent.', { intentionId, error });
    await intentions.failed([intentionId], String(error), clock.now());
    return 'failed';
  }
  await store.sent(intentionId, mail.id, clock.now());
  return 'sent';
};

/** Only links of this mail are filled in, whatever texts from outside stand in it. */
const withTokens = (
  { text, links }: Pick<NonNullable<WaitingMail['mail']>, 'text' | 'links'>,
  tokenOf: MailSending['tokenOf'],
): string =>
  tokenOf === undefined ? text : links.reduce((filled, id) => filled.replaceAll(placeholderOf(id), tokenOf(id)), text);

/** Nothing but the mail's own id: it must not change between two attempts, whatever is configured anew meanwhile. */
export const messageIdOf = (mailId: string): string => `<${mailId}@dondoc>`;
