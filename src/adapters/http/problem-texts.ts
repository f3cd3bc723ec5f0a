// Status and wording of every refusal. The record is complete by its type: a new code without a text does not compile.

import type { RefusalCode } from '../../domain/refusal.ts';

interface ProblemText {
  readonly status: number;
  readonly title: string;
  readonly vi: string;
  readonly en: string;
}

const text = (status: number, title: string, vi: string, en: string): ProblemText => ({ status, title, vi, en });

export const problemTexts: Readonly<Record<RefusalCode | 'fault', ProblemText>> = {
  'body.malformed': text(
    400,
    'Dữ liệu gửi lên không đọc được',
    'Nội dung gửi lên không phải JSON hợp lệ.',
    'The body is not valid JSON.',
  ),
  'body.too_large': text(
    413,
    'Dữ liệu gửi lên quá lớn',
    'Nội dung gửi lên vượt quá giới hạn cho phép.',
    'The body is larger than allowed.',
  ),
  'body.too_deep': text(
    400,
    'Dữ liệu lồng quá sâu',
    'Nội dung gửi lên lồng quá 32 cấp.',
    'The body is nested more than 32 levels deep.',
  ),
  'input.invalid': text(
    400,
    'Dữ liệu không hợp lệ',
    'Có trường chưa đúng; xem danh sách lỗi và sửa từng trường.',
    'Some fields are not valid; see the list of errors.',
  ),
  'route.unknown': text(
    404,
    'Không có địa chỉ này',
    'Địa chỉ hoặc phương thức không tồn tại trong API.',
    'There is no such address or method in this API.',
  ),
  'media_type.unsupported': text(
    415,
    'Kiểu nội dung không được hỗ trợ',
    'Hãy gửi với Content-Type mà địa chỉ này nhận.',
    'Send a Content-Type that this address accepts.',
  ),
  'idempotency_key.missing': text(
    400,
    'Thiếu Idempotency-Key',
    'Yêu cầu thay đổi phải kèm tiêu đề Idempotency-Key (1–128 ký tự).',
    'A changing request needs an Idempotency-Key header (1-128 characters).',
  ),
  'idempotency_key.reused': text(
    422,
    'Idempotency-Key đã dùng cho nội dung khác',
    'Khóa này đã dùng cho một yêu cầu có nội dung khác; hãy tạo khóa mới.',
    'This key was used for a request with another body; make a new key.',
  ),
  'version.missing': text(
    428,
    'Thiếu If-Match',
    'Hãy gửi tiêu đề If-Match với phiên bản đang xem, ví dụ "v3".',
    'Send an If-Match header with the version you saw, for example "v3".',
  ),
  'version.stale': text(
    412,
    'Nhiệm vụ đã thay đổi',
    'Nhiệm vụ đã được thay đổi sau khi quý vị mở; hãy xem lại trạng thái mới trước khi quyết định.',
    'The task changed after you opened it; look at the new state before you decide.',
  ),
  'session.required': text(401, 'Chưa đăng nhập', 'Hãy đăng nhập rồi thử lại.', 'Sign in and try again.'),
  'session.failed': text(
    401,
    'Đăng nhập không thành công',
    'Thư điện tử hoặc mật khẩu không đúng.',
    'The e-mail address or the password is wrong.',
  ),
  'session.forged_request': text(
    403,
    'Yêu cầu không rõ nguồn gốc',
    'Yêu cầu thay đổi bằng cookie phải đến từ chính trang của hệ thống.',
    'A changing request that relies on the cookie must come from this site itself.',
  ),
  'rate.exceeded': text(429, 'Quá nhiều yêu cầu', 'Hãy chờ rồi thử lại.', 'Wait and try again.'),
  'permission.denied': text(
    403,
    'Không đủ thẩm quyền',
    'Tài khoản không giữ vai trò được phép làm việc này.',
    'The account does not hold a role that may do this.',
  ),
  conflict_of_interest: text(
    403,
    'Không được tự thẩm định',
    'Người trình, người cung cấp minh chứng và người thuộc đơn vị được thẩm định (kể cả đơn vị cấp trên, cấp dưới trực tiếp của đơn vị đó) không được thẩm định nhiệm vụ này.',
    'The submitter, the authors of the evidence and people of the appraised unit’s line may not appraise this task.',
  ),
  'task.not_found': text(
    404,
    'Không tìm thấy nhiệm vụ',
    'Không có nhiệm vụ này hoặc tài khoản không được xem.',
    'There is no such task, or the account may not see it.',
  ),
  'task.exists': text(
    409,
    'Mã nhiệm vụ đã có',
    'Mã nhiệm vụ đã được dùng; hãy chọn mã khác.',
    'The task code is taken; choose another.',
  ),
  'task.wrong_state': text(
    409,
    'Trạng thái không cho phép',
    'Nhiệm vụ đang ở trạng thái không cho phép thao tác này.',
    'The task is in a state that does not allow this.',
  ),
  'task.deadline_required': text(
    422,
    'Thiếu thời hạn',
    'Giao việc phải có thời hạn; nếu không định được thời hạn thì phải ghi lý do.',
    'A task needs a deadline, or the reason why it has none.',
  ),
  'task.secret_content': text(
    422,
    'Nhiệm vụ mật không ghi nội dung',
    'Nhiệm vụ từ văn bản mật chỉ được đếm, không được ghi nội dung, tệp hay lý do; hãy bỏ các mục nêu trong pointers.',
    'A task from a secret document is counted only: leave out the texts and files named in pointers.',
  ),
  'appraisal.not_open': text(
    409,
    'Không có vòng thẩm định đang mở',
    'Nhiệm vụ hiện không ở bước thẩm định.',
    'No appraisal round is open on this task.',
  ),
  'appraisal.opinion_only': text(
    403,
    'Chỉ tham gia ý kiến',
    'Cơ quan tham gia chỉ cho ý kiến, không biểu quyết ở vòng này.',
    'Agencies that take part give their opinion here and do not vote.',
  ),
  'appraisal.absent': text(
    403,
    'Đang vắng mặt',
    'Ông/Bà đang được ghi là vắng mặt hoặc đã có người khác ngồi vị trí này, nên không thẩm định được lúc này.',
    'You are recorded as absent, or the seat is filled by somebody else at present.',
  ),
  'appraisal.has_votes': text(
    409,
    'Đã có ý kiến biểu quyết',
    'Không thu hồi được vì đã có thành viên cho kết quả; hãy đề nghị cơ quan thẩm định trả lại.',
    'A member has voted already, so the submission cannot be recalled; ask the panel to return it.',
  ),
  'appraisal.question_open': text(
    409,
    'Đang chờ đơn vị trả lời',
    'Đã có một đề nghị cung cấp thông tin chưa được trả lời.',
    'An earlier question to the unit has not been answered yet.',
  ),
  'appraisal.no_question': text(
    409,
    'Không có đề nghị nào đang chờ',
    'Cơ quan thẩm định chưa đề nghị đơn vị cung cấp thông tin.',
    'The panel has asked the unit nothing that is still open.',
  ),
  'reopening.frozen': text(
    409,
    'Số liệu đã chốt',
    'Kết quả này đã nằm trong báo cáo đã chốt số liệu nên không mở lại được.',
    'This result is counted in frozen figures and cannot be reopened.',
  ),
  'reopening.window_closed': text(
    409,
    'Đã quá thời gian được mở lại',
    'Đã quá số ngày được mở lại kể từ ngày kết thúc.',
    'The days within which work may be reopened are over.',
  ),
  'reopening.second_person': text(
    403,
    'Cần người thứ hai',
    'Ông/Bà đã đề nghị mở lại; việc mở lại cần một người khác đồng ý.',
    'You asked for this yourself; a second person has to agree.',
  ),
  'absence.not_found': text(
    404,
    'Không có kỳ vắng mặt này',
    'Không tìm thấy kỳ vắng mặt.',
    'There is no such absence.',
  ),
  'account.not_found': text(404, 'Không có tài khoản này', 'Không tìm thấy tài khoản.', 'There is no such account.'),
  'transition.unknown': text(
    404,
    'Không có bước chuyển này',
    'Quy trình của nhiệm vụ không có bước chuyển này.',
    'The task’s workflow has no such transition.',
  ),
  'transition.guard_failed': text(
    409,
    'Chưa đủ điều kiện chuyển bước',
    'Điều kiện của bước chuyển trong quy trình chưa được thỏa.',
    'The guard of this transition does not hold.',
  ),
  'requirement.missing': text(
    422,
    'Thiếu thông tin bắt buộc',
    'Bước này đòi hỏi thông tin chưa có; xem danh sách còn thiếu.',
    'This step needs information that is missing; see the list.',
  ),
  'effective.in_future': text(
    422,
    'Ngày có hiệu lực ở tương lai',
    'Không ghi nhận việc chưa xảy ra.',
    'What has not happened yet cannot be recorded.',
  ),
  'effective.before_previous': text(
    422,
    'Ngày có hiệu lực trước lần ghi nhận trước',
    'Ngày có hiệu lực phải không sớm hơn lần ghi nhận cùng loại trước đó.',
    'The effective date may not be earlier than the previous entry of the same kind.',
  ),
  'definition.not_found': text(
    404,
    'Không tìm thấy quy trình',
    'Không có quy trình hoặc phiên bản này.',
    'There is no such workflow or version.',
  ),
  'definition.invalid': text(
    422,
    'Quy trình chưa hợp lệ',
    'Quy trình còn lỗi; xem danh sách lỗi kèm vị trí.',
    'The workflow has problems; see the list with their places.',
  ),
  'definition.not_draft': text(
    409,
    'Phiên bản không còn là dự thảo',
    'Phiên bản đã công bố không sửa được; hãy tạo phiên bản mới.',
    'A published version cannot be changed; make a new version.',
  ),
  'definition.not_published': text(
    409,
    'Quy trình chưa công bố',
    'Chưa có phiên bản nào được công bố.',
    'No version has been published.',
  ),
  'definition.exists': text(
    409,
    'Phiên bản đã có',
    'Phiên bản quy trình này đã có.',
    'This version of the workflow exists.',
  ),
  'programme.not_found': text(
    404,
    'Không tìm thấy chương trình',
    'Không có chương trình này.',
    'There is no such programme.',
  ),
  'programme.exists': text(
    409,
    'Mã chương trình đã có',
    'Mã chương trình đã được dùng.',
    'The programme code is taken.',
  ),
  'unit.not_found': text(
    422,
    'Không tìm thấy đơn vị',
    'Không có đơn vị với mã này.',
    'There is no unit with this code.',
  ),
  'unit.exists': text(409, 'Mã đơn vị đã có', 'Mã đơn vị đã được dùng.', 'The unit code is taken.'),
  'user.exists': text(
    409,
    'Tài khoản đã có',
    'Thư điện tử này đã có tài khoản.',
    'There is an account with this e-mail address.',
  ),
  'calendar.not_found': text(404, 'Không tìm thấy lịch', 'Không có lịch làm việc này.', 'There is no such calendar.'),
  'report.not_found': text(404, 'Không tìm thấy báo cáo', 'Không có báo cáo này.', 'There is no such report.'),
  'checkpoint.not_found': text(
    404,
    'Không tìm thấy mốc niêm phong',
    'Không có mốc niêm phong mang số này.',
    'There is no checkpoint of this number.',
  ),
  'import.not_found': text(404, 'Không tìm thấy lần nhập', 'Không có lần nhập này.', 'There is no such import.'),
  'import.unreadable': text(
    422,
    'Không đọc được tệp',
    'Tệp không phải CSV (UTF-8) hoặc XLSX đọc được, hoặc không có dòng tiêu đề.',
    'The file is not a readable CSV (UTF-8) or XLSX, or has no header row.',
  ),
  'import.too_large': text(413, 'Tệp quá lớn', 'Tệp vượt quá giới hạn cho phép.', 'The file is larger than allowed.'),
  'import.rows_invalid': text(
    422,
    'Có dòng chưa hợp lệ',
    'Không nhập dòng nào vì có dòng lỗi; sửa các dòng trong danh sách rồi nhập lại.',
    'Nothing was imported because some rows have errors; mend the rows listed and import again.',
  ),
  'notification.not_found': text(
    404,
    'Không tìm thấy thông báo',
    'Không có thông báo này.',
    'There is no such notification.',
  ),
  'queue.not_found': text(
    404,
    'Không có hàng đợi này',
    'Không có hàng đợi với tên này.',
    'There is no queue of this name.',
  ),
  'job.not_found': text(
    404,
    'Không tìm thấy công việc nền',
    'Không có công việc nền này hoặc đã được dọn.',
    'There is no such job, or it has been cleaned away.',
  ),
  'schedule.not_found': text(
    404,
    'Không có lịch chạy này',
    'Không có lịch chạy với tên này.',
    'There is no schedule of this name.',
  ),
  'intention.not_found': text(
    404,
    'Không tìm thấy việc chờ',
    'Không có việc chờ này hoặc đã làm xong.',
    'There is no such row, or it is done.',
  ),
  'service.unavailable': text(
    503,
    'Tạm thời không phục vụ được',
    'Hệ thống tạm thời bận; hãy thử lại với cùng Idempotency-Key.',
    'The system is busy for a moment; try again with the same Idempotency-Key.',
  ),
  fault: text(
    500,
    'Lỗi hệ thống',
    'Có lỗi ngoài dự kiến; không có thay đổi nào được ghi. Báo cho quản trị số yêu cầu kèm theo.',
    'Something unexpected went wrong and nothing was changed. Tell your administrator the request number.',
  ),
};
