import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { CancelSource, neverCancelled } from '../../base/cancel.ts';
import { memorySource } from '../fixtures/memory-source.ts';
import { readJsonItems } from './json-items.ts';
import { readRecords } from './records.ts';

async function records(text: string, delimiter = ',', piece = 7): Promise<{ rows: string[][]; firstRows: number[] }> {
  const source = memorySource('x.csv', new TextEncoder().encode(text), TextDecoder, piece);
  const rows: string[][] = [];
  const firstRows: number[] = [];
  for await (const block of readRecords(source, { encoding: 'utf-8', delimiter, signal: neverCancelled })) {
    firstRows.push(block.firstRow);
    rows.push(...block.rows);
  }
  return { rows, firstRows };
}

describe('readRecords', () => {
  it('respects quotes, both line ends, a missing last break and the byte-order mark', async () => {
    expect(
      (await records('\uFEFFa,b\r\n"x, y","1\n2"\r\n3,4')).rows.map((row) => row.map((cell) => cell.trim())),
    ).toEqual([
      ['a', 'b'],
      ['x, y', '1\n2'],
      ['3', '4'],
    ]);
    expect((await records('a;b\r1;2\r', ';')).rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect((await records('')).rows).toEqual([]);
  });
  it('gives the same rows however the text is cut into blocks', async () => {
    const row = '"say ""hi"", twice",2022-03-27,"line\nbreak",1.5\n';
    const { rows, firstRows } = await records(row.repeat(9000), ',', 65_521);
    expect(rows).toHaveLength(9000);
    expect(new Set(rows.map((cells) => JSON.stringify(cells))).size).toBe(1);
    expect(firstRows.length).toBeGreaterThan(2);
    expect(firstRows[0]).toBe(1);
  });
  it('reads back any table', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '5'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (table, piece) => {
          const text = Papa.unparse(table, { newline: '\n', quotes: true });
          expect((await records(text, ',', piece)).rows).toEqual(table);
        },
      ),
    );
  });
  it('refuses a quotation mark that is never closed and says where', async () => {
    await expect(records('a,b\n1,"2\n3,4\n')).rejects.toThrow(/row 2 is never closed/);
  });
  it('stops between pieces when cancelled', async () => {
    const cancel = new CancelSource();
    const source = memorySource('x.csv', new TextEncoder().encode('a,b\n'.repeat(200_000)), TextDecoder, 1000);
    let seen = 0;
    const reading = (async () => {
      for await (const block of readRecords(source, { encoding: 'utf-8', delimiter: ',', signal: cancel })) {
        seen += block.rows.length;
        cancel.cancel();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toBeLessThan(100_000);
  });
});

describe('readJsonItems', () => {
  const items = async (text: string, piece: number): Promise<string[][]> => {
    const source = memorySource('x.json', new TextEncoder().encode(text), TextDecoder, piece);
    const rows: string[][] = [];
    for await (const block of readJsonItems(source, { encoding: 'utf-8', signal: neverCancelled }))
      rows.push(...block.rows);
    return rows;
  };
  it('cuts objects at their own braces, whatever strings hold', async () => {
    const text =
      '{"_meta": {"x": 1}, "_items": [{"a": "} \\" {", "b": {"deep": [1]}, "c": null}, {"a": "\\\\", "c": 2.5}]}';
    for (const piece of [1, 2, 5, 1000])
      expect(await items(text, piece), `pieces of ${piece}`).toEqual([
        ['a', 'c'],
        ['} " {', ''],
        ['\\', '2.5'],
      ]);
  });
  it('refuses what is no array of objects, and a file cut short', async () => {
    await expect(items('{"a": 1}', 100)).rejects.toThrow(/no array of objects/);
    await expect(items('[{"a": 1}, {"a": ', 100)).rejects.toThrow(/ends inside item 2/);
  });
});
