/**
 * Reads the fields of a case file by hand, so that what is wrong is said with its place in the file: every method takes the value and its
 * path ("gas.minKw", "grids[1].loadMw[3]") and returns it typed.
 */
import { Refusal } from '../base/errors.ts';

export type CaseRecord = Readonly<Record<string, unknown>>;

export class CaseFields {
  /** Name of the case, or "The file" when it has none. */
  readonly file: string;
  readonly whole: CaseRecord;

  /** @throws Refusal `case-bad` when the file is no object or not of this kind. */
  constructor(json: unknown, kind: string) {
    this.file = isRecord(json) && typeof json['name'] === 'string' ? json['name'] : 'The file';
    this.whole = this.record(json, 'the case');
    if (this.whole['kind'] !== kind) this.refuse(`kind is ${JSON.stringify(this.whole['kind'])}, not "${kind}"`);
  }

  /** @throws Refusal `case-bad`, always. */
  refuse(problem: string): never {
    throw new Refusal('case-bad', { file: this.file, problem });
  }

  record(value: unknown, path: string): CaseRecord {
    return isRecord(value) ? value : this.refuse(`${path} is not an object`);
  }

  list<Value>(value: unknown, path: string, read: (value: unknown, path: string, index: number) => Value): Value[] {
    if (!Array.isArray(value)) return this.refuse(`${path} is not a list`);
    return value.map((item: unknown, index) => read(item, `${path}[${index}]`, index));
  }

  number(value: unknown, path: string): number {
    return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse(`${path} is not a number`);
  }

  text(value: unknown, path: string): string {
    return typeof value === 'string' ? value : this.refuse(`${path} is not a text`);
  }

  numbers(value: unknown, path: string): number[] {
    return this.list(value, path, (item, place) => this.number(item, place));
  }

  /** Number of a field of `record` found at `path`. */
  field(record: CaseRecord, path: string, name: string): number {
    return this.number(record[name], `${path}.${name}`);
  }
}

const isRecord = (value: unknown): value is CaseRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
