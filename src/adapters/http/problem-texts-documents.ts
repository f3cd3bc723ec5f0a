// Refusals about documents that give work, proposed deadlines and the phases of a programme.

import { text } from './problem-text.ts';

export const documentProblemTexts = {
  'document.not_found': text(
    404,
    'Không tìm thấy văn bản',
    'Không có văn bản này hoặc tài khoản không được xem.',
    'There is no such document, or the account may not see it.',
  ),
  'document.exists': text(
    409,
    'Số văn bản đã có',
    'Cơ quan ban hành đã có văn bản mang số và ngày này.',
    'The issuing body already has a document of this number and day.',
  ),
  'document.not_draft': text(
    409,
    'Văn bản đã ban hành',
    'Văn bản đã ban hành không sửa được; hãy lập văn bản đính chính gắn với văn bản này.',
    'An issued document does not change; enter a correction linked to it.',
  ),
  'document.not_issued': text(
    409,
    'Văn bản chưa có số, ngày',
    'Văn bản còn là dự thảo; văn thư cấp số và ngày trước khi giao việc hoặc đính chính.',
    'The document is a draft; it needs its number and day before work is given by it or it is corrected.',
  ),
  'document.items_refused': text(
    422,
    'Có nội dung giao việc chưa hợp lệ',
    'Không giao nhiệm vụ nào vì có nội dung bị từ chối; xem lý do của từng nội dung.',
    'No task was assigned, because items were refused; each says why.',
  ),
  'deadline_proposal.not_asked': text(
    409,
    'Không phải đề xuất thời hạn',
    'Nhiệm vụ đã có thời hạn hoặc đã kết thúc; hãy dùng đề nghị gia hạn.',
    'The task has a deadline already, or has ended; ask for an extension instead.',
  ),
  'phase.not_found': text(
    404,
    'Không có giai đoạn này',
    'Kế hoạch của chương trình không có giai đoạn này.',
    'The plan of the programme has no such phase.',
  ),
  'phase.begun': text(
    409,
    'Giai đoạn đã ghi nhận',
    'Giai đoạn đã bắt đầu hoặc đã kết thúc; điều đã ghi nhận không sửa lại.',
    'The phase has begun or ended; what was recorded of it does not change.',
  ),
  'phase.not_begun': text(
    409,
    'Giai đoạn chưa bắt đầu',
    'Phải ghi nhận bắt đầu giai đoạn trước khi kết thúc.',
    'The phase has to begin before it ends.',
  ),
  'measure.none': text(
    409,
    'Không có số đo',
    'Hệ thống không đo nội dung này, chưa có nhiệm vụ nào đến hạn, hoặc bước này không có tỷ lệ để điền.',
    'The system does not measure this commitment, nothing is judged yet, or the step declares no percentage.',
  ),
  'phase.not_waiting': text(
    409,
    'Giai đoạn không chờ sự kiện nào',
    'Giai đoạn bắt đầu theo ngày, không có thời hạn nào chờ nó.',
    'The phase begins on a day; no deadline waits for it.',
  ),
} as const;
