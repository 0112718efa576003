/**
 * Things that can only go wrong one way, and not all at once: a car that is missing, a unit that delivers less, a slot that deviates.
 *
 *   Z(Γ) = { z ∈ ℝᴸ : 0 ≤ z_j ≤ m_j,  Σ_j z_j ≤ Γ }
 *
 * m_j counts how many alike component j stands for. Support function: σ(f) = max_{z ∈ Z} fᵀz, the dearest f_j > 0 first, each up to m_j, until Γ is
 * spent; f_j ≤ 0 is left alone, for nothing has to go wrong. With m = 1 it is the half of the budget set of Bertsimas and Sim (2004) that can hurt.
 *
 * Symbol → identifier: m → `most`, Γ → `atOnce`, f → `coefficients`, z → `realisation`.
 */
export interface OneSidedBudget {
  /** m_j ≥ 0. */
  most: readonly number[];
  /** Γ ≥ 0; from Σ m on nothing is left out. */
  atOnce: number;
}

/** The z of the set that maximises fᵀz; of equal f the smaller index first. @throws RangeError when Γ or an m is negative or no number. */
export function oneSidedAdversary({ most, atOnce }: OneSidedBudget, coefficients: readonly number[]): number[] {
  if (!(atOnce >= 0) || most.some((count) => !(count >= 0)))
    throw new RangeError(`one-sided budget: ${atOnce} at once of ${most.join(', ')}`);
  const realisation = most.map(() => 0);
  let left = atOnce;
  const dearestFirst = [...most.keys()].sort((a, b) => coefficients[b]! - coefficients[a]! || a - b);
  for (const j of dearestFirst) {
    if (!(coefficients[j]! > 0) || left <= 0) break;
    realisation[j] = Math.min(most[j]!, left);
    left -= realisation[j];
  }
  return realisation;
}

/** σ(f) */
export const oneSidedWorst = (set: OneSidedBudget, coefficients: readonly number[]): number =>
  oneSidedAdversary(set, coefficients).reduce((sum, z, j) => sum + z * coefficients[j]!, 0);

/** Whether z lies in the set, up to a relative tolerance. */
export function oneSidedContains(
  { most, atOnce }: OneSidedBudget,
  realisation: readonly number[],
  tolerance = 1e-9,
): boolean {
  const within = realisation.every((z, j) => z >= -tolerance && z <= most[j]! * (1 + tolerance) + tolerance);
  return within && realisation.reduce((sum, z) => sum + z, 0) <= atOnce + tolerance * (1 + atOnce);
}
