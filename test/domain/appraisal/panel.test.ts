import { expect } from 'chai';
import { type Absence, type Appraiser, panelOf, seatOf } from '../../../src/domain/appraisal/panel.ts';

const line = ['SYT', 'UBND', 'TTYT'];
const task = { appraiserUnit: 'SNV', participants: ['STTTT'], submittedBy: 'head', evidenceBy: ['head', 'author'] };
const day = '2026-06-16';

const member = (account: string, given: Partial<Appraiser> = {}): Appraiser => ({
  account,
  name: account,
  unit: 'SNV',
  units: [given.unit ?? 'SNV'],
  validFrom: null,
  validTo: null,
  absences: [],
  ...given,
});
const away = (
  substitute: string | null,
  given: Partial<Absence> & { readonly units?: readonly string[] } = {},
): Absence => ({
  from: given.from ?? '2026-06-15',
  until: given.until ?? '2026-06-17',
  substitute: substitute === null ? null : { account: substitute, name: substitute, units: given.units ?? ['SNV'] },
  signing: given.signing ?? 'KT.',
});
const seats = (...members: readonly Appraiser[]) =>
  panelOf(task, members, line, day).seats.map(({ seat, voter, empty }) => [seat, voter?.account ?? empty]);

describe('A panel', () => {
  it('has the leading agency first, then those that take part, and nobody else', () => {
    const panel = panelOf(task, [member('c', { unit: 'STC' }), member('b', { unit: 'STTTT' }), member('a')], line, day);

    expect(panel.agencies).to.deep.equal(['SNV', 'STTTT']);
    expect(panel.seats.map(({ seat, unit, lead }) => [seat, unit, lead])).to.deep.equal([
      ['a', 'SNV', true],
      ['b', 'STTTT', false],
    ]);
  });

  it('knows an agency without any appraiser', () => {
    expect(panelOf(task, [], line, day)).to.deep.equal({ seats: [], agencies: ['SNV', 'STTTT'] });
  });

  it('has members from their first day to the day before their last', () => {
    expect(
      seats(
        member('from today', { validFrom: day }),
        member('from tomorrow', { validFrom: '2026-06-17' }),
        member('until yesterday', { validTo: day }),
        member('until today', { validTo: '2026-06-17' }),
      ).map(([seat]) => seat),
    ).to.deep.equal(['from today', 'until today']);
  });

  it('puts the substitute in the seat of an absent member, under their own name and capacity', () => {
    const { seats: found } = panelOf(task, [member('a', { absences: [away('s', { signing: 'TUQ.' })] })], line, day);

    expect(found[0]).to.deep.include({
      seat: 'a',
      voter: { account: 's', name: 's', onBehalfOf: 'a', signing: 'TUQ.' },
    });
  });

  it('counts an absence from its first day and no longer on the day of return', () => {
    const until = (from: string, end: string) => seats(member('a', { absences: [away('s', { from, until: end })] }));

    expect(until(day, '2026-06-20')).to.deep.equal([['a', 's']]);
    expect(until('2026-06-01', day)).to.deep.equal([['a', 'a']]);
    expect(until('2026-06-17', '2026-06-20')).to.deep.equal([['a', 'a']]);
  });

  it('goes one hop only: the substitute of a substitute does not come in', () => {
    const second = member('s', { unit: 'STC', absences: [away('t')] });

    expect(seats(member('a', { absences: [away('s')] }), second)).to.deep.equal([['a', 's']]);
  });

  it('leaves the seat of an absent member without a substitute empty', () => {
    expect(seats(member('a', { absences: [away(null)] }))).to.deep.equal([['a', 'absent']]);
    expect(seats(member('a', { absences: [away(null), away('s')] }))).to.deep.equal([['a', 's']]);
  });

  it('excludes the submitter, authors of the evidence and people of the unit’s line', () => {
    expect(
      seats(
        member('head'),
        member('author'),
        member('at-unit', { units: ['SNV', 'SYT'] }),
        member('above', { units: ['SNV', 'UBND'] }),
        member('below', { units: ['SNV', 'TTYT'] }),
        member('beside', { units: ['SNV', 'SGDDT'] }),
      ),
    ).to.deep.equal([
      ['head', 'submitter'],
      ['author', 'evidence_author'],
      ['at-unit', 'own_line'],
      ['above', 'own_line'],
      ['below', 'own_line'],
      ['beside', 'beside'],
    ]);
  });

  it('tests exclusions after substitution: on who would act, not on who is away', () => {
    expect(
      seats(
        member('head', { absences: [away('clean')] }),
        member('a', { absences: [away('author')] }),
        member('b', { absences: [away('colleague', { units: ['SYT'] })] }),
      ),
    ).to.deep.equal([
      ['head', 'clean'],
      ['a', 'evidence_author'],
      ['b', 'own_line'],
    ]);
  });

  it('gives one person one voice', () => {
    expect(
      seats(
        member('a'),
        member('b', { absences: [away('a')] }),
        member('c', { absences: [away('s')] }),
        member('d', { absences: [away('s')] }),
        member('a', { unit: 'STTTT' }),
      ),
    ).to.deep.equal([
      ['a', 'a'],
      ['b', 'fills_another_seat'],
      ['c', 's'],
      ['d', 'fills_another_seat'],
    ]);
  });

  it('finds the seat somebody fills now', () => {
    const panel = panelOf(task, [member('a', { absences: [away('s')] }), member('b')], line, day);

    expect(['a', 's', 'b', 'x'].map((account) => seatOf(account, panel)?.seat)).to.deep.equal([
      undefined,
      'a',
      'b',
      undefined,
    ]);
  });
});
