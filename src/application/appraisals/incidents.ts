// Panels that cannot decide, computed from what is true now: an absence that ends mends its incident by itself.

import { panelOf } from '../../domain/appraisal/panel.ts';
import { type Incident, incidentOf } from '../../domain/appraisal/voting.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import type { Clock, LoadedTask, TaskStore } from '../ports.ts';

export interface PanelIncident {
  readonly taskId: string;
  readonly code: string;
  readonly unit: string;
  readonly agencies: readonly string[];
  readonly round: number;
  readonly since: CivilDate;
  readonly incident: Incident;
  /** What would mend it, the gentlest first. */
  readonly remedies: readonly Remedy[];
}

/** POST /absences, a membership, a changed vote, POST /tasks/{id}/appraisers. */
export type Remedy = 'name_substitute' | 'add_member' | 'vote_again' | 'reassign';

const remedies: Readonly<Record<Incident, readonly Remedy[]>> = {
  nobody_eligible: ['name_substitute', 'add_member', 'reassign'],
  quorum_impossible: ['name_substitute', 'add_member', 'reassign'],
  seat_unfilled: ['name_substitute', 'reassign'],
  group_unfilled: ['name_substitute', 'add_member', 'reassign'],
  deadlocked: ['vote_again', 'reassign'],
  decided_but_open: ['vote_again'],
};

export interface OpenRounds {
  /** Ids of tasks under appraisal, in order, after one of them. */
  openRounds(after: string | undefined, limit: number): Promise<readonly string[]>;
}

const perPage = 200;

/** Everything that waits for an appraisal is looked at: hundreds of tasks, in a few statements. */
export const panelIncidents =
  (rounds: OpenRounds, store: Pick<TaskStore, 'load'>, clock: Clock) => async (): Promise<readonly PanelIncident[]> => {
    const found: PanelIncident[] = [];
    let last: string | undefined;
    for (;;) {
      const ids = await rounds.openRounds(last, perPage);
      if (ids.length === 0) return found;
      const loaded = await store.load(ids);
      for (const id of ids) found.push(...incidentsOf(loaded.get(id), clock.now()));
      last = ids.at(-1);
    }
  };

const incidentsOf = (loaded: LoadedTask | undefined, now: Date): readonly PanelIncident[] => {
  if (!loaded?.task.review) return [];
  const { task, definition, appraisers, unitLine, calendar } = loaded;
  const appraisal = definition.appraisals.find(({ state }) => state === task.state);
  const answer = definition.transitions.find(({ key }) => key === appraisal?.outcomes.achieved);
  if (!appraisal || answer?.by.some((role) => role !== 'appraising_agency')) return [];
  const panel = panelOf(task, appraisers, unitLine, dayOf(now, calendar.zone));
  const incident = incidentOf(appraisal, panel, loaded.task.review.votes);
  if (!incident) return [];
  return [
    {
      taskId: task.id,
      code: task.code,
      unit: task.leadUnit,
      agencies: panel.agencies,
      round: task.round,
      since: loaded.task.review.since,
      incident,
      remedies: remedies[incident],
    },
  ];
};
