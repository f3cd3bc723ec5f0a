// What people read: official Vietnamese, one line per event, for the inbox and for mail. It is written when the mail is
// planned, so it belongs to the use case; days are those of the reader's day, not of the moment of sending.
// Patterns: "[Sắp đến hạn 3 ngày] Sở Nội vụ: <nhiệm vụ> – hạn 16/06/2026 (<văn bản>). Cập nhật: <liên kết>".

import type { Incident } from '../../domain/appraisal/voting.ts';
import type { ReorganisationKind } from '../../domain/organisation/reorganisation.ts';
import { type CivilDate, daysBetween } from '../../domain/schedule/civil-date.ts';
import { anchorOf, noticeKindOf, stillMatters } from '../../domain/workflow/notice.ts';
import type {
  DeadlineDecided,
  TaskAssigned,
  TaskMoved,
  TaskTransferred,
  TimerFired,
} from '../../domain/workflow/task.ts';
import { type OfferedLink, placeholderOf } from '../appraisals/offer-links.ts';
import { incidentNames, stanceNames } from './appraisal-words.ts';
import { answerByParts, followingParts, toldOutside } from './following-wording.ts';
import { letter, linkLine, subjectOf } from './letter-form.ts';
import type { MailText, RoundEntry, TaskNotice } from './ports.ts';
import { roundEntry, roundLine, roundMatters } from './round-wording.ts';
import { dayMonthYear, figure, figureOf, plain, shortened } from './text-forms.ts';

/** Titles of whole paragraphs are cut; the task itself shows them in full. */
const longestTitle = 300;
/** Lines per heading of a digest; the figure in the heading counts all. */
const longestGroup = 50;
/** Things one line asks for; the task itself shows all. */
const longestList = 10;

/** "[Quá hạn 5 ngày] Sở Nội vụ: Nâng chỉ số cải cách hành chính – hạn 10/06/2026 (158/BC-SKHĐT)". */
export const lineOf = (notice: TaskNotice, day: CivilDate): string => {
  const { label, tail } = partsOf(notice, day);
  const source = notice.sourceNumber === null || toldOutside(notice.event) ? '' : ` (${plain(notice.sourceNumber)})`;
  const title = shortened(plain(notice.task.title), longestTitle);
  return `[${label}] ${plain(notice.unitName)}: ${title}${tail === '' ? '' : ` – ${tail}`}${source}`;
};

/** A mail about one event that does not wait for the digest. */
export const urgentMail = (notice: TaskNotice, day: CivilDate, publicUrl: string | undefined): MailText => ({
  subject: subjectOf(lineOf(notice, day)),
  text: letter('Kính gửi Ông/Bà,', entryOf(notice, day, publicUrl, ''), [notice]),
});

interface DigestContents {
  readonly name: string;
  readonly entries: readonly TaskNotice[];
  readonly links?: readonly OfferedLink[];
  readonly rounds?: readonly Omit<RoundEntry, 'notificationId'>[];
}

/** Tasks whose appraisal the mail asks for, in the order in which it lists them. */
export const tasksToDecide = (entries: readonly TaskNotice[], day: CivilDate): readonly string[] =>
  (
    grouped(
      entries.filter(({ event, task }) => stillMatters(event, task)),
      day,
    ).get('to_appraise') ?? []
  )
    .slice(0, longestGroup)
    .map(({ task }) => task.id);

const decisionLine = ({ task }: TaskNotice, links: readonly OfferedLink[], publicUrl: string | undefined): string => {
  const link = links.find(({ taskId }) => taskId === task.id);
  if (!link || publicUrl === undefined) return '';
  return `\n  Cho kết quả thẩm định (liên kết riêng của Ông/Bà, dùng một lần, không chuyển tiếp): ${publicUrl.replace(/\/+$/u, '')}/d/${placeholderOf(link.id)}`;
};

/**
 * One mail with everything that waits for a person, or undefined when nothing of it matters any more. Of several
 * reminders about one task only the newest is listed: after an outage people get the present state, not a pile.
 */
