import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { DocumentBody } from './reorganisations.ts';

export const signings = ['KT.', 'TL.', 'TUQ.', 'TM.', 'Q.'] as const;

export interface Absence {
  readonly id: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly from: string;
  /** The first day back. */
  readonly until: string;
  readonly substitute: string | null;
  readonly substituteName: string | null;
  readonly signing: (typeof signings)[number] | null;
  readonly document: DocumentBody | null;
}

export const absencesQuery = queryOptions({
  queryKey: ['absences'],
  queryFn: async ({ signal }) => (await read<{ readonly items: readonly Absence[] }>('/absences', {}, signal)).items,
});

/** Somebody who can be away or stand in. */
export interface AbsencePerson {
  readonly account: string;
  readonly name: string;
  readonly units: readonly string[];
}

export const absencePeopleQuery = queryOptions({
  queryKey: ['absences', 'people'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly AbsencePerson[] }>('/absences/people', {}, signal)).items,
});
