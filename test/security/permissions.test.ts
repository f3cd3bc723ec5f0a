// The whole matrix of role, action and relation, generated, against a table that was written by hand. Who changes the
// policy changes permissions.golden.txt, and knows what they do.

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { presentActor } from '../../src/adapters/db/present-actor.ts';
import { mount, type Route } from '../../src/adapters/http/route.ts';
import { type Actor, type Role, roles } from '../../src/domain/organisation/actor.ts';
import {
  type Action,
  actions,
  can,
  capacitiesFor,
  capacityFor,
  may,
  type PolicyObject,
  ruleOf,
} from '../../src/domain/organisation/policy.ts';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import { openWorld, type World } from '../support/world.ts';

interface Situation {
  readonly unit?: string;
  readonly field?: string;
  readonly programme?: string;
  /** Days of the membership; today is 10 January 2022. */
  readonly from?: string;
  readonly to?: string;
  /** The account stands in for an appraiser of the agency until this day, exclusive. */
  readonly standsInUntil?: string;
  readonly own?: true;
  /** Was named to follow the task, for this unit. */
  readonly named?: true;
  readonly inactive?: true;
}

/** The object: a task of SNV in P1 and the field CCHC, appraised by STTTT together with SKHDT; VPUBND is above SNV, PHONG below, MOI has its work since it is no more. */
const situations: Readonly<Record<string, Situation>> = {
  bare: {},
  own_unit: { unit: 'SNV' },
  own_unit_other_field: { unit: 'SNV', field: 'KHAC' },
  parent_unit: { unit: 'VPUBND' },
  child_unit: { unit: 'PHONG' },
  successor_unit: { unit: 'MOI' },
  other_unit: { unit: 'TPCL' },
  agency: { unit: 'STTTT' },
  agency_other_field: { unit: 'STTTT', field: 'KHAC' },
  participant: { unit: 'SKHDT' },
  stands_in: { standsInUntil: '2022-01-11' },
  stands_in_over: { standsInUntil: '2022-01-10' },
  own_field: { field: 'CCHC' },
  other_field: { field: 'KHAC' },
  programme: { programme: 'P1' },
  other_programme: { programme: 'P2' },
  self: { own: true },
  named: { unit: 'TPCL', named: true },
  // Everything that could help, but from tomorrow, up to yesterday, or with an account that is switched off.
  not_yet: { unit: 'SNV', programme: 'P1', from: '2022-01-11' },
  over: { unit: 'SNV', programme: 'P1', from: '2020-01-01', to: '2022-01-10' },
  inactive: { unit: 'SNV', programme: 'P1', standsInUntil: '2023-01-01', own: true, inactive: true },
};
const outOfForce = ['not_yet', 'over', 'inactive'];

const here = import.meta.dirname;
const golden = readFileSync(path.join(here, 'permissions.golden.txt'), 'utf8');

