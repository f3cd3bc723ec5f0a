// The listening side of HTTP: how long a client may take to say what it wants.

import { createServer, type RequestListener, type Server } from 'node:http';

export interface ClientPatience {
  /** From the first byte to the end of the headers, milliseconds. */
  readonly headersMs: number;
  /** From the first byte to the end of the body, milliseconds. */
  readonly requestMs: number;
  /** How often connections are looked at, milliseconds; a limit holds to within this. Node's own 30 s would make 10 s 40 s. */
  readonly everyMs: number;
}

export const usualPatience: ClientPatience = { headersMs: 10_000, requestMs: 30_000, everyMs: 2_000 };

/** A server that answers 408 to whoever is too slow, so that a few thousand slow clients hold nothing for long. */
export const httpServer = (app: RequestListener, patience: ClientPatience = usualPatience): Server =>
  createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.everyMs,
    },
    app,
  );
