/**
 * How far along the straight path from one program to another of the same matrix must one go to find a solution?
 *
 *   minimise λ   subject to  A x within rowBounds₀ + λ (rowBounds₁ − rowBounds₀),  x within columnBounds₀ + λ (…),  0 ≤ λ ≤ 1
 *
 * λ is the last column. Bounds of columns that move become rows; a coefficient that moves must be of a column that is held at a value, and moves
 * the row by as much. With a price on λ that outweighs them, the costs of the second program say
 * which of the solutions with the least λ is wanted; without one they play no part.
 */
import { differences } from './patch.ts';
import { ProgramBuilder, type Column, type LinearProgram, type Term } from './program.ts';

/** @throws Error as `differences`, when the programs differ in a coefficient (λ would multiply a variable), and for cones. */
export function programAlongPath(from: LinearProgram, to: LinearProgram, stepPrice?: number): LinearProgram {
  const { coefficients } = differences(from, to);
  const held = (column: number): boolean =>
    [from.columnUpper, to.columnLower, to.columnUpper].every((of) => of[column] === from.columnLower[column]);
  if (from.cones.length > 0 || !coefficients.every(([, column]) => held(column)))
    throw new Error(`programs ${from.name} and ${to.name} differ in their matrix`);
  const builder = new ProgramBuilder(`${from.name}, along a path`);
  const columns = from.columnNames.map((name, j): Column => {
    const kind = from.integrality[j] === 1 ? ('integer' as const) : ('continuous' as const);
    const lower = Math.min(from.columnLower[j]!, to.columnLower[j]!);
    const upper = Math.max(from.columnUpper[j]!, to.columnUpper[j]!);
    return builder.addColumn({ name, lower, upper, kind, cost: stepPrice === undefined ? 0 : to.cost[j]! });
  });
  const step = builder.addColumn({ name: 'step along the path', lower: 0, upper: 1, cost: stepPrice ?? 1 });
  const heldBy = new Float64Array(from.rowCount);
  for (const [row, column, value] of coefficients)
    heldBy[row]! += (value - valueOf(from, row, column)) * from.columnLower[column]!;
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
  rowTerms(from, columns).forEach((terms, row) => {
    const moving: Term[] = heldBy[row] === 0 ? terms : [...terms, [step, heldBy[row]!]];
    addLimits(from.rowNames[row]!, moving, boundsOf(from, 'row', row), boundsOf(to, 'row', row));
  });
  columns.forEach((column, j) => {
    const [first, last] = [boundsOf(from, 'column', j), boundsOf(to, 'column', j)];
    if (first.lower !== last.lower || first.upper !== last.upper)
      addLimits(`bound of ${from.columnNames[j]!}`, [[column, 1]], first, last);
  });
  return builder.compile();
}

/**
 * A price of λ that no saving outweighs, as long as a unit of a bound is worth no more than `factor` times the dearest column: every bound that
 * moves, priced so.
 */
export function outweighingStepPrice(from: LinearProgram, to: LinearProgram, factor = 3): number {
  const { rowBounds, columnBounds } = differences(from, to);
  const moved = (before: number, after: number): number =>
    Number.isFinite(before) && Number.isFinite(after) ? Math.abs(after - before) : 0;
  let units = 1;
  for (const [row, lower, upper] of rowBounds)
    units += moved(from.rowLower[row]!, lower) + moved(from.rowUpper[row]!, upper);
  for (const [column, lower, upper] of columnBounds)
    units += moved(from.columnLower[column]!, lower) + moved(from.columnUpper[column]!, upper);
  return factor * units * to.cost.reduce((most, cost) => Math.max(most, Math.abs(cost)), 1);
}

/** Whether a program is the one a share λ along the path, so that what is known of the path holds for it. */
export function isOnPath(program: LinearProgram, from: LinearProgram, to: LinearProgram, share: number): boolean {
  const close = (value: number, first: number, last: number): boolean => {
    const there = first === last ? first : first + share * (last - first);
    return value === there || Math.abs(value - there) <= 1e-9 * Math.max(1, Math.abs(value));
  };
  const series = ['values', 'rowLower', 'rowUpper', 'columnLower', 'columnUpper'] as const;
  return (
    program.columnCount === from.columnCount &&
    program.rowCount === from.rowCount &&
    program.values.length === from.values.length &&
    series.every((of) => program[of].every((value, at) => close(value, from[of][at]!, to[of][at]!)))
  );
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

function valueOf(program: LinearProgram, row: number, column: number): number {
  let value = 0;
  for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
    if (program.indices[at] === row) value += program.values[at]!;
  return value;
}

function rowTerms(program: LinearProgram, columns: readonly Column[]): Term[][] {
  const rows = Array.from({ length: program.rowCount }, (): Term[] => []);
  columns.forEach((column, j) => {
    for (let at = program.starts[j]!; at < program.starts[j + 1]!; at++)
      rows[program.indices[at]!]!.push([column, program.values[at]!]);
  });
  return rows;
}
