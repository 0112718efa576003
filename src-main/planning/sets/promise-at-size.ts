/** What a set of a kind promises at a size, before any day is seen: the a-priori bound along the dial. */
import type { DaySetFit, SetGuarantee } from '../../uncertainty/day-set.ts';
import { promiseOfScale } from '../../uncertainty/calibrate-scale.ts';
import { momentLawOf, momentPromise } from './moment-law.ts';

export type SizePromise = Pick<SetGuarantee, 'event' | 'probability'>;

/**
 * By conformal rank for calibrated sizes, by N/(N + 1) for N scenarios, by the law for moments, 1 − ε for the Wasserstein ball. Null where nothing
 * is promised at that size: calibrated sets stored without their scores promise at their fitted size alone.
 */
export function promiseAtSize({ set, size: fitted, scores, evidence }: DaySetFit, size: number): SizePromise {
  const { event, probability, source } = evidence.guarantee;
  if (size <= 0) return { event, probability: null };
  switch (set.kind) {
    case 'scenarios':
      return { event, probability: size / (size + 1) };
    case 'wasserstein':
    case 'wasserstein-exact':
      return { event, probability: size };
    case 'moment':
      return { event, probability: momentPromise(momentLawOf(source), size) };
    case 'ellipsoid':
    case 'factor':
    case 'support':
      if (Math.abs(size - fitted.value) <= 1e-9 * fitted.value) return { event, probability };
      return { event, probability: scores ? promiseOfScale(scores, size) : null };
    case 'interval':
    case 'budget':
      return { event, probability };
  }
}
