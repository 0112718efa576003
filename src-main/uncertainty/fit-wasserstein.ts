/**
 * Wasserstein ball about the past days: each limit must hold with probability 1 − ε under every law within distance ρ of the days as they
 * were (sum of absolute deviations), in the safe CVaR form (robust/sets/counterpart-wasserstein.ts). It may refuse what the chance
 * constraint itself would allow: a day that this set makes infeasible need not be hopeless.
 *
 * The radius is found by cross-validation: the days are cut into folds, and ρ is the smallest of a grid for which the slots of the days left
 * out stay below the worst case of the others with a frequency of at least 1 − ε. Source: Mohajerin Esfahani and Kuhn 2018, section 7.
 */
import { standardDeviation } from '../base/statistics.ts';
import type { DayFitter, SupportFunction } from './day-fitter.ts';
import type { WassersteinSet } from './day-set.ts';
import { totalOfDay } from './joint-days.ts';

const folds = 5;
/** ρ in units of ε times the mean deviation of a slot's total: what is added to every limit is that many deviations. */
const grid = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2];
const mostDays = 150;

export const fitWasserstein: DayFitter = (past, { nominal, worstCase }) => {
  const risk = 1 - nominal;
  const days = past.days.slice(-mostDays);
  const totals = days.map(({ deviation }) => Array.from(totalOfDay(deviation, past.slots)));
  const { radius, kept } = chooseRadius(totals, risk, worstCase);
  const set: WassersteinSet = {
    kind: 'wasserstein',
    points: days.map(({ deviation }) => Array.from(deviation)),
    risk,
    radius,
  };
  const fitted = {
    set,
    size: { name: 'radius, kW', value: radius },
    facts: [
      `${days.length} days; radius by ${folds}-fold cross-validation, which kept ${(100 * kept).toFixed(1)} % of slots`,
      'convex CVaR form: safe, may refuse what the chance constraint would allow',
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

/** Without points a ball has no law; `JointDays` has ten days or more. */
function chooseRadius(totals: readonly number[][], risk: number, worstCase: SupportFunction) {
  const slots = totals[0]!.length;
  const deviation =
    totals[0]!.reduce((sum, _, slot) => sum + standardDeviation(totals.map((total) => total[slot]!)), 0) / slots;
  // The radius adds ρ/ε to every slot alike, so the worst case without it is computed once per fold.
  const margins: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const points = totals.filter((_, at) => at % folds !== fold);
    const own = totals.filter((_, at) => at % folds === fold);
    for (let slot = 0; slot < slots; slot++) {
      const column = { kind: 'wasserstein' as const, points: points.map((each) => [each[slot]!]), risk, radius: 0 };
      const worst = worstCase(column, [1]);
      for (const total of own) margins.push(worst - total[slot]!);
    }
  }
  let radius = 0;
  let kept = 0;
  for (const step of grid) {
    radius = step * deviation * risk;
    kept = margins.filter((margin) => margin + radius / risk >= 0).length / margins.length;
    if (kept >= 1 - risk) break;
  }
  return { radius, kept };
}
