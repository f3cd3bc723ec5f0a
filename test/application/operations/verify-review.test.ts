import { expect } from 'chai';
import { judgeReviewEvent } from '../../../src/application/operations/verify-review.ts';
import type { TaskJudge } from '../../../src/application/operations/verify-task.ts';
import type { Vote } from '../../../src/domain/appraisal/review.ts';
import { decide } from '../../../src/domain/workflow/decide.ts';
import type { Command, Task, TaskEvent } from '../../../src/domain/workflow/task.ts';
import {
  aDocument,
  anActor,
  anAppraiser,
  applied,
  aTask,
  cast,
  changed,
  circumstances,
  commitment,
  eventsOf,
  units,
} from '../../support/builders.ts';

const second = anActor({ role: 'appraiser', unit: units.appraiser });
const third = anActor({ role: 'appraiser', unit: units.appraiser });
const appraisers = [cast.appraiser, second, third].map((person) => anAppraiser(person));
const quorum = changed(commitment, (draft) => {
  Object.assign(draft.appraisals[0] ?? {}, { rule: 'quorum', quorum: 2 });
});

const approve: Command = { type: 'transition', transition: 'approve' };
const reopen: Command = { type: 'transition', transition: 'reopen', reason: 'Sai số liệu', document: aDocument };
const waiting = aTask({ state: 'awaiting_appraisal' }, quorum);
const votedOnce = applied(waiting, approve, { actor: cast.appraiser, appraisers }, quorum);
const proposed = applied(aTask({ state: 'done', finishedOn: '2026-03-01' }), reopen, { actor: cast.office });

const eventOn = (task: Task, command: Command, actor: typeof second, definition = quorum): TaskEvent => {
  const [event] = eventsOf(decide(definition, task, command, circumstances({ actor, appraisers })));
  if (!event) throw new Error('No event.');
  return event;
};

/** What the judge says of an event that somebody has rewritten. */
const said = (
  event: TaskEvent,
  before: Task,
  rewrite: (event: TaskEvent) => object = () => ({}),
  definition = quorum,
) => {
  const found: string[] = [];
  const judge = { broken: (invariant: string, _row: string, message: string) => found.push(`${invariant} ${message}`) };
  const rewritten = { ...event, ...rewrite(event) } as TaskEvent;
  judgeReviewEvent(rewritten, before, definition, 'row', judge as unknown as TaskJudge);
  return found;
};
const payload = (change: object) => (event: TaskEvent) => ({ payload: { ...event.payload, ...change } });

describe('The verification of appraisal rounds', () => {
  const cast1 = eventOn(waiting, approve, cast.appraiser);
  const closing = eventOn(votedOnce, approve, second);
  const recall = eventOn(waiting, { type: 'recall' }, cast.head);
  const reopening = eventOn(proposed, reopen, anActor({ role: 'office' }), commitment);
  const votes = (closing.payload as { votes: readonly Vote[] }).votes;

  it('finds nothing wrong with what the rules brought about', () => {
    expect(said(cast1, waiting)).to.deep.equal([]);
    expect(said(closing, votedOnce)).to.deep.equal([]);
    expect(said(recall, waiting)).to.deep.equal([]);
    expect(said(reopening, proposed, undefined, commitment)).to.deep.equal([]);
  });

  const cases: readonly (readonly [string, () => readonly string[], string])[] = [
    ['a vote in another round', () => said(cast1, waiting, payload({ round: 2 })), 'I5 votes in round 2'],
    [
      'a vote that names another outcome than its transition',
      () => said(cast1, waiting, payload({ outcome: 'returned' })),
      'I5 approve is no vote for returned',
    ],
    [
      'a vote where one vote decides',
      () => said(cast1, waiting, undefined, commitment),
      'I5 approve is no vote for achieved',
    ],
    ['a vote for somebody else’s seat', () => said(cast1, waiting, payload({ seat: second.id })), 'I6 is a vote of'],
    [
      'a vote of the submitter',
      () => said(cast1, { ...waiting, submittedBy: cast.appraiser.id }),
      'I6 was appraised by person',
    ],
    [
      'a vote of who brought the evidence',
      () => said(cast1, { ...waiting, evidenceBy: [cast.appraiser.id] }),
      'I6 was appraised by person',
    ],
    [
      'a decision one vote short',
      () => said(closing, votedOnce, payload({ votes: votes.slice(1) })),
      'I6 is decided by 1',
    ],
    [
      'a decision by who did not vote',
      () => said(closing, votedOnce, () => ({ actor: third.id })),
      'I6 is decided by person',
    ],
    [
      'two votes of one person',
      () => said(closing, votedOnce, payload({ votes: [...votes, votes[1]] })),
      'I6 counts two votes of one person',
    ],
    ['a vote that was never cast', () => said(closing, waiting), 'I6 counts a vote of'],
    ['a recall after a vote', () => said(recall, votedOnce), 'I5 is recalled after a vote'],
    ['a recall to somewhere else', () => said(recall, waiting, payload({ to: 'done' })), 'I5 leads to done'],
    ['a recall of nothing', () => said(recall, aTask({ state: 'in_progress' }, quorum)), 'I5 is recalled from'],
    [
      'a reopening by one person',
      () => said(reopening, proposed, payload({ proposedBy: undefined }), commitment),
      'I6 was reopened by',
    ],
    [
      'a reopening by the same person twice',
      () => said(reopening, proposed, () => ({ actor: proposed.proposal?.by }), commitment),
      'I6 was reopened by',
    ],
    [
      'a reopening that nobody had asked for',
      () => said(reopening, { ...proposed, proposal: null }, undefined, commitment),
      'I6 was reopened by',
    ],
  ];
  for (const [title, look, expected] of cases)
    it(`finds ${title}`, () => {
      const found = look();
      expect(
        found.filter((line) => line.startsWith(expected)),
        found.join('\n'),
      ).not.to.be.empty;
    });
});