export const digestMail = (
  { name, entries, links = [], rounds = [] }: DigestContents,
  day: CivilDate,
  publicUrl: string | undefined,
): MailText | undefined => {
  const groups = grouped(
    entries.filter(({ event, task }) => stillMatters(event, task)),
    day,
  );
  const told = rounds.filter((round) => roundMatters(round.said, round, day));
  const listed = [...groups.values()].flat();
  const sections = [
    ...groupOrder.flatMap((group) => {
      const notices = groups.get(group) ?? [];
      const entry = (notice: TaskNotice): string =>
        `${entryOf(notice, day, publicUrl, '- ')}${group === 'to_appraise' ? decisionLine(notice, links, publicUrl) : ''}`;
      return notices.length === 0
        ? []
        : [{ heading: groupNames[group], lines: notices.map((one) => () => entry(one)) }];
    }),
    ...(told.length === 0
      ? []
      : [
          {
            heading: 'Xác nhận số liệu',
            lines: told.map(
              ({ said, round }) =>
                () =>
                  roundEntry(said, round, publicUrl, '- '),
            ),
          },
        ]),
  ];
  if (sections.length === 0) return undefined;
  const body = sections.map(({ heading, lines }, index) => {
    const shown = lines.slice(0, longestGroup).map((line) => line());
    const left = lines.length - shown.length;
    return [
      `${index + 1}. ${heading.toUpperCase()} (${figure(lines.length)})`,
      ...shown,
      ...(left > 0 ? [`- … và ${figure(left)} nội dung khác, xem trên phần mềm.`] : []),
    ].join('\n');
  });
  const counts = sections.map(({ heading, lines }) => `${figure(lines.length)} ${heading.toLowerCase()}`);
  const only = [...listed.map((notice) => lineOf(notice, day)), ...told.map(({ said }) => roundLine(said))];
  return {
    subject: subjectOf(
      only.length === 1 ? (only[0] as string) : `[Nhắc việc] Ngày ${dayMonthYear(day)}: ${counts.join(', ')}`,
    ),
    text: letter(
      `Kính gửi Ông/Bà ${plain(name)},\n\nTính đến ngày ${dayMonthYear(day)}, phần mềm theo dõi xin thông báo:`,
      body.join('\n\n'),
      [...listed, ...told.map(({ said }) => said)],
    ),
  };
};

type Group = 'overdue' | 'due_soon' | 'to_appraise' | 'decided' | 'assigned' | 'other';
const groupNames: Readonly<Record<Group, string>> = {
  overdue: 'Quá hạn',
  due_soon: 'Sắp đến hạn',
  to_appraise: 'Chờ thẩm định',
  decided: 'Kết quả và quyết định',
  assigned: 'Mới giao',
  other: 'Nhắc việc khác',
};
const groupOrder: readonly Group[] = ['overdue', 'due_soon', 'to_appraise', 'decided', 'assigned', 'other'];

const grouped = (notices: readonly TaskNotice[], day: CivilDate): ReadonlyMap<Group, readonly TaskNotice[]> => {
  const newest = new Map<string, TaskNotice>();
  for (const notice of notices) {
    const place = `${notice.task.id}/${groupOf(notice, day)}`;
    if ((newest.get(place)?.event.seq ?? 0) < notice.event.seq) newest.set(place, notice);
  }
  const groups = new Map<Group, TaskNotice[]>();
  for (const notice of newest.values()) {
    const group = groupOf(notice, day);
    const others = groups.get(group);
    if (others) others.push(notice);
    else groups.set(group, [notice]);
  }
  for (const members of groups.values()) members.sort(mostPressingFirst);
  return groups;
};

const mostPressingFirst = (a: TaskNotice, b: TaskNotice): number => {
  const [left, right] = [a, b].map(({ task }) => `${task.dueOn ?? '9999-12-31'}/${task.code}`) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
};

const groupOf = (notice: TaskNotice, day: CivilDate): Group => {
  const { event } = notice;
  switch (event.type) {
    case 'task.assigned':
    case 'task.follower_named':
      return 'assigned';
    case 'task.timer_fired':
      return groupOfReminder(event, notice, day);
    case 'task.moved':
      return event.payload.category === 'awaiting_appraisal' ? 'to_appraise' : 'decided';
    case 'task.information_given':
    case 'task.opinion_given':
    case 'task.reassigned':
      return 'to_appraise';
    case 'task.transferred':
      return event.payload.to === undefined ? 'to_appraise' : 'assigned';
    case 'task.urged':
      return notice.task.dueOn !== null && day > notice.task.dueOn ? 'overdue' : 'other';
    case 'task.difficulty_reported':
    case 'task.difficulty_redirected':
    case 'task.extension_requested':
    case 'task.deadline_proposed':
    case 'task.explained':
      return 'other';
    default:
      return 'decided';
  }
};

const groupOfReminder = ({ payload }: TimerFired, { task }: TaskNotice, day: CivilDate): Group => {
  const { from, day: due } = anchorOf(payload.anchor);
  if (from === 'appraise_by') return 'to_appraise';
  if (from === 'acknowledge_by') return 'assigned';
  if (from === 'answer_by') return 'other';
  if (from === 'due') return due !== null && day > due ? 'overdue' : 'due_soon';
  return task.dueOn !== null && day > task.dueOn ? 'overdue' : 'other';
};

