// Reports on their way, their confirmation by the units, and what is exported of them.

import type { Json } from '../support/client.ts';
import { done, type Office } from '../support/http-office.ts';
import type { Ask, Asking, Ways } from './asking.ts';
import { reason } from './asking-tools.ts';
import type { Place } from './ground.ts';

interface Reported {
  readonly edition: string;
  readonly round: string;
}

/** One report of each place, put to its units; made when it is first asked about. */
const made = new WeakMap<Place, Promise<Reported>>();
const reported = (place: Place, office: Office): Promise<Reported> => {
  const known = made.get(place) ?? report(place, office);
  made.set(place, known);
  return known;
};
const report = async ({ programme }: Place, office: Office): Promise<Reported> => {
  const person = office.as('office');
  const asked = { programme, title: 'Báo cáo để hỏi', asOf: '2022-03-01' };
  const edition: Json = await done(person.post('/reports/editions', asked));
  const round: Json = await done(person.post(`/reports/editions/${edition.id}/confirmation`, { dueOn: '2029-12-31' }));
  return { edition: edition.id, round: round.id };
};

const on =
  (ask: (of: Reported, place: Place) => Ask): Asking =>
  async (place, office) =>
    ask(await reported(place, office), place);

export const runWays: Ways = {
  'get /reports/editions': ({ programme }) => ({ url: `/reports/editions?programme=${programme}` }),
  'post /reports/editions': ({ programme }) => ({
    url: '/reports/editions',
    body: { programme, title: 'Của năm sau', asOf: '2030-01-01' },
  }),
  'get /reports/editions/{id}': on(({ edition }) => ({ url: `/reports/editions/${edition}` })),
  'post /reports/editions/{id}/confirmation': on(({ edition }) => ({
    url: `/reports/editions/${edition}/confirmation`,
    body: { dueOn: '2029-12-31' },
  })),
  'post /reports/editions/{id}/freeze': on(({ edition }) => ({ url: `/reports/editions/${edition}/freeze`, body: {} })),
  'post /reports/editions/{id}/issue': on(({ edition }) => ({
    url: `/reports/editions/${edition}/issue`,
    body: { number: '1/BC', issuedOn: '2022-03-01' },
  })),
  'get /reports/confirmations': ({ programme }) => ({ url: `/reports/confirmations?programme=${programme}` }),
  'get /reports/confirmations/{id}': on(({ round }) => ({ url: `/reports/confirmations/${round}` })),
  'get /reports/confirmations/{id}/lines': on(({ round }) => ({ url: `/reports/confirmations/${round}/lines` })),
  // Which items one may answer the journey of letter 003 asks; that there is none of this code nobody is refused for.
  'post /reports/confirmations/{id}/answers': on(({ round }) => ({
    url: `/reports/confirmations/${round}/answers`,
    body: { items: [{ code: 'KHONG-CO', answer: 'agree' }] },
  })),
  'post /reports/confirmations/{id}/resolutions': on(({ round }, { task }) => ({
    url: `/reports/confirmations/${round}/resolutions`,
    body: { code: task.code, verdict: 'rejected', reason },
  })),
  'get /reports/runs/{id}/tasks': ({ report: run }) => ({ url: `/reports/runs/${run}/tasks` }),
  // Not frozen: whoever may ask is told so.
  'get /reports/editions/{id}/paper': on(({ edition }) => ({ url: `/reports/editions/${edition}/paper`, passes: 409 })),
  'get /reports/runs/{id}/diff': ({ report: run }) => ({ url: `/reports/runs/${run}/diff?with=${run}` }),
  'get /reports/runs/{id}/annexes': ({ report: run }) => ({ url: `/reports/runs/${run}/annexes?format=csv` }),
  'get /reports/annexes': ({ programme }) => ({ url: `/reports/annexes?programme=${programme}&format=csv` }),
  'get /reports/imbalance': ({ programme }) => ({ url: `/reports/imbalance?programme=${programme}` }),
};
