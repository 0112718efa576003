/** Help texts, made from what the commands declare about themselves. */
import { commonOptions, type Command } from './command.ts';
import { facts } from './table.ts';

export function overviewHelp(commands: readonly Command[]): string {
  const list = facts(commands.map(({ name, takes, summary }) => [`  ${name} ${takes}`.trimEnd(), summary] as const));
  return `Surewatt plans tomorrow for a vehicle-to-grid network.

npm run cli -- <command> [options]

${list}

Each command explains itself with --help. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no plan exists.
`;
}

export function commandHelp({ name, takes, summary, options }: Command): string {
  const rows = Object.entries({ ...options, ...commonOptions }).map(
    ([option, { value, help }]) => [`  --${option}${value ? ` ${value}` : ''}`, help] as const,
  );
  return `${name} ${takes}`.trimEnd() + `: ${summary}\n\n${facts(rows)}\n`;
}
