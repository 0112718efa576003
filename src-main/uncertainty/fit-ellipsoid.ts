/**
 * Ellipsoid of whole days: mean and shrunk covariance of one half of the days (principal.ts), radius by the other half (calibrate-scale.ts).
 */
import { calibrateScale, splitDays } from './calibrate-scale.ts';
import type { DayFitter } from './day-fitter.ts';
import type { EllipsoidSet } from './day-set.ts';
import { totalOfDay } from './joint-days.ts';
import { limitReach, limitScore } from './limit-scores.ts';
import { principalDays } from './principal.ts';
import { totalSet } from './total-set.ts';

export const mostFactors = 12;

export const fitEllipsoid: DayFitter = (past, { nominal, worstCase }) => {
  const { shape, calibration } = splitDays(past);
  const { mean, factors, spread, shrinkage, explained } = principalDays(
    shape.days.map(({ deviation }) => deviation),
    mostFactors,
  );
  const unit: EllipsoidSet = { kind: 'ellipsoid', centre: mean, factors, spread, radius: 1 };
  const reach = limitReach(totalSet(unit, past.slots), past.slots, worstCase);
  const scores = calibration.map(({ deviation }) => limitScore(reach, totalOfDay(deviation, past.slots)));
  const { scale, guarantee, scores: calibrated } = calibrateScale(scores, nominal);
  const fitted = {
    set: { ...unit, radius: scale },
    size: { name: 'radius, standard deviations', value: scale },
    facts: [
      `${factors.length} axes hold ${(100 * explained).toFixed(0)} % of the variance of ${shape.days.length} days`,
      `covariance shrunk by ${(100 * shrinkage).toFixed(0)} % towards its diagonal`,
    ],
    guarantee,
    scores: calibrated,
  };
  return () => fitted;
};