describe('The policy', () => {
  let world: World;
  const held = new Map<string, Actor | undefined>();

  before(async function () {
    this.timeout(60_000);
    world = await openWorld(builtInDefinitions, '2022-01-10');
    await world.pool.query(
      `insert into unit values ('PHONG', 'PHONG', 'department', 'SNV', 9, 'SNV', '2000-01-01', null, null)`,
    );
    await world.pool.query(
      `insert into unit values ('MOI', 'MOI', 'department', 'SNV', 10, null, '2022-01-05', null, null)`,
    );
    await world.pool.query(
      `update unit set parent = 'VPUBND', valid_to = '2022-01-05', successor = 'MOI' where code = 'SNV'`,
    );
    const absent = await hire('appraiser', { unit: 'STTTT' });
    for (const role of [...roles, 'nobody'] as const)
      for (const [name, situation] of Object.entries(situations)) {
        const id = await hire(role, situation);
        if (situation.standsInUntil !== undefined)
          await world.pool.query(
            `insert into absence (id, account_id, from_day, until_day, substitute, created_by, created_at)
             values ($1, $2, '2022-01-03', $3, $4, 'test', now())`,
            [randomUUID(), absent, situation.standsInUntil, id],
          );
        held.set(`${role}/${name}`, await presentActor(world.pool)(id, world.clock.now()));
      }
  });
  after(() => world.close());

  const hire = async (role: Role | 'nobody', situation: Situation): Promise<string> => {
    const id = randomUUID();
    await world.pool.query(
      'insert into account (id, email, name, active, created_at) values ($1::uuid, $1::text, $2, $3, now())',
      [id, role, !situation.inactive],
    );
    const { unit = null, programme = null, field = null, from = null, to = null } = situation;
    if (role !== 'nobody')
      await world.pool.query(
        `insert into membership (account_id, role, unit, programme, field, valid_from, valid_to)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, role, unit, programme, field, from, to],
      );
    return id;
  };

  const allowed = (role: Role | 'nobody', action: Action): readonly string[] =>
    Object.entries(situations)
      .filter(([name, { own, named }]) => {
        const actor = held.get(`${role}/${name}`);
        return (
          actor !== undefined &&
          can(actor, action, objectFor(action, own ? actor.id : 'somebody', named ? actor.id : 'somebody') as never)
        );
      })
      .map(([name]) => name);

  const line = (role: Role | 'nobody', action: Action): string => {
    const names = allowed(role, action);
    const always = Object.keys(situations).filter((name) => !outOfForce.includes(name));
    const said = names.length === 0 ? '-' : names.join() === always.join() ? 'always' : names.join(' ');
    return `${role.padEnd(14)}${action.padEnd(26)}${said}`;
  };

  it('S1: says for every role, action and relation exactly what the golden table says', () => {
    const lines = golden.split('\n').filter((each) => each !== '' && !each.startsWith('#'));
    const generated = [...actions]
      .sort()
      .flatMap((action) => [...roles, 'nobody' as const].map((role) => line(role, action)));

    expect(sorted(generated)).to.deep.equal(sorted(lines));
    expect(generated.length * Object.keys(situations).length).to.be.greaterThan(5_000);
  });

  it('S2: gives nothing to a membership that is not yet in force or is over, nor to an account that is switched off', () => {
    for (const role of roles) {
      expect(held.get(`${role}/inactive`)).to.equal(undefined);
      for (const name of ['not_yet', 'over'])
        expect(
          actions.filter(
            (action) => may(held.get(`${role}/${name}`) as Actor, action) && action !== 'notification.read',
          ),
        ).to.deep.equal(['task.recall', 'absence.read', 'absence.write']);
    }
  });

  it('S2: lets nobody past the door of a thing they can do to no object, and everybody else past it', () => {
    for (const [key, actor] of held)
      for (const action of actions) {
        if (!actor || ruleOf(action).to.anybody) continue;
        const [role, name] = key.split('/') as [Role | 'nobody', string];
        if (allowed(role, action).includes(name)) expect(may(actor, action), `${key} ${action}`).to.equal(true);
        if (allowed(role, action).length === 0) expect(may(actor, action), `${key} ${action}`).to.equal(false);
      }
  });

  it('S2: names among a person’s capacities whatever they have on a task of theirs, and none for who may do it to none', () => {
    const found = new Set<string>();
    for (const [key, actor] of held)
      for (const action of ['task.move', 'task.urge'] as const) {
        if (!actor) continue;
        const object = objectFor(action, actor.id, 'somebody') as Extract<PolicyObject, { readonly kind: 'task' }>;
        const capacity = capacityFor(actor, action, object.task);
        const capacities = capacitiesFor(actor, action);
        if (capacity !== undefined) {
          expect(capacities, `${key} ${action}`).to.include(capacity);
          found.add(capacity);
        }
        expect(capacities.length > 0, `${key} ${action}`).to.equal(may(actor, action));
      }
    expect([...found].sort()).to.deep.equal([
      'aggregator',
      'appraising_agency',
      'lead_unit.focal_point',
      'lead_unit.head',
      'office',
      'province_leader',
      'specialist',
    ]);
  });

  it('S2: refuses an object of another kind, whatever the role', () => {
    for (const actor of held.values())
      for (const action of actions) {
        const other = ruleOf(action).on === 'audit' ? 'definition' : 'audit';
        if (actor) expect(can(actor, action, { kind: other } as never)).to.equal(false);
      }
  });

  it('S2: lets auditors read and do nothing, and operators see no task', () => {
    const reading = (action: Action) => action.endsWith('.read') || action === 'appraisal.incidents';
    const doing = actions.filter((action) => !reading(action) && !ruleOf(action).to.anybody);
    expect(doing.filter((action) => Object.hasOwn(ruleOf(action).to, 'auditor'))).to.deep.equal([]);
    const ofTasks = actions.filter((action) => ['task', 'report', 'import', 'programme'].includes(ruleOf(action).on));
    expect(ofTasks.filter((action) => Object.hasOwn(ruleOf(action).to, 'operator'))).to.deep.equal([]);
  });

  it('S2: does not start with a route that asks for what the policy does not know', () => {
    const router = { get: () => undefined } as never;
    const spec = { method: 'get', path: '/x', requires: 'task.forge' } as unknown as Route;

    expect(() => mount(router, spec, async () => undefined)).to.throw('task.forge');
    expect(() => mount(router, { ...spec, requires: 'task.read' }, async () => undefined)).to.not.throw();
  });

  it('S2: has no action that no door asks for', () => {
    const root = path.join(here, '../../src');
    const text = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/organisation\/policy[\w-]*\.ts$/.test(name.replaceAll('\\', '/')))
      .map((name) => readFileSync(path.join(root, name), 'utf8'))
      .join('\n');

    const asked =
      /(?:requires: |permit\(\w+(?:\.\w+)?, |can\(\w+(?:\.\w+)?, |capacityFor\(\w+, |may\(\w+, |roleOf\(|seatOfActor\()'([a-z_.]+)'/g;
    const used = new Set([...text.matchAll(asked)].map(([, action]) => action));
    expect(actions.filter((action) => !used.has(action))).to.deep.equal([]);
  });
});

const objectFor = (action: Action, owner: string, follower: string): PolicyObject => {
  const { on } = ruleOf(action);
  switch (on) {
    case 'task':
      return {
        kind: 'task',
        task: {
          programme: 'P1',
          field: 'CCHC',
          leadUnit: 'SNV',
          appraiserUnit: 'STTTT',
          participants: ['SKHDT'],
          submittedBy: owner,
          followers: [{ account: follower, unit: 'TPCL', since: '2022-01-01' }],
        },
        // A difficulty of it is put to a unit that has no part in it.
        addressed: ['TPCL'],
      };
    case 'programme':
    case 'report':
    case 'import':
      return { kind: on, programme: 'P1' };
    case 'registration':
      return { kind: on, programme: 'P1', unit: 'SNV' };
    case 'notification':
      return { kind: on, account: owner };
    case 'absence':
      return { kind: on, account: owner, units: ['SNV'] };
    case 'document':
    case 'scope':
      return { kind: on, units: ['SNV'] };
    default:
      return { kind: on };
  }
};

const sorted = (lines: readonly string[]): readonly string[] => [...lines].sort();
