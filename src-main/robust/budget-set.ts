/**
 * The budget set of Bertsimas and Sim (2004), "The Price of Robustness", Operations Research 52(1), section 3.
 *
 *   U(α) = { ξ ∈ ℝᴸ : |ξ_j| ≤ P̂_j for every j,  Σ_j |ξ_j| / P̂_j ≤ α },   0 ≤ α ≤ L
 *
 * ⌊α⌋ components may deviate fully and one more by the fraction α − ⌊α⌋. U(0) = {0}; U(L) is the box (interval) set.
 * A component with P̂_j = 0 cannot deviate.
 *
 * Support function, for coefficients f ∈ ℝᴸ:  σ(f) = max_{ξ ∈ U} fᵀξ = the sum of the ⌊α⌋ largest |f_j| P̂_j plus
 * (α − ⌊α⌋) times the next. The maximiser (the adversary) is ξ_j = sign(f_j) P̂_j z_j with z the greedy filling.
 *
 * Symbol → identifier: P̂ → `halfWidths`, α → `protection`, f → `coefficients`, ξ → `realisation`.
 */
export interface BudgetSet {
  /** Half width P̂_j ≥ 0 of each component's interval. */
  halfWidths: readonly number[];
  /** Protection α: how many components may deviate fully at the same time; above L it means the box. */
  protection: number;
}

/** The box: every component anywhere in its interval. */
export function boxSet(halfWidths: readonly number[]): BudgetSet {
  return { halfWidths, protection: halfWidths.length };
}

/**
 * Largest Σ_j ξ_j over the set: β(α), the support function at f = (1, …, 1).
 *
 * @throws RangeError when the protection or a half width is negative or not a number.
 */
export function budgetWorstCase(halfWidths: readonly number[], protection: number): number {
  return greedyFill(halfWidths, protection).reduce((sum, share, j) => sum + share * halfWidths[j]!, 0);
}

/** The realisation ξ of the set that maximises Σ_j f_j ξ_j. Ties go to the component with the smaller index. */
export function budgetAdversary(set: BudgetSet, coefficients: readonly number[]): number[] {
  const impact = set.halfWidths.map((halfWidth, j) => Math.abs(coefficients[j]!) * halfWidth);
  return greedyFill(impact, set.protection).map(
    (share, j) => (coefficients[j]! < 0 ? -1 : 1) * share * set.halfWidths[j]!,
  );
}

/** Whether ξ lies in the set, up to a relative tolerance. */
export function budgetContains(set: BudgetSet, realisation: readonly number[], tolerance = 1e-9): boolean {
  let used = 0;
  for (const [j, halfWidth] of set.halfWidths.entries()) {
    const size = Math.abs(realisation[j]!);
    if (size > halfWidth * (1 + tolerance)) return false;
    if (halfWidth > 0) used += size / halfWidth;
  }
  return used <= set.protection + tolerance * (1 + set.protection);
}

/** Shares z ∈ [0, 1]ᴸ with Σ z ≤ α that maximise Σ z_j · weight_j: the largest weights first. */
function greedyFill(weights: readonly number[], protection: number): number[] {
  if (!(protection >= 0) || weights.some((weight) => !(weight >= 0)))
    throw new RangeError(`budget set: protection ${protection}, widths ${weights.join(', ')}`);
  const byWeight = weights.map((_, j) => j).sort((a, b) => weights[b]! - weights[a]!);
  const shares = new Array<number>(weights.length).fill(0);
  let left = protection;
  for (const j of byWeight) {
    shares[j] = Math.min(1, left);
    left -= shares[j];
    if (left <= 0) break;
  }
  return shares;
}
