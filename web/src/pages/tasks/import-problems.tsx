// What is wrong with the rows of a file, and the way out.

import type { RowProblem } from '../../api/imports.ts';
import { number } from '../../format.ts';
import { TableBox } from '../../kit/table-box.tsx';
import { useSettings } from '../../settings.ts';
import { useText } from '../../text/index.ts';
import { bulkText } from './bulk-text.ts';

export const Problems = ({ list }: { readonly list: readonly RowProblem[] }) => {
  const text = useText(bulkText);
  const { language } = useSettings();
  if (list.length === 0) return null;
  return (
    <TableBox label={text.problem}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="number">
              {text.row}
            </th>
            <th scope="col">{text.column}</th>
            <th scope="col">{text.value}</th>
            <th scope="col">{text.problem}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((problem) => (
            <tr key={`${problem.row} ${problem.column} ${problem.vi}`}>
              <td className="number">{number(problem.row)}</td>
              <td>{`${problem.columnLetter} · ${problem.column}`}</td>
              <td>{problem.value ?? '–'}</td>
              <td>
                <strong>{`${text[problem.severity]}: `}</strong>
                {language === 'en' ? problem.en : problem.vi}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
};
