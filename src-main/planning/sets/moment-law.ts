/** What is assumed of the law of a moment set besides mean and covariance, and the margin in standard deviations that follows. */
import { marginFactor } from '../../robust/drcc/margin.ts';

export type MomentLaw = 'cantelli' | 'unimodal' | 'gaussian';

/** The source that a guarantee names; it also says which law a stored set was fitted under. */
export const momentSources: Readonly<Record<MomentLaw, string>> = {
  cantelli: 'Cantelli, any law',
  unimodal: 'Vysochanskij and Petunin, laws with one mode',
  gaussian: 'normal law',
};

/** The law whose source a guarantee names; the weakest where it names none. */
export const momentLawOf = (source: string): MomentLaw =>
  (Object.keys(momentSources) as MomentLaw[]).find((law) => momentSources[law] === source) ?? 'cantelli';

/**
 * The least probability with which one limit holds at a margin of k standard deviations: the ε whose k(ε) this is, by bisection, since k falls
 * with ε.
 */
export function momentPromise(law: MomentLaw, margin: number): number {
  const tiny = 1e-9;
  if (margin <= marginFactor({ kind: law }, 1 - tiny)) return 0;
  let [low, high] = [tiny, 1 - tiny];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (marginFactor({ kind: law }, middle) > margin) low = middle;
    else high = middle;
  }
  return 1 - high;
}
