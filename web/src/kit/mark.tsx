// Small marks for what became of something: each its own shape, so that they stay apart in grey; beside each a word, on
// the screen or for whoever listens.

export type Shape =
  | 'check'
  | 'clock'
  | 'cross'
  | 'back'
  | 'line'
  | 'dashed'
  | 'question'
  | 'pause'
  | 'ticked'
  | 'deemed';

const solid = <rect x="1" y="1" width="14" height="14" rx="2.5" fill="currentColor" />;
const hollow = (
  <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="2" fill="none" stroke="currentColor" strokeWidth="1.5" />
);
const dashed = (
  <rect
    x="1.75"
    y="1.75"
    width="12.5"
    height="12.5"
    rx="2"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeDasharray="2.6 2"
  />
);
const drawn = (d: string, stroke = 'currentColor') => <path d={d} fill="none" stroke={stroke} strokeWidth="1.8" />;

/** Drawn over the filled ones. */
const over = 'var(--surface)';
const shapes: Readonly<Record<Shape, { readonly colour: string; readonly drawing: React.ReactNode }>> = {
  check: {
    colour: 'done',
    drawing: (
      <>
        {solid}
        {drawn('m4.2 8.3 2.6 2.5 5-5.4', over)}
      </>
    ),
  },
  clock: {
    colour: 'awaiting_appraisal',
    drawing: (
      <>
        {solid}
        {drawn('M8 4v4.4h3.2', 'var(--on-awaiting_appraisal)')}
      </>
    ),
  },
  cross: {
    colour: 'not_done',
    drawing: (
      <>
        {solid}
        {drawn('m5 5 6 6m0-6-6 6', over)}
      </>
    ),
  },
  back: {
    colour: 'not_done',
    drawing: (
      <>
        {hollow}
        {drawn('M11.8 8H4.6m2.8-2.8L4.6 8l2.8 2.8')}
      </>
    ),
  },
  line: {
    colour: 'in_progress',
    drawing: (
      <>
        {hollow}
        {drawn('M4.5 11h7')}
      </>
    ),
  },
  dashed: { colour: 'assigned', drawing: dashed },
  question: {
    colour: 'in_progress',
    drawing: (
      <>
        {solid}
        {drawn('M5.9 6.2c0-3 4.3-2.8 4.3-.2 0 1.7-2.1 1.5-2.1 3.1m0 1.3v1.4', over)}
      </>
    ),
  },
  pause: {
    colour: 'stopped',
    drawing: (
      <>
        {hollow}
        {drawn('M6.3 5v6m3.4-6v6')}
      </>
    ),
  },
  ticked: {
    colour: 'done',
    drawing: (
      <>
        {hollow}
        {drawn('m4.8 8.2 2.3 2.2 4.2-4.6')}
      </>
    ),
  },
  deemed: {
    colour: 'assigned',
    drawing: (
      <>
        {dashed}
        {drawn('m4.8 8.2 2.3 2.2 4.2-4.6')}
      </>
    ),
  },
};

export const Mark = ({ shape }: { readonly shape: Shape }) => (
  <svg
    className="state-shape"
    viewBox="0 0 16 16"
    width="17"
    height="17"
    aria-hidden="true"
    style={{ color: `var(--st-${shapes[shape].colour})` }}
  >
    {shapes[shape].drawing}
  </svg>
);
