// What stands above and below the text of a drafted paper: from the document it will be, as far as that is entered already.

import type { Document } from '../../domain/documents/document.ts';
import {
  blankDots,
  numberLine,
  type Paper,
  placeAndDay,
  recipientLines,
  signatureLines,
} from '../../domain/documents/paper.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';

export interface Heads {
  /** The document that the paper will be; absent: all blank but the issuing body. */
  readonly document: Document | undefined;
  /** Who issues it where no document says so. */
  readonly issuer: string | null;
  /** The body above it, and where it sits. */
  readonly upper: string | null;
  readonly place: string | null;
}

export const issuerOf = ({ document, issuer }: Pick<Heads, 'document' | 'issuer'>): string =>
  document?.issuer ?? issuer ?? blankDots;

type HeadParts =
  | 'draft'
  | 'upper'
  | 'agency'
  | 'number'
  | 'placeAndDay'
  | 'addressees'
  | 'recipients'
  | 'signature'
  | 'signer';

export interface Numbered {
  readonly number: string;
  readonly on: CivilDate;
}

/**
 * @param addressees of a letter; none of a report
 * @param year of a paper that has no day yet
 * @param issued number and day that are known otherwise than from the document
 */
export const headsOf = (
  heads: Heads,
  {
    addressees,
    year,
    issued,
  }: { readonly addressees: readonly string[]; readonly year: number; readonly issued?: Numbered | undefined },
): Pick<Paper, HeadParts> => {
  const { document } = heads;
  const named = document?.recipients.filter(({ purpose }) => purpose === 'execute').map(({ name }) => name) ?? [];
  const to = addressees.length === 0 ? [] : named.length > 0 ? named : addressees;
  const known = issued ?? issueOf(document);
  return {
    draft: known === undefined,
    upper: heads.upper,
    agency: issuerOf(heads),
    number: numberLine(known?.number ?? null, document?.sign ?? null),
    placeAndDay: placeAndDay(heads.place, known?.on ?? null, year),
    addressees: to,
    recipients: recipientLines(document?.recipients ?? [], to.length > 0),
    signature: signatureLines(document?.signer ?? null),
    signer: document?.signer?.name ?? null,
  };
};

const issueOf = (document: Document | undefined): Numbered | undefined =>
  document?.number != null && document.issuedOn !== null
    ? { number: document.number, on: document.issuedOn }
    : undefined;
