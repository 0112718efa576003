/**
 * Ridge regression kept as running sums: coefficients c minimise Σ (z − xᵀc)² + λ|c|², from XᵀX and Xᵀz alone.
 * Solved by Cholesky's factorisation of XᵀX + λI, which exists for every λ > 0.
 */
export interface RidgeSums {
  /** Number of features p. */
  size: number;
  count: number;
  /** Lower triangle of XᵀX, [i · p + j], j ≤ i. */
  squares: Float64Array;
  /** Xᵀz. */
  products: Float64Array;
}

export function emptySums(size: number): RidgeSums {
  return { size, count: 0, squares: new Float64Array(size * size), products: new Float64Array(size) };
}

export function addObservation(sums: RidgeSums, features: Float64Array, target: number): void {
  const { size, squares, products } = sums;
  sums.count++;
  for (let i = 0; i < size; i++) {
    const x = features[i]!;
    if (x === 0) continue;
    products[i]! += x * target;
    for (let j = 0; j <= i; j++) squares[i * size + j]! += x * features[j]!;
  }
}

/** Coefficients for a penalty λ > 0. */
export function solveRidge(sums: RidgeSums, penalty: number): Float64Array {
  const { size, squares, products } = sums;
  const factor = new Float64Array(size * size);
  const result = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = squares[i * size + j]! + (i === j ? penalty : 0);
      for (let k = 0; k < j; k++) rest -= factor[i * size + k]! * factor[j * size + k]!;
      factor[i * size + j] = i === j ? Math.sqrt(rest) : rest / factor[j * size + j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    let rest = products[i]!;
    for (let k = 0; k < i; k++) rest -= factor[i * size + k]! * result[k]!;
    result[i] = rest / factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let rest = result[i]!;
    for (let k = i + 1; k < size; k++) rest -= factor[k * size + i]! * result[k]!;
    result[i] = rest / factor[i * size + i]!;
  }
  return result;
}
