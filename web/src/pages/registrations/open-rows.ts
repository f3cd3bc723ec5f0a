import type { WholeRegistration } from '../../api/registrations.ts';

/** What a unit still has in draft, or got back. */
export const openRowsOf = (registration: WholeRegistration, unit: string) =>
  registration.proposals.filter((row) => row.unit === unit && (row.status === 'draft' || row.status === 'returned'));
