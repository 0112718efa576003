import { Refusal } from '../base/errors.ts';
import type { DateOrder, ImportMapping } from './mapping.ts';

const dateOrders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy', 'day-month-swapped'];
const isText = (value: unknown): value is string => typeof value === 'string';

const rules: Record<keyof ImportMapping, (value: unknown) => boolean> = {
  encoding: isText,
  delimiter: isText,
  decimalMark: (value) => value === '.' || value === ',',
  headerRow: (value) => Number.isInteger(value) && Number(value) >= -1,
  zone: isText,
  dateOrder: (value) => dateOrders.some((order) => order === value),
  columns: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText),
  unit: isText,
  stepMinutes: (value) => value === null || (typeof value === 'number' && value > 0),
  subtractColumn: isText,
  seriesName: (value) => isText(value) && value.trim() !== '',
  source: isText,
};

/** A mapping that comes from outside the program (a bundle, a stored batch), field by field. @throws Refusal `bad-request` */
export function requireMapping(value: unknown): ImportMapping {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  for (const [field, holds] of Object.entries(rules))
    if (!holds(fields[field]))
      throw new Refusal('bad-request', {
        call: 'telemetry.import',
        problem: `the mapping's ${field} is missing or not understood`,
      });
  return value as ImportMapping;
}
