// Who is who in the province of the journeys.

import { hash } from '@node-rs/argon2';
import type { Membership } from '../../src/domain/organisation/actor.ts';

export const password = 'mat-khau-de-thu';

/** SECRET_KEY of every office; a real one is chance. */
export const secretKey = 'khoa-chi-de-thu-khong-dung-that-0123456789';

let hashed: Promise<string> | undefined;
/** One hash for all accounts, and a cheap one: what it costs to guess is tested where passwords are. */
export const passwordHash = (): Promise<string> => {
  hashed ??= hash(password, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  return hashed;
};

export interface UnitToBe {
  readonly code: string;
  readonly name: string;
  readonly class: string;
  readonly bloc: string;
  readonly parent?: string;
}

/** PCNTT is a room of Sở Nội vụ, so it belongs to that department's line. */
export const fewUnits: readonly UnitToBe[] = [
  { code: 'VPUBND', name: 'Văn phòng UBND Tỉnh', class: 'department', bloc: 'department' },
  { code: 'SNV', name: 'Sở Nội vụ', class: 'department', bloc: 'department' },
  { code: 'PCNTT', name: 'Phòng Công nghệ thông tin', class: 'department', bloc: 'department', parent: 'SNV' },
  { code: 'SKHDT', name: 'Sở Kế hoạch và Đầu tư', class: 'department', bloc: 'department' },
  { code: 'STTTT', name: 'Sở Thông tin và Truyền thông', class: 'department', bloc: 'department' },
  { code: 'TPCL', name: 'UBND thành phố Cao Lãnh', class: 'district', bloc: 'district' },
];

export interface AccountToBe {
  /** What tests call them: admin, office, unit.snv, head.snv, appraiser.snv. */
  readonly name: string;
  readonly memberships: readonly Membership[];
}

export const accountsFor = (codes: readonly string[], programme: string): readonly AccountToBe[] => [
  { name: 'leader', memberships: [{ role: 'leader' }] },
  { name: 'office', memberships: [{ role: 'office' }] },
  { name: 'operator', memberships: [{ role: 'operator' }] },
  { name: 'auditor', memberships: [{ role: 'auditor' }] },
  { name: 'aggregator', memberships: [{ role: 'aggregator', unit: 'SKHDT', programme }] },
  ...codes.flatMap((unit): AccountToBe[] => [
    { name: `unit.${unit.toLowerCase()}`, memberships: [{ role: 'focal_point', unit }] },
    { name: `head.${unit.toLowerCase()}`, memberships: [{ role: 'head', unit }] },
    { name: `appraiser.${unit.toLowerCase()}`, memberships: [{ role: 'appraiser', unit }] },
  ]),
];
