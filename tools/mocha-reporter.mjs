// Mocha's spec output; the counts go to a file besides, because the launcher has the last word on the screen.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    let finished = false;
    const save = () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(process.env.DONDOC_TEST_RESULT, JSON.stringify({ passes, failures, pending, finished }));
    };
    runner.once('end', () => {
      finished = true;
      save();
    });
    // A test that calls process.exit must not look like the end of the run.
    process.once('exit', save);
  }
}
