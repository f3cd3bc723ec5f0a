import { z } from 'zod';
import type { Listening, LiveHub, LiveTopic } from '../../../application/live/hub.ts';
import { liveTopics } from '../../../application/live/hub.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { type Action, may } from '../../../domain/organisation/policy.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { type Route, route } from '../route.ts';

/** Proxies cut connections that say nothing for half a minute or a minute. */
const heartbeatMs = 15_000;

/** Nobody hears of what they could not ask about. */
const heardBy: Readonly<Record<LiveTopic, Action>> = {
  tasks: 'task.read',
  notifications: 'notification.read',
  imports: 'import.read',
  reports: 'report.read',
  confirmations: 'report.read',
  registrations: 'registration.read',
  workflows: 'definition.read',
  operations: 'operations.read',
  audit: 'audit.read',
};

const topicsOf = (actor: Actor): readonly LiveTopic[] => liveTopics.filter((topic) => may(actor, heardBy[topic]));

export const liveRoutes = (hub: LiveHub): readonly Route[] => [
  route({
    method: 'get',
    path: '/live',
    tag: 'Live',
    summary: 'That something changed, as server-sent events',
    description:
      'A stream of events named `changed`, at most one a second, whose data is `{"topics": [...]}`: kinds of things of which something is other than it was, never what. Ask again for what you show. A comment every 15 seconds keeps the connection; it ends with the session, and when the server stops. At most 12 streams of one account.',
    requires: 'signed_in',
    scope: 'session_only',
    answers: {
      200: {
        description: `Events until either side ends; topics: ${liveTopics.join(', ')}.`,
        schema: z.string().meta({ example: 'event: changed\ndata: {"topics":["tasks"]}\n\n' }),
        type: 'text/event-stream',
      },
    },
    handle: ({ actor, session, res }) => {
      if (!session) throw new Refusal('token.session_only');
      const listening = hub.listen({ account: actor.id, session: session.id, topics: topicsOf(actor) });
      res.once('close', listening.end);
      // How long it was open says nothing of how quick we are.
      res.locals.unmeasured = true;
      return {
        status: 200,
        type: 'text/event-stream',
        // nginx would keep it back until a page of it is full.
        headers: { 'X-Accel-Buffering': 'no' },
        stream: eventsOf(listening),
      };
    },
  }),
];

async function* eventsOf(listening: Listening): AsyncGenerator<string, void> {
  try {
    yield 'retry: 3000\n\n';
    for (;;) {
      const topics = await listening.next(heartbeatMs);
      if (topics === undefined) return;
      yield topics.length === 0 ? ':\n\n' : `event: changed\ndata: ${JSON.stringify({ topics })}\n\n`;
    }
  } finally {
    listening.end();
  }
}
