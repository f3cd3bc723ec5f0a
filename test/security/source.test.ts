// What the program's own source may not do, whoever writes it: call out, build patterns or queries from input, run code.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import vm from 'node:vm';
import { expect } from 'chai';
import fc from 'fast-check';
import { checkCondition } from '../../src/domain/workflow/check-condition.ts';
import { type Condition, comparisons, conditionFields, holds } from '../../src/domain/workflow/condition.ts';
import { isFault, suiteCrawl } from '../support/api-crawl.ts';
import { aTask, commitment } from '../support/builders.ts';
import type { Json } from '../support/client.ts';
import { literalsOf, sourceFiles } from '../support/source-text.ts';

const files = sourceFiles('src', 'workers', 'migrations').map((file) => ({ ...file, literals: literalsOf(file.text) }));

describe('The source', function () {
  this.timeout(60_000);

  /** What may open a connection, and to where. Whoever adds one brings S5 back: hosts from a list, no redirects, bounds. */
  const callers: Readonly<Record<string, string>> = {
    'src/adapters/http/server.ts': 'node:http: listens, calls nobody',
    'src/adapters/auth/oidc.ts': 'openid-client: the identity provider of OIDC_ISSUER',
    'src/adapters/files/s3.ts': 'fetch: the storage of EVIDENCE_S3_URL, redirects not followed',
    'src/adapters/files/clamd.ts': 'node:net: the scanner of CLAMD_URL',
    'src/adapters/mail/smtp.ts': 'nodemailer: the mail server of SMTP_URL',
    'src/adapters/queue/connection.ts': 'ioredis and pg: the servers of REDIS_URL and DATABASE_URL',
    'src/adapters/db/migrate.ts': 'pg: the server of DATABASE_URL',
    'src/adapters/db/roles.ts': 'pg: the server of DATABASE_URL',
    'src/adapters/db/pool.ts': 'pg: the server of DATABASE_URL',
    'src/adapters/db/data-source.ts': 'typeorm: the server of DATABASE_URL',
  };
  const calling =
    /\bfetch\(|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|^import (?!type\b)[^;]*? from '(?:node:(?:http|https|http2|net|tls|dgram|dns)|undici|axios|got|node-fetch|ws|ioredis|pg|nodemailer|openid-client)'|\bnew DataSource\(/m;

  it('S5: nobody but those on this list can call another server; webhooks do not exist', () => {
    const found = files.filter(({ text }) => calling.test(text)).map(({ name }) => name);

    expect(found.length).to.be.greaterThan(4);
    expect(found.filter((name) => !Object.hasOwn(callers, name))).to.deep.equal([]);
  });

  it('S21: nobody tells a connection to take whatever certificate comes', () => {
    const careless = /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|sslmode=no-verify/;
    expect(files.filter(({ text }) => careless.test(text)).map(({ name }) => name)).to.deep.equal([]);
  });

  it('S17: no pattern is built from a text, and no text is run as code', () => {
    for (const { name, literals } of files)
      expect(
        /\bRegExp\b(?!\.prototype)|\beval\(|\bnew Function\b|\bFunction\(|from 'node:(?:vm|child_process)'|setTimeout\('/.exec(
          literals.code.replaceAll(/: RegExp\b|<RegExp>/g, ''),
        )?.[0],
        name,
      ).to.equal(undefined);
  });

  /** These may take long on a long text, and never get one. */
  const shortTextsOnly: Readonly<Record<string, string>> = {
    '<link\\s[^>]*href="https?:[^>]*>': 'the board’s own page, which is part of its package',
    '\\/+$': 'an address from the configuration',
    '(.+?)\\1+': 'a password: at most 128 characters, which is asked first',
    '(.)\\1+': 'the same',
    '[.;,\\s]+$': 'a line that was just cut to the longest title of a mail',
    '\\B(?=(\\d{3})+$)': 'a count as text: at most 16 digits',
    '\\B(?=(?:\\d{3})+$)': 'a count as text: at most 16 digits',
  };

  it('S17: none of our own patterns takes long on 100,000 characters made to hurt it', () => {
    const patterns = files.flatMap(({ name, literals }) => literals.patterns.map((one) => ({ ...one, name })));
    expect(patterns.length).to.be.greaterThan(80);
    const slow = patterns
      .filter(({ source }) => !Object.hasOwn(shortTextsOnly, source))
      .filter(({ source, flags }) => isSlow(source, flags))
      .map(({ name, source }) => `${name}: /${source}/`);

    expect(slow).to.deep.equal([]);
  });

  it('S17: that search finds what is known to be slow', () => {
    for (const source of ['^(a+)+$', '^(.*,)*x$', '\\s+$', '(?!^)\\([^)]*\\)'])
      expect(isSlow(source, 'u'), source).to.equal(true);
  });

  it('S17: 10,000 conditions of any shape that may be published are answered, and none runs anything', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant('2026-06-16'));
    const test = fc.record({
      field: fc.constantFrom(...Object.keys(conditionFields), 'form.result', 'form.__proto__', 'form.constructor'),
      op: fc.constantFrom(...comparisons),
      value: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
    });
    const { node } = fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        test as fc.Arbitrary<Condition>,
        fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
        fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((any) => ({ any })),
        tie('node').map((not) => ({ not })),
      ),
    }));
    const task = aTask();

    fc.assert(
      fc.property(node, (condition) => {
        expect(holds(condition, task)).to.be.a('boolean');
        expect(checkCondition(condition, '', commitment)).to.be.an('array');
      }),
      { numRuns: 10_000 },
    );
    expect(() => holds({ field: 'constructor', op: 'present' }, task)).to.throw('unknown field');
  });

  /** What is put into the text of a query besides constants and binds, and where it comes from. */
  const insertedByHand: Readonly<Record<string, string>> = {
    column: 'a closed table of sort keys',
    type: 'the type of that column',
    direction: 'asc or desc, by the sign of the sort key',
    beyond: '< or >, by the same sign',
    source: 'one of two constant row sources',
    after: 'the condition of the cursor: binds',
    at: 'a bind',
    until: 'a bind',
    unit: 'the name of a column, given in the same file',
    since: 'constants of the same file',
    limit: 'constants of the same file',
    "conditions.join(' and ')": 'conditions made of constants and binds',
    "conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''": 'conditions made of constants and binds',
    "request.times ? `${knownTasks},` : ''": 'a constant or nothing',
    "request.filter.programme === undefined ? 'null' : '(select count(*)::integer from matching)'":
      'one of two constants',
    'deadlineClassSql(today)': 'constants around a bind',
    "columns.split(', ').map((name) => `f.${name}`).join(', ')": 'a constant of the same file',
    role: 'the name of a role, quoted by escapeIdentifier',
    'table.name': 'a name as PostgreSQL itself quotes it (regclass)',
    account: 'the name of a column, given in the same file',
    "extent === 'whole' ? unitLineOf(everLed) : noUnits": 'two constants',
    "extent === 'whole' ? appraisersOf : 'null'": 'two constants',
    "extent === 'timer' ? centralUnits : noUnits": 'two constants',
    "extent === 'later' ? 'null' : frozenOn": 'two constants',
    "extent === 'later' ? 'null' : heirsOfFinal": 'two constants',
    frozenOn: 'a constant',
    inside: 'what withinScope made: constants and binds',
    by: 'a bind',
    membership: 'the alias of a table',
    agencies: 'a bind',
    units: 'a bind',
    known: 'a bind',
    "standingOf('j.account', dayAt('$9'))": 'constants around a bind',
    'dayAt(moment)': 'constants around a bind',
    "unitThen('u.code', '$1::date', \"'infinity'::timestamptz\")": 'constants around a bind',
    "structure === 'then' ? 'lead_unit' : 'heir'": 'one of two constants',
    "structure === 'then' ? '' : `join ${heirs} h on h.unit = known.leads_now`": 'a constant or nothing',
    "structure === 'then' ? unitThen('u.code', \"(($2::timestamptz - interval '1 millisecond') at time zone c.zone)::date\", '$3') : '(select u.name, u.bloc, u.official_order)'":
      'one of two constants around binds',
    'unitJoin(request)': 'one of three constants around binds',
    "inForce('m', dayAt('$2'))": 'constants around a bind',
    day: 'SQL of a date: constants around a bind, given by the callers of the same table',
    'membershipsOf(account, day)': 'constants around the name of a column and a day as above',
    'standsInForOf(account, day)': 'constants around the name of a column and a day as above',
    "urgedInRound('e', bind(filter.urgedIn))": 'constants around a bind',
    "times ? 'and e.effective_at < $2 and e.recorded_at <= $3' : ''": 'a constant or nothing',
    "before ?? ''": 'a constant or nothing',
    "condition ?? ''": 'a constant or nothing',
    "after ?? ''": 'a constant or nothing',
  };

  it('S19: the text of a query is made of constants and binds; whatever else is in it stands on a list', () => {
    const db = files.filter(({ name }) =>
      /^src\/adapters\/(db|queue)\/|^src\/(foundations|compose)|^src\/demo|^workers/.test(name),
    );
    const constants = db.flatMap(({ text }) =>
      [...text.matchAll(/^(?:export )?const (\w+)(?:: [^=]+)? = (?:\w+\.)?['"`\d{[]/gm)].map(([, name]) => name ?? ''),
    );
    const literal = "'[^']*'|`(?:[^`$]|\\$\\d)*`";
    const argument = `(?:${[...constants, literal].join('|')})`;
    const constant = new RegExp(
      `^(?:Object\\.keys\\()?(?:\\w+\\(${argument}(?:, ${argument})*\\)|${argument}\\)?)(?:\\.(?:replace|map|join)\\((?:${literal}|[, ]|\\(name\\) => \`\\$\\{name\\} = m\\.\\$\\{name\\}\`)*\\))*$`,
    );

    const found = db.flatMap(({ name, literals }) =>
      literals.templates
        .filter(({ text }) =>
          /\b(select|insert into|update|delete from|from|where|order by|values|set|and)\b/.test(text),
        )
        // Sentences: what is logged or thrown.
        .filter(({ text }) => !/[.!]$/.test(text.trim()))
        .flatMap(({ inserted }) => inserted)
        .map((inserted) =>
          inserted.replaceAll(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(', )', ')').replaceAll(' .', '.'),
        )
        .filter((inserted) => !/^bind\([^;]*\)$/.test(inserted) && !constant.test(inserted))
        .map((inserted) => ({ name, inserted })),
    );

    expect(found.length).to.be.greaterThan(10);
    expect(found.filter(({ inserted }) => !Object.hasOwn(insertedByHand, inserted))).to.deep.equal([]);
  });

  it('S19: no query is put together with +', () => {
    for (const { name, literals } of files)
      expect(/\.query(?:<[^(]*>)?\([^;]*?['`]\s*\+/.exec(literals.code)?.[0], name).to.equal(undefined);
  });
});

describe('Addresses in what people write', function () {
  this.timeout(30_000);
  const crawl = suiteCrawl();

  it('S5: no route takes an address to call', () => {
    const suspicious = crawl().operations.flatMap(({ name, body, query }) => {
      const names = [
        ...query.map((one: Json) => [one.name, one.schema]),
        ...(body ? fieldsOf(crawl().resolved(body)) : []),
      ];
      return names
        .filter(
          ([field, schema]) =>
            /(^|_)(url|uri|href|callback|webhook|endpoint|host)s?$|Ur[il]$/.test(field) || schema?.format === 'uri',
        )
        .map(([field]) => `${name}: ${field}`);
    });

    expect(suspicious).to.deep.equal([]);
  });

  it('S5: an address in any text of any route is called by nobody', async () => {
    let calls = 0;
    const sink = createServer((socket) => {
      calls += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(sink, 'listening');
    const address = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`;

    for (const operation of crawl().operations) {
      const body = operation.body && replaced(crawl().sample(operation.body), address);
      const headers = {
        Referer: address,
        'X-Forwarded-Host': address,
        Forwarded: `for=${address}`,
        'X-Callback': address,
      };
      const answer = await crawl().ask(operation, { ...(body ? { body } : {}), headers });
      expect(isFault(answer), operation.name).to.equal(false);
    }
    await crawl()
      .office.as('office')
      .post('/tasks', { ...taskWith(address) });
    await crawl().office.workers.settle();

    expect(calls).to.equal(0);
    sink.close();
  });

  const taskWith = (address: string) => ({
    programme: 'CK',
    title: address,
    product: address,
    leadUnit: 'SNV',
    appraiserUnit: 'STTTT',
    source: { number: '1', date: '2022-01-01', issuer: address },
    due: { kind: 'on_or_before', day: '2022-06-30' },
  });
});

const fieldsOf = (schema: Json): [string, Json][] =>
  Object.entries<Json>(schema.properties ?? {}).flatMap(([key, value]) => [[key, value], ...fieldsOf(value)]);

const replaced = (value: Json, text: string): Json => {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((one) => replaced(one, text));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, text)]));
  return value;
};

/**
 * Tries the pattern on long texts made of what stands in it, each alone and in pairs, before an end that does not fit. A
 * pattern that is linear needs a millisecond; one that is not needs many seconds, and is stopped.
 */
const isSlow = (source: string, flags: string): boolean => {
  const pieces = piecesOf(source);
  const beginnings = ['', ...pieces.slice(0, 6)];
  const pumps = [...new Set([...pieces, ...pieces.flatMap((one) => pieces.map((other) => one + other))])].slice(0, 150);
  const context = vm.createContext({ RegExp });
  for (const pump of pumps)
    for (const beginning of pump.length > 6 ? [''] : beginnings.slice(0, 3)) {
      const text = `${beginning}${pump.repeat(Math.ceil(100_000 / pump.length))}\u0000`;
      try {
        vm.runInContext('new RegExp(source, flags).test(text)', Object.assign(context, { source, flags, text }), {
          timeout: 1_000,
        });
      } catch (error) {
        if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return true;
        throw error;
      }
    }
  return false;
};

/** Words that stand in a pattern, and characters its classes let through. */
const piecesOf = (source: string): readonly string[] => {
  const words = source
    .replaceAll(/\\[pP]\{\w+\}|\\.|\[[^\]]*\]|\{[\d,]+\}|[(){}|^$*+?.:=!<>]/g, '\u0000')
    .split('\u0000');
  const escaped = [...source.matchAll(/\\([^\w])/g)].map(([, character]) => character ?? '');
  const usual = ['a', '0', ' ', ',', '\t', '-', '"', '(', 'A', '.'];
  const fitting = usual.filter((one) => new RegExp(`[${classOf(source)}]`, 'u').test(one));
  return [...new Set([...words.filter((word) => word !== ''), ...escaped, ...fitting])].slice(0, 14);
};

/** All single classes of a pattern as one; everything if there is a dot. */
const classOf = (source: string): string => {
  const shorthands = [...source.matchAll(/\\[dDsSwW]/g)].map(([one]) => one);
  const classes = [...source.matchAll(/\[[^\]]+\]/g)];
  return /(^|[^\\])\./.test(source) || classes.length > 0 ? '\\s\\S' : [...shorthands, 'a'].join('');
};
