import { expect } from 'chai';
import fc from 'fast-check';
import type { EmptySeat, Panel } from '../../../src/domain/appraisal/panel.ts';
import { type Vote, withVote } from '../../../src/domain/appraisal/review.ts';
import { countedVotes, decidedBy, incidentOf } from '../../../src/domain/appraisal/voting.ts';
import type { Appraisal, Outcome } from '../../../src/domain/workflow/definition.ts';

type Rules = Pick<Appraisal, 'rule' | 'quorum' | 'participants' | 'veto'>;

/** 'SNV/a' sits and votes; 'SNV/a:absent' has nobody in it. The first agency leads. */
const panel = (...names: readonly string[]): Panel => {
  const seats = names.map((name) => {
    const [place = '', empty] = name.split(':');
    const [unit = '', seat = ''] = place.split('/');
    return { unit, seat, name: seat, empty: empty as EmptySeat | undefined };
  });
  const agencies = [...new Set(seats.map(({ unit }) => unit))];
  return {
    agencies,
    seats: seats
      .filter(({ seat }) => seat !== '')
      .map(({ empty, ...seat }) => ({
        ...seat,
        lead: seat.unit === agencies[0],
        voter: empty ? null : { account: seat.seat, name: seat.name, onBehalfOf: null, signing: null },
        ...(empty ? { empty } : {}),
      })),
  };
};

const short: Readonly<Record<string, Outcome>> = { '+': 'achieved', '-': 'not_achieved', '<': 'returned' };

/** 'SNV/a+' votes achieved, '-' not achieved, '<' returned. */
const votes = (...names: readonly string[]): readonly Vote[] =>
  names.map((name) => {
    const [unit = '', seat = ''] = name.slice(0, -1).split('/');
    const outcome = short[name.slice(-1)] as Outcome;
    return { unit, seat, by: seat, transition: outcome, outcome, on: '2026-06-16' };
  });

describe('A vote', () => {
  const three = panel('SNV/a', 'SNV/b', 'SNV/c');
  const cases: readonly (readonly [string, Rules, Panel, readonly string[], Outcome | null])[] = [
    ['any: one decides', { rule: 'any' }, three, ['SNV/a+'], 'achieved'],
    ['all: not before the last', { rule: 'all' }, three, ['SNV/a+', 'SNV/b+'], null],
    ['all: when all say the same', { rule: 'all' }, three, ['SNV/a+', 'SNV/b+', 'SNV/c+'], 'achieved'],
    ['all: not when one differs', { rule: 'all' }, three, ['SNV/a+', 'SNV/b+', 'SNV/c-'], null],
    ['all: an absent member is missed', { rule: 'all' }, panel('SNV/a', 'SNV/b:absent'), ['SNV/a+'], null],
    ['all: an excluded member is none', { rule: 'all' }, panel('SNV/a', 'SNV/b:submitter'), ['SNV/a+'], 'achieved'],
    ['quorum: not one short', { rule: 'quorum', quorum: 2 }, three, ['SNV/a+', 'SNV/b-'], null],
    ['quorum: with enough alike', { rule: 'quorum', quorum: 2 }, three, ['SNV/a+', 'SNV/b-', 'SNV/c-'], 'not_achieved'],
    [
      'quorum: a vote that no longer counts does not help',
      { rule: 'quorum', quorum: 2 },
      panel('SNV/a', 'SNV/b:evidence_author', 'SNV/c'),
      ['SNV/a+', 'SNV/b+'],
      null,
    ],
    [
      'quorum: a member who voted and went on leave has voted',
      { rule: 'quorum', quorum: 2 },
      panel('SNV/a', 'SNV/b:absent', 'SNV/c'),
      ['SNV/b+', 'SNV/a+'],
      'achieved',
    ],
    [
      'per group: every agency, and one voice each',
      { rule: 'per_group' },
      panel('SNV/a', 'SNV/b', 'STTTT/c'),
      ['SNV/a+', 'STTTT/c+'],
      'achieved',
    ],
    ['per group: not without an agency', { rule: 'per_group' }, panel('SNV/a', 'STTTT/c'), ['SNV/a+'], null],
    [
      'per group: not with an agency that has nobody',
      { rule: 'per_group' },
      panel('SNV/a', 'STTTT/'),
      ['SNV/a+'],
      null,
    ],
    [
      'per group: not when agencies differ',
      { rule: 'per_group' },
      panel('SNV/a', 'STTTT/c'),
      ['SNV/a+', 'STTTT/c<'],
      null,
    ],
    [
      'all: those who only take part are not waited for',
      { rule: 'all' },
      panel('SNV/a', 'STTTT/c'),
      ['SNV/a+'],
      'achieved',
    ],
    [
      'all: those who take part and vote are',
      { rule: 'all', participants: 'vote' },
      panel('SNV/a', 'STTTT/c'),
      ['SNV/a+'],
      null,
    ],
    ['a veto of the leading agency', { rule: 'all', veto: 'lead' }, three, ['SNV/a<'], 'returned'],
    ['no veto of others', { rule: 'per_group', veto: 'lead' }, panel('SNV/a', 'STTTT/c'), ['STTTT/c-'], null],
    ['anybody’s veto', { rule: 'per_group', veto: 'any' }, panel('SNV/a', 'STTTT/c'), ['STTTT/c-'], 'not_achieved'],
    ['nobody vetoes an approval', { rule: 'all', veto: 'any' }, three, ['SNV/a+'], null],
  ];
  for (const [title, rules, seats, cast, expected] of cases)
    it(`decides or not: ${title}`, () => {
      expect(decidedBy(rules, seats, votes(...cast))).to.equal(expected);
    });

  it('may change until the round closes; the last one counts', () => {
    const changed = votes('SNV/a+', 'SNV/b+', 'SNV/a-').reduce(withVote, [] as readonly Vote[]);

    expect(changed.map(({ seat, outcome }) => [seat, outcome])).to.deep.equal([
      ['b', 'achieved'],
      ['a', 'not_achieved'],
    ]);
  });
});