export interface Parts {
  /** What stands in brackets at the front. */
  readonly label: string;
  /** What stands after the dash. */
  readonly tail: string;
  /** What is asked of the reader; empty when nothing is. */
  readonly request: string;
}

/**
 * A central agency is no subordinate of the province: whoever writes to it asks, and neither demands nor urges
 * (domain rules P5 and P8; letter 002 addresses such agencies apart).
 */
const partsOf = (notice: TaskNotice, day: CivilDate): Parts => {
  const parts = plainPartsOf(notice, day);
  return asksCentralAgency(notice) ? { ...parts, request: politely(parts.request) } : parts;
};

/** Whether what is asked for is asked of a central agency. */
const asksCentralAgency = ({ event, task, centralUnits = [] }: TaskNotice): boolean => {
  if (event.type === 'task.timer_fired' && (event.payload.softened || event.payload.action === 'escalate'))
    return false;
  const asked =
    groupsOfAppraisers.has(event.type) ||
    noticeKindOf(event) === 'to_appraise' ||
    (event.type === 'task.timer_fired' && anchorOf(event.payload.anchor).from === 'appraise_by')
      ? task.appraiserUnit
      : task.leadUnit;
  return asked !== null && centralUnits.includes(asked);
};

const groupsOfAppraisers: ReadonlySet<string> = new Set([
  'task.information_given',
  'task.opinion_given',
  'task.reassigned',
]);

/** Đề nghị … khẩn trương … ngay -> Kính đề nghị … quan tâm …. */
const politely = (request: string): string =>
  request
    .replace(/^Đề nghị (đơn vị|cơ quan thẩm định)/u, 'Kính đề nghị Quý cơ quan')
    .replace(' khẩn trương ', ' quan tâm ')
    .replace('tiếp nhận ngay', 'tiếp nhận');

const plainPartsOf = (notice: TaskNotice, day: CivilDate): Parts => {
  const { event } = notice;
  switch (event.type) {
    case 'task.assigned':
      return assignedParts(event, notice);
    case 'task.moved':
      return movedParts(event);
    case 'task.deadline_decided':
      return deadlineParts(event);
    case 'task.timer_fired':
      return reminderParts(event, notice, day);
    case 'task.recalled':
      return {
        label: 'Thu hồi hồ sơ trình',
        tail: `ngày ${dayMonthYear(event.payload.on)}`,
        request: '',
      };
    case 'task.information_requested':
      return {
        label: 'Đề nghị cung cấp thông tin',
        tail: shortened(plain(event.payload.question), longestTitle),
        request: 'Đề nghị đơn vị trả lời để cơ quan thẩm định có cơ sở cho kết quả.',
      };
    case 'task.information_given':
      return {
        label: 'Đã cung cấp thông tin',
        tail: `ngày ${dayMonthYear(event.payload.on)}`,
        request: 'Đề nghị cơ quan thẩm định xem xét, cho kết quả thẩm định.',
      };
    case 'task.opinion_given':
      return {
        label: 'Ý kiến tham gia thẩm định',
        tail: stanceNames[event.payload.stance],
        request: '',
      };
    case 'task.reassigned':
      return {
        label: 'Giao thẩm định',
        tail: `ngày ${dayMonthYear(event.payload.on)}`,
        request: 'Đề nghị cơ quan thẩm định xem xét, cho kết quả thẩm định.',
      };
    case 'task.transferred':
      return transferParts(event);
    case 'task.move_proposed':
      return {
        label: 'Đề nghị mở lại',
        tail: event.payload.reason === undefined ? '' : shortened(plain(event.payload.reason), longestTitle),
        request: 'Việc mở lại cần người thứ hai của Văn phòng đồng ý.',
      };
    case 'task.difficulty_reported':
    case 'task.difficulty_answered':
    case 'task.difficulty_redirected':
    case 'task.extension_requested':
    case 'task.deadline_proposed':
    case 'task.explained':
    case 'task.cause_judged':
    case 'task.follower_named':
    case 'task.urged':
      return followingParts(event);
    case 'task.vote_cast':
    case 'task.progress_reported':
    case 'task.timer_skipped':
      // Nobody is told of these (audience.ts); should a reader meet one all the same, it says what it is.
      return { label: 'Cập nhật', tail: '', request: '' };
    default:
      return event satisfies never;
  }
};

