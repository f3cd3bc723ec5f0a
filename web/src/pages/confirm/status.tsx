import type { Line, LineStatus } from '../../api/confirmations.ts';
import { number } from '../../format.ts';
import { Mark, type Shape } from '../../kit/mark.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { confirmText } from './text.ts';

const shapes: Readonly<Record<LineStatus, Shape>> = {
  waiting: 'dashed',
  agreed: 'check',
  disputed: 'question',
  upheld: 'ticked',
  rejected: 'cross',
  deemed: 'deemed',
};

export const Status = ({ status }: { readonly status: LineStatus }) => {
  const text = useText(confirmText);
  return (
    <span className="state-mark">
      <Mark shape={shapes[status]} />
      {text.statuses[status]}
    </span>
  );
};

/** What the report will say of a line. */
export const AsReported = ({ line }: { readonly line: Line }) => {
  const text = useText(confirmText);
  const words = useText(common);
  return (
    <span className="two-lines">
      <StateMark category={line.bucket} />
      <span className="small muted">{text.estimate(words.estimates[line.estimate])}</span>
    </span>
  );
};

/** What was said of it last. */
export const Said = ({ line }: { readonly line: Line }) => {
  const text = useText(confirmText);
  const { status, reason, correction } = line;
  return (
    <span className="two-lines">
      <Status status={status} />
      {reason !== null && (
        <span className="small">{status === 'disputed' ? text.because(reason) : text.settled(reason)}</span>
      )}
      {correction !== null && <span className="small muted">{text.correctedBy(number(correction))}</span>}
    </span>
  );
};
