/** An affine expression of the columns of a program: Σ coefficient · column + constant. */
import type { Term } from './program.ts';

export interface AffineExpression {
  terms: readonly Term[];
  constant: number;
}

/** Value of an affine expression at the column values of a solution. */
export function evaluate(expression: AffineExpression, columns: ArrayLike<number>): number {
  let value = expression.constant;
  for (const [column, coefficient] of expression.terms) value += coefficient * columns[column]!;
  return value;
}
