import type { Unit } from '../../../src/adapters/db/organisation.ts';

export const aUnit = (wanted: Partial<Unit> = {}): Unit => ({
  code: 'SKHDT',
  name: 'Sở Kế hoạch và Đầu tư',
  class: 'department',
  bloc: 'Kinh tế',
  officialOrder: 1,
  parent: null,
  validFrom: '2021-01-01',
  validTo: null,
  successor: null,
  ...wanted,
});
