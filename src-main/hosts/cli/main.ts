/** Entry of the command line. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no plan exists. */
import { requireNode } from '../require-node.ts';
import { toErrorReport } from '../../base/errors.ts';

try {
  requireNode();
  // Imported late: what it loads must not be loaded by a Node that is too old for it.
  const { runCommandLine } = await import('./run.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2), import.meta.url);
} catch (thrown) {
  const { message, next } = toErrorReport(thrown);
  process.stderr.write(`${message}\n${next}\n`);
  process.exitCode = 1;
}
