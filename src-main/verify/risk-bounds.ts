/**
 * A-priori bounds on the probability that one protected constraint fails, for independent symmetric deviations (Bertsimas and Sim
 * 2004, theorem 3): with n components and protection Γ, ν = (Γ + n)/2, μ = ν − ⌊ν⌋,
 *
 *   exponential  exp(−Γ² / 2n)
 *   binomial     B(n, Γ) = 2⁻ⁿ { (1 − μ) Σ_{l=⌊ν⌋}^{n} C(n, l) + μ Σ_{l=⌊ν⌋+1}^{n} C(n, l) }
 *
 * Neither holds for correlated deviations: show them beside a measured frequency, never instead of one.
 */
export function riskBounds(components: number, protection: number): { exponential: number; binomial: number } {
  if (components === 0) return { exponential: 1, binomial: 1 };
  const gamma = Math.min(components, Math.max(0, protection));
  const nu = (gamma + components) / 2;
  const floor = Math.floor(nu);
  const mu = nu - floor;
  let mass = 2 ** -components;
  let fromFloor = 0;
  let afterFloor = 0;
  for (let l = 0; l <= components; l++) {
    if (l >= floor) fromFloor += mass;
    if (l > floor) afterFloor += mass;
    mass *= (components - l) / (l + 1);
  }
  return {
    exponential: Math.exp((-gamma * gamma) / (2 * components)),
    binomial: (1 - mu) * fromFloor + mu * afterFloor,
  };
}
