import { expect } from 'chai';
import { type Actor, holdsTaskRole, type Membership, roles } from '../../../src/domain/organisation/actor.ts';
import { addresseeOf } from '../../../src/domain/organisation/addressees.ts';
import { taskRoles } from '../../../src/domain/workflow/definition.ts';

const memberships: readonly Membership[] = roles.flatMap((role) => [
  { role },
  { role, unit: 'SNV' },
  { role, unit: 'STTTT' },
  { role, unit: 'TPCL' },
]);

describe('The people whom a role means on a task', () => {
  it('are exactly those who may act in it', () => {
    const tasks = [
      { leadUnit: 'SNV', appraiserUnit: 'STTTT', submittedBy: 'one' },
      { leadUnit: 'TPCL', appraiserUnit: null, submittedBy: null },
    ];
    for (const task of tasks)
      for (const role of taskRoles)
        for (const membership of memberships)
          for (const id of ['one', 'other']) {
            const actor: Actor = { id, name: '', memberships: [membership] };
            const addressee = addresseeOf(role, task);
            const addressed =
              addressee !== undefined &&
              ('account' in addressee
                ? addressee.account === id
                : addressee.role === membership.role &&
                  (addressee.unit === null || addressee.unit === membership.unit));
            expect(addressed, `${role} ${JSON.stringify(membership)} ${id}`).to.equal(holdsTaskRole(actor, role, task));
          }
  });
});
