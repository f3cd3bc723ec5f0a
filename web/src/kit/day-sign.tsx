// The letter of a day that breaks the weekly rule; each kind has its own shape too.

import type { DayKind } from '../../../src/domain/schedule/working-calendar.ts';
import { useText } from '../text/index.ts';
import { monthText } from './month-text.ts';
import './month.css';

export const DaySign = ({ kind }: { readonly kind: DayKind }) => {
  const text = useText(monthText);
  return (
    <span className={`day-sign ${kind}`} aria-hidden="true">
      {text.letters[kind]}
    </span>
  );
};
