/**
 * One text for one value: JSON with sorted keys and no spaces, so that equal values hash equally on every machine.
 *
 * Properties that are undefined are left out, −0 is written as 0, and NaN and the infinities, which JSON does not know, become
 * {"$number":"NaN"}. Everything else JSON would bend silently (typed arrays, dates, maps, functions, holes) is refused with its path.
 */
const numberMark = '$number';

/** @throws TypeError naming the path of a value that has no canonical text; a bug in the caller, not bad input. */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

/** Reads what `canonicalJson` wrote; NaN and infinities return as numbers. */
export function parseCanonicalJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // A reviver would be called for every number of a plan, which takes twenty times as long as reading it.
  return text.includes(`"${numberMark}"`) ? withNumbers(value) : value;
}

/** The same, its marks replaced by the numbers they stand for, in place. */
function withNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      if (typeof value[index] === 'object') value[index] = withNumbers(value[index]);
    return value;
  }
  if (Object.hasOwn(value, numberMark)) return Number((value as Record<string, unknown>)[numberMark]);
  const record = value as Record<string, unknown>;
  for (const [key, item] of Object.entries(record)) if (typeof item === 'object') record[key] = withNumbers(item);
  return record;
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : `{"${numberMark}":"${value}"}`;
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return writeList(value, path);
      return writeRecord(value, path);
    default:
      throw new TypeError(`${path} is of type ${typeof value}, which has no canonical JSON`);
  }
}

function writeList(list: readonly unknown[], path: string): string {
  // Array.from visits holes, which map and join would skip.
  return `[${Array.from(list, (item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
}

function writeRecord(record: object, path: string): string {
  const prototype: unknown = Object.getPrototypeOf(record);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path} is a ${record.constructor.name}, which has no canonical JSON`);
  if (Object.hasOwn(record, numberMark)) throw new TypeError(`${path} uses the reserved key ${numberMark}`);
  const entries = Object.entries(record).filter(([, item]) => item !== undefined);
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${write(item, `${path}.${key}`)}`).join(',')}}`;
}
