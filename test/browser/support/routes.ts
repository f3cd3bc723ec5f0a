// Every route of the router, with somebody who works there and addresses under which it has something to show.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { askingAt } from './api.ts';
import type { Console } from './console.ts';

/** As router.tsx declares them: an address added there and not below is missed by no walk, the walk says so. */
export const routesOfRouter = (): readonly string[] => {
  const text = readFileSync(path.join(import.meta.dirname, '../../../web/src/router.tsx'), 'utf8');
  return [...text.matchAll(/^ {2}path: '([^']+)'/gm)].map(([, route = '']) => route);
};

export interface Place {
  /** Of the router. */
  readonly route: string;
  readonly who: string;
  readonly address: string;
}

/**
 * Gives every page something to show.
 * @returns all places, those of one person together
 */
export const furnished = async ({ url }: Pick<Console, 'url'>): Promise<readonly Place[]> => {
  const ask = askingAt(url);
  const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);

  const run = await ask('aggregator', 'POST', '/reports/runs', { programme: 'CK2022', asOf: '2022-10-30' });
  const edition = await ask('aggregator', 'POST', '/reports/editions', {
    programme: 'CK2022',
    title: 'Kết quả thực hiện nội dung cam kết hành động năm 2022',
    asOf: '2022-10-30',
  });
  await ask('aggregator', 'POST', `/reports/editions/${edition.id}/confirmation`, { dueOn: soon });

  await ask('admin', 'POST', '/programmes', {
    code: 'CK2023',
    name: 'Cam kết hành động năm 2023',
    noun: 'nội dung cam kết',
    year: 2023,
    workflow: 'commitment',
    calendar: 'vn',
    aggregator: 'SKHDT',
    illustrative: true,
    defaultDue: { kind: 'on_or_before', day: '2023-12-31' },
  });
  const round = await ask('office', 'POST', '/registrations', { programme: 'CK2023', sourceProgramme: 'CK2022' });
  await ask('office', 'POST', `/registrations/${round.id}/carry-forward`, {});

  const year = new Date().getFullYear();
  const period = { kind: 'custom', key: 'D1', name: 'Đợt 1', cutOff: '12-14', unit: '12-16' };
  const regime = { key: 'dot', name: 'Báo cáo theo đợt', periods: [period], units: { classes: ['department'] } };
  await ask('admin', 'POST', '/programmes', {
    code: 'BCDK',
    name: 'Báo cáo cải cách hành chính',
    noun: 'báo cáo',
    year,
    workflow: 'periodic-report',
    calendar: 'vn',
    aggregator: 'SNV',
  });
  await ask('admin', 'PUT', '/programmes/BCDK/reporting', { regimes: [regime] }, 0);
  await ask('admin', 'POST', `/programmes/BCDK/reporting/years/${year}`);

  const { items } = await ask('office', 'GET', '/tasks?programme=CK2022&unit=SNV&category=in_progress&limit=1');
  const [{ id: task, version }] = items;
  await ask(
    'unit.snv',
    'POST',
    `/tasks/${task}/difficulties`,
    { cause: 'Chưa có kinh phí', proposal: 'Bổ sung dự toán', answerBy: soon },
    version,
  );
  const waiting = await ask('office', 'GET', '/tasks?programme=CK2022&category=awaiting_appraisal&limit=1');

  const at = (route: string, who: string, ...queries: readonly string[]): readonly Place[] =>
    (queries.length === 0 ? [''] : queries).map((query) => ({ route, who, address: `${route}${query}` }));
  const of = (route: string, who: string, id: string, ...queries: readonly string[]): readonly Place[] =>
    at(route, who, ...queries).map((place) => ({ ...place, address: place.address.replace('$id', id) }));
  const places = [
    ...at('/', 'office', '?programme=CK2022&asOf=2022-10-30', '?programme=CK2022'),
    ...at('/tasks', 'office', '?programme=CK2022&category=stopped', '?q=khong-co-gi', `?programme=CK2022&open=${task}`),
    ...of('/tasks/$id', 'office', task, '', '?tab=evidence', '?tab=difficulties', '?tab=reminders', '?tab=documents'),
    ...of('/tasks/$id', 'office', waiting.items[0].id, '', '?tab=appraisal'),
    ...at('/difficulties', 'office'),
    ...at('/periodic', 'office', `?programme=BCDK&from=${year}&to=${year}`),
    ...at('/registrations', 'office', '', '?view=uniformity', '?view=balance', '?view=annex'),
    ...at('/settings', 'office'),
    ...at('/my', 'unit.snv'),
    ...at('/appraisals', 'appraiser.stttt'),
    ...at('/confirm', 'aggregator', '?programme=CK2022'),
    ...['editions', 'reading&asOf=2022-10-30', 'trend', 'imbalance', 'ledger'].flatMap((view) =>
      at('/reports', 'aggregator', `?programme=CK2022&view=${view}`),
    ),
    ...of('/reports/$id', 'aggregator', edition.id),
    ...of('/reports/runs/$id', 'aggregator', run.id),
    ...of('/reports/$id/print', 'aggregator', edition.id),
    ...at(
      '/workflows',
      'admin',
      '',
      '?key=commitment&version=1',
      '?key=commitment&version=1&tab=edit&part=states&item=0',
    ),
    ...at('/admin/units', 'admin', '', '?tab=reorganise', '?tab=runs', '?tab=absences'),
    ...at('/admin/accounts', 'admin', '?q=snv'),
    ...at('/admin/calendar', 'admin', '', '?tab=programmes'),
    ...at('/audit', 'auditor', '', '?tab=seals'),
    ...['queues', 'failed', 'timers', 'schedules', 'workers', 'why'].flatMap((tab) =>
      at('/ops', 'operator', `?tab=${tab}`),
    ),
  ];
  const missed = routesOfRouter().filter((route) => !places.some((place) => place.route === route));
  const unknown = places.filter(({ route }) => !routesOfRouter().includes(route));
  if (missed.length > 0 || unknown.length > 0)
    throw new Error(`No walk reaches ${missed.join(', ')}; no route ${unknown.map(({ route }) => route).join(', ')}.`);
  return places;
};
