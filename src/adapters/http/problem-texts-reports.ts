// Status and wording of refusals around reports, confirmation rounds and exports.

import { text } from './problem-text.ts';

export const reportProblemTexts = {
  'report.wrong_status': text(
    409,
    'Báo cáo không ở bước này',
    'Báo cáo đã qua hoặc chưa đến bước này; số liệu đã chốt và báo cáo đã phát hành không sửa được, chỉ có thể lập báo cáo đính chính.',
    'The report is not at this step; frozen figures and issued reports do not change, they are corrected by another report.',
  ),
  'report.round_open': text(
    409,
    'Vòng xác nhận chưa xong',
    'Còn đơn vị chưa trả lời và chưa hết hạn xác nhận; số liệu được chốt sau khi mọi đơn vị trả lời hoặc hết hạn.',
    'Some units have not answered and their day is not over; figures are frozen once all have answered or the day is over.',
  ),
  'report.has_correction': text(
    409,
    'Báo cáo đã có đính chính',
    'Báo cáo này đã có báo cáo đính chính; hãy đính chính báo cáo sau cùng.',
    'There is a correction of this report; correct the last one.',
  ),
  'confirmation.not_found': text(
    404,
    'Không tìm thấy nội dung xác nhận',
    'Không có vòng xác nhận hoặc nội dung này.',
    'There is no such confirmation round or item.',
  ),
  'confirmation.closed': text(
    409,
    'Đã hết hạn xác nhận',
    'Đã hết hạn xác nhận, số liệu đã chốt hoặc ý kiến này đã được giải quyết.',
    'The day is over, the figures are frozen, or this dispute is resolved.',
  ),
  'confirmation.no_dispute': text(
    409,
    'Không có ý kiến cần giải quyết',
    'Đơn vị không có ý kiến khác về nội dung này, hoặc ý kiến đã được giải quyết.',
    'The unit does not dispute this item, or the dispute is resolved.',
  ),
  'export.too_large': text(
    422,
    'Danh sách quá dài để xuất',
    'Mỗi lần xuất tối đa 10.000 dòng; hãy lọc bớt rồi xuất lại.',
    'At most 10,000 rows are exported at a time; narrow the filter.',
  ),
} as const;