describe('An incident of a panel', () => {
  const cases: readonly (readonly [string, Rules, Panel, readonly string[], string | undefined])[] = [
    ['nobody at all', { rule: 'any' }, panel('SNV/'), [], 'nobody_eligible'],
    [
      'everybody is party to the case',
      { rule: 'any' },
      panel('SNV/a:submitter', 'SNV/b:own_line'),
      [],
      'nobody_eligible',
    ],
    ['everybody is away', { rule: 'any' }, panel('SNV/a:absent'), [], 'nobody_eligible'],
    ['a quorum that cannot be met', { rule: 'quorum', quorum: 3 }, panel('SNV/a', 'SNV/b'), [], 'quorum_impossible'],
    ['a quorum that can', { rule: 'quorum', quorum: 2 }, panel('SNV/a', 'SNV/b'), [], undefined],
    ['a member away where all are needed', { rule: 'all' }, panel('SNV/a', 'SNV/b:absent'), [], 'seat_unfilled'],
    ['an agency with nobody', { rule: 'per_group' }, panel('SNV/a', 'STTTT/'), [], 'group_unfilled'],
    ['an agency that only gives opinions', { rule: 'all' }, panel('SNV/a', 'STTTT/'), [], undefined],
    ['votes that cannot agree', { rule: 'all' }, panel('SNV/a', 'SNV/b'), ['SNV/a+', 'SNV/b-'], 'deadlocked'],
    [
      'three ways of a quorum of two',
      { rule: 'quorum', quorum: 2 },
      panel('SNV/a', 'SNV/b', 'SNV/c'),
      ['SNV/a+', 'SNV/b-', 'SNV/c<'],
      'deadlocked',
    ],
    [
      'enough votes since somebody left the panel',
      { rule: 'all' },
      panel('SNV/a', 'SNV/b:submitter'),
      ['SNV/a+'],
      'decided_but_open',
    ],
    ['nothing but votes to come', { rule: 'all' }, panel('SNV/a', 'SNV/b'), ['SNV/a+'], undefined],
  ];
  for (const [title, rules, seats, cast, expected] of cases)
    it(`is ${expected ?? 'none'}: ${title}`, () => {
      expect(incidentOf(rules, seats, votes(...cast))).to.equal(expected);
    });
});

describe('Whatever a panel votes', () => {
  const empties = ['', '', '', ':absent', ':submitter', ':own_line', ':fills_another_seat'];
  const situation = fc
    .record({
      rule: fc.constantFrom('any', 'all', 'quorum', 'per_group') as fc.Arbitrary<Rules['rule']>,
      quorum: fc.integer({ min: 2, max: 4 }),
      participants: fc.constantFrom('opinion', 'vote', undefined),
      seats: fc.array(fc.tuple(fc.constantFrom('SNV', 'STTTT', 'STC'), fc.constantFrom(...empties)), { maxLength: 6 }),
      cast: fc.array(fc.tuple(fc.nat(6), fc.constantFrom('+', '-', '<')), { maxLength: 8 }),
    })
    .map(({ rule, quorum, participants, seats, cast }) => {
      const names = seats.map(([unit, empty], index) => `${unit}/${index}${empty}`);
      const given = cast.flatMap(([index, sign]) => {
        const unit = seats[index]?.[0];
        return unit === undefined ? [] : votes(`${unit}/${index}${sign}`);
      });
      const rules: Rules = {
        rule,
        ...(rule === 'quorum' ? { quorum } : {}),
        ...(participants ? { participants } : {}),
      };
      return { rules, panel: panel(...names), cast: given.reduce(withVote, [] as readonly Vote[]) };
    });

  it('is decided only by votes that count, and enough of them', () => {
    fc.assert(
      fc.property(situation, ({ rules, panel: seats, cast }) => {
        const outcome = decidedBy(rules, seats, cast);
        if (outcome === null) return;
        const alike = countedVotes(rules, seats, cast).filter((vote) => vote.outcome === outcome);
        expect(alike.length).to.be.at.least(rules.quorum ?? 1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never stuck in silence: undecided means votes are still to come, or an incident', () => {
    fc.assert(
      fc.property(situation, ({ rules, panel: seats, cast }) => {
        if (decidedBy(rules, seats, cast) !== null || incidentOf(rules, seats, cast) !== undefined) return;
        const counted = countedVotes(rules, seats, cast);
        const waiting = seats.seats.filter(
          ({ seat, voter }) => voter !== null && !counted.some((vote) => vote.seat === seat),
        );
        expect(waiting).not.to.deep.equal([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
