import { expect } from 'chai';
import { type DefinitionStore, type Draft, definitionStore } from '../../../src/adapters/db/definitions.ts';
import type { Definition } from '../../../src/domain/workflow/definition.ts';
import { refusalOf } from '../../support/refusal.ts';
import { suiteDatabase } from '../../support/source.ts';

describe('definitions in the database', () => {
  const database = suiteDatabase();
  let definitions: DefinitionStore;
  before(() => {
    definitions = definitionStore(database.source);
  });

  // The only way to be rid of a published definition.
  beforeEach(() =>
    database.source.query(`alter table workflow_definition disable trigger user; delete from workflow_definition;
      alter table workflow_definition enable trigger user`),
  );

  it('come back as they were saved', async () => {
    const draft = aDraft();

    await definitions.saveDraft(draft);

    expect(await definitions.find('commitment', 1)).to.deep.equal({
      key: 'commitment',
      version: 1,
      status: 'draft',
      name: { vi: 'Cam kết', en: 'Commitment' },
      sha256: null,
      createdBy: 'admin',
      createdAt: monday,
      publishedAt: null,
      retiredAt: null,
      definition: draft.definition,
    });
    expect(await definitions.find('commitment', 2)).to.equal(undefined);
  });

  it('may be replaced while a draft, and stay their author’s', async () => {
    await definitions.createDraft(aDraft());
    const better = aDefinition({ name: { vi: 'Cam kết năm', en: 'Yearly commitment' } });

    await definitions.saveDraft({ definition: better, createdBy: 'another', at: tuesday });

    const found = await definitions.find('commitment', 1);
    expect(found?.definition).to.deep.equal(better);
    expect([found?.name, found?.createdBy, found?.createdAt]).to.deep.equal([better.name, 'admin', monday]);
  });

  it('are refused as new when there is this version, even as a draft', async () => {
    await definitions.createDraft(aDraft());

    expect(await refusalOf(definitions.createDraft(aDraft()))).to.deep.equal({
      code: 'definition.exists',
      details: { workflow: 'commitment', version: 1 },
    });
  });

  it('cannot be saved once they are published or retired', async () => {
    await publishNew(definitions);
    const whilePublished = await refusalOf(definitions.saveDraft(aDraft()));
    await definitions.retire('commitment', 1, tuesday);
    const whileRetired = await refusalOf(definitions.saveDraft(aDraft()));

    const refusal = { code: 'definition.not_draft', details: { workflow: 'commitment', version: 1 } };
    expect([whilePublished, whileRetired]).to.deep.equal([refusal, refusal]);
  });

  it('are published once: of two at the same moment one wins', async () => {
    await definitions.saveDraft(aDraft());

    const won = await Promise.all(['a', 'b'].map((hash) => definitions.publish(aDefinition(), hash, tuesday)));

    expect(won.toSorted()).to.deep.equal([false, true]);
    const found = await definitions.find('commitment', 1);
    expect([found?.status, found?.sha256, found?.publishedAt]).to.deep.equal([
      'published',
      won[0] ? 'a' : 'b',
      tuesday,
    ]);
  });

  it('are not published when the draft is no longer the one that was checked', async () => {
    await definitions.saveDraft(aDraft());
    const checked = aDefinition();
    await definitions.saveDraft(aDraft({ acknowledgeWithin: { workingDays: 5 } }));

    expect(await definitions.publish(checked, 'hash of what was checked', tuesday)).to.equal(false);
    expect((await definitions.find('commitment', 1))?.status).to.equal('draft');
  });

  it('are retired once, and only after being published', async () => {
    await definitions.saveDraft(aDraft());
    const asDraft = await definitions.retire('commitment', 1, tuesday);
    await definitions.publish(aDefinition(), 'hash', monday);
    const first = await definitions.retire('commitment', 1, tuesday);
    const again = await definitions.retire('commitment', 1, wednesday);

    expect([asDraft, first, again]).to.deep.equal([false, true, false]);
    expect((await definitions.find('commitment', 1))?.retiredAt).to.deep.equal(tuesday);
    expect(await definitions.publish(aDefinition(), 'hash', wednesday)).to.equal(false);
  });

  it('give the latest published version to those who ask for none', async () => {
    for (const version of [1, 2, 10]) await publishNew(definitions, { version });
    await definitions.saveDraft(aDraft({ version: 11 }));
    await definitions.retire('commitment', 10, tuesday);

    expect((await definitions.latestPublished('commitment'))?.definition).to.deep.equal(aDefinition({ version: 2 }));
    expect(await definitions.latestPublished('directive-task')).to.equal(undefined);
  });

  it('are listed by key with the newest version first, without their bodies', async () => {
    for (const [key, version] of [
      ['directive-task', 1],
      ['commitment', 1],
      ['commitment', 2],
    ] as const)
      await definitions.saveDraft(aDraft({ key, version }));

    const listed = await definitions.list();

    expect(listed.map(({ key, version }) => `${key}/${version}`)).to.deep.equal([
      'commitment/2',
      'commitment/1',
      'directive-task/1',
    ]);
    expect(listed[0]).not.to.have.property('definition');
    expect(await definitions.versions('commitment')).to.deep.equal(listed.slice(0, 2));
  });
});

const monday = new Date('2026-06-15T01:00:00.000Z');
const tuesday = new Date('2026-06-16T01:00:00.000Z');
const wednesday = new Date('2026-06-17T01:00:00.000Z');

const aDefinition = (wanted: Partial<Definition> = {}): Definition => ({
  key: 'commitment',
  version: 1,
  name: { vi: 'Cam kết', en: 'Commitment' },
  states: [{ key: 'assigned', name: { vi: 'Đã giao', en: 'Assigned' }, category: 'assigned', initial: true }],
  transitions: [],
  appraisals: [],
  timers: [],
  forms: [],
  ...wanted,
});

const aDraft = (wanted: Partial<Definition> = {}): Draft => ({
  definition: aDefinition(wanted),
  createdBy: 'admin',
  at: monday,
});

const publishNew = async (definitions: DefinitionStore, wanted: Partial<Definition> = {}): Promise<void> => {
  await definitions.saveDraft(aDraft(wanted));
  await definitions.publish(aDefinition(wanted), 'hash', monday);
};
