/**
 * Distributions and sample statistics, to about 1e-12 relative unless said. Pure functions of numbers; nothing is cached.
 *
 * Sources: Marsaglia 2004 (normal distribution by its Taylor series), Abramowitz and Stegun 1964, 26.2.14 (tail by continued
 * fraction), 6.1.40 (log Γ), 26.5.8 (incomplete beta by continued fraction); Clopper and Pearson 1934 (exact binomial interval).
 */
const logRootTwoPi = 0.918938533204672741780329736;

/** Φ(x) of the standard normal; the lower tail keeps its relative precision. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 3) return 1 - normalCdf(-x);
  const density = Math.exp(-0.5 * x * x - logRootTwoPi);
  if (x < -3) {
    if (density === 0) return 0;
    let fraction = -x;
    for (let k = 100; k >= 1; k--) fraction = -x + k / fraction;
    return density / fraction;
  }
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + density * sum;
}

/** Φ⁻¹(p); ±∞ at the ends, NaN outside [0, 1]. Halley's iteration on `normalCdf`. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  // Start: the tail behaves as √(−2 ln p) up to a slowly varying term, the middle as a straight line.
  const tail = Math.sqrt(-2 * Math.log(p));
  let x = p < 0.2 ? -(tail - (Math.log(tail) + logRootTwoPi) / tail) : (p - 0.5) * 2.5066282746310002;
  for (let step = 0; step < 12; step++) {
    const newton = (normalCdf(x) - p) * Math.exp(0.5 * x * x + logRootTwoPi);
    const change = newton / (1 + 0.5 * x * newton);
    x -= change;
    if (Math.abs(change) <= 1e-15 * (1 + Math.abs(x))) break;
  }
  return x;
}

/** ln Γ(x) for x > 0, by Stirling's series after shifting x above 12. */
export function logGamma(x: number): number {
  let shift = 0;
  while (x < 12) shift += Math.log(x++);
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (x - 0.5) * Math.log(x) - x + logRootTwoPi + series - shift;
}

/** I_x(a, b), the distribution function of Beta(a, b) at x, for a, b > 0. */
export function regularizedIncompleteBeta(x: number, a: number, b: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean; above it, use the symmetry I_x(a, b) = 1 − I_{1−x}(b, a).
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedIncompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  return front / betaFraction(x, a, b);
}

/** 1 + d₁x/(1 + d₂x/(1 + …)) of 26.5.8, evaluated forwards (modified Lentz). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let value = 1;
  let upper = 1;
  let lower = 0;
  for (let k = 1; k < 10_000; k++) {
    const m = k >> 1;
    const coefficient =
      k % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    lower = 1 / (1 + coefficient * lower || tiny);
    upper = 1 + coefficient / upper || tiny;
    const factor = upper * lower;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return value;
}

/** x with I_x(a, b) = p; NaN for p outside [0, 1]. Newton steps kept inside a shrinking bracket. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p;
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 200; step++) {
    const excess = regularizedIncompleteBeta(x, a, b) - p;
    if (excess > 0) high = x;
    else low = x;
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
    const newton = x - excess / density;
    const next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (Math.abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}

/** Quantile of Student's t with `df` degrees of freedom, df > 0. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentTQuantile(1 - p, df);
  // t² / (df + t²) ~ Beta(1/2, df/2); its complement is used in the tail, where it is the small and so the exact one.
  const tail = 2 * (1 - p);
  if (tail < 0.5) {
    const complement = betaQuantile(tail, df / 2, 0.5);
    return Math.sqrt((df * (1 - complement)) / complement);
  }
  const share = betaQuantile(1 - tail, 0.5, df / 2);
  return Math.sqrt((df * share) / (1 - share));
}

/** Exact binomial interval. No trials: share 0 within [0, 1], which claims nothing. */
export function clopperPearson(
  hits: number,
  trials: number,
  level = 0.95,
): { hits: number; trials: number; share: number; lower: number; upper: number } {
  const outside = (1 - level) / 2;
  return {
    hits,
    trials,
    share: trials === 0 ? 0 : hits / trials,
    lower: hits === 0 ? 0 : betaQuantile(outside, hits, trials - hits + 1),
    upper: hits === trials ? 1 : betaQuantile(1 - outside, hits + 1, trials - hits),
  };
}

/** NaN when empty. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sample standard deviation with n − 1; NaN for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Quantile of ascending values by linear interpolation between ranks (p·(n − 1)); NaN when empty. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.max(0, Math.min(sorted.length - 1, Math.floor(place)));
  const above = Math.min(sorted.length - 1, below + 1);
  if (sorted.length === 0) return NaN;
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

/** NaN when empty. */
export function median(values: ArrayLike<number>): number {
  return quantileSorted(Float64Array.from(values).sort(), 0.5);
}

/** Median of the distances from the median; × 1.4826 it estimates a normal standard deviation. */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number {
  const centre = median(values);
  return median(Float64Array.from(values, (value) => Math.abs(value - centre)));
}

/** Sample autocorrelation at a lag (denominator: all n squares); NaN for constant or too short values. */
export function autocorrelation(values: ArrayLike<number>, lag: number): number {
  if (values.length <= lag) return NaN;
  const centre = mean(values);
  let squares = 0;
  let products = 0;
  for (let i = 0; i < values.length; i++) {
    const here = values[i]! - centre;
    squares += here * here;
    if (i + lag < values.length) products += here * (values[i + lag]! - centre);
  }
  return squares === 0 ? NaN : products / squares;
}
