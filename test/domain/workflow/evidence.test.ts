import { expect } from 'chai';
import { Refusal } from '../../../src/domain/refusal.ts';
import { decide } from '../../../src/domain/workflow/decide.ts';
import { type FileOnTask, type FileScan, mayAddEvidence } from '../../../src/domain/workflow/evidence.ts';
import { evolve } from '../../../src/domain/workflow/evolve.ts';
import type { AskedEvidence, MoveTask } from '../../../src/domain/workflow/task.ts';
import { applied, aTask, cast, circumstances, codeOf, commitment, eventsOf } from '../../support/builders.ts';

const file = (id: string, by: string, scan: FileScan = 'clean'): FileOnTask => ({
  id,
  sha256: 'f'.repeat(64),
  bytes: 12,
  type: 'application/pdf',
  by,
  scan,
});
const filesOf = (...files: readonly FileOnTask[]) => new Map(files.map((one) => [one.id, one]));
const submit = (...evidence: readonly AskedEvidence[]): MoveTask => ({
  type: 'transition',
  transition: 'submit',
  fields: { result: '92,3%', achieved: 97 },
  evidence,
});
const named = { title: 'Báo cáo', file: 'a' };

describe('Files as evidence', () => {
  const underway = aTask({ state: 'in_progress' });

  it('are brought by head and focal point of the lead unit and by the office, and by nobody else', () => {
    const may = Object.entries(cast).filter(([, actor]) => mayAddEvidence(actor, underway) === undefined);
    expect(may.map(([name]) => name)).to.have.members(['head', 'focalPoint', 'office']);
  });

  it('are brought as long as the task is open, while it waits for appraisal too', () => {
    const codes = Object.fromEntries(
      commitment.states.map(({ key }) => [key, mayAddEvidence(cast.head, aTask({ state: key }))?.code]),
    );
    expect(codes).to.deep.equal(
      Object.fromEntries(
        commitment.states.map(({ key, category }) => [
          key,
          ['done', 'not_done', 'stopped'].includes(category) ? 'task.wrong_state' : undefined,
        ]),
      ),
    );
  });

  it('are never brought to a secret task, by anybody', () => {
    const secret = { ...underway, secret: true };
    for (const actor of Object.values(cast))
      expect(mayAddEvidence(actor, secret)?.code).to.equal('evidence.secret_task');
  });

  it('stand in the event with their hash and their uploader, and the scan is nobody’s business there', () => {
    const decision = decide(
      commitment,
      underway,
      submit(named, { title: 'Giấy tờ', reference: '12/BC' }),
      circumstances({ actor: cast.head, files: filesOf(file('a', 'somebody')) }),
    );
    const [event] = eventsOf(decision);
    const { scan: _scan, ...inEvent } = file('a', 'somebody');
    expect(event?.payload).to.deep.include({
      evidence: [
        { title: 'Báo cáo', file: inEvent },
        { title: 'Giấy tờ', reference: '12/BC' },
      ],
    });
  });

  it('cannot be named when unknown, infected or not scanned yet; without a scanner they can', () => {
    const codes = (['clean', 'skipped', 'infected', 'pending'] as const).map((scan) =>
      codeOf(
        decide(
          commitment,
          underway,
          submit(named),
          circumstances({ actor: cast.head, files: filesOf(file('a', 'x', scan)) }),
        ),
      ),
    );
    expect(codes).to.deep.equal([undefined, undefined, 'evidence.infected', 'evidence.not_scanned']);
    for (const files of [undefined, filesOf(file('b', 'x'))]) {
      const refusal = decide(
        commitment,
        underway,
        submit({ title: 'Giấy' }, named),
        circumstances({ actor: cast.head, ...(files ? { files } : {}) }),
      );
      expect(refusal).to.be.instanceOf(Refusal);
      expect((refusal as Refusal).details).to.deep.equal({ pointer: '/evidence/1/file', file: 'a' });
      expect(codeOf(refusal)).to.equal('evidence.unknown_file');
    }
  });

  it('make their uploaders authors of the evidence beside the one who handed them in', () => {
    const files = filesOf(file('a', cast.appraiser.id), file('b', cast.head.id), file('c', 'third'));
    const task = applied(underway, submit(named, { title: 'B', file: 'b' }, { title: 'C', file: 'c' }), {
      actor: cast.head,
      files,
    });

    expect(task.evidenceBy).to.have.members([cast.head.id, cast.appraiser.id, 'third']);
    expect(
      codeOf(
        decide(
          commitment,
          task,
          { type: 'transition', transition: 'approve' },
          circumstances({ actor: cast.appraiser }),
        ),
      ),
    ).to.equal('conflict_of_interest');
  });

  it('that come with the appraiser’s answer make nobody an author', () => {
    const waiting = aTask({ state: 'awaiting_appraisal' });
    const command: MoveTask = { type: 'transition', transition: 'approve', evidence: [named] };
    const [event] = eventsOf(
      decide(
        commitment,
        waiting,
        command,
        circumstances({ actor: cast.appraiser, files: filesOf(file('a', 'other')) }),
      ),
    );
    expect(event && evolve(waiting, event).evidenceBy).to.deep.equal(waiting.evidenceBy);
  });
});
