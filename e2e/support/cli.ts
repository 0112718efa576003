/** The command line as built, in a process of its own. */
import { execFile } from 'node:child_process';
import { builtMain } from './built.ts';

export interface Ended {
  code: number;
  out: string;
  error: string;
}
// Playwright forces colours on its children; together with NO_COLOR Node would warn about that on standard error.
const { FORCE_COLOR: _colour, NO_COLOR: _plain, ...environment } = process.env;
export const plainEnvironment = environment;

export function cli(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [builtMain('cli'), ...args],
      { env: plainEnvironment, maxBuffer: 64 * 1024 * 1024 },
      (problem, out, error) => {
        resolve({ code: typeof problem?.code === 'number' ? problem.code : problem ? -1 : 0, out, error });
      },
    );
  });
}
