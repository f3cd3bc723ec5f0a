// Everything that stands in the way of publishing; each leads to its field.

import type { DefinitionProblem } from '../../../api/workflows.ts';
import { number } from '../../../format.ts';
import { partsOf } from '../json.ts';
import { useEditing } from './use-work.ts';

export const parts = ['states', 'transitions', 'appraisals', 'timers', 'forms'] as const;
export type Part = (typeof parts)[number];

export const Problems = ({ checked }: { readonly checked: boolean }) => {
  const { problems, told, language, lead, drawn } = useEditing();
  const { text } = told;
  const placeOf = (pointer: string): string => {
    const [first = '', index] = partsOf(pointer);
    const part = parts.find((one) => one === first);
    if (!part) return text.parts.general;
    if (index === undefined) return text.parts[part];
    const at = Number(index);
    const item =
      part === 'appraisals'
        ? told.stateName(drawn.appraisals[at]?.state ?? '')
        : part === 'forms'
          ? (drawn.forms[at]?.key ?? '')
          : drawn[part][at] && told.named(drawn[part][at]);
    return `${text.parts[part]} › ${item || text.unnamed}`;
  };
  return (
    <aside className="card stack problems" aria-labelledby="problems-title">
      <h2 id="problems-title">{text.problems}</h2>
      <p role="status" className={checked && problems.length === 0 ? 'notice good' : 'muted'}>
        {!checked
          ? text.checking
          : problems.length === 0
            ? text.noProblems
            : text.problemCount(number(problems.length))}
      </p>
      {problems.length > 0 && (
        <ul role="list" className="problem-list">
          {problems.map((problem: DefinitionProblem) => (
            <li key={`${problem.pointer} ${problem.code} ${problem.vi}`}>
              <button type="button" className="problem" onClick={() => lead(problem.pointer)}>
                <strong>{placeOf(problem.pointer)}</strong>
                <span>{problem[language]}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
};
