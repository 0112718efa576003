import { describe, expect, it } from 'vitest';
import { runThrough } from '../../base/steps.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { DayKind, DaySetFit } from '../../uncertainty/day-set.ts';
import { dayFitters, fitDaySetInSteps } from '../../uncertainty/fit-day-set.ts';
import { jointLaw } from '../../uncertainty/fixtures/joint-law.ts';
import { jointDays, totalOfDay } from '../../uncertainty/joint-days.ts';
import { limitReach, limitScore } from '../../uncertainty/limit-scores.ts';
import { dayScale, resized } from '../../uncertainty/set-size.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { marginFactor } from '../../robust/drcc/margin.ts';
import { momentPromise, momentSources, type MomentLaw } from './moment-law.ts';
import { promiseAtSize } from './promise-at-size.ts';

const slots = 4;
const nominal = 0.9;
const wish = {
  nominal,
  worstCase: setWorstCase,
  momentFactor: { value: marginFactor({ kind: 'cantelli' }, 1 - nominal), source: momentSources.cantelli },
};
function fit(kind: DayKind, seed = 1): DaySetFit {
  const components = jointLaw(seed, { days: 70, slots });
  const plain = components.map(() => new Array<number>(slots).fill(1));
  return runThrough(fitDaySetInSteps(components, plain, kind, wish));
}

describe('what a size promises', () => {
  it.each(Object.keys(dayFitters) as DayKind[])(
    '%s: the fitted size what the fit promises, more never less',
    (kind) => {
      const fitted = fit(kind);
      const scale = dayScale(fitted);
      expect(promiseAtSize(fitted, scale.fitted).probability).toBeCloseTo(fitted.evidence.guarantee.probability!, 9);
      const along = [0.2, 0.4, 0.6, 0.8, 1].map((part) => promiseAtSize(fitted, part * scale.most).probability!);
      expect(along.toSorted((a, b) => a - b)).toEqual(along);
      expect(along.every((share) => share >= 0 && share < 1)).toBe(true);
      expect(promiseAtSize(fitted, 0).probability).toBeNull();
    },
  );
  it('a calibrated size that is smaller is kept by as many fresh days as it promises', () => {
    let within = 0;
    let promised = 0;
    const fresh = 20;
    const seeds = 40;
    for (let seed = 1; seed <= seeds; seed++) {
      const all = jointDays(jointLaw(seed, { days: 70 + fresh, slots }));
      const shape = dayFitters.ellipsoid({ ...all, days: all.days.slice(0, 70) }, wish)(all.days[70]!.forecast);
      const evidence = { ...fit('ellipsoid').evidence, guarantee: shape.guarantee };
      const fitted: DaySetFit = { ...fit('ellipsoid'), ...shape, evidence };
      const size = 0.6 * shape.size.value;
      promised += promiseAtSize(fitted, size).probability! / seeds;
      const reach = limitReach(totalSet(resized(fitted, size), slots), slots, setWorstCase);
      for (const { deviation } of all.days.slice(70))
        if (limitScore(reach, totalOfDay(deviation, slots)) <= 1) within++;
    }
    expect(promised).toBeGreaterThan(0.3);
    expect(Math.abs(within / (seeds * fresh) - promised)).toBeLessThan(0.06);
  });
  it('is unknown for a calibrated size that was stored without its scores', () => {
    const { scores, ...bare } = fit('support');
    expect(scores!.length).toBeGreaterThan(10);
    expect(promiseAtSize(bare, bare.size.value).probability).toBe(bare.evidence.guarantee.probability);
    expect(promiseAtSize(bare, 0.5 * bare.size.value).probability).toBeNull();
  });
  it('inverts the margin of every law', () => {
    for (const law of ['cantelli', 'unimodal', 'gaussian'] as MomentLaw[])
      for (const epsilon of [0.4, 0.1, 0.05, 0.01])
        expect(momentPromise(law, marginFactor({ kind: law }, epsilon))).toBeCloseTo(1 - epsilon, 8);
    expect(momentPromise('cantelli', 2)).toBeCloseTo(4 / 5, 9);
  });
});
