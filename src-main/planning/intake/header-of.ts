import { neverCancelled } from '../../base/cancel.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import { readText } from '../../telemetry/text/records.ts';

export interface Head {
  /** Names in the first line. */
  columns: string[];
  delimiter: string;
  /** A comma where the first row under the names has one inside a number. */
  decimalMark: '.' | ',';
}

/** The first lines of a table, before anybody has said how it is read; the guess then says which names it knows. */
export async function headOf(source: ByteSource, delimiter: string | null = null): Promise<Head> {
  let text = '';
  for await (const part of readText(source, { encoding: 'utf-8', signal: neverCancelled })) {
    text += part;
    if (/[\r\n][^\r\n]*[\r\n]/.test(text.trimStart())) break;
  }
  const [line = '', row = ''] = text.split(/\r\n|\n|\r/).filter((one, index) => index === 0 || one.trim() !== '');
  const mark = delimiter ?? [';', '\t'].find((one) => line.includes(one)) ?? ',';
  const cells = (of: string): string[] => of.split(mark).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  const comma = mark !== ',' && cells(row).some((cell) => /^[+-]?\d*,\d+$/.test(cell));
  return { columns: cells(line), delimiter: mark, decimalMark: comma ? ',' : '.' };
}

/** Names in the first line of a table parted by commas. */
export const headerOf = async (source: ByteSource): Promise<string[]> => (await headOf(source, ',')).columns;
