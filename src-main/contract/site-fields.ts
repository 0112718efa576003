/** What the fields of a site are made of: numbers with their range, names, lists, and rules between fields. All say what is wrong. */
import { z } from 'zod';

/** A rule between fields that does not hold: where, and what should be. */
export interface Fault {
  path: (string | number)[];
  message: string;
}

export const needs =
  (what: string) =>
  ({ input }: { input?: unknown }): string =>
    input === undefined ? 'is missing' : `must be ${what}`;

const within = (holds: (value: number) => boolean, words: string) =>
  z
    .number({ error: needs('a number') })
    .refine(holds, { error: ({ input }) => `must be ${words}, not ${String(input)}` });

export const positive = within((value) => value > 0, 'above 0');
export const notNegative = within((value) => value >= 0, '0 or more');
export const anyNumber = z.number({ error: needs('a number') });
export const shareUpTo = (most: number) => within((value) => value >= 0 && value <= most, `from 0 to ${most}`);
export const share = shareUpTo(1);
export const numberBetween = (least: number, most: number) =>
  within((value) => value >= least && value <= most, `from ${least} to ${most}`);
export const positiveShare = within((value) => value > 0 && value <= 1, 'above 0 and at most 1');
/** Below one in a hundred a device is a mistake, and its program badly scaled. */
export const efficiency = within((value) => value >= 0.01 && value <= 1, 'from 0.01 to 1');
export const wholeBetween = (least: number, most: number) =>
  within(
    (value) => Number.isInteger(value) && value >= least && value <= most,
    `a whole number from ${least} to ${most}`,
  );
const isFrom1 = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
export const wholeFrom1 = within(isFrom1, 'a whole number from 1');
/** A stored series by its number; null: none of its own. */
export const seriesId = within(isFrom1, 'a whole number from 1, or null').nullable();

export const named = z
  .string({ error: needs('a text') })
  .refine((text) => text.trim() !== '' && text.length <= 120, { error: 'must have 1 to 120 characters' });
export const identity = z.string({ error: needs('a text') }).regex(/^[A-Za-z0-9][\w.-]{0,59}$/, {
  error: 'must be up to 60 letters, digits, "-", "_" or ".", with a letter or digit first',
});
export const oneOf = <const Choice extends readonly [string, ...string[]]>(choices: Choice) =>
  z.enum(choices, { error: needs(choices.join(' or ')) });
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item, { error: needs('a list') });

/** An object of exactly these fields: a misspelt one is refused by its name. */
export const fieldsOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has no field ${issue.keys.map((key) => `"${key}"`).join(', ')}`
        : needs('an object')(issue),
  });

/** A rule between fields as a check of their object; asked once each field is of its kind, and it stops no other rule. */
export const obeying =
  <Value>(rule: (value: Value) => Fault[]) =>
  ({ value, issues }: z.core.ParsePayload<Value>): void => {
    for (const { path, message } of rule(value))
      issues.push({ code: 'custom', input: value, path, message, continue: true });
  };

/** Ids that occur a second time in a list. */
export function repeated(list: string, items: readonly { id: string }[]): Fault[] {
  return items.flatMap(({ id }, index) =>
    items.findIndex((other) => other.id === id) < index
      ? [{ path: [list, index, 'id'], message: `"${id}" occurs twice` }]
      : [],
  );
}
