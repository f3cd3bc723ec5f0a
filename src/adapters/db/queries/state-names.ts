// What the states of tasks are called: each workflow has its own words.

import type pg from 'pg';
import type { ReferenceData } from '../reference-data.ts';

/** @returns the Vietnamese name of a state of one of these tasks; the state itself where its workflow has none of that key */
export type StateNames = (taskIds: readonly string[]) => Promise<(taskId: string, state: string) => string>;

export const stateNames =
  (pool: pg.Pool, reference: Pick<ReferenceData, 'definition'>): StateNames =>
  async (taskIds) => {
    const { rows } = await pool.query<{ key: string; version: number; ids: string[] }>(
      `select t.definition_key as key, t.definition_version as version, array_agg(t.id) as ids
       from task t where t.id = any($1::uuid[]) group by t.definition_key, t.definition_version`,
      [taskIds],
    );
    const names = new Map<string, ReadonlyMap<string, string>>();
    for (const { key, version, ids } of rows) {
      const { states } = await reference.definition(key, version);
      const own = new Map(states.map((state) => [state.key, state.name.vi]));
      for (const id of ids) names.set(id, own);
    }
    return (taskId, state) => names.get(taskId)?.get(state) ?? state;
  };
