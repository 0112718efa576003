/** The shape of a command: one file per command in commands/, listed in commands/index.ts. */
import type { ParseArgsOptionsConfig } from 'node:util';
import type { CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import type { Core } from '../compose.ts';
import type { Output } from './output.ts';

export const exitCodes = { done: 0, refused: 1, usage: 2, noPlan: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface CommandContext {
  values: OptionValues;
  positionals: readonly string[];
  /** Opens the database on first use; the caller of the command closes it. */
  core(): Promise<Core>;
  output: Output;
  /** import.meta.url of the entry. */
  entryUrl: string;
  /** Cancelled by Ctrl+C. */
  signal: CancelSignal;
}

export interface CommandOption {
  type: 'string' | 'boolean';
  /** How the value is called in the help: "YYYY-MM-DD". */
  value?: string;
  /** May be given more than once; its values then come as a list. */
  many?: true;
  help: string;
}

export interface Command {
  name: string;
  summary: string;
  /** Positional arguments as shown in the help: "<kind> <file>". */
  takes: string;
  options: Readonly<Record<string, CommandOption>>;
  /** `made` when it is not there yet; every other command needs one, so that a mistyped name is no new database. */
  database?: 'made';
  run(context: CommandContext): Promise<ExitCode>;
}

export function parseOptions({ options }: Command): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries({ ...options, ...commonOptions }).map(([name, { type, many }]) => [
      name,
      many ? { type, multiple: true } : { type },
    ]),
  );
}

export const commonOptions: Readonly<Record<string, CommandOption>> = {
  db: { type: 'string', value: 'FILE', help: 'Database; else SUREWATT_DB, else the one of this user.' },
  json: { type: 'boolean', help: 'One JSON document on standard output.' },
  help: { type: 'boolean', help: 'Show this and do nothing.' },
};

export function wrongUsage(problem: string): Refusal {
  return new Refusal('usage', { problem });
}

/** @throws Refusal `usage` when the option is missing */
export function textOption(values: OptionValues, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw wrongUsage(`--${name} is needed.`);
  return value;
}

/** @throws Refusal `usage` when the option is given and no number */
export function numberOption(values: OptionValues, name: string): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) throw wrongUsage(`--${name} takes a number, not "${String(value)}".`);
  return number;
}

/** @throws Refusal `usage` when the option is given and none of the choices */
export function choiceOption<Choice extends string>(
  values: OptionValues,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw wrongUsage(`--${name} takes ${choices.join(' or ')}, not "${String(value)}".`);
  return choice;
}
