// What a deed rests on: the document that orders it, the pieces that show it was done.

import type { CivilDate } from '../schedule/civil-date.ts';

export interface SourceDocument {
  /** Number and sign, for example 158/BC-SKHĐT. */
  readonly number: string;
  readonly date: CivilDate;
  readonly issuer: string;
  /** Item within the document, for example "khoản 2". */
  readonly item?: string;
}

/** A stored file as an event names it: whoever has the file can prove that it is this one. */
export interface EvidenceFile {
  readonly id: string;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Media type, judged by the content. */
  readonly type: string;
  /** Account that uploaded it; an author of the evidence, whoever hands it in. */
  readonly by: string;
}

export interface Evidence {
  readonly title: string;
  /** Where the paper is kept: document number, register or link text. */
  readonly reference?: string;
  readonly file?: EvidenceFile;
}

/** A piece of evidence as a command names it: the file by its id alone. */
export interface AskedEvidence extends Omit<Evidence, 'file'> {
  readonly file?: string;
}
