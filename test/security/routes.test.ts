// Object-level access over HTTP: every route of the registry x everybody x here and elsewhere, against one table.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { type Answer, type Json, type Person, personAt, send } from '../support/client.ts';
import { suiteOffice } from '../support/http-office.ts';
import { password } from '../support/province.ts';
import { allRows } from '../support/rows.ts';
import { type Ask, type Asking, asking } from './asking.ts';
import { moreAccounts, type Principal, principals, twoPlaces } from './ground.ts';

/** Where “not found” is about the thing that was asked for, and not about something that nobody could find. */
const hidden = [
  'task.not_found',
  'document.not_found',
  'report.not_found',
  'confirmation.not_found',
  'import.not_found',
  'bulk_run.not_found',
  'registration.not_found',
  'notification.not_found',
  'absence.not_found',
  'session.not_found',
  'token.not_found',
  'view.not_found',
];

/** Refusals that are 403 for another reason than who asks. */
const notAboutWho = ['password.wrong'];

const lines = readdirSync(import.meta.dirname)
  .filter((file) => /^routes[\w-]*\.table\.txt$/.test(file))
  .flatMap((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8').split('\n'))
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/\s+/));
/** Each table begins with the same one. */
const header = lines.find(([first]) => first === 'route') ?? [];
const table = lines.filter(([first]) => first !== 'route');

describe('Every route, asked by everybody', () => {
  const office = suiteOffice({ day: '2022-03-01', accounts: moreAccounts });
  let places: Awaited<ReturnType<typeof twoPlaces>>;

  before(async function () {
    this.timeout(60_000);
    places = await twoPlaces(office());
  });

  const ask = async (name: string, method: string, { url, body, asked = {}, endsSessions }: Ask): Promise<Answer> => {
    const address = url.startsWith('/operations/board') ? office().address.replace('/api/v1', '') : office().address;
    if (name === 'nobody')
      return send(address, method.toUpperCase(), url, asked.type ? { 'Content-Type': asked.type } : {}, body);
    if (url.startsWith('/operations/board'))
      return send(address, 'GET', url, { Authorization: `Bearer ${await person(name).token()}` });
    if (endsSessions) people.delete(name);
    const who = person(name);
    if (endsSessions) people.delete(name);
    if (method === 'get') return who.get(url, asked);
    return method === 'delete' ? who.delete(url, asked) : who[method as 'post' | 'put'](url, body, asked);
  };
  const people = new Map<string, Person>();
  const person = (name: string): Person => {
    const { address, clock } = office();
    const known = people.get(name) ?? personAt(address, clock, `${principals[name as Principal]}@thu.test`, password);
    people.set(name, known);
    return known;
  };

  it('S1: has a row in the table and a way to be asked', async () => {
    const document: Json = (await send(office().address, 'GET', '/openapi.json', {})).body;
    const registry = Object.entries<Json>(document.paths).flatMap(([address, methods]) =>
      Object.keys(methods).map((method) => `${method} ${address.replace('/api/v1', '')}`),
    );

    const rows = rowsOf(table).map(({ route }) => route);
    expect(rows).to.have.members([...registry, 'get /operations/board']);
    expect(rows).to.have.members(Object.keys(asking));
  });

  it('S1: lets through, refuses or hides exactly as the table says, and the asking changes nothing', async function () {
    this.timeout(300_000);
    // The first sign-in stores the password anew, as it is hashed today.
    for (const name of Object.keys(principals)) await person(name).token();
    const before = await allRows(office().pool);
    const wrong: string[] = [];
    let requests = 0;
    // What ends sessions comes last: the ways of asking sign in as well.
    const own = ({ route }: { readonly route: string }) => Number(/ \/(me|sessions)/.test(route));
    for (const { route, cells } of rowsOf(table).toSorted((a, b) => own(a) - own(b)))
      for (const [index, cell] of cells.entries()) {
        const name = header[index + 1] as string;
        for (const [place, expected] of [...cell].entries()) {
          const way = asking[route] as Asking;
          const [method = ''] = route.split(' ');
          const asked = await way(place === 0 ? places.here : places.elsewhere, office());
          const answer = await ask(name, method, asked);
          requests += 1;
          const got = classOf(route, answer, asked);
          if (got !== expected)
            wrong.push(
              `${route} by ${name} ${place === 0 ? 'here' : 'elsewhere'}: ${got} ${answer.text.slice(0, 200)}`,
            );
        }
      }
    expect(wrong).to.deep.equal([]);
    expect(requests).to.be.greaterThan(1_000);
    const after = await allRows(office().pool);
    for (const kept of [
      'task',
      'task_event',
      'delta',
      'report_run',
      'import_run',
      'bulk_run',
      'membership',
      'account',
      'unit',
      'programme',
      'unit_version',
      'reorganisation',
      'evidence_file',
      'checkpoint',
      'second_factor',
      'external_identity',
      'workflow_definition',
    ]) {
      expect(before, kept).to.have.property(kept);
      expect(after[kept], kept).to.equal(before[kept]);
    }
  });
});

const classOf = (route: string, { status, body }: Answer, { passes = 200 }: Ask): string => {
  if (status === passes && passes !== 200) return '+';
  if (
    ['post /tasks/transitions', 'post /tasks/bulk-runs/preview', 'post /tasks/followers'].includes(route) &&
    status === 200
  )
    return classOfItem(body);
  if (status >= 500) return `${status}`;
  if (status === 401 && body.code === 'session.required') return '!';
  if (status === 403 && !notAboutWho.includes(body.code)) return '-';
  if (status === 404 && hidden.includes(body.code)) return '.';
  return route.startsWith('get ') && status !== passes ? `${status}` : '+';
};

const classOfItem = ({ failed }: Json): string => {
  const [item] = Object.values<Json>(failed);
  return item.status === 403 ? '-' : item.status === 404 ? '.' : '+';
};

/** Two words name the route, one sign or pair of signs follows for each kind of person. */
function rowsOf(lines: readonly (readonly string[])[]) {
  return lines.map(([method, address, ...cells]) => ({ route: `${method} ${address}`, cells }));
}
