import { Refusal } from '../base/errors.ts';

/** A row that cannot be read: file, 1-based record number, column, the rule it breaks and the text found. */
export function badRow(file: string, row: number, column: string, value: string, problem: string): Refusal {
  return new Refusal('import-bad-row', { file, row, column, value: value.slice(0, 80), problem });
}
