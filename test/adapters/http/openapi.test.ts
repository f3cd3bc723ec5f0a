// The description of the API is made from the routes; here it is held against what the API answers.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { type Answer, type Json, send } from '../../support/client.ts';
import { aPdf, upload } from '../../support/evidence.ts';
import { done, suiteOffice } from '../../support/http-office.ts';
import { acknowledged, assigned, aTask, moved, submission, submitted } from '../../support/tasks.ts';

describe('The description of the API', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const as = (name: string) => office().as(name);
  let document: Json;

  before(async () => {
    document = (await send(office().address, 'GET', '/openapi.json', {})).body;
  });

  const operations = (): { address: string; method: string; operation: Json }[] =>
    Object.entries<Json>(document.paths).flatMap(([address, methods]) =>
      Object.entries<Json>(methods).map(([method, operation]) => ({ address, method, operation })),
    );

  it('is OpenAPI 3.1, and every reference in it leads somewhere', () => {
    expect(document.openapi).to.match(/^3\.1\.\d$/);
    expect(document.info).to.include.keys('title', 'version');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, pointer]) => pointer ?? '',
    );
    expect(references.length).to.be.greaterThan(10);
    for (const pointer of references)
      expect(
        pointer.split('/').reduce((value, part) => value?.[part], document),
        pointer,
      ).to.be.an('object');
  });

  it('names every operation once, with what it needs, takes and answers', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { address, method, operation } of operations()) {
      const place = `${method} ${address}`;
      expect(operation.summary, place).to.be.a('string').and.not.equal('');
      expect(operation.tags, place).to.have.length(1);
      const inPath = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter: Json) => parameter.in === 'path');
      expect(
        declared.map(({ name }: Json) => name),
        place,
      ).to.have.members(inPath);
      for (const parameter of declared) expect(parameter.required, place).to.equal(true);
      expect(operation.responses, place).to.include.keys('default');
      expect(
        Object.keys(operation.responses).filter((status) => /^(2\d\d|302)$/.test(status)),
        place,
      ).to.have.length(1);
      for (const response of Object.values<Json>(operation.responses)) expect(response.description).to.not.equal('');
    }
  });

  it('has every route of the source, and nothing else', async () => {
    const folder = path.join(import.meta.dirname, '../../../src/adapters/http/routes');
    const sources = await Promise.all((await readdir(folder)).map((file) => readFile(path.join(folder, file), 'utf8')));
    const written = sources.flatMap((source) =>
      [...source.matchAll(/method: '(\w+)',\s*path: '([^']+)'/g)].map(([, method, at]) => `${method} /api/v1${at}`),
    );

    expect(operations().map(({ method, address }) => `${method} ${address}`)).to.have.members(written);
  });

  it('tells truly what needs a session, and every address in it exists', async () => {
    for (const { address, method, operation } of operations()) {
      const place = `${method} ${address}`;
      const url = address.replace('/api/v1', '').replaceAll(/\{\w+\}/g, '0');
      const types = Object.keys(operation.requestBody?.content ?? {});
      const { status, body } = await send(
        office().address,
        method.toUpperCase(),
        url,
        { 'Content-Type': types[0] ?? 'application/json' },
        types.length > 0 ? '{}' : undefined,
      );
      if (operation.security?.length === 0) expect(status, place).to.not.be.oneOf([401, 404]);
      else expect([place, status, body.code]).to.deep.equal([place, 401, 'session.required']);
    }
  });

  /** The documented schema of an answer; an object in it has no other keys than those it names. */
  const schemaOf = (method: string, address: string, status: string): z.ZodType => {
    const response = document.paths[`/api/v1${address}`][method].responses[status];
    const [content] = Object.values<Json>(response.content);
    const text = JSON.stringify({ ...content.schema, $defs: document.components.schemas });
    // zod reads patterns without the flag that \p{L} needs.
    const readable = (name: string, value: Json) => (name === 'pattern' && /\\p\{/.test(value) ? undefined : value);
    return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'), readable));
  };
  const expectFit = (answer: Answer, method: string, address: string, status = String(answer.status)): void => {
    const fit = schemaOf(method, address, status).safeParse(answer.body);
    expect(
      fit.success,
      `${method} ${address} ${answer.text.slice(0, 500)}\n${fit.error && z.prettifyError(fit.error)}`,
    ).to.equal(true);
  };

  it('fits what the main routes answer', async () => {
    const signedIn = await send(
      office().address,
      'POST',
      '/sessions',
      {},
      { email: 'office@thu.test', password: 'mat-khau-de-thu' },
    );
    expectFit(signedIn, 'post', '/sessions');
    const given = await as('office').post(
      '/tasks',
      aTask({ source: { number: '1', date: '2022-01-01', issuer: 'UBND' } }),
    );
    expectFit(given, 'post', '/tasks');
    const id = given.body.id;
    const reported = await as('unit.snv').post(
      `/tasks/${id}/progress`,
      { progress: 12.5, result: 3, estimate: 'not_done' },
      { ifMatch: 1 },
    );
    expectFit(reported, 'post', '/tasks/{id}/progress');
    const due = {
      due: { kind: 'none', reason: 'Chờ' },
      reason: 'Chờ',
      document: { number: '2', date: '2022-02-01', issuer: 'UBND' },
    };
    expectFit(await as('leader').post(`/tasks/${id}/deadlines`, due, { ifMatch: 2 }), 'post', '/tasks/{id}/deadlines');
    const taken = await as('unit.snv').post(`/tasks/${id}/transitions`, { transition: 'acknowledge' }, { ifMatch: 3 });
    expectFit(taken, 'post', '/tasks/{id}/transitions');
    const items = [{ id, version: 4 }];
    const body = { transition: 'submit', ...submission, items };
    expectFit(
      await as('unit.snv').post('/tasks/transitions', { ...body, preview: true }),
      'post',
      '/tasks/transitions',
    );
    expectFit(await as('unit.snv').post('/tasks/transitions', body), 'post', '/tasks/transitions');
    await moved(as('appraiser.stttt'), await submitted(office()), 'approve');
    await office().workers.settle();

    for (const [address, url] of [
      ['/me', '/me'],
      ['/tasks', '/tasks?programme=CK'],
      ['/tasks', '/tasks?q=khong'],
      ['/tasks', '/tasks?programme=CK&asOf=2022-02-28'],
      ['/tasks/{id}', `/tasks/${id}`],
      ['/tasks/{id}/events', `/tasks/${id}/events`],
      ['/reports/statistics', '/reports/statistics?programme=CK'],
      ['/reports/runs', '/reports/runs?programme=CK'],
      ['/units', '/units'],
      ['/units', '/units?asOf=2022-01-01'],
      ['/units/{code}', '/units/SNV'],
      ['/programmes', '/programmes'],
      ['/programmes/{code}', '/programmes/CK'],
      ['/calendars/{key}', '/calendars/vn'],
      ['/workflows', '/workflows'],
      ['/workflows/{key}/versions', '/workflows/commitment/versions'],
      ['/workflows/{key}/versions/{version}', '/workflows/commitment/versions/1'],
    ] as const)
      expectFit(await as('leader').get(url), 'get', address);
    for (const [reader, address, query] of [
      ['unit.snv', '/notifications', ''],
      ['leader', '/reports/trend', '?programme=CK'],
      ['leader', '/reports/coming', '?programme=CK'],
      ['leader', '/reports/urging-effect', '?programme=CK'],
      ['operator', '/operations', ''],
      ['operator', '/operations/timers', ''],
      ['operator', '/operations/search', `?task=${given.body.code}`],
      ['operator', '/operations/schedules', ''],
      ['operator', '/operations/workers', ''],
      ['auditor', '/operations/audit', ''],
    ] as const)
      expectFit(await as(reader).get(`${address}${query}`), 'get', address, '200');
  });

  it('fits frozen reports, imports and definitions as they are made', async () => {
    const frozen = await as('aggregator').post('/reports/runs', { programme: 'CK' });
    expectFit(frozen, 'post', '/reports/runs');
    expectFit(await as('leader').get(`/reports/runs/${frozen.body.id}`), 'get', '/reports/runs/{id}');
    const sheet = 'Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định\nA-1;SNV;Một;STTTT\nA-2;KHONG;Hai;STTTT\n';
    const csv = { type: 'text/csv' };
    expectFit(await as('office').post('/imports/preview?programme=CK', sheet, csv), 'post', '/imports/preview');
    const run = await as('office').post('/imports?programme=CK&mode=partial', sheet, csv);
    expectFit(run, 'post', '/imports');
    await office().workers.settle();
    const finished = await as('office').get(`/imports/${run.body.id}`);
    expectFit(finished, 'get', '/imports/{id}');
    expect(finished.body.status).to.equal('done');
    const { definition } = await done(as('admin').get('/workflows/commitment/versions/1'));
    const draft = await as('admin').post('/workflows', { ...definition, version: 2 });
    expectFit(draft, 'post', '/workflows');
    expectFit(await as('admin').post('/workflows/validate', { key: 'x' }), 'post', '/workflows/validate');
    expectFit(
      await as('admin').post('/workflows/commitment/versions/2/publish'),
      'post',
      '/workflows/{key}/versions/{version}/publish',
    );
    const unit = { code: 'MOI', name: 'Đơn vị mới', class: 'office', bloc: 'x', order: 99, validFrom: '2022-01-01' };
    expectFit(await as('admin').post('/units', unit), 'post', '/units');
    const slip = { validFrom: '2022-01-01', name: 'Đơn vị mới lập', reason: 'Gõ thiếu' };
    expectFit(await as('admin').post('/units/MOI/corrections', slip), 'post', '/units/{code}/corrections');
    const act = {
      kind: 'merge',
      effectiveOn: '2022-12-31',
      document: { number: '1/QĐ', date: '2022-02-01', issuer: 'UBND Tỉnh' },
      predecessors: ['TPCL'],
      successors: [{ code: 'MOI' }],
    };
    expectFit(await as('admin').post('/reorganisations/preview', act), 'post', '/reorganisations/preview');
    const planned = await as('admin').post('/reorganisations', act);
    expectFit(planned, 'post', '/reorganisations');
    expectFit(await as('leader').get('/reorganisations'), 'get', '/reorganisations');
    const { id } = planned.body;
    expectFit(await as('leader').get(`/reorganisations/${id}`), 'get', '/reorganisations/{id}');
    const called = await as('admin').post(`/reorganisations/${id}/cancel`, { reason: 'Hoãn' });
    expectFit(called, 'post', '/reorganisations/{id}/cancel');
    const account = {
      email: 'Moi@thu.test',
      name: 'Mới',
      password: 'mat-khau-rat-dai',
      memberships: [{ role: 'head', unit: 'MOI' }],
    };
    expectFit(await as('admin').post('/accounts', account), 'post', '/accounts');
  });

  it('fits files of evidence', async () => {
    const task = await acknowledged(office());
    const given = await upload(as('unit.snv'), task.id, 'a.pdf', aPdf());
    expectFit(given, 'post', '/tasks/{id}/files');
    expectFit(await as('office').get(`/tasks/${task.id}/files`), 'get', '/tasks/{id}/files');
  });

  it('fits every problem, with whatever details it has', async () => {
    const task = await assigned(office());
    const answers = [
      await as('office').post('/tasks', { title: 1 }),
      await as('unit.snv').post(`/tasks/${task.id}/transitions`, { transition: 'x' }, { ifMatch: 1 }),
      await as('unit.snv').post(`/tasks/${task.id}/transitions`, { transition: 'x' }, { ifMatch: 9 }),
      await as('unit.snv').post(`/tasks/${task.id}/transitions`, { transition: 'stop' }, { ifMatch: 1 }),
      await as('admin').post('/workflows', { key: 'x' }),
      await as('unit.snv').get('/audit'),
      await send(office().address, 'GET', '/me', {}),
    ];
    for (const answer of answers) {
      expect(answer.status).to.be.within(400, 499);
      expectFit(answer, 'post', '/tasks', 'default');
    }
  });
});
