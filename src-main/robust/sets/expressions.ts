/** Small algebra of affine expressions for the counterparts in this folder. */
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder, Term } from '../../program/program.ts';
import type { UncertainRow } from '../uncertain-row.ts';

/** What is known of the coefficients f_j(x): with 'nonnegative' |f_j| is f_j itself and needs no column. */
export type CoefficientSign = 'any' | 'nonnegative';

export const times = ({ terms, constant }: AffineExpression, factor: number): AffineExpression => ({
  terms: factor === 0 ? [] : terms.map(([column, value]): Term => [column, value * factor]),
  constant: constant * factor,
});

export const plus = (parts: readonly AffineExpression[]): AffineExpression => ({
  terms: parts.flatMap(({ terms }) => terms),
  constant: parts.reduce((sum, { constant }) => sum + constant, 0),
});

/** Σ_j weight_j · f_j */
export const weighted = (parts: readonly AffineExpression[], weights: readonly number[]): AffineExpression =>
  plus(parts.map((part, j) => times(part, weights[j]!)));

const isNothing = ({ terms, constant }: AffineExpression): boolean => terms.length === 0 && constant <= 0;

/** A new column that is never below the expressions; none where they are nothing. */
export function addAtLeast(
  program: ProgramBuilder,
  name: string,
  expressions: readonly AffineExpression[],
  others: readonly Term[] = [],
): AffineExpression {
  if (expressions.every(isNothing)) return { terms: [], constant: 0 };
  const column = program.addColumn({ name, lower: 0, upper: Infinity });
  expressions.forEach((expression, index) =>
    program.addRow({
      name: `${name}, bound ${index + 1}`,
      lower: expression.constant,
      upper: Infinity,
      terms: [[column, 1], ...others, ...times(expression, -1).terms],
    }),
  );
  return { terms: [[column, 1]], constant: 0 };
}

/** |f_j| of each, by a column where the sign is not known. */
export function magnitudesOf(
  program: ProgramBuilder,
  row: UncertainRow,
  expressions: readonly AffineExpression[],
  sign: CoefficientSign,
): AffineExpression[] {
  if (sign === 'nonnegative') return [...expressions];
  return expressions.map((expression, j) =>
    addAtLeast(program, `${row.name}: size of coefficient ${j + 1}`, [expression, times(expression, -1)]),
  );
}

/** Σ a x + the parts ≤ upper. */
export function addGuarded(program: ProgramBuilder, row: UncertainRow, parts: readonly AffineExpression[]): void {
  const { terms, constant } = plus(parts);
  program.addRow({
    name: row.name,
    lower: -Infinity,
    upper: row.upper - constant,
    terms: [...row.terms, ...terms],
  });
}
