/**
 * Mean, spread and principal components of whole days.
 *
 * With N days of J coordinates and N ≪ J the eigenvectors of the J × J covariance follow from the N × N Gram matrix of the centred days:
 * G u = λ u  ⇒  Xᵀu/√λ is an eigenvector of XᵀX with the same λ. The leading ones are found by orthogonal iteration.
 *
 * Few days make correlations look larger than they are: factors are drawn towards zero by the shrinkage λ* of Ledoit and Wolf (2004) towards the
 * diagonal, computed on coordinates of unit variance,
 *
 *   λ* = min(1, b²/d²),  b² = (Σ_i ‖x_i‖⁴/N − ‖R‖²)/N,  d² = ‖R‖² − J,  ‖R‖² = Σ_{ik} (x_iᵀx_k)²/N²
 *
 * and what the kept factors and the shrinkage take away goes to the diagonal, so that every variance is the sample's.
 */
import { seededRandom } from '../base/random.ts';

export interface PrincipalDays {
  mean: number[];
  /** √((1 − λ*) λ_k) v_k in kW: one per kept component, largest first [factor][coordinate]. */
  factors: number[][];
  /** Own deviation of each coordinate beyond the factors, kW. */
  spread: number[];
  /** λ* */
  shrinkage: number;
  /** Share of the total variance that the factors hold before shrinkage. */
  explained: number;
}

const iterations = 30;
/** A coordinate that never moved has no direction; it counts as moving by this share of the largest deviation. */
const leastDeviation = 1e-9;

/** @param rows [day][coordinate], at least two. */
export function principalDays(rows: readonly Float64Array[], most: number): PrincipalDays {
  const count = rows.length;
  const size = rows[0]!.length;
  const mean = new Float64Array(size);
  for (const row of rows) for (let j = 0; j < size; j++) mean[j]! += row[j]! / count;
  const deviation = new Float64Array(size);
  for (const row of rows) for (let j = 0; j < size; j++) deviation[j]! += (row[j]! - mean[j]!) ** 2 / (count - 1);
  for (let j = 0; j < size; j++) deviation[j] = Math.sqrt(deviation[j]!);
  const centred = rows.map((row) => row.map((value, j) => value - mean[j]!));
  const shrinkage = shrinkageOf(centred, deviation);
  const gram = gramOf(centred);
  const variance = deviation.reduce((sum, value) => sum + value * value, 0);
  const vectors = leadingVectors(gram, Math.min(most, count - 1));
  const factors: number[][] = [];
  let held = 0;
  for (const { value, vector } of vectors) {
    if (!(value > 1e-12 * variance)) continue;
    const factor = new Array<number>(size).fill(0);
    centred.forEach((row, i) => {
      for (let j = 0; j < size; j++) factor[j]! += vector[i]! * row[j]!;
    });
    held += value / (count - 1);
    const scale = Math.sqrt((1 - shrinkage) / (count - 1));
    factors.push(factor.map((entry) => entry * scale));
  }
  const spread = Array.from(deviation, (value, j) => {
    const taken = factors.reduce((sum, factor) => sum + factor[j]! ** 2, 0);
    return Math.sqrt(Math.max(0, value * value - taken));
  });
  return { mean: Array.from(mean), factors, spread, shrinkage, explained: variance === 0 ? 1 : held / variance };
}

function gramOf(rows: readonly Float64Array[]): Float64Array[] {
  const gram = rows.map(() => new Float64Array(rows.length));
  rows.forEach((first, i) => {
    for (let k = 0; k <= i; k++) {
      const second = rows[k]!;
      const product = dot(first, second);
      gram[i]![k] = product;
      gram[k]![i] = product;
    }
  });
  return gram;
}

function shrinkageOf(centred: readonly Float64Array[], deviation: Float64Array): number {
  const count = centred.length;
  const largest = deviation.reduce((most, value) => Math.max(most, value), 0);
  const moving = deviation.reduce((sum, value) => sum + (value > leastDeviation * largest ? 1 : 0), 0);
  const unit = centred.map((row) =>
    row.map((value, j) => (deviation[j]! > leastDeviation * largest ? value / deviation[j]! : 0)),
  );
  const gram = gramOf(unit);
  let norm = 0;
  let fourth = 0;
  gram.forEach((row, i) => {
    for (const value of row) norm += (value / count) ** 2;
    fourth += row[i]! ** 2;
  });
  const noise = (fourth / count - norm) / count;
  const signal = norm - moving;
  return signal <= 0 ? 1 : Math.min(1, Math.max(0, noise / signal));
}

/** Largest eigenvalues of a symmetric matrix without negative ones, with vectors of length one. */
function leadingVectors(matrix: readonly Float64Array[], most: number): { value: number; vector: Float64Array }[] {
  const random = seededRandom(1);
  let basis: Float64Array[] = Array.from({ length: most }, () => Float64Array.from(matrix, () => random.normal()));
  const apply = (vector: Float64Array): Float64Array => {
    const image = new Float64Array(vector.length);
    matrix.forEach((row, i) => (image[i] = dot(row, vector)));
    return image;
  };
  for (let round = 0; round < iterations; round++) basis = orthonormal(basis.map(apply));
  return basis.map((vector) => ({ vector, value: dot(apply(vector), vector) })).sort((a, b) => b.value - a.value);
}

/** Modified Gram–Schmidt; a vector that vanishes is dropped. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const kept: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    const before = Math.sqrt(dot(own, own));
    for (const other of kept) {
      const along = dot(own, other);
      for (let k = 0; k < own.length; k++) own[k]! -= along * other[k]!;
    }
    const length = Math.sqrt(dot(own, own));
    if (length > 1e-12 * before && length > 0) kept.push(own.map((value) => value / length));
  }
  return kept;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
