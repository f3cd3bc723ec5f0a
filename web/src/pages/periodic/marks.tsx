import type { Cell, ObligationState } from '../../api/obligations.ts';
import { obligationStates } from '../../api/obligations.ts';
import { day, number } from '../../format.ts';
import { Mark, type Shape } from '../../kit/mark.tsx';
import { useText } from '../../text/index.ts';
import { periodicText } from './text.ts';

export const shapes: Readonly<Record<ObligationState, Shape>> = {
  on_time: 'check',
  late: 'clock',
  missing: 'cross',
  returned: 'back',
  due: 'line',
  not_yet_due: 'dashed',
  waived: 'pause',
};

export const Legend = () => {
  const text = useText(periodicText);
  return (
    <ul role="list" className="legend" aria-label={text.marks}>
      {obligationStates.map((state) => (
        <li key={state} className="state-mark">
          <Mark shape={shapes[state]} />
          {text.states[state]}
        </li>
      ))}
    </ul>
  );
};

/** "Muộn, chậm 3 ngày, gửi 19/06/2026" */
export const useCellWords = (): ((cell: Cell) => string) => {
  const text = useText(periodicText);
  return ({ state, completeness, daysLate, sentOn }) =>
    [
      text.states[state],
      ...(completeness === 'incomplete' && state !== 'returned' ? [text.incomplete] : []),
      ...(daysLate > 0 ? [text.daysLate(number(daysLate))] : []),
      ...(sentOn === null ? [] : [text.sentOn(day(sentOn))]),
    ].join(', ');
};
