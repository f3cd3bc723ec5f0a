import { type Problem, problem } from './problem.ts';

/** One problem for each item of a list that stood in it before. */
export const repeated = (items: readonly string[], pointer: string): readonly Problem[] =>
  items.flatMap((item, index) =>
    items.indexOf(item) < index ? [problem('list.repeated', `${pointer}/${index}`, item)] : [],
  );
