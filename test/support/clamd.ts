// A scanner that speaks the protocol of clamd as strictly as clamd does, and knows one virus.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** The string that every scanner calls a virus, so that scanners can be tested; in two parts, so that this file is none. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface ClamdSettings {
  /** A path instead of a port of loopback. */
  readonly path?: string;
  /** Of a server that was there before; absent: any. */
  readonly port?: number;
  /** StreamMaxLength of the server, in bytes. */
  readonly most?: number;
}

export const openClamd = async ({ path, port = 0, most = 100_000_000 }: ClamdSettings = {}) => {
  const seen = { scans: 0, bytes: 0, largestPiece: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let waiting = Buffer.alloc(0);
    let content = Buffer.alloc(0);
    let begun = false;
    const answer = (text: string) => socket.end(`${text}\0`);
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      if (!begun) {
        const end = waiting.indexOf(0);
        if (end < 0) return;
        if (waiting.toString('latin1', 0, end) !== 'zINSTREAM') return answer('UNKNOWN COMMAND');
        waiting = waiting.subarray(end + 1);
        begun = true;
      }
      while (waiting.length >= 4) {
        const length = waiting.readUInt32BE();
        if (length === 0) {
          seen.scans += 1;
          seen.bytes = content.length;
          return answer(content.includes(eicar) ? 'stream: Eicar-Signature FOUND' : 'stream: OK');
        }
        if (content.length + length > most) return answer('INSTREAM size limit exceeded. ERROR');
        if (waiting.length < 4 + length) return;
        seen.largestPiece = Math.max(seen.largestPiece, length);
        content = Buffer.concat([content, waiting.subarray(4, 4 + length)]);
        waiting = waiting.subarray(4 + length);
      }
    });
  });
  if (path === undefined) server.listen(port, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  return {
    seen,
    url: path === undefined ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix:${path}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
