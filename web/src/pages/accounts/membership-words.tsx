// A role in words: what, for which unit, from when until when.

import { useQuery } from '@tanstack/react-query';
import type { DatedMembership } from '../../api/accounts.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { useUnitName } from '../../api/units.ts';
import { addDays, civilDay, day } from '../../format.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { accountsText } from './text.ts';

/** @returns words for a membership, and what its days say of today */
export const useMembershipWords = () => {
  const text = useText(accountsText);
  const words = useText(common);
  const unitName = useUnitName();
  const programmes = useQuery(programmesQuery).data ?? [];
  const today = civilDay();
  return ({ role, unit, programme, field, validFrom, validTo }: DatedMembership): string =>
    [
      words.roles[role],
      unit !== undefined && unitName(unit),
      programme !== undefined && (programmes.find(({ code }) => code === programme)?.name ?? programme),
      field !== undefined && text.field(field),
      validFrom !== undefined && text.from(day(validFrom)),
      validTo !== undefined && text.until(day(addDays(validTo, -1))),
      validTo !== undefined && validTo <= today && text.over,
      validFrom !== undefined && validFrom > today && text.coming,
    ]
      .filter((part) => part !== false)
      .join(' · ');
};
