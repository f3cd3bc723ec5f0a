// What people read of difficulties, requests, explanations and urgings.

import type { FollowingEvent } from '../../domain/workflow/following.ts';
import { dayMonthYear, figure, plain, shortened } from './text-forms.ts';
import type { Parts } from './wording.ts';

const longest = 300;
const said = (text: string): string => shortened(plain(text), longest);

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
    case 'task.extension_requested':
      return {
        label: 'Đề nghị gia hạn',
        tail: `đến ngày ${dayMonthYear(event.payload.day)}${event.payload.reason === undefined ? '' : `, lý do: ${said(event.payload.reason)}`}`,
        request: 'Kính đề nghị xem xét, quyết định thời hạn.',
      };
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
