/** x of A x = b for a symmetric positive definite A [row][column] of a few rows, by Cholesky's factors. NaN where A is not definite. */
export function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const factor = matrix.map((row) => [...row]);
  for (let j = 0; j < size; j++)
    for (let i = j; i < size; i++) {
      let sum = factor[i]![j]!;
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = i === j ? Math.sqrt(sum) : sum / factor[j]![j]!;
    }
  const solution = [...right];
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= factor[i]![k]! * solution[k]!;
    solution[i]! /= factor[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i]! -= factor[k]![i]! * solution[k]!;
    solution[i]! /= factor[i]![i]!;
  }
  return solution;
}
