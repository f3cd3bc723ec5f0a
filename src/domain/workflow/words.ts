// The words officials read for what a definition is made of (glossary of the letters). Keys stay English.

import type { Category, Holder, Names, TaskRole } from './definition.ts';

export type Language = keyof Names;

export const categoryNames: Readonly<Record<Category, Names>> = {
  assigned: { vi: 'Mới giao', en: 'Assigned' },
  in_progress: { vi: 'Đang thực hiện', en: 'In progress' },
  awaiting_appraisal: { vi: 'Chờ thẩm định', en: 'Awaiting appraisal' },
  done: { vi: 'Hoàn thành', en: 'Done' },
  not_done: { vi: 'Không hoàn thành', en: 'Not completed' },
  stopped: { vi: 'Dừng thực hiện', en: 'Stopped' },
};

export const holderNames: Readonly<Record<Holder, Names>> = {
  unit: { vi: 'Đơn vị chủ trì', en: 'Lead unit' },
  appraiser: { vi: 'Cơ quan thẩm định', en: 'Appraising agency' },
  office: { vi: 'Văn phòng UBND', en: 'Office' },
  province: { vi: 'Lãnh đạo UBND', en: 'Province' },
};

export const taskRoleNames: Readonly<Record<TaskRole, Names>> = {
  'lead_unit.head': { vi: 'Thủ trưởng đơn vị', en: 'Head of unit' },
  'lead_unit.focal_point': { vi: 'Đầu mối đơn vị', en: 'Focal point' },
  appraising_agency: { vi: 'Cơ quan thẩm định', en: 'Appraising agency' },
  office: { vi: 'Văn phòng UBND', en: 'Office' },
  province_leader: { vi: 'Lãnh đạo UBND', en: 'Province leader' },
  administrator: { vi: 'Quản trị', en: 'Administrator' },
  submitter: { vi: 'Người trình', en: 'Submitter' },
  specialist: { vi: 'Chuyên viên theo dõi', en: 'Follow-up specialist' },
  aggregator: { vi: 'Cơ quan tổng hợp', en: 'Aggregator' },
};
