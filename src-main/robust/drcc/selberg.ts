/**
 * Reserves on both sides at once: a below and b above the mean, 0 < a, b. With s = min(a, b), l = max(a, b) and the variance σ²,
 *
 *   sup P(X < μ − a or X > μ + b) = σ² / (σ² + s²)                   where s (l − s) ≥ 2σ²
 *                                 = 1 − 4 (a b − σ²) / (a + b)²      where s (l − s) < 2σ² and a b > σ²
 *                                 = 1                                otherwise
 *
 * The least a pair can be on its shorter side is Cantelli's margin; with a = b it is Chebyshev's σ/√ε. The pairs that keep the risk
 * are a convex set: with p = (a + b)/2 and q = (a − b)/2 its curved part is √ε p ≥ √(q² + σ²), a second-order cone.
 * Source: Selberg 1940.
 * Symbol → identifier: a → `below`, b → `above`.
 */
import { Refusal } from '../../base/errors.ts';
import { cantelliFactor } from './cantelli.ts';

/** Largest probability outside [μ − below, μ + above]. @throws Refusal `out-of-range` for a negative reserve or σ ≤ 0. */
export function selbergRisk(below: number, above: number, deviation: number): number {
  requirePositive('The standard deviation', deviation);
  const short = Math.min(below, above);
  if (!(short >= 0)) throw new Refusal('out-of-range', { what: 'A reserve', value: short, range: '0 or more' });
  const long = Math.max(below, above);
  const variance = deviation * deviation;
  if (short * (long - short) >= 2 * variance) return variance / (variance + short * short);
  if (below * above <= variance) return 1;
  return 1 - (4 * (below * above - variance)) / (below + above) ** 2;
}

/**
 * The least reserve on the other side when one side has `known`; Infinity where no other side can keep the risk.
 * @throws Refusal `out-of-range` for ε outside (0, 1) or σ ≤ 0.
 */
export function selbergOtherSide(known: number, deviation: number, epsilon: number): number {
  requirePositive('The standard deviation', deviation);
  const shortest = cantelliFactor(epsilon) * deviation;
  if (known < shortest * (1 - 1e-12)) return Infinity;
  // √ε p = √(q² + σ²) with known = p + q: (1 − ε) p² − 2 known p + known² + σ² = 0. The smaller root is the shorter other side, which
  // is Cantelli's margin once the known side is long enough.
  const half = known / (1 - epsilon);
  const rest = half * half - (known * known + deviation * deviation) / (1 - epsilon);
  const other = 2 * (half - Math.sqrt(Math.max(0, rest))) - known;
  return known >= shortest + turning(deviation, epsilon) ? shortest : Math.max(other, shortest);
}

/** 2q at the point of the curve where the shorter side is least: 2σ √(ε / (1 − ε)). */
function turning(deviation: number, epsilon: number): number {
  return 2 * deviation * Math.sqrt(epsilon / (1 - epsilon));
}

function requirePositive(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new Refusal('out-of-range', { what, value, range: 'above 0' });
}
