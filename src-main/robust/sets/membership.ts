/**
 * Whether a deviation lies in a set, without its adversary or counterpart: the definition of the set as rows over ξ, λ (weights of days,
 * of factors …). A point is a member when those rows have a solution with ξ fixed to it. Ellipsoids are not polyhedral: there
 * (ξ − μ)ᵀ (F Fᵀ + D²)⁻¹ (ξ − μ) ≤ r² is computed.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import type { ConvexSet, EllipsoidSet } from '../../uncertainty/day-set.ts';

/** The set as a program with ξ as columns: minimising −f ξ over it is the support function, found a second way. */
export interface SetProgram {
  program: LinearProgram;
  /** Column of each ξ_j. */
  deviation: Column[];
}

/** A chance constraint has no points of its own: chance-conformance.ts. */
export type PolyhedralSet = Exclude<ConvexSet, EllipsoidSet>;

/** @param costs of each ξ_j. @param fixed the point to be tested, to within a millionth; free when left out. */
export function setProgram(set: PolyhedralSet, costs: readonly number[], fixed?: readonly number[]): SetProgram {
  const program = new ProgramBuilder('set');
  const deviation = costs.map((cost, j) => {
    const at = fixed?.[j];
    const hair = 1e-6 * (1 + Math.abs(at ?? 0));
    return program.addColumn({ name: `ξ ${j}`, lower: (at ?? -Infinity) - hair, upper: (at ?? Infinity) + hair, cost });
  });
  /** ξ_j = constant_j + Σ terms */
  const define = (j: number, constant: number, terms: readonly Term[]): void => {
    program.addRow({
      name: `coordinate ${j}`,
      lower: constant,
      upper: constant,
      terms: [[deviation[j]!, 1], ...terms.map(([column, value]): Term => [column, -value])],
    });
  };
  const column = (name: string, lower: number, upper: number): Column => program.addColumn({ name, lower, upper });
  const weights = (count: number, most: number): Column[] => {
    const all = Array.from({ length: count }, (_, i) => column(`weight ${i}`, 0, most));
    program.addRow({ name: 'weights', lower: 1, upper: 1, terms: all.map((weight): Term => [weight, 1]) });
    return all;
  };
  /** |value_k| summed over the columns ≤ most, by a column for each size. */
  const sizes = (columns: readonly Column[], scales: readonly number[], most: readonly Term[], bound: number): void => {
    const all = columns.map((of, k) => {
      const size = column(`size of ${of}`, 0, Infinity);
      for (const sign of [1, -1])
        program.addRow({
          name: `size of ${of}, ${sign}`,
          lower: 0,
          upper: Infinity,
          terms: [
            [size, scales[k]!],
            [of, sign],
          ],
        });
      return size;
    });
    program.addRow({
      name: `sum of sizes of ${columns.join(' ')}`,
      lower: -Infinity,
      upper: bound,
      terms: [...all.map((size): Term => [size, 1]), ...most],
    });
  };
  switch (set.kind) {
    case 'interval':
      set.halfWidths.forEach((width, j) => define(j, 0, [[column(`free ${j}`, -width, width), 1]]));
      break;
    case 'budget': {
      const awake = Array.from({ length: set.slots }, (_, slot) => column(`awake ${slot}`, 0, 1));
      program.addRow({
        name: 'slots',
        lower: 0,
        upper: set.slotProtection,
        terms: awake.map((each): Term => [each, 1]),
      });
      for (let slot = 0; slot < set.slots; slot++) {
        const own = deviation.filter((_, j) => j % set.slots === slot);
        const widths = set.halfWidths.filter((_, j) => j % set.slots === slot);
        own.forEach((each, at) => {
          for (const sign of [1, -1])
            program.addRow({
              name: `interval ${each} ${sign}`,
              lower: 0,
              upper: Infinity,
              terms: [
                [awake[slot]!, widths[at]! * (1 + 1e-9)],
                [each, sign],
              ],
            });
        });
        const moving = own.filter((_, at) => widths[at]! > 0);
        const scales = widths.filter((width) => width > 0);
        if (moving.length > 0) sizes(moving, scales, [[awake[slot]!, -set.protection]], 1e-9);
      }
      break;
    }
    case 'factor': {
      const { centre, factors, budget, rest, scale } = set;
      const z = factors.map((_, k) => column(`factor ${k}`, -1, 1));
      if (z.length > 0)
        sizes(
          z,
          z.map(() => 1),
          [],
          budget,
        );
      centre.forEach((value, j) => {
        const terms = z.map((each, k): Term => [each, scale * factors[k]![j]!]);
        define(j, value, [...terms, [column(`rest ${j}`, -rest[j]!, rest[j]!), scale]]);
      });
      break;
    }
    case 'scenarios':
    case 'support': {
      const own = weights(set.points.length, 1);
      set.centre.forEach((value, j) =>
        define(
          j,
          (1 - set.scale) * value,
          own.map((weight, i): Term => [weight, set.scale * set.points[i]![j]!]),
        ),
      );
      break;
    }
    case 'wasserstein': {
      const own = weights(set.points.length, 1 / (set.risk * set.points.length));
      const shift = deviation.map((_, j) => column(`shift ${j}`, -Infinity, Infinity));
      sizes(
        shift,
        shift.map(() => 1),
        [],
        set.radius / set.risk,
      );
      shift.forEach((each, j) =>
        define(j, 0, [...own.map((weight, i): Term => [weight, set.points[i]![j]!]), [each, 1]]),
      );
    }
  }
  return { program: program.compile(), deviation };
}

/** Up to a relative tolerance. Coordinates that cannot deviate must not. */
export function ellipsoidContains(set: EllipsoidSet, realisation: readonly number[], tolerance = 1e-6): boolean {
  const { centre, factors, spread, radius } = set;
  const largest = Math.max(1e-12, ...spread, ...factors.flat().map(Math.abs));
  const ridge = (1e-6 * largest) ** 2;
  const matrix = centre.map((_, i) =>
    centre.map(
      (__, j) =>
        factors.reduce((sum, factor) => sum + factor[i]! * factor[j]!, 0) + (i === j ? spread[i]! ** 2 + ridge : 0),
    ),
  );
  const away = realisation.map((value, j) => value - centre[j]!);
  const solved = solveLinear(matrix, away);
  const square = away.reduce((sum, value, j) => sum + value * solved[j]!, 0);
  return Math.sqrt(Math.max(0, square)) <= radius * (1 + tolerance) + tolerance;
}

/** Gaussian elimination with partial pivoting. */
function solveLinear(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let at = 0; at < rows.length; at++) {
    let pivot = at;
    for (let row = at + 1; row < rows.length; row++)
      if (Math.abs(rows[row]![at]!) > Math.abs(rows[pivot]![at]!)) pivot = row;
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    for (let row = at + 1; row < rows.length; row++) {
      const factor = rows[row]![at]! / rows[at]![at]!;
      for (let k = at; k <= rows.length; k++) rows[row]![k]! -= factor * rows[at]![k]!;
    }
  }
  const answer = new Array<number>(rows.length).fill(0);
  for (let at = rows.length - 1; at >= 0; at--) {
    let value = rows[at]![rows.length]!;
    for (let k = at + 1; k < rows.length; k++) value -= rows[at]![k]! * answer[k]!;
    answer[at] = value / rows[at]![at]!;
  }
  return answer;
}
