import type { Definition } from '../../src/domain/workflow/definition.ts';

const names = (vi: string) => ({ vi, en: vi });

/** The smallest workflow with a unit, an appraiser, a stop and timers of each anchor. */
export const simpleDefinition: Definition = {
  key: 'simple',
  version: 1,
  name: names('Đơn giản'),
  states: [
    { key: 'assigned', name: names('Mới giao'), category: 'assigned', holder: 'unit', initial: true },
    { key: 'in_progress', name: names('Đang thực hiện'), category: 'in_progress', holder: 'unit' },
    { key: 'awaiting', name: names('Chờ thẩm định'), category: 'awaiting_appraisal', holder: 'appraiser' },
    { key: 'done', name: names('Hoàn thành'), category: 'done' },
    { key: 'not_done', name: names('Không hoàn thành'), category: 'not_done' },
    { key: 'stopped', name: names('Dừng thực hiện'), category: 'stopped' },
  ],
  transitions: [
    {
      key: 'acknowledge',
      name: names('Tiếp nhận'),
      from: ['assigned'],
      to: 'in_progress',
      by: ['lead_unit.focal_point', 'lead_unit.head'],
    },
    {
      key: 'submit',
      name: names('Trình thẩm định'),
      from: ['in_progress'],
      to: 'awaiting',
      by: ['lead_unit.focal_point', 'lead_unit.head'],
      require: { evidence: 1 },
    },
    { key: 'approve', name: names('Đạt'), from: ['awaiting'], to: 'done', by: ['appraising_agency'] },
    {
      key: 'reject',
      name: names('Không đạt'),
      from: ['awaiting'],
      to: 'not_done',
      by: ['appraising_agency'],
      require: { reason: true },
    },
    {
      key: 'return',
      name: names('Trả lại'),
      from: ['awaiting'],
      to: 'in_progress',
      by: ['appraising_agency'],
      require: { reason: true },
    },
    {
      key: 'stop',
      name: names('Dừng'),
      from: ['assigned', 'in_progress', 'awaiting'],
      to: 'stopped',
      by: ['office', 'province_leader'],
      require: { document: true },
    },
  ],
  appraisals: [
    {
      state: 'awaiting',
      rule: 'any',
      outcomes: { achieved: 'approve', not_achieved: 'reject', returned: 'return' },
      within: { workingDays: 10 },
    },
  ],
  timers: [
    {
      key: 'due',
      name: names('Nhắc hạn'),
      states: ['assigned', 'in_progress'],
      anchor: 'due',
      at: '08:00',
      max: 5,
      misfire: 'collapse',
      steps: [
        { offset: '-P7D', action: 'remind', to: ['lead_unit.focal_point'] },
        { offset: 'P1D', action: 'urge', to: ['lead_unit.head'] },
        { offset: 'P7D', action: 'escalate', to: ['office'] },
      ],
      repeat: { every: 'P7D', action: 'urge', to: ['lead_unit.head'] },
    },
    {
      key: 'undated',
      name: names('Đôn đốc việc không thời hạn'),
      states: ['assigned', 'in_progress'],
      anchor: 'assigned',
      when: { field: 'dueOn', op: 'absent' },
      at: '08:00',
      max: 40,
      misfire: 'collapse',
      steps: [],
      repeat: { every: 'P3M', action: 'urge', to: ['lead_unit.head', 'office'] },
    },
  ],
  forms: [],
};
