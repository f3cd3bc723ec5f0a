// npm run verify [-- --json] [--files]: says of each invariant whether it holds, and names the first row that breaks it.
// --files also reads every file of evidence in the storage.
// Exit code 0: all hold; 1: something is broken; 2: it could not be found out.

import { sealKey } from './adapters/auth/seal-key.ts';
import { DatabaseClock } from './adapters/db/clock.ts';
import { openPool } from './adapters/db/pool.ts';
import { reportReader } from './adapters/db/queries/statistics.ts';
import { verifySource } from './adapters/db/verify-source.ts';
import { openFiles } from './adapters/files/open-files.ts';
import { openLog } from './adapters/telemetry/log.ts';
import { type Inspection, type InvariantReport, inspect } from './application/operations/verify.ts';
import { computedAgain } from './application/reports/freeze.ts';
import { readConfig } from './config.ts';

const run = async (): Promise<number> => {
  const { DATABASE_URL, SECRET_KEY, AUDIT_FORMER_KEYS, EVIDENCE_DIR, EVIDENCE_S3_URL } = readConfig(process.env);
  const { check: checkSignature } = sealKey(SECRET_KEY, AUDIT_FORMER_KEYS);
  // One connection looks, one counts frozen reports again; what they read takes as long as it takes.
  const pool = openPool(
    { databaseUrl: DATABASE_URL, max: 2, statementTimeoutMs: 0 },
    openLog({ level: 'error', json: false }),
  );
  const { storage, close } = openFiles({ folder: EVIDENCE_DIR, s3Url: EVIDENCE_S3_URL });
  const files = process.argv.includes('--files') ? { content: storage.open } : {};
  try {
    const clock = await DatabaseClock.start(pool);
    const inspection = await inspect(verifySource(pool, clock), {
      recompute: computedAgain(reportReader(pool), clock),
      checkSignature,
      pins: pinsIn(process.argv),
      ...files,
    });
    const lines = process.argv.includes('--json') ? [JSON.stringify(inspection, null, 2)] : linesOf(inspection);
    process.stdout.write(`${lines.join('\n')}\n`);
    return inspection.invariants.some(({ broken }) => broken > 0) ? 1 : 0;
  } finally {
    close();
    await pool.end();
  }
};

/** --checkpoint 12:<hash>, as often as wanted: what was written down elsewhere. */
const pinsIn = (args: readonly string[]): ReadonlyMap<number, string> =>
  new Map(
    args.flatMap((arg, index) => {
      if (arg !== '--checkpoint') return [];
      const pin = /^(\d+):([\da-f]{64})$/.exec(args[index + 1] ?? '');
      if (!pin) throw new Error('--checkpoint wants <number>:<hash>.');
      return [[Number(pin[1]), pin[2] as string] as const];
    }),
  );

const linesOf = (inspection: Inspection): readonly string[] => [
  ...inspection.invariants.flatMap(invariantLines),
  verdict(inspection.invariants),
];

const invariantLines = (report: InvariantReport): readonly string[] => {
  const { invariant, checked, broken, findings, warned, warnings } = report;
  const [first] = findings;
  const more = broken > 1 ? ` (and ${(broken - 1).toLocaleString('en')} more)` : '';
  const line = first ? `${invariant} BROKEN: ${first.row}: ${first.message}${more}` : `${invariant} ok (${checked})`;
  const [warning] = warnings;
  if (!warning) return [line];
  const others = warned > 1 ? ` (and ${(warned - 1).toLocaleString('en')} more)` : '';
  return [line, `   note: ${warning.row}: ${warning.message}${others}`];
};

const verdict = (reports: readonly InvariantReport[]): string => {
  const broken = reports.filter((report) => report.broken > 0).map(({ invariant }) => invariant);
  return broken.length === 0
    ? `All ${reports.length} invariants hold.`
    : `Broken: ${broken.join(', ')}. --json lists the first rows of each.`;
};

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`The verification could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
