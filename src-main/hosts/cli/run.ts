/** From arguments to an exit code: finds the command, parses its options, opens what it needs, and says how it ended. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CancelSource } from '../../base/cancel.ts';
import { Refusal, toErrorReport, type ErrorCode } from '../../base/errors.ts';
import type { Core } from '../compose.ts';
import { linesLog } from '../lines-log.ts';
import { impatientAfterMs } from '../until-stopped.ts';
import { databaseFile, databasePath, delivered, threadEntries } from '../places.ts';
import { exitCodes, parseOptions, wrongUsage, type Command, type ExitCode, type OptionValues } from './command.ts';
import { commands } from './commands/index.ts';
import { commandHelp, overviewHelp } from './help.ts';
import { createOutput, type OutputForm, type Streams } from './output.ts';

const terminal: Streams = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY,
};

/** @param entryUrl import.meta.url of the entry: what is delivered lies beside it */
export async function runCommandLine(
  argv: readonly string[],
  entryUrl: string,
  streams: Streams = terminal,
): Promise<number> {
  const [name, ...rest] = argv;
  const form: OutputForm = argv.includes('--json') ? 'json' : 'text';
  const output = createOutput(form, streams);
  if (name === undefined || name === '--help' || name === 'help') {
    streams.out(overviewHelp(commands));
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  const opened: Promise<Core>[] = [];
  const cancel = new CancelSource();
  let interruptedAtMs: number | null = null;
  const onInterrupt = () => {
    // A terminal and a parent may both pass the first on; asked again later, what does not end in order ends at once.
    if (interruptedAtMs !== null && performance.now() - interruptedAtMs > impatientAfterMs) process.exit(130);
    interruptedAtMs ??= performance.now();
    cancel.cancel();
  };
  process.on('SIGINT', onInterrupt);
  try {
    const command = commands.find((candidate) => candidate.name === name);
    if (!command) throw wrongUsage(`There is no command "${name}".`);
    const { values, positionals } = parse(command, rest);
    if (values.help === true) {
      streams.out(commandHelp(command));
      return exitCodes.done;
    }
    const core = () => {
      if (opened.length === 0) opened.push(openCore(command, values, entryUrl));
      return opened[0]!;
    };
    return await command.run({ values, positionals, core, output, entryUrl, signal: cancel });
  } catch (thrown) {
    const report = toErrorReport(thrown);
    output.refusal(report);
    return exitCodeOf(report.code);
  } finally {
    process.off('SIGINT', onInterrupt);
    for (const result of await Promise.allSettled(opened))
      if (result.status === 'fulfilled') await result.value.close();
  }
}

function parse(command: Command, args: readonly string[]): { values: OptionValues; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: parseOptions(command),
      allowPositionals: true,
    });
    return { values: values as OptionValues, positionals };
  } catch (thrown) {
    throw wrongUsage(`${command.name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

/** @throws Refusal `not-found` */
function requireDatabase(file: string): void {
  if (existsSync(file)) return;
  const next = 'Check --db (or SUREWATT_DB), or make a database: "init", "init --demo" or "init --site".';
  throw new Refusal('not-found', { what: 'database', id: file, next });
}

/** Loaded late: most of the product is not needed for a case file or a help text. */
async function openCore(command: Command, values: OptionValues, entryUrl: string): Promise<Core> {
  const named = typeof values.db === 'string' ? values.db : undefined;
  if (command.database !== 'made') requireDatabase(databasePath(named));
  const { compose } = await import('../compose.ts');
  const { migrationsDirectory, demoDirectory } = delivered(entryUrl);
  return compose({
    databaseFile: databaseFile(named),
    log: linesLog(process.env.SUREWATT_LOG === 'debug' ? 'debug' : 'error'),
    host: 'cli',
    migrationsDirectory,
    demoDirectory,
    ...threadEntries(entryUrl),
  });
}

function exitCodeOf(code: ErrorCode): ExitCode {
  if (code === 'usage') return exitCodes.usage;
  if (code === 'plan-infeasible') return exitCodes.noPlan;
  return exitCodes.refused;
}
