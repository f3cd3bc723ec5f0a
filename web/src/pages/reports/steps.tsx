// Where a report stands, as a line of steps: done, now, to come. Shape and word, never colour alone.

import { type EditionStatus, editionSteps } from '../../api/editions.ts';
import { useText } from '../../text/index.ts';
import { reportsText } from './text.ts';

export const Steps = ({
  status,
  asked,
}: {
  readonly status: EditionStatus;
  /** Whether the units were asked; that step can be left out. */
  readonly asked: boolean;
}) => {
  const text = useText(reportsText);
  const at = editionSteps.indexOf(status);
  return (
    <ol role="list" className="steps" aria-label={text.stepsLabel}>
      {editionSteps.map((step, index) => {
        const left = step === 'confirming' && at > index && !asked;
        const done = !left && (index < at || (step === 'issued' && index === at));
        return (
          <li
            key={step}
            className={done ? 'step done' : index === at ? 'step now' : 'step'}
            aria-current={index === at ? 'step' : undefined}
          >
            <span className="step-mark" aria-hidden="true">
              {done ? <Tick /> : left ? '–' : index + 1}
            </span>
            {left ? text.leftOut : text.steps[step]}
          </li>
        );
      })}
    </ol>
  );
};

/** Drawn: no letter of the printed font has it. */
const Tick = () => (
  <svg viewBox="0 0 12 12" width="12" height="12">
    <path d="M2 6.5l3 3 5-6.5" fill="none" stroke="currentColor" strokeWidth="2" />
  </svg>
);
