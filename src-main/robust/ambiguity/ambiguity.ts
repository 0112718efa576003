/**
 * What is not known about a row of transition probabilities, and the adversary's answer to it.
 *
 * A row q = (q_0 … q_{n−1}) is an estimate. The ambiguity set U(q) holds the laws p that may be true; the worst expectation of a value
 * function v is min { Σ p_j v_j : p ∈ U(q), p ≥ 0, Σ p = 1 }. Every kind has an exact answer by sorting or by a bisection in one variable;
 * none needs a solver. Source: Nilim and El Ghaoui 2005; Iyengar 2005; Ho, Petrik and Wiesemann 2018; docs/method/market.md.
 */
export type Ambiguity =
  /** U = {q}. */
  | { kind: 'nominal' }
  /** q, and q mixed with all mass on the state named: (1 − mix)·q + mix·e_state. */
  | { kind: 'scenario'; mix: number; states: readonly number[] }
  /** |p_j − q_j| ≤ radius for every j. */
  | { kind: 'interval'; radius: number }
  /** Σ |p_j − q_j| ≤ radius. */
  | { kind: 'l1'; radius: number }
  /** Kullback–Leibler from the estimate, Σ q_j ln(q_j / p_j) ≤ radius: a likelihood region, so mass may reach states never seen. */
  | { kind: 'likelihood'; radius: number }
  /** Relative entropy to the estimate, Σ p_j ln(p_j / q_j) ≤ radius: states never seen stay impossible. */
  | { kind: 'entropy'; radius: number }
  /** Σ (p_j − q_j)² / q_j ≤ radius²: the χ² ellipsoid; states never seen stay impossible. */
  | { kind: 'ellipsoid'; radius: number };

export type AmbiguityKind = Ambiguity['kind'];
export const ambiguityKinds: readonly AmbiguityKind[] = [
  'nominal',
  'scenario',
  'interval',
  'l1',
  'likelihood',
  'entropy',
  'ellipsoid',
];

/**
 * One question to the adversary. `order` lists the states by ascending value (ties in any order), so that one sort serves every row
 * asked about the same values.
 */
export interface RowQuestion {
  /** Estimate q [state]: non-negative, sums to 1. */
  nominal: ArrayLike<number>;
  /** v [state] */
  values: ArrayLike<number>;
  /** Permutation of the states, lowest value first. */
  order: ArrayLike<number>;
}

/** States by ascending value, written into `order`. */
export function sortStates(values: ArrayLike<number>, order: Uint16Array): Uint16Array {
  for (let state = 0; state < order.length; state++) order[state] = state;
  return order.sort((a, b) => values[a]! - values[b]!);
}

/** Σ p_j v_j */
export function expectation(law: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  for (let state = 0; state < law.length; state++) sum += law[state]! * values[state]!;
  return sum;
}
