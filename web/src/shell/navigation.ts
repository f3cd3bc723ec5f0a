// Pages in the order of the people who use them most; nobody sees a door that the policy would close on them.

import { type Action, may } from '../api/rights.ts';
import { hasRole, type Me, type Role } from '../api/session.ts';
import {
  Appraise,
  Audit,
  Calendar,
  Confirm,
  Difficulty,
  type Icon,
  Mine,
  Operations,
  Overview,
  People,
  Periodic,
  Registration,
  Reports,
  Tasks,
  Units,
  Workflow,
} from '../kit/icons.tsx';
import type { shellText } from './text.ts';

export interface Place {
  readonly key: keyof (typeof shellText)['vi']['pages'];
  readonly to: string;
  readonly icon: Icon;
  /** Whose work it is, or the action it is for. */
  readonly for: readonly Role[] | Action;
  /** After `g`. */
  readonly shortcut?: string;
}

const everybody: readonly Role[] = [
  'office',
  'specialist',
  'head',
  'focal_point',
  'member',
  'appraiser',
  'aggregator',
  'leader',
  'administrator',
  'auditor',
];
const readers: readonly Role[] = [
  'office',
  'specialist',
  'head',
  'focal_point',
  'member',
  'appraiser',
  'aggregator',
  'leader',
  'auditor',
];

export const places: readonly Place[] = [
  { key: 'overview', to: '/', icon: Overview, for: readers, shortcut: 't' },
  { key: 'my', to: '/my', icon: Mine, for: ['head', 'focal_point'], shortcut: 'm' },
  { key: 'tasks', to: '/tasks', icon: Tasks, for: everybody, shortcut: 'n' },
  { key: 'appraisals', to: '/appraisals', icon: Appraise, for: ['appraiser', 'office', 'leader'], shortcut: 'h' },
  { key: 'difficulties', to: '/difficulties', icon: Difficulty, for: readers },
  { key: 'periodic', to: '/periodic', icon: Periodic, for: readers, shortcut: 'k' },
  {
    key: 'confirm',
    to: '/confirm',
    icon: Confirm,
    for: ['head', 'focal_point', 'office', 'aggregator', 'auditor'],
    shortcut: 'x',
  },
  { key: 'reports', to: '/reports', icon: Reports, for: readers, shortcut: 'b' },
  { key: 'registrations', to: '/registrations', icon: Registration, for: readers },
  { key: 'workflows', to: '/workflows', icon: Workflow, for: ['administrator', 'office', 'auditor'], shortcut: 'q' },
  { key: 'units', to: '/admin/units', icon: Units, for: ['administrator', 'office', 'auditor'] },
  { key: 'accounts', to: '/admin/accounts', icon: People, for: 'account.read' },
  { key: 'calendar', to: '/admin/calendar', icon: Calendar, for: ['administrator', 'office', 'auditor'] },
  { key: 'operations', to: '/ops', icon: Operations, for: 'operations.read', shortcut: 'v' },
  { key: 'audit', to: '/audit', icon: Audit, for: 'audit.read' },
];

export const placesOf = (me: Me): readonly Place[] =>
  places.filter(({ for: whom }) => (typeof whom === 'string' ? may(me, whom) : hasRole(me, ...whom)));

const starts: readonly (readonly [Role, string])[] = [
  ['leader', '/'],
  ['office', '/tasks'],
  ['aggregator', '/reports'],
  ['specialist', '/tasks'],
  ['head', '/my'],
  ['focal_point', '/my'],
  ['member', '/tasks'],
  ['appraiser', '/appraisals'],
  ['administrator', '/workflows'],
  ['operator', '/ops'],
  ['auditor', '/audit'],
];

/** The page where somebody's day begins. */
export const startOf = (me: Me): string => starts.find(([role]) => hasRole(me, role))?.[1] ?? '/settings';
