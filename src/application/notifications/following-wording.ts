// What people read of difficulties, requests, explanations and urgings.

import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { FollowingEvent } from '../../domain/workflow/following.ts';
import type { TaskEvent } from '../../domain/workflow/task.ts';
import { dayMonthYear, figure, plain, shortened } from './text-forms.ts';
import type { Parts } from './wording.ts';

const longest = 300;
const said = (text: string): string => shortened(plain(text), longest);

/** Of a reminder that an answer is asked for; `late` from the day after it. */
export const answerByParts = (answerBy: CivilDate, late: boolean): Parts => ({
  label: late ? 'Khó khăn, vướng mắc quá hạn trả lời' : 'Khó khăn, vướng mắc sắp đến hạn trả lời',
  tail: `hạn trả lời ${dayMonthYear(answerBy)}`,
  request: 'Kính đề nghị quan tâm, cho ý kiến tháo gỡ.',
});

/** Told also to people of a unit that sees nothing of the task but its difficulty. */
export const toldOutside = ({ type, payload }: TaskEvent): boolean =>
  (type === 'task.difficulty_reported' || type === 'task.difficulty_redirected' || type === 'task.timer_fired') &&
  'unit' in payload;

export const followingParts = (event: FollowingEvent): Parts => {
  switch (event.type) {
    case 'task.difficulty_reported': {
      const { cause, proposal, answerBy } = event.payload;
      return {
        label: 'Khó khăn, vướng mắc',
        tail: `${said(cause)}${proposal === undefined ? '' : `; đề xuất: ${said(proposal)}`}`,
        request: `Kính đề nghị xem xét, cho ý kiến tháo gỡ trước ngày ${dayMonthYear(answerBy)}.`,
      };
    }
    case 'task.difficulty_answered':
      return {
        label: 'Trả lời khó khăn, vướng mắc',
        tail: said(event.payload.answer),
        request: 'Đề nghị đơn vị tiếp tục triển khai thực hiện.',
      };
    case 'task.difficulty_redirected':
      return {
        label: 'Chuyển khó khăn, vướng mắc',
        tail: said(event.payload.reason),
        request: `Kính đề nghị nơi nhận xem xét, cho ý kiến tháo gỡ trước ngày ${dayMonthYear(event.payload.answerBy)}.`,
      };
    case 'task.extension_requested':
      return {
        label: 'Đề nghị gia hạn',
        tail: `đến ngày ${dayMonthYear(event.payload.day)}${event.payload.reason === undefined ? '' : `, lý do: ${said(event.payload.reason)}`}`,
        request: 'Kính đề nghị xem xét, quyết định thời hạn.',
      };
    case 'task.deadline_proposed':
      return {
        label: 'Đề xuất thời hạn',
        tail: `ngày ${dayMonthYear(event.payload.day)}${event.payload.reason === undefined ? '' : `, lý do: ${said(event.payload.reason)}`}`,
        request: 'Kính đề nghị xem xét, quyết định thời hạn.',
      };
    case 'task.follower_named': {
      const { follower, previous, on, reason } = event.payload;
      return {
        label: follower === null ? 'Thôi theo dõi' : previous === null ? 'Phân công theo dõi' : 'Thay người theo dõi',
        tail: `từ ngày ${dayMonthYear(on)}${reason === undefined ? '' : `, ${said(reason)}`}`,
        request: '',
      };
    }
    case 'task.explained':
      return {
        label: 'Giải trình',
        tail: said(event.payload.text),
        request:
          event.payload.objectiveCause === undefined ? '' : 'Kính đề nghị xem xét, xác nhận nguyên nhân khách quan.',
      };
    case 'task.cause_judged':
      return {
        label: event.payload.confirmed ? 'Xác nhận nguyên nhân khách quan' : 'Không xác nhận nguyên nhân khách quan',
        tail: said(event.payload.reason),
        request: '',
      };
    case 'task.urged':
      return {
        label: `Đôn đốc lần ${figure(event.payload.n)}`,
        tail: event.payload.note === undefined ? `ngày ${dayMonthYear(event.payload.on)}` : said(event.payload.note),
        request: 'Đề nghị đơn vị khẩn trương thực hiện, báo cáo kết quả và đề xuất thời hạn hoàn thành nếu chưa có.',
      };
    default:
      return event satisfies never;
  }
};
