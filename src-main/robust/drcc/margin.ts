/**
 * The reserve that keeps P(−ξ > reserve) ≤ ε for a scalar error ξ with mean μ and standard deviation σ (positive = more wind):
 *
 *   margin = −μ + k(ε) σ        by moments,        worst quantile of −ξ        by samples
 *
 * A margin below zero says that no reserve is needed. Each form has its own file with its mathematics.
 */
import { cantelliFactor } from './cantelli.ts';
import { delageYeFactor, type MomentDoubt } from './delage-ye.ts';
import { gaussianFactor } from './gaussian.ts';
import { symmetricFactor } from './symmetric.ts';
import { unimodalSymmetricFactor } from './unimodal-symmetric.ts';
import { unimodalFactor } from './unimodal.ts';
import { wassersteinQuantile, wassersteinSafe } from './wasserstein.ts';

export type MomentForm =
  | { kind: 'gaussian' | 'unimodal-symmetric' | 'symmetric' | 'unimodal' | 'cantelli' }
  | ({ kind: 'delage-ye' } & MomentDoubt);

/** `radius` in the unit of the errors. */
export type SampleForm = { kind: 'wasserstein' | 'wasserstein-safe'; radius: number };
export type MarginForm = MomentForm | SampleForm;

/** k(ε). @throws Refusal `out-of-range` for ε outside (0, 1). */
export function marginFactor(form: MomentForm, epsilon: number): number {
  switch (form.kind) {
    case 'gaussian':
      return gaussianFactor(epsilon);
    case 'unimodal-symmetric':
      return unimodalSymmetricFactor(epsilon);
    case 'symmetric':
      return symmetricFactor(epsilon);
    case 'unimodal':
      return unimodalFactor(epsilon);
    case 'cantelli':
      return cantelliFactor(epsilon);
    case 'delage-ye':
      return delageYeFactor(epsilon, form);
  }
}

export interface ErrorEvidence {
  mean: number;
  deviation: number;
  /** Needed by the forms by samples alone. */
  samples: readonly number[];
}

/** Reserve against errors below the forecast, in their unit. @throws Refusal `out-of-range` */
export function downsideMargin(form: MarginForm, { mean, deviation, samples }: ErrorEvidence, epsilon: number): number {
  if ('radius' in form) {
    const losses = samples.map((error) => -error);
    return form.kind === 'wasserstein'
      ? wassersteinQuantile(losses, epsilon, form.radius)
      : wassersteinSafe(losses, epsilon, form.radius);
  }
  return -mean + marginFactor(form, epsilon) * deviation;
}
