// Offices run servers in other zones: every other test here must give the same under each of them.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const here = import.meta.dirname;
const others = readdirSync(here)
  .filter((name) => name.endsWith('.test.ts') && name !== 'process-zone.test.ts')
  .map((name) => join(here, name));

/** Minutes from UTC as Date.getTimezoneOffset gives them on 1 July 2026. */
const zones = { UTC: 0, 'Asia/Ho_Chi_Minh': -420, 'America/New_York': 240, 'Pacific/Kiritimati': -840 };

describe('the zone of the process', () => {
  const passed = new Set<string>();

  for (const [zone, offset] of Object.entries(zones)) {
    it(`changes nothing: the same tests pass under TZ=${zone}`, async () => {
      const env = { ...process.env, TZ: zone };

      const clock = await run(process.execPath, ['-p', 'new Date(2026, 6, 1).getTimezoneOffset()'], { env });
      const { titles, failures } = await suiteUnder(env);

      expect(Number(clock.stdout)).to.equal(offset);
      expect(failures).to.deep.equal([]);
      expect(titles).to.include('working days give the vectors of the Vietnamese calendar');
      passed.add(titles.join('\n'));
    }).timeout(120_000);
  }

  it('changes nothing: the list of tests that ran is the same in all of them', () => {
    expect(passed.size).to.equal(1);
  });
});

async function suiteUnder(env: NodeJS.ProcessEnv): Promise<{ titles: string[]; failures: string[] }> {
  // --spec of the project's own configuration would add every other test: leave the configuration out.
  const options = ['--no-config', '--node-option', 'import=tsx', '--reporter', 'json', '--timeout', '60000'];
  const { stdout } = await run(process.execPath, [mocha, ...options, ...others], { env, maxBuffer: 2 ** 26 }).catch(
    (failed: { stdout: string }) => failed, // mocha exits with the number of failures and still reports
  );
  const report: unknown = JSON.parse(stdout);
  return { titles: titlesOf(report, 'passes'), failures: titlesOf(report, 'failures') };
}

function titlesOf(report: unknown, list: 'passes' | 'failures'): string[] {
  return (report as Record<typeof list, { fullTitle: string }[]>)[list].map(({ fullTitle }) => fullTitle);
}
