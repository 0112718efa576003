import { describe, expect, it } from 'vitest';
import { addedColumn, appendColumns } from './append-columns.ts';
import { appendRows } from './append-rows.ts';
import { ProgramBuilder } from './program.ts';

/** x ≤ 3 beside y, which may be stated with it or added. */
function stated(y: 'alone' | 'with y') {
  const program = new ProgramBuilder('columns');
  const x = program.addColumn({ name: 'x', lower: 0, upper: 5, cost: 1, kind: 'integer' });
  program.addRow({ name: 'first', lower: -Infinity, upper: 3, terms: [[x, 1]] });
  if (y === 'with y') {
    const added = program.addColumn({ name: 'y', lower: -1, upper: Infinity });
    program.addRow({ name: 'second', lower: 2, upper: 2, terms: [[x, 1], [added, -2]] }); // prettier-ignore
  }
  return { program: program.compile(), x };
}

describe('columns added to a program', () => {
  it('are what they would be if stated in it, with the rows that hold them', () => {
    const { program, x } = stated('alone');
    const y = addedColumn(program, 0);
    const grown = appendRows(appendColumns(program, [{ name: 'y', lower: -1, upper: Infinity }]), [
      { name: 'second', lower: 2, upper: 2, terms: [[x, 1], [y, -2]] }, // prettier-ignore
    ]);
    expect(grown).toEqual(stated('with y').program);
    expect(appendColumns(program, [])).toBe(program);
  });
});
