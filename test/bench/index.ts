// npm run bench [-- NAME] [-- --json]: NAME is part of a measure's name below.

import { nextPaint } from './console.ts';
import type { Measure } from './measure.ts';
import { programmeYear } from './programme-year.ts';
import { dueTimers } from './timers.ts';
import { transitionHttp } from './transition-http.ts';

const measures: Readonly<Record<string, () => Promise<readonly Measure[]>>> = {
  'transition-http': transitionHttp,
  'due-timers': dueTimers,
  'programme-year': programmeYear,
  console: nextPaint,
};

const words = process.argv.slice(2).filter((word) => word !== '--');
const json = words.includes('--json');
const wanted = words.filter((word) => !word.startsWith('--'));
const chosen = Object.entries(measures).filter(
  ([name]) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
if (chosen.length === 0) {
  console.error(`There is no measure ${wanted.join(' ')}. There are: ${Object.keys(measures).join(', ')}.`);
  process.exit(2);
}
for (const [, run] of chosen)
  for (const measure of await run()) {
    console.log(JSON.stringify(measure));
    if (!json && measure.goal !== undefined)
      console.error(
        `  ${measure.name}: ${measure.ratio} of the reference, goal ${measure.goal}${measure.ratio >= measure.goal ? '' : '  MISSED'}`,
      );
  }
