// The policy in the words of the office.

import type { Names } from '../workflow/definition.ts';
import type { Role } from './actor.ts';
import type { Action, Relation } from './policy.ts';

export const roleNames: Readonly<Record<Role | 'anybody', Names>> = {
  administrator: { vi: 'Quản trị hệ thống', en: 'Administrator' },
  office: { vi: 'Văn phòng UBND', en: 'Office' },
  specialist: { vi: 'Chuyên viên theo dõi', en: 'Follow-up specialist' },
  head: { vi: 'Thủ trưởng đơn vị', en: 'Head of unit' },
  focal_point: { vi: 'Đầu mối của đơn vị', en: 'Focal point' },
  appraiser: { vi: 'Người thẩm định', en: 'Appraiser' },
  aggregator: { vi: 'Cơ quan tổng hợp', en: 'Aggregator' },
  leader: { vi: 'Lãnh đạo UBND', en: 'Leader' },
  operator: { vi: 'Vận hành hệ thống', en: 'Operator' },
  auditor: { vi: 'Kiểm tra, giám sát', en: 'Auditor' },
  anybody: { vi: 'Người đã đăng nhập', en: 'Anybody signed in' },
};

export const relationNames: Readonly<Record<Relation, Names>> = {
  anywhere: { vi: 'toàn tỉnh', en: 'anywhere' },
  own_unit: { vi: 'đơn vị mình chủ trì', en: 'their unit leads' },
  appraising_agency: { vi: 'đơn vị mình thẩm định', en: 'their agency appraises' },
  followed: { vi: 'phạm vi theo dõi', en: 'what they follow' },
  programme: { vi: 'chương trình được giao', en: 'their programme' },
  self: { vi: 'của chính mình', en: 'their own' },
};

export const actionNames: Readonly<Record<Action, Names>> = {
  'task.read': { vi: 'Xem nhiệm vụ, lịch sử và tệp kèm theo', en: 'Read a task, its history and its files' },
  'task.assign': { vi: 'Giao nhiệm vụ', en: 'Assign a task' },
  'task.move': { vi: 'Chuyển trạng thái, thẩm định', en: 'Move a task, answer an appraisal' },
  'task.report_progress': { vi: 'Báo cáo tiến độ', en: 'Report progress' },
  'task.add_evidence': { vi: 'Nộp tệp minh chứng', en: 'Add a file as evidence' },
  'task.decide_deadline': { vi: 'Quyết định thời hạn', en: 'Decide a deadline' },
  'task.recall': { vi: 'Rút lại hồ sơ đã trình', en: 'Recall a submission' },
  'task.request_information': { vi: 'Yêu cầu bổ sung thông tin', en: 'Ask for information' },
  'task.answer_information': { vi: 'Giải trình, bổ sung thông tin', en: 'Answer a request for information' },
  'task.give_opinion': { vi: 'Góp ý thẩm định', en: 'Give an opinion' },
  'task.reassign': { vi: 'Chuyển cơ quan thẩm định', en: 'Give the appraisal to another agency' },
  'task.report_difficulty': { vi: 'Báo cáo khó khăn, vướng mắc', en: 'Report a difficulty' },
  'task.answer_difficulty': { vi: 'Trả lời khó khăn, vướng mắc', en: 'Answer a difficulty' },
  'task.request_extension': { vi: 'Đề nghị gia hạn', en: 'Ask for an extension' },
  'task.explain': { vi: 'Giải trình việc chậm', en: 'Explain lateness' },
  'task.judge_cause': { vi: 'Xác nhận nguyên nhân khách quan', en: 'Confirm an objective cause, or not' },
  'task.urge': { vi: 'Đôn đốc một nhiệm vụ', en: 'Urge one task' },
  'urging.read': { vi: 'Xem các đợt đôn đốc', en: 'Read urging rounds' },
  'urging.propose': { vi: 'Đề xuất, chỉnh sửa đợt đôn đốc', en: 'Propose and edit an urging round' },
  'urging.approve': { vi: 'Duyệt đợt đôn đốc', en: 'Approve an urging round' },
  'task.import': { vi: 'Nhập danh mục từ tệp', en: 'Import tasks from a file' },
  'import.read': { vi: 'Xem kết quả nhập', en: 'Read what came of an import' },
  'report.read': { vi: 'Xem số liệu của chương trình', en: 'Read the figures of a programme' },
  'report.freeze': { vi: 'Chốt số liệu', en: 'Freeze figures' },
  'notification.read': { vi: 'Xem thông báo', en: 'Read notifications' },
  'absence.read': { vi: 'Xem lịch vắng mặt', en: 'See who is away' },
  'absence.write': { vi: 'Khai báo vắng mặt, cử người thay', en: 'Enter an absence and its substitute' },
  'programme.write': { vi: 'Lập chương trình', en: 'Open a programme' },
  'organisation.read': { vi: 'Xem đơn vị và chương trình', en: 'Read units and programmes' },
  'organisation.write': { vi: 'Cập nhật cơ cấu tổ chức', en: 'Change the organisation' },
  'account.read': { vi: 'Xem tài khoản và vai trò', en: 'Read accounts and roles' },
  'account.write': { vi: 'Quản lý tài khoản và vai trò', en: 'Manage accounts and roles' },
  'calendar.read': { vi: 'Xem lịch làm việc', en: 'Read working calendars' },
  'definition.read': { vi: 'Xem quy trình', en: 'Read workflows' },
  'definition.write': { vi: 'Soạn và ban hành quy trình', en: 'Write and publish workflows' },
  'operations.read': { vi: 'Theo dõi vận hành', en: 'Watch operations' },
  'operations.act': { vi: 'Can thiệp vận hành', en: 'Act on operations' },
  'operations.board': { vi: 'Xem bảng hàng đợi', en: 'Look at the board of the queue' },
  'appraisal.incidents': { vi: 'Xem hội đồng thẩm định bị vướng', en: 'See panels that cannot decide' },
  'audit.seal': { vi: 'Niêm phong nhật ký', en: 'Seal the histories' },
  'audit.read': { vi: 'Xem nhật ký kiểm tra', en: 'Read the audit list' },
};
