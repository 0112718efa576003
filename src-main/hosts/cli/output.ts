/**
 * What a command says. With --json exactly one JSON document on standard output; else text for people. Progress and refusals
 * for people go to standard error, so that standard output can always be piped on.
 */
import type { ErrorReport } from '../../base/errors.ts';

export interface Streams {
  out(text: string): void;
  error(text: string): void;
  /** Whether standard error is a terminal: only there is progress drawn over itself. */
  interactive: boolean;
}

export interface Output {
  /** The result of the command; `text` is called only when people read it. */
  result(value: unknown, text: () => string): void;
  progress(line: string): void;
  /** What people need beside a refusal; nothing in the JSON form, whose refusal carries it as details. */
  aside(text: () => string): void;
  refusal(error: ErrorReport): void;
}

export type OutputForm = 'json' | 'text';

export function createOutput(form: OutputForm, streams: Streams): Output {
  let drawn = 0;
  const erase = () => {
    if (drawn > 0) streams.error(`\r${' '.repeat(drawn)}\r`);
    drawn = 0;
  };
  const document = (value: unknown) => streams.out(`${JSON.stringify(plain(value), null, 2)}\n`);
  return {
    result(value, text) {
      erase();
      if (form === 'json') document(value);
      else streams.out(`${text().trimEnd()}\n`);
    },
    progress(line) {
      if (!streams.interactive) return;
      erase();
      streams.error(line);
      drawn = line.length;
    },
    aside(text) {
      erase();
      if (form === 'text') streams.error(`${text().trimEnd()}\n\n`);
    },
    refusal(error) {
      erase();
      if (form === 'json') document({ error });
      else streams.error(`${error.message}\n${error.next}\n`);
    },
  };
}

/** Typed arrays as lists; NaN and infinities, which JSON does not have, as null. */
function plain(value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Uint16Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
