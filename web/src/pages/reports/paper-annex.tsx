// Annex I: by unit, in official order, with the sums of the blocs, of all, and the shares.

import type { WholeEdition } from '../../api/editions.ts';
import type { Figures, Statistics } from '../../api/reports.ts';
import { day, dayInWords, moment, number, percentTo } from '../../format.ts';
import { reportBuckets } from './figures.tsx';
import { paper } from './print-text.ts';

const estimated = ['done', 'not_done', 'stopped'] as const;

export const PaperAnnex = ({ edition, figures }: { readonly edition: WholeEdition; readonly figures: Statistics }) => {
  const shareText = (value: number) => percentTo(value, figures.rounding.decimals).replace('%', '');
  const blocs = [...new Set(figures.byUnit.map(({ bloc }) => bloc))];
  const on = edition.issuedOn === null ? paper.undated(edition.asOf.slice(0, 4)) : dayInWords(edition.issuedOn);
  const when = edition.runId === null ? paper.provisional : paper.frozen;
  return (
    <>
      <h2 className="paper-annex-title">{paper.annexTitle}</h2>
      <p className="paper-abstract">{paper.annexName(figures.programme.name)}</p>
      <p className="paper-remark centre">{paper.annexOf(edition.number, on)}</p>
      <p className="paper-remark centre">{when(day(figures.asOf), moment(figures.knownAt))}</p>
      <table className="table paper-table">
        <thead>
          <tr>
            <th rowSpan={2}>{paper.columns.order}</th>
            <th rowSpan={2}>{paper.columns.unit}</th>
            <th rowSpan={2}>{paper.columns.total}</th>
            <th colSpan={reportBuckets.length}>{paper.columns.cumulative}</th>
            <th colSpan={estimated.length}>{paper.columns.estimate}</th>
          </tr>
          <tr>
            {[...reportBuckets, ...estimated].map((key, index) => (
              <th key={`${key}-${index < reportBuckets.length ? 'now' : 'year'}`}>{paper.columns[key]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {blocs.flatMap((bloc, index) => {
            const units = figures.byUnit.filter((unit) => unit.bloc === bloc);
            return [
              <Row
                key={bloc}
                order={paper.roman[index] ?? ''}
                name={paper.blocs[bloc as keyof typeof paper.blocs] ?? bloc}
                cells={summed(units)}
                strong
              />,
              ...units.map((unit) => (
                <Row
                  key={unit.unit}
                  order={String(figures.byUnit.indexOf(unit) + 1)}
                  name={unit.name}
                  cells={cellsOf(unit)}
                />
              )),
            ];
          })}
          <Row order="" name={paper.sum} cells={cellsOf(figures)} strong />
          <tr>
            <td />
            <td>{paper.share}</td>
            <td className="number" />
            {reportBuckets.map((key) => (
              <td key={key} className="number">
                {shareText(figures.percentages[key])}
              </td>
            ))}
            {estimated.map((key) => (
              <td key={key} className="number">
                {shareText(figures.estimatePercentages[key])}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </>
  );
};

const cellsOf = (of: Figures): readonly number[] => [
  of.total,
  ...reportBuckets.map((key) => of.counts[key]),
  ...estimated.map((key) => of.estimate[key]),
];

const summed = (units: readonly Figures[]): readonly number[] =>
  units.map(cellsOf).reduce((sums, cells) => cells.map((count, index) => count + (sums[index] ?? 0)), []);

const Row = ({
  order,
  name,
  cells,
  strong = false,
}: {
  readonly order: string;
  readonly name: string;
  readonly cells: readonly number[];
  readonly strong?: boolean;
}) => (
  <tr className={strong ? 'paper-strong' : ''}>
    <td className="centre">{order}</td>
    <td>{name}</td>
    {cells.map((count, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order.
      <td key={index} className="number">
        {number(count)}
      </td>
    ))}
  </tr>
);
