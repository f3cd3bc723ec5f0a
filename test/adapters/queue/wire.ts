// A stretch of network in front of a real server, to be cut and mended.

import net from 'node:net';
import { freePort } from './private-redis.ts';

export interface Wire {
  /** The address of the server as seen through the wire. */
  readonly url: string;
  mend(): Promise<void>;
  cut(): Promise<void>;
}

/** Cut at first: nothing listens there. */
export async function wireTo(serverUrl: string): Promise<Wire> {
  const target = new URL(serverUrl);
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = `${await freePort()}`;
  const sockets = new Set<net.Socket>();
  let server: net.Server | undefined;

  const forward = (near: net.Socket) => {
    const far = net.connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  };

  return {
    url: url.href,
    mend: () =>
      new Promise((resolve, reject) => {
        server = net.createServer(forward);
        server.once('error', reject);
        server.listen(Number(url.port), '127.0.0.1', () => resolve());
      }),
    cut: async () => {
      const closing = server;
      server = undefined;
      if (!closing) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}
