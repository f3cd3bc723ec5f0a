// What `npm test` adds to running Mocha: the counts as its last line, and an end to a run that does not end.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readOr } from './prepare.mjs';

const SECONDS_TO_CLOSE = 30;

const isFile = (arg) => !arg.startsWith('-') && (arg.endsWith('.ts') || arg.includes('*') || existsSync(arg));

/** Installing one takes minutes: not for the tests of a single rule. */
export const usesBrowser = (extra) => !extra.some(isFile) || extra.some((arg) => arg.includes('browser'));

export function mochaArguments(extra) {
  const named = extra.some(isFile);
  const files = named ? [] : ['test/**/*.test.ts'];
  const strict = process.env.CI === 'true' ? ['--forbid-only', '--forbid-pending'] : [];
  // Last, so that it is the one that counts.
  const reporter = ['--reporter', path.join(import.meta.dirname, 'mocha-reporter.mjs')];
  return [...strict, ...extra, ...files, ...reporter];
}

/** Mocha waits for whatever a test left open: a leak. It is told as such instead of stopping the whole pipeline. */
export function watchForLeaks(mocha, end) {
  let secondsSinceEnd = 0;
  const timer = setInterval(() => {
    if (!result().finished) return;
    secondsSinceEnd += 1;
    if (secondsSinceEnd < SECONDS_TO_CLOSE) return;
    clearInterval(timer);
    console.error(`\nStill running ${SECONDS_TO_CLOSE} s after the last test: something was opened and not closed.`);
    end();
  }, 1000);
  mocha.ended.then(() => clearInterval(timer));
}

/** Reads the result now; the function it answers with prints the line that everybody looks for and gives the exit code. */
export function lastWord({ code, failed }) {
  const { passes, failures, finished } = result();
  const blameless = code === 0 && !failed && finished;
  // A run that broke off, or had no Redis in CI, may have no failed test; the line must not look like success.
  const failedInAll = blameless ? failures : Math.max(failures, 1);
  return () => {
    if (passes + failures === 0) console.error('No test ran to its end.');
    else if (!finished) console.error('The run broke off before the last test.');
    console.log(`${passes} passed, ${failedInAll} failed`);
    return code || Number(failedInAll > 0 || passes === 0);
  };
}

function result() {
  const nothing = { passes: 0, failures: 0, finished: false };
  try {
    return JSON.parse(readOr(process.env.DONDOC_TEST_RESULT, '')) ?? nothing;
  } catch {
    return nothing;
  }
}