const assignedParts = ({ payload }: TaskAssigned, { noun }: TaskNotice): Parts => ({
  label: 'Mới giao',
  tail: payload.dueOn === null ? 'chưa xác định thời hạn' : `hạn ${dayMonthYear(payload.dueOn)}`,
  request: `Đề nghị đơn vị tiếp nhận và triển khai thực hiện ${plain(noun)}.`,
});

const reorganisationNames: Readonly<Record<ReorganisationKind, string>> = {
  rename: 'đổi tên',
  merge: 'sáp nhập',
  split: 'chia tách',
  dissolve: 'giải thể',
};

const transferParts = ({ payload }: TaskTransferred): Parts => {
  const { kind, document, fromName, toName } = payload;
  const act = reorganisationNames[kind];
  const paper = `theo ${plain(document.number)} ngày ${dayMonthYear(document.date)}`;
  return {
    label: `${toName === undefined ? 'Chuyển cơ quan thẩm định' : 'Chuyển đơn vị chủ trì'} (${act})`,
    tail:
      fromName === undefined || toName === undefined
        ? `${paper}, từ ngày ${dayMonthYear(payload.on)}`
        : `từ ${plain(fromName)} sang ${plain(toName)}, ${paper}`,
    request: toName === undefined ? '' : 'Đề nghị đơn vị tiếp nhận và tiếp tục thực hiện.',
  };
};

const incidentParts = (incident: Incident): Parts => ({
  label: 'Chưa thẩm định được',
  tail: incidentNames[incident],
  request: 'Đề nghị Văn phòng cử người thay hoặc giao cơ quan thẩm định khác.',
});

const movedParts = (event: TaskMoved): Parts => {
  const { payload } = event;
  const reason = payload.reason === undefined ? '' : `lý do: ${shortened(plain(payload.reason), longestTitle)}`;
  const { document } = payload;
  const byDocument = document ? `theo ${plain(document.number)} ngày ${dayMonthYear(document.date)}` : '';
  switch (noticeKindOf(event)) {
    case 'panel_incident':
      return incidentParts(payload.incident ?? 'nobody_eligible');
    case 'to_appraise':
      return {
        label: 'Chờ thẩm định',
        tail: `trình ngày ${dayMonthYear(payload.on)}`,
        request: 'Đề nghị cơ quan thẩm định xem xét, cho kết quả thẩm định.',
      };
    case 'returned':
      return {
        label: 'Trả lại',
        tail: [reason, missingText(payload.missing ?? [])].filter(Boolean).join('. '),
        request: 'Đề nghị đơn vị bổ sung, hoàn thiện và trình lại.',
      };
    case 'done':
      return { label: 'Hoàn thành', tail: payload.answer === 'achieved' ? 'thẩm định đạt' : '', request: '' };
    case 'not_done':
      return { label: 'Không hoàn thành', tail: reason, request: '' };
    case 'stopped':
      return { label: 'Dừng thực hiện', tail: byDocument || reason, request: '' };
    default:
      return { label: 'Chuyển trạng thái', tail: reason, request: '' };
  }
};

/** "Đề nghị bổ sung: 1) …; 2) …": in the line itself, so that the inbox shows it as well as the mail. */
const missingText = (missing: readonly string[]): string => {
  if (missing.length === 0) return '';
  const shown = missing
    .slice(0, longestList)
    .map((line, index) => `${index + 1}) ${withoutEnd(shortened(plain(line), longestTitle))}`);
  const left = missing.length - shown.length;
  return `Đề nghị bổ sung: ${[...shown, ...(left > 0 ? [`… và ${figure(left)} nội dung khác`] : [])].join('; ')}`;
};

const deadlineParts = ({ payload }: DeadlineDecided): Parts => {
  const before = payload.previousDueOn === null ? '' : ` (trước đây ${dayMonthYear(payload.previousDueOn)})`;
  return {
    label: payload.extension ? 'Gia hạn' : payload.happened ? 'Bắt đầu tính thời hạn' : 'Điều chỉnh thời hạn',
    tail: payload.dueOn === null ? `chưa xác định thời hạn${before}` : `hạn ${dayMonthYear(payload.dueOn)}${before}`,
    request: payload.dueOn === null ? '' : 'Đề nghị đơn vị thực hiện đúng thời hạn này.',
  };
};

