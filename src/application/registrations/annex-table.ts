// Annex IV in the words of the office, as a table that any format can print (domain 9.2).

import type { Actor } from '../../domain/organisation/actor.ts';
import { annexOf } from '../../domain/registration/annex.ts';
import type { Proposal, ProposalChange, SourceCommitment } from '../../domain/registration/proposal.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import { countText } from '../../domain/reporting/percentage.ts';
import { dayOf } from '../../domain/schedule/civil-date.ts';
import type { Category } from '../../domain/workflow/definition.ts';
import type { Estimate, SourceDocument } from '../../domain/workflow/task.ts';
import { dayText } from '../book.ts';
import type { Clock } from '../ports.ts';
import type { RegistrationStore } from './ports.ts';
import { readRegistration } from './rounds.ts';

export type AnnexCell = string | number | null;

export interface PrintedTable {
  /** Name for the file, without its ending. */
  readonly name: string;
  /** Above the table. */
  readonly titles: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly AnnexCell[])[];
  /** Below it. */
  readonly notes: readonly string[];
}

const changeWords: Readonly<Record<ProposalChange, string>> = {
  carried: 'Chuyển tiếp',
  target_changed: 'Điều chỉnh chỉ tiêu',
  added: 'Bổ sung',
  dropped: 'Giảm',
};
const blocWords: Readonly<Record<string, string>> = {
  department: 'Sở, ban, ngành Tỉnh',
  district: 'UBND huyện, thành phố',
  commune: 'UBND xã, phường',
  central: 'Cơ quan Trung ương trên địa bàn',
};
const stateWords: Readonly<Record<Category, string>> = {
  assigned: 'Đang thực hiện',
  in_progress: 'Đang thực hiện',
  awaiting_appraisal: 'Chờ thẩm định',
  done: 'Hoàn thành',
  not_done: 'Không hoàn thành',
  stopped: 'Dừng thực hiện',
};
const estimateWords: Readonly<Record<Estimate, string>> = {
  done: 'ước hoàn thành',
  not_done: 'ước không hoàn thành',
  stopped: 'dừng',
};

/** @throws Refusal registration.not_found */
export const annexTable =
  (store: RegistrationStore, clock: Clock) =>
  async (id: string, actor: Actor): Promise<PrintedTable> => {
    const { registration, units, sources, proposals, opinions } = await readRegistration(store)(id, actor);
    const programme = await store.programme(registration.programme);
    const { year } = registration;
    const lastYear =
      registration.sourceProgramme === null ? year - 1 : (await store.programme(registration.sourceProgramme)).year;
    const annex = annexOf(units, sources, proposals);
    const opinionOf = new Map(opinions.map(({ bloc, text }) => [bloc, text]));
    const rows = annex.blocs.flatMap(({ bloc, units: members, count }, index) => [
      [
        roman(index + 1),
        `${blocWords[bloc] ?? bloc} (${countText(count)} nội dung)`,
        ...Array<null>(6).fill(null),
        opinionOf.get(bloc) ?? null,
        null,
      ],
      ...members.flatMap(({ name, items }, unit) => [
        [unit + 1, name, ...Array<null>(8).fill(null)],
        ...items.map(({ proposal, source }, item) => rowOf(`${unit + 1}.${item + 1}`, proposal, source)),
      ]),
    ]);
    const notice = noticeOf(programme);
    return {
      name: `Phu-luc-IV_${registration.programme}_${dayOf(clock.now(), programme.zone)}`,
      titles: [
        'Phụ lục IV',
        `Nội dung đăng ký cam kết hành động năm ${year}${annex.common.length > 0 ? ' (1)' : ''}`,
        `Tính đến ngày ${dayText(dayOf(clock.now(), programme.zone))}`,
        ...(notice === null ? [] : [notice]),
      ],
      header: [
        'STT',
        'Đơn vị / Nội dung',
        'ĐVT',
        `Chỉ tiêu ${lastYear}`,
        `Kết quả/ước ${lastYear}`,
        `Chỉ tiêu đăng ký ${year}`,
        'Loại',
        'Căn cứ',
        'Ý kiến cơ quan tổng hợp',
        'Quyết định',
      ],
      rows,
      notes: [
        `Tổng số ${countText(annex.count)} nội dung: chuyển tiếp ${countText(annex.changes.carried)}, điều chỉnh chỉ tiêu ${countText(annex.changes.target_changed)}, bổ sung ${countText(annex.changes.added)}; giảm ${countText(annex.changes.dropped)} nội dung (không tính vào tổng số).`,
        ...(annex.common.length > 0
          ? [`(1) Không bao gồm các nhiệm vụ được UBND Tỉnh giao chung như: ${annex.common.join('; ')}.`]
          : []),
      ],
    };
  };

const rowOf = (number: string, proposal: Proposal, source: SourceCommitment | null): readonly AnnexCell[] => [
  number,
  proposal.title,
  proposal.measureUnit,
  proposal.targetFrom,
  source && resultText(source),
  proposal.change === 'dropped' ? null : proposal.target,
  changeWords[proposal.change],
  proposal.basis ? documentText(proposal.basis) : proposal.reason,
  proposal.opinion,
  decisionText(proposal),
];

const resultText = ({ result, category, estimate }: SourceCommitment): string => {
  const state = stateWords[category];
  const declared = estimate !== null && category !== 'done' && category !== 'not_done' && category !== 'stopped';
  return [...(result === null ? [] : [String(result)]), declared ? `${state}, ${estimateWords[estimate]}` : state].join(
    ' – ',
  );
};

const decisionText = ({ status, decision, note }: Proposal): string | null => {
  if (!decision) return null;
  return status === 'approved'
    ? `Đồng ý (${documentText(decision)})`
    : `Không đồng ý: ${note ?? ''} (${documentText(decision)})`;
};

const documentText = ({ number, date, issuer }: SourceDocument): string => `${number} ngày ${dayText(date)}, ${issuer}`;

const roman = (n: number): string => ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'][n - 1] ?? String(n);
