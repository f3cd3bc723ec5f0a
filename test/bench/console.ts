import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Measure } from './measure.ts';

const script = path.resolve(import.meta.dirname, '../browser/next-paint.ts');

/** In a process of its own, whose types are a browser's. Without Chromium nothing is measured. */
export const nextPaint = async (): Promise<readonly Measure[]> => {
  if (!process.env.TEST_CHROMIUM) return [];
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  return [JSON.parse(stdout.trim().split('\n').at(-1) ?? '')];
};
