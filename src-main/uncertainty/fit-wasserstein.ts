/**
 * Wasserstein ball about the past days: each limit must hold with probability 1 − ε under every law within distance ρ of the days as they
 * were (sum of absolute deviations). In two forms:
 *
 *   wasserstein         the safe CVaR form (robust/sets/counterpart-wasserstein.ts), convex; it may refuse what the chance constraint itself would allow: a day that
 *                       this set makes infeasible need not be hopeless
 *   wasserstein-exact   the chance constraint as it is (robust/drcc/exact-wasserstein.ts); where shares are decisions it takes a binary for each day that may be given
 *                       up, so it learns from fewer days
 *
 * The radius is found by cross-validation: the days are cut into folds, and ρ is the smallest of a grid for which the slots of the days left
 * out stay below the worst case of the others with a frequency of at least 1 − ε; each form by its own worst case. Without a ball the exact form is the sample's own
 * quantile, for which no law but the sample's speaks, so its grid begins above 0. Source: Mohajerin Esfahani and Kuhn 2018, section 7.
 */
import { standardDeviation } from '../base/statistics.ts';
import type { DayFitter, SupportFunction } from './day-fitter.ts';
import type { WassersteinExactSet, WassersteinSet } from './day-set.ts';
import { totalOfDay } from './joint-days.ts';

type Form = 'wasserstein' | 'wasserstein-exact';

const folds = 5;
/** ρ in units of ε times the mean deviation of a slot's total: what the CVaR form adds to every limit is that many deviations. */
const grid = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2];
/** Newest days that are learnt from. */
const mostDays: Readonly<Record<Form, number>> = { wasserstein: 150, 'wasserstein-exact': 60 };

const formFacts: Readonly<Record<Form, string>> = {
  wasserstein: 'convex CVaR form: safe, may refuse what the chance constraint would allow',
  'wasserstein-exact': 'exact form: each limit by itself, with the days given up that cost most',
};

const fitterOf =
  (kind: Form): DayFitter =>
  (past, { nominal, worstCase }) => {
    const risk = 1 - nominal;
    const days = past.days.slice(-mostDays[kind]);
    const totals = days.map(({ deviation }) => Array.from(totalOfDay(deviation, past.slots)));
    const { radius, kept } = chooseRadius(kind, totals, risk, worstCase);
    const set: WassersteinSet | WassersteinExactSet = {
      kind,
      points: days.map(({ deviation }) => Array.from(deviation)),
      risk,
      radius,
    };
    const fitted = {
      set,
      size: { name: 'radius, kW', value: radius },
      facts: [
        `${days.length} days; radius by ${folds}-fold cross-validation, which kept ${(100 * kept).toFixed(1)} % of slots`,
        formFacts[kind],
      ],
      guarantee: {
        event: 'limit' as const,
        probability: nominal,
        source: 'Wasserstein ball, radius by cross-validation',
        assumes:
          'The law of the day lies within the radius of the days of the set; cross-validation makes it likely and does not prove it.',
      },
    };
    return () => fitted;
  };

export const fitWasserstein = fitterOf('wasserstein');
export const fitWassersteinExact = fitterOf('wasserstein-exact');

/** Without points a ball has no law; `JointDays` has ten days or more. */
function chooseRadius(kind: Form, totals: readonly number[][], risk: number, worstCase: SupportFunction) {
  const slots = totals[0]!.length;
  const deviation =
    totals[0]!.reduce((sum, _, slot) => sum + standardDeviation(totals.map((total) => total[slot]!)), 0) / slots;
  const parts = Array.from({ length: folds }, (_, fold) => ({
    known: totals.filter((__, at) => at % folds !== fold),
    own: totals.filter((__, at) => at % folds === fold),
  }));
  /** Slots of left-out days within the worst case of the other days, as a share. */
  const keptAt = (radius: number): number => {
    let kept = 0;
    for (const { known, own } of parts)
      for (let slot = 0; slot < slots; slot++) {
        const worst = worstCase({ kind, points: known.map((each) => [each[slot]!]), risk, radius }, [1]);
        kept += own.filter((total) => total[slot]! <= worst).length;
      }
    return kept / (totals.length * slots);
  };
  let radius = 0;
  let kept = 0;
  for (const step of kind === 'wasserstein' ? grid : grid.slice(1)) {
    radius = step * deviation * risk;
    kept = keptAt(radius);
    if (kept >= 1 - risk) break;
  }
  return { radius, kept };
}
