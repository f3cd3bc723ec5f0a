// Following: difficulties, extensions, explanations, urging, common tasks.

import type pg from 'pg';
import { commonStore } from './adapters/db/common-tasks.ts';
import { keptAnswers } from './adapters/db/kept-answers.ts';
import { followingReader } from './adapters/db/queries/following.ts';
import { urgingStore } from './adapters/db/urging-rounds.ts';
import { bookWriter } from './adapters/documents/write-book.ts';
import { commonTaskRoutes } from './adapters/http/routes/common-tasks.ts';
import { followerRoutes } from './adapters/http/routes/followers.ts';
import { followingRoutes } from './adapters/http/routes/following.ts';
import { urgingRoutes } from './adapters/http/routes/urging.ts';
import { measureTasks } from './application/following/measure.ts';
import { urgingRounds } from './application/following/urging-rounds.ts';
import type { Log } from './application/log.ts';
import { once } from './application/once.ts';
import type { AuditLog, Clock, IntentionStore, TaskStore } from './application/ports.ts';
import type { ReportReader } from './application/reports/statistics.ts';

interface FollowingSettings {
  readonly pool: pg.Pool;
  readonly store: TaskStore;
  readonly intentions: IntentionStore;
  readonly reports: ReportReader;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: string;
}

export const composeFollowing = ({ pool, store, intentions, reports, audit, clock, log, zone }: FollowingSettings) => {
  const reader = followingReader(pool);
  const rounds = urgingRounds({ store: urgingStore(pool), tasks: store, intentions, audit, clock, log, zone });
  return {
    rounds,
    run: rounds.run,
    proposeDue: rounds.proposeDue,
    measured: measureTasks({ common: commonStore(pool), reader, reports, clock, zone }),
    routes: [
      ...followingRoutes({ store, clock, reader, zone }),
      ...followerRoutes({ store, clock, followers: reader.followers, people: reader.people }),
      ...urgingRoutes({
        rounds,
        reader,
        reports,
        audit,
        clock,
        writer: bookWriter,
        once: once(keptAnswers(pool), clock),
      }),
      ...commonTaskRoutes({ common: commonStore(pool), store, clock }),
    ],
  };
};