const reminderParts = ({ payload }: TimerFired, { task, noun }: TaskNotice, day: CivilDate): Parts => {
  const { from, day: anchor } = anchorOf(payload.anchor);
  if (payload.softened) return softenedParts(payload, day);
  if (from === 'appraise_by' && anchor !== null)
    return {
      label: daysLeft(anchor, day, 'thẩm định'),
      tail: `hạn thẩm định ${dayMonthYear(anchor)}`,
      request: requestFor(payload, {
        remind: 'Đề nghị cơ quan thẩm định quan tâm, cho kết quả đúng thời hạn.',
        urge: 'Đề nghị cơ quan thẩm định khẩn trương cho kết quả thẩm định.',
      }),
    };
  if (from === 'answer_by' && anchor !== null) return answerByParts(anchor, day > anchor);
  if (from === 'acknowledge_by' && anchor !== null)
    return {
      label: 'Chưa tiếp nhận',
      tail: `hạn tiếp nhận ${dayMonthYear(anchor)}`,
      request: requestFor(payload, {
        remind: `Đề nghị đơn vị tiếp nhận ${plain(noun)}.`,
        urge: `Đề nghị đơn vị tiếp nhận ngay ${plain(noun)} và triển khai thực hiện.`,
      }),
    };
  const due = from === 'due' ? anchor : task.dueOn;
  if (due === null)
    return {
      label: 'Không thời hạn',
      tail: from === 'assigned' && anchor !== null ? `giao ngày ${dayMonthYear(anchor)}` : '',
      request: requestFor(payload, {
        remind: 'Đề nghị đơn vị cập nhật tiến độ và đề xuất thời hạn hoàn thành.',
        urge: 'Đề nghị đơn vị khẩn trương báo cáo tiến độ và đề xuất thời hạn hoàn thành.',
      }),
    };
  return {
    label: from === 'due' || day > due ? daysLeft(due, day) : 'Cập nhật tiến độ',
    tail: `hạn ${dayMonthYear(due)}`,
    request: requestFor(payload, {
      remind: `Đề nghị đơn vị quan tâm thực hiện, bảo đảm hoàn thành ${plain(noun)} đúng thời hạn.`,
      urge: `Đề nghị đơn vị khẩn trương hoàn thành ${plain(noun)} và báo cáo kết quả.`,
    }),
  };
};

/** What the office reads in place of an escalation against a central agency. */
const softenedParts = (payload: TimerFired['payload'], day: CivilDate): Parts => {
  const { from, day: anchor } = anchorOf(payload.anchor);
  const what = from === 'appraise_by' ? 'thẩm định' : undefined;
  const of = what === undefined ? '' : ` ${what}`;
  return {
    label: anchor === null || from === 'assigned' ? 'Cơ quan Trung ương chưa có kết quả' : daysLeft(anchor, day, what),
    tail: anchor === null || from === 'assigned' ? '' : `hạn${of} ${dayMonthYear(anchor)}`,
    request:
      'Kính đề nghị Văn phòng trao đổi hoặc tham mưu văn bản đề nghị cơ quan Trung ương quan tâm phối hợp, thông tin kết quả.',
  };
};

/**
 * Nhắc, đôn đốc, báo cáo lên cấp trên: who is reported to is asked for direction, not for the work. Levels that an outage
 * collapsed into one go to the unit and to those above it together, so both are spoken to.
 */
const requestFor = (
  { action, to }: TimerFired['payload'],
  { remind, urge }: { readonly remind: string; readonly urge: string },
): string => {
  switch (action) {
    case 'remind':
      return remind;
    case 'urge':
      return urge;
    case 'escalate': {
      const report = 'Kính báo cáo để xem xét, chỉ đạo.';
      const above = to.some((role) => role === 'office' || role === 'province_leader');
      return above && to.some((role) => role !== 'office' && role !== 'province_leader') ? `${urge} ${report}` : report;
    }
    default:
      return action satisfies never;
  }
};

/** The last day is still in time: lateness begins the day after. */
const daysLeft = (due: CivilDate, day: CivilDate, what?: string): string => {
  const left = daysBetween(day, due);
  const of = what === undefined ? '' : ` ${what}`;
  if (left < 0) return `Quá hạn${of} ${figureOf(-left)} ngày`;
  return left === 0 ? `Đến hạn${of} hôm nay` : `Sắp đến hạn${of} ${figureOf(left)} ngày`;
};

const entryOf = (notice: TaskNotice, day: CivilDate, publicUrl: string | undefined, mark: string): string => {
  const { request } = partsOf(notice, day);
  const page = toldOutside(notice.event) ? '/difficulties' : `/tasks/${notice.task.id}`;
  const link = linkLine(publicUrl, page, mark, request === '' ? 'Xem' : 'Cập nhật');
  return `${mark}${lineOf(notice, day)}.${request === '' ? '' : ` ${request}`}${link}`;
};

/** Without the punctuation that ended it: another sentence goes on. */
const withoutEnd = (line: string): string => {
  let end = line.length;
  while (end > 0 && '.;, '.includes(line[end - 1] as string)) end -= 1;
  return line.slice(0, end);
};
