/**
 * The χ² distribution. Sources: Abramowitz and Stegun 1964, 6.5.29 (series of the incomplete gamma function) and 6.5.31 (continued fraction
 * of its complement), 26.4.19 (χ² as an incomplete gamma).
 */
import { logGamma, normalQuantile } from './statistics.ts';

/** P(χ²_df > x): the upper tail keeps its relative precision. df > 0. */
export function chiSquareTail(x: number, df: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  const a = df / 2;
  const half = x / 2;
  const front = Math.exp(a * Math.log(half) - half - logGamma(a));
  return half < a + 1 ? 1 - front * series(half, a) : front * fraction(half, a);
}

/** x with P(χ²_df ≤ x) = p; NaN outside [0, 1]. Newton steps kept inside a bracket, from the Wilson–Hilferty start. */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  const ninth = 2 / (9 * df);
  let x = Math.max(1e-12, df * (1 - ninth + normalQuantile(p) * Math.sqrt(ninth)) ** 3);
  let low = 0;
  let high = Infinity;
  for (let step = 0; step < 200; step++) {
    const excess = 1 - p - chiSquareTail(x, df);
    if (excess > 0) high = x;
    else low = x;
    const density = 0.5 * Math.exp((df / 2 - 1) * Math.log(x / 2) - x / 2 - logGamma(df / 2));
    const newton = x - excess / density;
    const next = newton > low && newton < high ? newton : high === Infinity ? 2 * x : 0.5 * (low + high);
    if (Math.abs(next - x) <= 1e-14 * x) return next;
    x = next;
  }
  return x;
}

/** Σ x^k / (a (a+1) … (a+k)) */
function series(x: number, a: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** 1/(x + (1 − a)/(1 + 1/(x + …))) in its even form, by modified Lentz. */
function fraction(x: number, a: number): number {
  const tiny = 1e-300;
  let below = x + 1 - a;
  let upper = 1 / tiny;
  let lower = 1 / (below || tiny);
  let value = lower;
  for (let k = 1; k < 10_000; k++) {
    const factor = -k * (k - a);
    below += 2;
    lower = 1 / (factor * lower + below || tiny);
    upper = below + factor / upper || tiny;
    value *= lower * upper;
    if (Math.abs(lower * upper - 1) < 1e-15) break;
  }
  return value;
}
