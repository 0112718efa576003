/**
 * Support polytope: the convex hull of the k past days most like the planned one, by what was expected of them, stretched about its centre.
 *
 * One half of the days offers neighbours, the other half calibrates: for each calibration day the hull of its own k neighbours is laid and the
 * stretch that would have held it is measured. The same rule is then used for the planned day, so the promise of `calibrateScale` holds
 * although each day has another hull. Source for analog days: Delle Monache et al. 2013; for the calibration: Lei et al. 2018.
 */
import { calibrateScale, splitDays } from './calibrate-scale.ts';
import type { DayFitter } from './day-fitter.ts';
import type { HullSet } from './day-set.ts';
import { totalOfDay, type JointDay, type JointDays } from './joint-days.ts';
import { limitReach, limitScore } from './limit-scores.ts';
import { totalSet } from './total-set.ts';

const leastNeighbours = 12;
const neighbourShare = 0.5;

export const fitSupport: DayFitter = (past, { nominal, worstCase }) => {
  const { slots } = past;
  const { shape, calibration } = splitDays(past);
  const count = Math.min(shape.days.length, Math.max(leastNeighbours, Math.ceil(neighbourShare * shape.days.length)));
  const distance = distanceOn(shape);
  const hullFor = (expected: Float64Array): HullSet => {
    const near = shape.days
      .map((day) => ({ day, away: distance(day.forecast, expected) }))
      .sort((a, b) => a.away - b.away || (a.day.day < b.day.day ? 1 : -1))
      .slice(0, count)
      .map(({ day }) => day);
    return { kind: 'support', centre: meanOf(near), points: near.map((day) => Array.from(day.deviation)), scale: 1 };
  };
  const scores = calibration.map(({ deviation, forecast }) => {
    const reach = limitReach(totalSet(hullFor(forecast), slots), slots, worstCase);
    return limitScore(reach, totalOfDay(deviation, slots));
  });
  const { scale, guarantee, scores: calibrated } = calibrateScale(scores, nominal);
  return (expected) => ({
    set: { ...hullFor(expected), scale },
    size: { name: 'stretch of the hull', value: scale },
    facts: [`hull of the ${count} days of ${shape.days.length} whose forecast was nearest`],
    guarantee,
    scores: calibrated,
  });
};

/** Squared distance of hourly means, each in units of its own variance over the days. */
function distanceOn({ days, slots, components }: JointDays): (a: Float64Array, b: Float64Array) => number {
  const hours = Math.min(24, slots);
  const profile = (values: Float64Array): Float64Array => {
    const means = new Float64Array(components * hours);
    values.forEach((value, j) => {
      const hour = Math.floor(((j % slots) * hours) / slots);
      means[Math.floor(j / slots) * hours + hour]! += (value * hours) / slots;
    });
    return means;
  };
  const profiles = days.map(({ forecast }) => profile(forecast));
  const variance = new Float64Array(components * hours).map((_, at) => {
    const mean = profiles.reduce((sum, each) => sum + each[at]!, 0) / days.length;
    return profiles.reduce((sum, each) => sum + (each[at]! - mean) ** 2, 0) / days.length;
  });
  const known = new Map(days.map(({ forecast }, at) => [forecast, profiles[at]!]));
  return (a, b) => {
    const second = known.get(b) ?? profile(b);
    let sum = 0;
    (known.get(a) ?? profile(a)).forEach((value, at) => {
      if (variance[at]! > 0) sum += (value - second[at]!) ** 2 / variance[at]!;
    });
    return sum;
  };
}

function meanOf(days: readonly JointDay[]): number[] {
  const mean = new Array<number>(days[0]!.deviation.length).fill(0);
  for (const { deviation } of days) deviation.forEach((value, j) => (mean[j]! += value / days.length));
  return mean;
}
