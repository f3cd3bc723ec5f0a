// clamd, asked by its own protocol: INSTREAM, then pieces with their length before them, then a piece of length 0.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Scanner } from '../../application/evidence/ports.ts';

const pieceBytes = 64 * 1024;
const idleMs = 60_000;

/** @param url tcp://host:3310 or unix:/path/to/clamd.sock */
export const clamdScanner =
  (url: string): Scanner =>
  async (open) => {
    const socket = socketTo(new URL(url));
    const answer = answerOf(socket);
    // The writing below may fail first; the answer then says why.
    answer.catch(() => undefined);
    try {
      await once(socket, 'connect');
      await send(socket, 'zINSTREAM\0');
      for await (const chunk of await open())
        for (let at = 0; at < chunk.length; at += pieceBytes) {
          const piece = chunk.subarray(at, at + pieceBytes);
          await send(socket, lengthOf(piece.length));
          await send(socket, piece);
        }
      await send(socket, lengthOf(0));
    } catch (error) {
      // clamd hangs up on what it refuses, and its answer says why.
      socket.destroy();
      throw new Error(`clamd: ${error}; ${await answer.catch(String)}`);
    }
    return verdictOf(await answer);
  };

const socketTo = (url: URL): Socket => {
  const socket =
    url.protocol === 'unix:'
      ? connect({ path: url.pathname })
      : connect({ host: url.hostname, port: Number(url.port || 3310) });
  socket.setTimeout(idleMs, () => socket.destroy(new Error('clamd does not answer.')));
  return socket;
};

const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.includes('\0') && text.length < 10_000) return;
      resolve(text.split('\0')[0] ?? '');
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => (text === '' ? reject(new Error('clamd hung up.')) : resolve(text)));
  });

const send = (socket: Socket, piece: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(piece, (error) => (error ? reject(error) : resolve()));
  });

const lengthOf = (bytes: number): Uint8Array => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
};

const verdictOf = (answer: string): Awaited<ReturnType<Scanner>> => {
  if (/^stream: OK$/.test(answer)) return { scan: 'clean' };
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (signature !== undefined) return { scan: 'infected', signature };
  throw new Error(`clamd: ${answer.slice(0, 500)}`);
};
