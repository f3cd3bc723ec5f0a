// What people read of a confirmation round (công văn Bình Định 3/2022, mục 4: "xác nhận tình trạng thực hiện nhiệm vụ trước khi tổng
// hợp, báo cáo"): official Vietnamese, one line each.

import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { RoundSaid } from '../reports/round-news.ts';
import { letter, linkLine, subjectOf } from './letter-form.ts';
import type { MailText } from './ports.ts';
import { dayMonthYear, figure, plain, shortened } from './text-forms.ts';

const longestReport = 200;
const longestReason = 300;
/** Units one line names; the round itself shows all. */
const mostUnits = 10;

interface Parts {
  readonly label: string;
  readonly who: string;
  readonly what: string;
  readonly request: string;
}

/** "[Xác nhận số liệu] Sở Nội vụ: 12 nội dung cam kết – trả lời chậm nhất ngày 07/11/2022 (Báo cáo …, số liệu tính đến ngày …)". */
export const roundLine = (said: RoundSaid): string => {
  const { label, who, what } = partsOf(said);
  return `[${label}] ${who === '' ? '' : `${who}: `}${what}`;
};

/** The line with what is asked of the reader, and where to do it. */
export const roundEntry = (said: RoundSaid, round: string, publicUrl: string | undefined, mark: string): string => {
  const { request } = partsOf(said);
  const word = request === '' ? 'Xem' : 'Cập nhật';
  return `${mark}${roundLine(said)}.${request === '' ? '' : ` ${request}`}${linkLine(publicUrl, `/confirm?round=${round}`, mark, word)}`;
};

export const urgentRoundMail = (said: RoundSaid, round: string, publicUrl: string | undefined): MailText => ({
  subject: subjectOf(roundLine(said)),
  text: letter('Kính gửi Ông/Bà,', roundEntry(said, round, publicUrl, ''), [said]),
});

/** What still asks for an answer, or is still worth knowing, on the day of the digest. */
export const roundMatters = (
  { news, dueOn }: RoundSaid,
  { frozen, waiting }: { readonly frozen: boolean; readonly waiting: boolean },
  day: CivilDate,
): boolean => (news === 'opened' || news === 'reminder' ? waiting && !frozen && day <= dueOn : true);

const partsOf = (said: RoundSaid): Parts => {
  const { news, noun, items, dueOn, asOf, codes } = said;
  const who = plain(said.unitName ?? '');
  const report = `(${shortened(plain(said.report), longestReport)}, số liệu tính đến ngày ${dayMonthYear(asOf)})`;
  const until = `trả lời chậm nhất ngày ${dayMonthYear(dueOn)}`;
  const named = `${codes.map(plain).join(', ')}${items > codes.length ? ', …' : ''}`;
  const asked = said.central ? 'Kính đề nghị Quý cơ quan quan tâm' : 'Đề nghị đơn vị';
  switch (news) {
    case 'opened':
      return {
        label: 'Xác nhận số liệu',
        who,
        what: `${figure(items)} ${plain(noun)} – ${until} ${report}`,
        request: `${asked} rà soát, xác nhận hoặc có ý kiến đối với từng nội dung; nội dung không trả lời trong thời hạn được ghi là mặc nhiên xác nhận.`,
      };
    case 'reminder':
      return {
        label: 'Sắp hết hạn xác nhận',
        who,
        what: `còn ${figure(items)} ${plain(noun)} chưa trả lời – ${until} ${report}`,
        request: `${asked} trả lời đúng thời hạn.`,
      };
    case 'disputed':
      return {
        label: 'Đơn vị có ý kiến khác',
        who,
        what: `${figure(items)} ${plain(noun)}: ${named} ${report}`,
        request: 'Đề nghị xem xét, giải quyết từng ý kiến trước khi chốt số liệu.',
      };
    case 'resolved':
      return {
        label: 'Kết quả giải quyết ý kiến',
        who,
        what: `${(said.verdicts ?? []).map(verdictText).join('; ')} ${report}`,
        request: '',
      };
    case 'silent':
      return {
        label: 'Hết hạn xác nhận',
        who: '',
        what: `mặc nhiên xác nhận (hết hạn, không trả lời) ${figure(items)} ${plain(noun)}: ${silentText(said)}; ${answeredText(said)} ${report}`,
        request: '',
      };
    default:
      return news satisfies never;
  }
};

const verdictText = ({ code, verdict, reason }: NonNullable<RoundSaid['verdicts']>[number]): string => {
  const why = reason === null ? '' : `, lý do: ${shortened(plain(reason), longestReason)}`;
  return `${plain(code)}: ${verdict === 'upheld' ? 'chấp nhận ý kiến, đã điều chỉnh số liệu' : 'giữ nguyên số liệu'}${why}`;
};

const silentText = ({ silent = [] }: RoundSaid): string => {
  const shown = silent.slice(0, mostUnits).map(({ unitName, items }) => `${plain(unitName)} ${figure(items)}`);
  const left = silent.length - shown.length;
  return [...shown, ...(left > 0 ? [`và ${figure(left)} đơn vị khác`] : [])].join(', ');
};

/** What was answered stands beside what was not, and is never added to it. */
const answeredText = ({ counts }: RoundSaid): string =>
  `đơn vị xác nhận ${figure(counts?.agreed ?? 0)}, có ý kiến khác chưa giải quyết ${figure(counts?.disputed ?? 0)}`;
