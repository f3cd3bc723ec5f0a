import { expect } from 'chai';
import {
  type Actor,
  holdsTaskRole,
  type Membership,
  type RoleTask,
  roles,
} from '../../../src/domain/organisation/actor.ts';
import { type Addressee, addresseesOf } from '../../../src/domain/organisation/addressees.ts';
import { taskRoles } from '../../../src/domain/workflow/definition.ts';

const memberships: readonly Membership[] = roles.flatMap((role) =>
  [{}, { unit: 'SNV' }, { unit: 'STTTT' }, { unit: 'TPCL' }, { unit: 'SYT' }].flatMap((bound) => [
    { role, ...bound },
    { role, ...bound, field: 'y tế' },
    { role, ...bound, field: 'giáo dục' },
    ...(role === 'specialist' || role === 'aggregator'
      ? [
          { role, ...bound, programme: 'CK' },
          { role, ...bound, programme: 'QN' },
        ]
      : []),
  ]),
);

const meant = (addressee: Addressee, id: string, { role, unit, programme, field }: Membership): boolean =>
  'account' in addressee
    ? addressee.account === id
    : addressee.role === role &&
      (addressee.unit === null || addressee.unit === unit || (role === 'specialist' && unit === undefined)) &&
      (programme === undefined ? role !== 'aggregator' : addressee.programme === programme) &&
      (field === undefined || addressee.field === undefined || addressee.field === field);

describe('The people whom a role means on a task', () => {
  it('are exactly those who may act in it', () => {
    const common = { programme: 'CK', participants: [], field: null };
    const tasks: readonly RoleTask[] = [
      { ...common, leadUnit: 'SNV', appraiserUnit: 'STTTT', submittedBy: 'one' },
      { ...common, leadUnit: 'SNV', appraiserUnit: 'STTTT', participants: ['SYT'], field: 'y tế', submittedBy: 'one' },
      { ...common, leadUnit: 'TPCL', appraiserUnit: null, submittedBy: null },
    ];
    for (const task of tasks)
      for (const role of taskRoles)
        for (const membership of memberships)
          for (const id of ['one', 'other']) {
            const actor: Actor = { id, name: '', memberships: [membership] };
            const addressed = addresseesOf(role, task).some((addressee) => meant(addressee, id, membership));
            expect(addressed, `${role} ${JSON.stringify(membership)} ${id}`).to.equal(holdsTaskRole(actor, role, task));
          }
  });
});
