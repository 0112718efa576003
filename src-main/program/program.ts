/**
 * A linear or mixed-integer program under construction, and its compiled form.
 *
 *   minimise  cᵀx + offset   subject to  rowLower ≤ A x ≤ rowUpper,  columnLower ≤ x ≤ columnUpper,  some x integer,
 *                                        second-order cones ‖e(x)‖ ≤ b(x), alone or along a tree
 *
 * Rows and columns have names, unique within a program, so that a conflict or a breach can be said in words. This room knows
 * nothing of trucks, buses or solvers.
 */
import type { AffineExpression } from './affine.ts';
import type { ConicPart } from './conic-part.ts';

declare const columnMark: unique symbol;
declare const rowMark: unique symbol;
export type Column = number & { readonly [columnMark]: true };
export type Row = number & { readonly [rowMark]: true };

/** [column, coefficient]; a column may occur more than once, coefficients then add up. */
export type Term = readonly [Column, number];

export interface ColumnSpec {
  name: string;
  lower: number;
  upper: number;
  cost?: number;
  kind?: 'continuous' | 'integer';
}

export interface RowSpec {
  name: string;
  lower: number;
  upper: number;
  terms: readonly Term[];
}

/** Column-compressed (CSC) typed arrays; the only thing a solver sees. Transferable between threads. */
export interface LinearProgram {
  name: string;
  columnCount: number;
  rowCount: number;
  offset: number;
  cost: Float64Array;
  columnLower: Float64Array;
  columnUpper: Float64Array;
  /** 1 where the column is integer; length 0 when the program is purely linear. */
  integrality: Uint8Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** Column starts, length columnCount + 1. */
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
  columnNames: string[];
  rowNames: string[];
  /** Empty when the program is linear; a solver meets each to its tolerance. */
  cones: readonly ConicPart[];
}

export class ProgramBuilder {
  readonly #name: string;
  #offset = 0;
  readonly #columns: ColumnSpec[] = [];
  readonly #rows: RowSpec[] = [];
  readonly #cones: ConicPart[] = [];
  readonly #columnNames = new Set<string>();
  readonly #rowNames = new Set<string>();

  constructor(name: string) {
    this.#name = name;
  }

  get columnCount(): number {
    return this.#columns.length;
  }
  get rowCount(): number {
    return this.#rows.length;
  }

  /** Bounds of a column as they were stated. */
  boundsOf(column: Column): Readonly<Pick<ColumnSpec, 'lower' | 'upper'>> {
    return this.#columns[column]!;
  }

  /** @throws Error on a repeated name, a NaN, or a lower bound above the upper (a bug in the model, not in the data). */
  addColumn(spec: ColumnSpec): Column {
    this.#claim(this.#columnNames, 'column', spec.name);
    if (!(spec.lower <= spec.upper) || Number.isNaN(spec.cost ?? 0))
      throw new Error(`column ${spec.name}: bounds [${spec.lower}, ${spec.upper}], cost ${spec.cost}`);
    return (this.#columns.push(spec) - 1) as Column;
  }

  addRow(spec: RowSpec): Row {
    this.#claim(this.#rowNames, 'row', spec.name);
    if (!(spec.lower <= spec.upper)) throw new Error(`row ${spec.name}: bounds [${spec.lower}, ${spec.upper}]`);
    for (const [column, coefficient] of spec.terms)
      if (!Number.isFinite(coefficient) || !(column >= 0 && column < this.#columns.length))
        throw new Error(`row ${spec.name}: coefficient ${coefficient} of column ${column}`);
    return (this.#rows.push(spec) - 1) as Row;
  }

  /** @throws Error on a repeated name or a tolerance that is not positive. */
  addCone(cone: ConicPart): void {
    this.#claim(this.#rowNames, 'cone', cone.name);
    if (!(cone.tolerance > 0)) throw new Error(`cone ${cone.name}: tolerance ${cone.tolerance}`);
    this.#cones.push(cone);
  }

  addOffset(amount: number): void {
    this.#offset += amount;
  }

  /** The cost as it stands: cᵀx + offset. */
  objective(): AffineExpression {
    const terms = this.#columns.flatMap(({ cost = 0 }, column): Term[] =>
      cost === 0 ? [] : [[column as Column, cost]],
    );
    return { terms, constant: this.#offset };
  }

  /** Explicit zeros are kept, so that two programs of one shape differ in numbers only (see `differences`). */
  compile(): LinearProgram {
    const columnCount = this.#columns.length;
    const rowCount = this.#rows.length;
    const merged = this.#rows.map((row) => {
      const terms = new Map<number, number>();
      for (const [column, coefficient] of row.terms) terms.set(column, (terms.get(column) ?? 0) + coefficient);
      return terms;
    });
    const starts = new Int32Array(columnCount + 1);
    for (const terms of merged) for (const column of terms.keys()) starts[column + 1]!++;
    for (let column = 0; column < columnCount; column++) starts[column + 1]! += starts[column]!;
    const nonzeros = starts[columnCount]!;
    const indices = new Int32Array(nonzeros);
    const values = new Float64Array(nonzeros);
    const next = starts.slice();
    merged.forEach((terms, row) => {
      for (const [column, coefficient] of terms) {
        const at = next[column]!++;
        indices[at] = row;
        values[at] = coefficient;
      }
    });
    const hasIntegers = this.#columns.some((column) => column.kind === 'integer');
    return {
      name: this.#name,
      columnCount,
      rowCount,
      offset: this.#offset,
      cost: Float64Array.from(this.#columns, (column) => column.cost ?? 0),
      columnLower: Float64Array.from(this.#columns, (column) => column.lower),
      columnUpper: Float64Array.from(this.#columns, (column) => column.upper),
      integrality: hasIntegers
        ? Uint8Array.from(this.#columns, (column) => (column.kind === 'integer' ? 1 : 0))
        : new Uint8Array(0),
      rowLower: Float64Array.from(this.#rows, (row) => row.lower),
      rowUpper: Float64Array.from(this.#rows, (row) => row.upper),
      starts,
      indices,
      values,
      columnNames: this.#columns.map((column) => column.name),
      rowNames: this.#rows.map((row) => row.name),
      cones: [...this.#cones],
    };
  }

  #claim(names: Set<string>, what: string, name: string): void {
    if (names.has(name)) throw new Error(`${what} name used twice: ${name}`);
    names.add(name);
  }
}
