// Vietnamese words for what programs call by codes, as people read them in files.

import type { LineStatus } from '../domain/reporting/confirmation.ts';
import type { Bucket, EstimateBucket } from '../domain/reporting/statistics.ts';
import type { DeadlineClass } from '../domain/schedule/timeliness.ts';
import type { Category } from '../domain/workflow/definition.ts';
import type { TaskKind } from '../domain/workflow/task.ts';
import { bucketNames, estimateNames } from './reports/annex-heads.ts';

type Words<K extends string> = Readonly<Record<K, string>>;

export const categoryWords: Words<Category> = {
  assigned: 'Mới giao',
  in_progress: 'Đang thực hiện',
  awaiting_appraisal: 'Chờ thẩm định',
  done: 'Hoàn thành',
  not_done: 'Không hoàn thành',
  stopped: 'Dừng thực hiện',
};

export const deadlineWords: Words<DeadlineClass> = {
  in_time: 'Trong hạn',
  due_soon: 'Sắp đến hạn',
  overdue: 'Quá hạn',
  undated: 'Không thời hạn',
  submitted_on_time: 'Đã trình đúng hạn',
  submitted_late: 'Đã trình trễ hạn',
  submitted_undated: 'Đã trình, không xác định thời hạn',
  done_on_time: 'Hoàn thành đúng hạn',
  done_late: 'Hoàn thành trễ hạn',
  done_undated: 'Hoàn thành, không xác định thời hạn',
  closed: 'Đã kết thúc',
};

export const bucketWords: Words<Bucket> = bucketNames;
export const estimateWords: Words<EstimateBucket> = estimateNames;
export const kindWords: Words<TaskKind> = { common: 'Giao chung', template: 'Theo mẫu', own: 'Riêng của đơn vị' };

export const lineWords: Words<LineStatus> = {
  waiting: 'Chưa trả lời',
  agreed: 'Thống nhất',
  deemed: 'Mặc nhiên xác nhận',
  disputed: 'Có ý kiến khác',
  upheld: 'Ý kiến khác đã chấp nhận',
  rejected: 'Ý kiến khác không chấp nhận',
};
