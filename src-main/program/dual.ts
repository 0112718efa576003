/**
 * The dual of a linear program as rows and columns of another program, so that "at most the optimum of that program" can be said in one
 * row: by weak duality any feasible dual is below the optimum, and by strong duality the best one reaches it.
 *
 *   min cᵀx, l ≤ Ax ≤ u, a ≤ x ≤ b     dual: max lᵀy⁺ − uᵀy⁻ + aᵀr⁺ − bᵀr⁻,  Aᵀ(y⁺ − y⁻) + r⁺ − r⁻ = c,  all ≥ 0
 *
 * Parts of infinite bounds are left out; r⁺ of a zero bound makes the equation "≤ c". A column may carry further terms in its equation
 * and in the dual objective: that is how costs and bounds that are themselves decisions enter.
 */
import type { Column, LinearProgram, ProgramBuilder, Term } from './program.ts';

export interface DualSpec {
  /** Prefix of names. */
  name: string;
  /** Bounds that some optimal dual is known to keep [row name]. */
  bounds: (rowName: string) => { lower: number; upper: number } | null;
  /** Σ a y + terms ≤ c + relief for this column, which must have the bounds [0, ∞). */
  extra: (columnIndex: number) => { terms: Term[]; relief: number } | null;
}

export interface DualColumns {
  /** The dual objective; what `extra` terms are worth in it is the caller's. */
  objective: Term[];
  constant: number;
  /** y⁺ − y⁻ of a row. */
  ofRow: (rowName: string) => Term[];
  /** r⁻ of a column's upper bound; null where that is infinite. */
  ofUpperBound: (columnName: string) => Column | null;
}

export function addDual(program: ProgramBuilder, primal: LinearProgram, spec: DualSpec): DualColumns {
  const objective: Term[] = [];
  const rowTerms = Array.from({ length: primal.rowCount }, (_, row): Term[] => {
    const name = primal.rowNames[row]!;
    const lower = primal.rowLower[row]!;
    const upper = primal.rowUpper[row]!;
    const known = spec.bounds(name);
    const add = (part: string, least: number, most: number, worth: number): Column => {
      const column = program.addColumn({ name: `${spec.name}: dual${part} of ${name}`, lower: least, upper: most });
      objective.push([column, worth]);
      return column;
    };
    if (lower === upper) return [[add('', known?.lower ?? -Infinity, known?.upper ?? Infinity, lower), 1]];
    const terms: Term[] = [];
    if (lower > -Infinity) terms.push([add('', 0, known?.upper ?? Infinity, lower), 1]);
    if (upper < Infinity) terms.push([add(' upper', 0, known ? -known.lower : Infinity, -upper), -1]);
    return terms;
  });
  const upperBounds = new Map<string, Column>();
  for (let column = 0; column < primal.columnCount; column++) {
    const name = `${spec.name}: dual of ${primal.columnNames[column]!}`;
    const terms: Term[] = [];
    for (let at = primal.starts[column]!; at < primal.starts[column + 1]!; at++)
      for (const [dual, sign] of rowTerms[primal.indices[at]!]!) terms.push([dual, sign * primal.values[at]!]);
    const least = primal.columnLower[column]!;
    const most = primal.columnUpper[column]!;
    const bound = (part: string, sign: number, worth: number): Column => {
      const own = program.addColumn({ name: `${name}, ${part} bound`, lower: 0, upper: Infinity });
      terms.push([own, sign]);
      objective.push([own, worth]);
      return own;
    };
    if (least > -Infinity && least !== 0) bound('lower', 1, least);
    if (most < Infinity) upperBounds.set(primal.columnNames[column]!, bound('upper', -1, -most));
    const extra = spec.extra(column);
    if (extra) terms.push(...extra.terms);
    const cost = primal.cost[column]! + (extra?.relief ?? 0);
    program.addRow({ name, lower: least === 0 ? -Infinity : cost, upper: cost, terms });
  }
  const rowAt = new Map(primal.rowNames.map((name, row) => [name, row]));
  return {
    objective,
    constant: primal.offset,
    ofRow: (rowName) => rowTerms[rowAt.get(rowName) ?? -1] ?? [],
    ofUpperBound: (columnName) => upperBounds.get(columnName) ?? null,
  };
}
