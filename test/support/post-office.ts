// A real SMTP server on loopback that keeps what it is given, refuses whom it is told to refuse, and can go away.

import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Delivered {
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: Email;
}

export class PostOffice {
  readonly delivered: Delivered[] = [];
  /** Recipients who are refused. */
  readonly refused = new Set<string>();
  /** Recipients at whose letters the server falls silent. */
  readonly silent = new Set<string>();
  /** How often each was tried, by recipient. */
  readonly tried = new Map<string, number>();
  #server: SMTPServer | undefined;
  #port = 0;

  async open(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 50,
      onRcptTo: ({ address }, _session, answer) => {
        this.tried.set(address, (this.tried.get(address) ?? 0) + 1);
        if (this.silent.has(address)) return;
        answer(this.refused.has(address) ? Object.assign(new Error('No such user'), { responseCode: 550 }) : null);
      },
      onData: (stream, { envelope }, answer) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const raw = Buffer.concat(chunks);
          PostalMime.parse(raw).then(
            (mail) => {
              this.delivered.push({
                to: envelope.rcptTo.map(({ address }) => address),
                raw: raw.toString('latin1'),
                mail,
              });
              answer(null);
            },
            (error: Error) => answer(error),
          );
        });
      },
    });
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  forget(): void {
    this.delivered.length = 0;
    this.tried.clear();
  }
}
