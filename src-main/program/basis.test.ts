import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisFor, namedBasis } from './basis.ts';
import { ProgramBuilder, type LinearProgram } from './program.ts';

function programOf(columns: readonly string[], rows: readonly string[]): LinearProgram {
  const builder = new ProgramBuilder('names');
  for (const name of columns) builder.addColumn({ name, lower: 0, upper: 1 });
  for (const name of rows) builder.addRow({ name, lower: 0, upper: 1, terms: [] });
  return builder.compile();
}

const names = fc.uniqueArray(fc.string(), { maxLength: 8 });
const status = fc.integer({ min: 0, max: 4 });

describe('a basis by names', () => {
  it('comes back as it was for the same program', () => {
    fc.assert(
      fc.property(names, names, fc.infiniteStream(status), (columns, rows, statuses) => {
        const program = programOf(columns, rows);
        const next = (): number => statuses.next().value!;
        const basis = { columns: Int32Array.from(columns, next), rows: Int32Array.from(rows, next) };
        expect(basisFor(program, namedBasis(program, basis))).toEqual(basis);
      }),
    );
  });

  it('follows names to other places; what is new is at its bound, or slack', () => {
    const basis = { columns: Int32Array.of(1, 2), rows: Int32Array.of(0, 1) };
    const named = namedBasis(programOf(['a', 'b'], ['r', 's']), basis);
    expect(basisFor(programOf(['new', 'b', 'a'], ['s', 'new', 'r']), named)).toEqual({
      columns: Int32Array.of(0, 2, 1),
      rows: Int32Array.of(1, 1, 0),
    });
  });
});
