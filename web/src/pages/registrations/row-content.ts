import type { Proposal } from '../../api/registrations.ts';

/** What a change of a row sends, as it is now. */
export const contentOf = ({
  title,
  product,
  measureUnit,
  target,
  kind,
  field,
  indicator,
  appraiserUnit,
  basis,
}: Proposal) => ({
  title,
  product,
  measureUnit,
  target,
  kind,
  field,
  indicator,
  appraiserUnit,
  basis,
});
