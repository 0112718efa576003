/**
 * How far along the straight path from one program to another of the same matrix must one go to find a solution?
 *
 *   minimise λ   subject to  A x within rowBounds₀ + λ (rowBounds₁ − rowBounds₀),  x within columnBounds₀ + λ (…),  0 ≤ λ ≤ 1
 *
 * λ is the last column. Bounds of columns that move become rows. Costs of the two programs play no part.
 */
import { differences } from './patch.ts';
import { ProgramBuilder, type Column, type LinearProgram, type Term } from './program.ts';

/** @throws Error as `differences`, when the programs differ in a coefficient (λ would multiply a variable), and for cones. */
export function programAlongPath(from: LinearProgram, to: LinearProgram): LinearProgram {
  if (differences(from, to).coefficients.length > 0 || from.cones.length > 0)
    throw new Error(`programs ${from.name} and ${to.name} differ in their matrix`);
  const builder = new ProgramBuilder(`${from.name}, along a path`);
  const columns = from.columnNames.map((name, j): Column => {
    const kind = from.integrality[j] === 1 ? ('integer' as const) : ('continuous' as const);
    const lower = Math.min(from.columnLower[j]!, to.columnLower[j]!);
    return builder.addColumn({ name, lower, upper: Math.max(from.columnUpper[j]!, to.columnUpper[j]!), kind });
  });
  const step = builder.addColumn({ name: 'step along the path', lower: 0, upper: 1, cost: 1 });
  const addLimits = (name: string, terms: readonly Term[], first: Bounds, last: Bounds): void => {
    const moved = (side: 'lower' | 'upper'): number =>
      Number.isFinite(first[side]) && Number.isFinite(last[side]) ? last[side] - first[side] : 0;
    const together =
      moved('lower') === moved('upper') || !Number.isFinite(first.lower) || !Number.isFinite(first.upper);
    const sides: Bounds[] = together
      ? [first]
      : [
          { lower: first.lower, upper: Infinity },
          { lower: -Infinity, upper: first.upper },
        ];
    for (const side of sides) {
      const by = Number.isFinite(side.lower) ? moved('lower') : moved('upper');
      const suffix = together ? '' : Number.isFinite(side.lower) ? ' (least)' : ' (most)';
      builder.addRow({ name: name + suffix, ...side, terms: by === 0 ? terms : [...terms, [step, -by]] });
    }
  };
  rowTerms(from, columns).forEach((terms, row) =>
    addLimits(from.rowNames[row]!, terms, boundsOf(from, 'row', row), boundsOf(to, 'row', row)),
  );
  columns.forEach((column, j) => {
    const [first, last] = [boundsOf(from, 'column', j), boundsOf(to, 'column', j)];
    if (first.lower !== last.lower || first.upper !== last.upper)
      addLimits(`bound of ${from.columnNames[j]!}`, [[column, 1]], first, last);
  });
  return builder.compile();
}

interface Bounds {
  lower: number;
  upper: number;
}

function boundsOf(program: LinearProgram, of: 'row' | 'column', at: number): Bounds {
  return of === 'row'
    ? { lower: program.rowLower[at]!, upper: program.rowUpper[at]! }
    : { lower: program.columnLower[at]!, upper: program.columnUpper[at]! };
}

function rowTerms(program: LinearProgram, columns: readonly Column[]): Term[][] {
  const rows = Array.from({ length: program.rowCount }, (): Term[] => []);
  columns.forEach((column, j) => {
    for (let at = program.starts[j]!; at < program.starts[j + 1]!; at++)
      rows[program.indices[at]!]!.push([column, program.values[at]!]);
  });
  return rows;
}
