/**
 * The balanced positive-sequence equivalent of a line with one, two or three phases n, whose series impedances per phase are the symmetric
 * matrix z. Loads that hang on it are spread evenly over three phases; the equivalent keeps, for currents of one size 120° apart in the
 * phases the line has, its active and reactive loss and its mean voltage drop:
 *
 *   Z₁ = (3 / n) · (z̄_self − (n − 1)/2 · z̄_mutual)
 *
 * z̄: the averages over the diagonal and beside it. The sum over k of z_ik e^{−j120°(k−i)} averages to z̄_self − (n − 1)/2 · z̄_mutual, since a² + a = −1;
 * with power S in all, the current is S/n in each phase of the line and S/3 in each of the equivalent, hence 3/n. For n = 3 this is the
 * positive-sequence impedance of the transposed line; for n = 1, three times the impedance of the wire. Source: symmetrical components
 * (Fortescue 1918; Kersting, Distribution System Modeling and Analysis, ch. 4).
 */
export type LowerTriangle = readonly (readonly number[])[];

/** @param matrix rows of the lower triangle, as many as the line has phases; any unit. @returns one part (r or x) of Z₁, in the same unit. */
export function balancedImpedance(matrix: LowerTriangle): number {
  const phases = matrix.length;
  const self = matrix.reduce((sum, row, i) => sum + row[i]!, 0) / phases;
  const mutuals = matrix.flatMap((row, i) => row.slice(0, i));
  const mutual = mutuals.length === 0 ? 0 : mutuals.reduce((sum, value) => sum + value, 0) / mutuals.length;
  return (3 / phases) * (self - ((phases - 1) / 2) * mutual);
}
