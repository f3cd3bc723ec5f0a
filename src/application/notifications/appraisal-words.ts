// The words of appraisal rounds in what people read.

import type { Incident } from '../../domain/appraisal/voting.ts';
import type { Stance } from '../../domain/workflow/task.ts';

export const stanceNames: Readonly<Record<Stance, string>> = {
  agree: 'thống nhất',
  disagree: 'không thống nhất',
  neutral: 'có ý kiến khác',
};

export const incidentNames: Readonly<Record<Incident, string>> = {
  nobody_eligible: 'không còn ai đủ điều kiện thẩm định',
  quorum_impossible: 'không đủ số thành viên theo quy định',
  seat_unfilled: 'thành viên vắng mặt chưa có người thay',
  group_unfilled: 'có cơ quan tham gia chưa có người thẩm định',
  deadlocked: 'ý kiến các thành viên chưa thống nhất',
  decided_but_open: 'cần một thành viên xác nhận lại ý kiến',
};
