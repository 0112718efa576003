/** Entry of the command line. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no plan exists. */
import { requireNode } from '../require-node.ts';
import { toErrorReport } from '../../base/errors.ts';

// A reader such as `head` may close the pipe before all is written: it has what it wanted, and that is no failure.
process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
  if (problem.code !== 'EPIPE') throw problem;
});

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
