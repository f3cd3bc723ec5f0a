// Every page with its address. Pages come in chunks of their own; the address of a list is the request it makes.

import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Failed, Loading } from './kit/states.tsx';
import { taskSearchOf } from './pages/tasks/search.ts';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

/** Of pages that look at their own part of the address: texts, nothing else. */
const plainSearch = (given: Record<string, unknown>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: taskSearchOf,
  component: lazyRouteComponent(() => import('./pages/tasks/page.tsx'), 'TasksPage'),
});
const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$id',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/task/page.tsx'), 'TaskPage'),
});
const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/overview/page.tsx'), 'OverviewPage'),
});
const my = createRoute({
  getParentRoute: () => root,
  path: '/my',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/my/page.tsx'), 'MyPage'),
});
const appraisals = createRoute({
  getParentRoute: () => root,
  path: '/appraisals',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/appraisals/page.tsx'), 'AppraisalsPage'),
});
const difficulties = createRoute({
  getParentRoute: () => root,
  path: '/difficulties',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/difficulties/page.tsx'), 'DifficultiesPage'),
});
const periodic = createRoute({
  getParentRoute: () => root,
  path: '/periodic',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/periodic/page.tsx'), 'PeriodicPage'),
});
const confirm = createRoute({
  getParentRoute: () => root,
  path: '/confirm',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/confirm/page.tsx'), 'ConfirmPage'),
});
const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/reports/page.tsx'), 'ReportsPage'),
});
const edition = createRoute({
  getParentRoute: () => root,
  path: '/reports/$id',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/reports/edition-page.tsx'), 'EditionPage'),
});
const frozenRun = createRoute({
  getParentRoute: () => root,
  path: '/reports/runs/$id',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/reports/run-page.tsx'), 'RunPage'),
});
const printedReport = createRoute({
  getParentRoute: () => root,
  path: '/reports/$id/print',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/reports/print-page.tsx'), 'PrintPage'),
});
const registrations = createRoute({
  getParentRoute: () => root,
  path: '/registrations',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/registrations/page.tsx'), 'RegistrationsPage'),
});
const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/workflows/page.tsx'), 'WorkflowsPage'),
});
const units = createRoute({
  getParentRoute: () => root,
  path: '/admin/units',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/units/page.tsx'), 'UnitsPage'),
});
const accounts = createRoute({
  getParentRoute: () => root,
  path: '/admin/accounts',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/accounts/page.tsx'), 'AccountsPage'),
});
const calendar = createRoute({
  getParentRoute: () => root,
  path: '/admin/calendar',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/calendar/page.tsx'), 'CalendarPage'),
});
const operations = createRoute({
  getParentRoute: () => root,
  path: '/ops',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/operations/page.tsx'), 'OperationsPage'),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/audit/page.tsx'), 'AuditPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: plainSearch,
  component: lazyRouteComponent(() => import('./pages/settings/page.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    tasks,
    task,
    overview,
    my,
    appraisals,
    difficulties,
    periodic,
    confirm,
    reports,
    edition,
    frozenRun,
    printedReport,
    registrations,
    workflows,
    units,
    accounts,
    calendar,
    operations,
    audit,
    settings,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => <Failed error={error} onRetry={reset} />,
  defaultPendingComponent: Loading,
  // Plain texts in the address, as the API takes them: /tasks?unit=stttt&category=done
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
    return text === '' ? '' : `?${text}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
