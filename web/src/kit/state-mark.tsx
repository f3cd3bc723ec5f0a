// A state is always a shape and a word, never a colour alone: printed in grey they stay apart.

import { type Category, categories } from '../../../src/domain/workflow/definition.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';

export { type Category, categories };

const shapes: Readonly<Record<Category, React.ReactNode>> = {
  assigned: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  in_progress: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  awaiting_appraisal: (
    <>
      <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="8" cy="8" r="1.8" fill="currentColor" />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="m5 8.2 2.2 2.2L11.2 6" fill="none" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  not_done: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="1.5" fill="currentColor" />
      <path d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" fill="none" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  stopped: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="1.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M6.3 5v6m3.4-6v6" stroke="currentColor" strokeWidth="2" />
    </>
  ),
};

export const StateShape = ({ category }: { readonly category: Category }) => (
  <svg
    className="state-shape"
    viewBox="0 0 16 16"
    width="14"
    height="14"
    aria-hidden="true"
    style={{ color: `var(--st-${category})` }}
  >
    {shapes[category]}
  </svg>
);

/** @param name of the workflow's own state, where it is more exact than its category */
export const StateMark = ({ category, name }: { readonly category: Category; readonly name?: string | undefined }) => {
  const text = useText(common);
  return (
    <span className="state-mark">
      <StateShape category={category} />
      {name ?? text.states[category]}
    </span>
  );
};
