// Mail over SMTP (nodemailer 10). Connections are kept and reused; nothing may hang for longer than the claim on a mail.

import { createTransport } from 'nodemailer';
import { type Mailer, MailServerAway } from '../../application/notifications/ports.ts';

export interface SmtpSettings {
  /** smtp://user:password@host:587 or smtps://…; with smtp, STARTTLS is used where the server offers it. */
  readonly url: string;
  /** 'Đôn đốc <no-reply@example.vn>'. */
  readonly from: string;
  readonly maxConnections?: number;
  readonly timeouts?: Partial<SmtpTimeouts>;
}

export interface SmtpTimeouts {
  readonly connectMs: number;
  /** Silence on an open connection. */
  readonly silenceMs: number;
  /** From handing a mail over until its end, waiting for a free connection included. */
  readonly totalMs: number;
}

export interface SmtpMailer extends Mailer {
  close(): void;
}

const usual: SmtpTimeouts = { connectMs: 10_000, silenceMs: 20_000, totalMs: 90_000 };

export const smtpMailer = ({ url, from, maxConnections = 5, timeouts }: SmtpSettings): SmtpMailer => {
  const { connectMs, silenceMs, totalMs } = { ...usual, ...timeouts };
  const transport = createTransport({
    url,
    pool: true,
    maxConnections,
    // Sending again is for the row to decide, not for the pool.
    maxRequeues: 0,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, messageId }) {
      if (!address.test(to)) throw new Error('The address is not one that mail can be sent to.');
      try {
        await transport.sendMail({
          from,
          // As an object: a text would be read as a list of addresses.
          to: { name: '', address: to },
          subject: oneLine(subject),
          text: text.normalize('NFC'),
          messageId,
          // Answering machines leave such mail alone (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal: AbortSignal.timeout(totalMs),
        });
      } catch (error) {
        throw (await isAway(error, () => transport.verify()))
          ? new MailServerAway(String(error), { cause: error })
          : error;
      }
    },
    close: () => transport.close({ force: true }),
  };
};

/** One plain address: no list, no name, no line break, nothing a header could be made of. */
const address = /^[^\s\p{C}<>()[\],;:\\"@]+@[^\s\p{C}<>()[\],;:\\"@]+$/u;

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').normalize('NFC');

/**
 * A reply about sender, recipient or content is about this mail. Anything else (no connection, no login, silence) may be
 * the server or may be what this mail does to it: whether the server lets us in at all tells them apart.
 */
const isAway = async (error: unknown, verify: () => Promise<unknown>): Promise<boolean> => {
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  if (responseCode !== undefined && responseCode !== 421 && code !== 'EAUTH') return false;
  try {
    await verify();
    return false;
  } catch {
    return true;
  }
};
