/**
 * Moment ambiguity: every law with the mean and covariance of the past days is thought possible, and each limit must hold with
 * probability 1 − ε under the worst of them. For a limit fᵀξ that is fᵀμ + k(ε) √(fᵀ Σ f), an ellipsoid of radius k(ε):
 * √((1 − ε)/ε) by Cantelli, less for laws with one mode (robust/drcc). The promise is about one limit, not about the day.
 */
import type { DayFitter } from './day-fitter.ts';
import type { EllipsoidSet } from './day-set.ts';
import { mostFactors } from './fit-ellipsoid.ts';
import { principalDays } from './principal.ts';

export const fitMoment: DayFitter = (past, { nominal, momentFactor }) => {
  const { mean, factors, spread, shrinkage } = principalDays(
    past.days.map(({ deviation }) => deviation),
    mostFactors,
  );
  const set: EllipsoidSet = { kind: 'moment', centre: mean, factors, spread, radius: momentFactor.value };
  const fitted = {
    set,
    size: { name: 'margin, standard deviations', value: momentFactor.value },
    facts: [
      `mean and covariance of ${past.days.length} days, shrunk by ${(100 * shrinkage).toFixed(0)} % towards the diagonal`,
    ],
    guarantee: {
      event: 'limit' as const,
      probability: nominal,
      source: momentFactor.source,
      assumes: 'Mean and covariance of the day are those of the past days.',
    },
  };
  return () => fitted;
};
