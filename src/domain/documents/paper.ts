// An official paper as it is read, before any file is made of it: what stands where (Nghị định 30/2020/NĐ-CP, Phụ lục I), in which
// words. Whoever writes files of it adds nothing.

import type { CivilDate } from '../schedule/civil-date.ts';
import type { Recipient, RecipientPurpose, Signer } from './document.ts';

export interface Words {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** At the foot of the page. */
  readonly note?: string;
}

export interface Block {
  /** part: I. …; heading: 1. …; remark: small and in italics, such as the line that says of when figures are. */
  readonly kind: 'basis' | 'part' | 'heading' | 'text' | 'remark';
  readonly words: readonly Words[];
}

export interface PaperColumn {
  readonly title: string;
  /** Shares of the width of the table. */
  readonly width: number;
  readonly align?: 'left' | 'center' | 'right';
}

export interface PaperTable {
  /** Phụ lục 1; its title; of when it is. */
  readonly titles: readonly string[];
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly bold?: boolean }[];
}

export interface Paper {
  /** Without its ending; ASCII. */
  readonly fileName: string;
  /** Nothing was issued yet: number and day are blank, and it says so. */
  readonly draft: boolean;
  /** The body above the one that issues it. */
  readonly upper: string | null;
  readonly agency: string;
  /** Số: … */
  readonly number: string;
  /** Đồng Tháp, ngày … tháng … năm … */
  readonly placeAndDay: string;
  /** Trích yếu: beside the number in a letter (V/v), below the kind in a report. */
  readonly kind: { readonly name: string | null; readonly abstract: string };
  /** Kính gửi. */
  readonly addressees: readonly string[];
  readonly blocks: readonly Block[];
  /** Nơi nhận, line by line. */
  readonly recipients: readonly string[];
  /** In what capacity, above the name. */
  readonly signature: readonly string[];
  readonly signer: string | null;
  readonly annexes: readonly PaperTable[];
}

/** The letters that lists run through: đ after d, and none of f, j, w, z (rule C8). */
export const listLetters = [...'abcdđeghiklmnopqrstuvxy'];

export const blankNumber = '        ';
export const blankDots = '…………';

/** Số: 05/BC-SKHĐT; a number below ten has a zero before it, a draft has a blank. @param sign used while there is no number */
export const numberLine = (number: string | null, sign: string | null): string =>
  `Số: ${number === null ? `${blankNumber}/${sign ?? blankDots}` : number.replace(/^(\d)(?=\/|$)/, '0$1')}`;

/** ngày 09 tháng 11 năm 2022: days below ten and the first two months have a zero before them. */
export const dayWords = (day: CivilDate): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
};

/** @param year of a paper that has no day yet */
export const placeAndDay = (place: string | null, day: CivilDate | null, year: number): string =>
  `${place ?? blankDots}, ${day === null ? `ngày      tháng      năm ${year}` : dayWords(day)}`;

/** Who writes: a people's committee orders, others ask (rule P8). */
export type SenderRank = 'committee' | 'department';

export const rankOf = (issuer: string): SenderRank =>
  /^(ubnd|u[ỷý] ban nhân dân|ủy ban nhân dân|chủ tịch (ubnd|ủy ban))/iu.test(issuer.normalize('NFC').trim())
    ? 'committee'
    : 'department';

/** @param central a central agency is nobody's subordinate in the province: it is asked politely, whoever writes */
export const demandVerb = (rank: SenderRank, central = false): string => {
  if (central) return 'kính đề nghị';
  return rank === 'committee' ? 'yêu cầu' : 'đề nghị';
};

/** KT. GIÁM ĐỐC, and below it PHÓ GIÁM ĐỐC (rule P7); blank while nobody is named. */
export const signatureLines = (signer: Signer | null): readonly string[] => {
  if (signer === null) return [blankDots];
  const { capacity, signsFor, position } = signer;
  return [
    ...(capacity === undefined ? [] : [`${capacity} ${(signsFor ?? blankDots).toUpperCase()}`]),
    position.toUpperCase(),
  ];
};

const purposes: Readonly<Record<RecipientPurpose, string>> = {
  execute: 'thực hiện',
  report: 'báo cáo',
  coordinate: 'phối hợp',
  inform: 'biết',
  file: 'lưu',
};

/** Each with what it is for; those that the paper is addressed to are “as above”, and what is filed comes last. */
export const recipientLines = (recipients: readonly Recipient[], hasAddressees: boolean): readonly string[] => {
  const filed = recipients.filter(({ purpose }) => purpose === 'file').map(({ name }) => name);
  const named = recipients.filter(({ purpose }) => purpose !== 'file' && !(hasAddressees && purpose === 'execute'));
  return [
    ...(hasAddressees ? ['- Như trên (thực hiện);'] : []),
    ...named.map(({ name, purpose }) => `- ${name} (${purposes[purpose]});`),
    `- Lưu: ${filed.length === 0 ? 'VT' : filed.join('; ').replace(/^lưu:?\s*/iu, '')}.`,
  ];
};

/** Letters and digits that every program may name a file with. */
export const asciiWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const plain = (text: string): readonly Words[] => [{ text }];
