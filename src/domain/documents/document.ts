// A document that gives work: a letter, a decision, a report, a plan. A draft has blanks where the records office puts number
// and day (letters 000 and 002 came that way); once issued it stays as it is, and what is wrong is corrected by another.

import type { Signing } from '../organisation/signing.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import type { SourceDocument } from '../workflow/task.ts';

export const documentKinds = ['letter', 'decision', 'report', 'plan'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/**
 * Whose order it carries, whoever issued it: UBND tỉnh, Chủ tịch UBND tỉnh (letter 002 names both every time), or the issuing
 * body itself.
 */
export const orderingAuthorities = ['people_committee', 'chairman', 'issuer'] as const;
export type OrderingAuthority = (typeof orderingAuthorities)[number];

/** Nơi nhận: thực hiện, báo cáo, phối hợp, biết, lưu. */
export const recipientPurposes = ['execute', 'report', 'coordinate', 'inform', 'file'] as const;
export type RecipientPurpose = (typeof recipientPurposes)[number];

export interface Signer {
  readonly name: string;
  readonly position: string;
  /** KT. CHÁNH VĂN PHÒNG: in what capacity, and for whom. */
  readonly capacity?: Signing;
  readonly signsFor?: string;
}

export interface Recipient {
  readonly name: string;
  /** Where it is a unit of the organisation; its people may then read the document. */
  readonly unit?: string;
  readonly purpose: RecipientPurpose;
}

/** What goes with the document, in its order: Phụ lục I, II … */
export interface Attachment {
  readonly title: string;
  readonly reference?: string;
}

export interface DocumentFacts {
  readonly kind: DocumentKind;
  /** UBND-KSTT: known before the number is. */
  readonly sign: string | null;
  readonly issuer: string;
  readonly authority: OrderingAuthority;
  readonly signer: Signer | null;
  /** Trích yếu; none for a secret document. */
  readonly abstract: string | null;
  readonly secret: boolean;
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly Attachment[];
}

export interface Document extends DocumentFacts {
  readonly id: string;
  readonly status: 'draft' | 'issued';
  readonly version: number;
  /** With its sign: 1683/UBND-THVX. */
  readonly number: string | null;
  readonly issuedOn: CivilDate | null;
  /** The issued document that this one corrects. */
  readonly corrects: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly issuedBy: string | null;
  readonly recordedAt: Date | null;
}

/** 1683/UBND-THVX: what the records office writes before the sign that the draft has; a whole number with its sign stays. */
export const numberAndSign = (given: string, sign: string | null): string =>
  sign === null || given.endsWith(`/${sign}`) ? given : `${given}/${sign}`;

/** What a task says of where it comes from; undefined while the document has blanks. */
export const sourceOf = (
  { number, issuedOn, issuer }: Pick<Document, 'number' | 'issuedOn' | 'issuer'>,
  item: string | undefined,
): SourceDocument | undefined =>
  number === null || issuedOn === null
    ? undefined
    : { number, date: issuedOn, issuer, ...(item === undefined ? {} : { item }) };

/** Units whose people may read it: its recipients, once it is out. */
export const readersOf = ({ status, recipients }: Pick<Document, 'status' | 'recipients'>): readonly string[] =>
  status === 'draft' ? [] : recipients.flatMap(({ unit }) => unit ?? []);

/** What people say of two tasks. */
export const toldLinkKinds = ['about', 'follows', 'carried_forward'] as const;
/** next_occurrence: the system's, from an occurrence to the one before it. */
export const taskLinkKinds = [...toldLinkKinds, 'next_occurrence'] as const;
export type TaskLinkKind = (typeof taskLinkKinds)[number];
