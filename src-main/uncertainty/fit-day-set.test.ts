import { describe, expect, it } from 'vitest';
import { clopperPearson, mean } from '../base/statistics.ts';
import { runThrough } from '../base/steps.ts';
import { setWorstCase } from '../robust/sets/set-adversary.ts';
import { calibrateScale } from './calibrate-scale.ts';
import type { DayWish } from './day-fitter.ts';
import { convexForm, type DayKind, type DaySetFit } from './day-set.ts';
import { dayFitters, fitDaySetInSteps } from './fit-day-set.ts';
import { jointLaw, type JointLaw } from './fixtures/joint-law.ts';
import { jointDays, totalOfDay } from './joint-days.ts';
import { limitReach, limitScore } from './limit-scores.ts';
import { principalDays } from './principal.ts';
import { totalSet } from './total-set.ts';

const slots = 6;
const kinds = Object.keys(dayFitters) as DayKind[];
const wishOf = (nominal: number): DayWish => ({
  nominal,
  worstCase: setWorstCase,
  momentFactor: { value: Math.sqrt(nominal / (1 - nominal)), source: 'Cantelli' },
});
const fit = (kind: DayKind, seed: number, law: Partial<JointLaw> = {}, nominal = 0.9): DaySetFit => {
  const components = jointLaw(seed, { days: 90, slots, ...law });
  const plain = components.map(() => new Array<number>(slots).fill(1));
  return runThrough(fitDaySetInSteps(components, plain, kind, wishOf(nominal)));
};

/** Share of fresh days and of their slots inside a set that was fitted on others, over many seeds. */
function freshCoverage(kind: DayKind, seeds: number) {
  let whole = 0;
  const slotShares: number[] = [];
  const fresh = 20;
  for (let seed = 1; seed <= seeds; seed++) {
    const all = jointDays(jointLaw(seed, { days: 70 + fresh, slots }));
    const fitted = dayFitters[kind]({ ...all, days: all.days.slice(0, 70) }, wishOf(0.9));
    let inside = 0;
    for (const { deviation, forecast } of all.days.slice(70)) {
      const reach = limitReach(totalSet(fitted(forecast).set, slots), slots, setWorstCase);
      const total = totalOfDay(deviation, slots);
      if (limitScore(reach, total) <= 1 + 1e-9) whole++;
      inside += total.filter((kw, slot) => kw <= reach.slot[slot]!).length;
    }
    slotShares.push(inside / (fresh * slots));
  }
  return { whole, trials: seeds * fresh, slotShare: mean(slotShares) };
}

describe('the promise of a day set, on days of a known law', () => {
  it.each(['ellipsoid', 'factor', 'support'] as const)('%s: whole days inside as often as promised', (kind) => {
    const { whole, trials } = freshCoverage(kind, 40);
    // Conformal: between δ and δ + 1/(n + 1) with n = 35 calibration days. The fresh days of a seed share its set, so the interval is
    // that of fewer trials: a quarter of them.
    const measured = clopperPearson(whole / 4, trials / 4);
    expect(measured.upper).toBeGreaterThan(0.9);
    expect(measured.lower).toBeLessThan(0.9 + 1 / 36);
  });
  it.each([
    ['scenarios', 70 / 71],
    ['moment', 0.9],
    ['wasserstein', 0.9],
    ['wasserstein-exact', 0.9],
  ] as const)('%s: one limit holds at least as often as promised', (kind, promised) => {
    expect(freshCoverage(kind, 20).slotShare).toBeGreaterThan(promised - 0.01);
  });
  it.each(kinds)('%s: the verdict is that of the measurement, and mostly that the promise is kept', (kind) => {
    const fits = Array.from({ length: 6 }, (_, seed) => fit(kind, seed + 1));
    for (const { evidence } of fits) {
      const { guarantee, measured, verdict } = evidence;
      const share = guarantee.event === 'day' ? measured.wholeDay : measured.limits;
      expect(verdict === 'breaks').toBe(share.upper < guarantee.probability!);
      expect(verdict === 'exceeds').toBe(share.lower > guarantee.probability!);
      expect(measured.days).toBe(30);
    }
    expect(fits.filter(({ evidence }) => evidence.verdict === 'breaks').length).toBeLessThanOrEqual(1);
  });
  it.each(kinds)('%s: errors that have trebled since break it', (kind) => {
    const broken = [1, 2, 3].map((seed) => fit(kind, seed, { growth: (day) => (day >= 60 ? 4 : 1) }, 0.95));
    // A margin by Cantelli is so wide that trebled normal errors may still fit in.
    const verdicts = broken.map(({ evidence }) => evidence.verdict);
    if (kind === 'moment') expect(verdicts).not.toContain('exceeds');
    else expect(verdicts).toContain('breaks');
  });
});

describe('the Wasserstein ball', () => {
  it('exactly asks for no more in any slot than by CVaR, and has a ball', () => {
    for (const seed of [1, 2, 3]) {
      const exact = fit('wasserstein-exact', seed).set;
      if (exact.kind !== 'wasserstein-exact') throw new Error(exact.kind);
      expect(exact.radius).toBeGreaterThan(0);
      expect(exact.points).toHaveLength(60);
      for (let slot = 0; slot < slots; slot++) {
        const [own, safe] = [exact, convexForm(exact)].map((set) =>
          setWorstCase(totalSet(set, slots), new Array<number>(slots).fill(0).with(slot, 1)),
        );
        expect(own).toBeLessThanOrEqual(safe! + 1e-9);
      }
    }
  });
});

describe('fitDaySetInSteps', () => {
  it('judges a day by earlier days only', () => {
    const promise = (law: Partial<JointLaw>) => fit('ellipsoid', 5, law).heldOut;
    const plain = promise({});
    const changed = promise({ growth: (day) => (day >= 85 ? 50 : 1) });
    expect(changed.slice(0, 25)).toEqual(plain.slice(0, 25));
    expect(changed).not.toEqual(plain);
  });
  it('widens doubtful slots', () => {
    const components = jointLaw(3, { days: 60, slots });
    const plain = components.map(() => new Array<number>(slots).fill(1));
    const doubtful = plain.map((own) => own.with(2, 2));
    for (const kind of kinds) {
      const [narrow, wide] = [plain, doubtful].map((widening) =>
        totalSet(runThrough(fitDaySetInSteps(components, widening, kind, wishOf(0.9))).set, slots),
      );
      const one = new Array<number>(slots).fill(0).with(2, 1);
      expect(setWorstCase(wide!, one)).toBeGreaterThan(1.2 * setWorstCase(narrow!, one));
    }
  });
  it('refuses fewer than twenty days together', () => {
    expect(() => fit('factor', 1, { days: 19 })).toThrow(/at least 20 are needed/);
  });
});

describe('calibrateScale', () => {
  it('takes the conformal rank, and says what fewer days are worth', () => {
    const scores = Array.from({ length: 19 }, (_, at) => at + 1);
    expect(calibrateScale(scores, 0.9)).toMatchObject({ scale: 18, guarantee: { probability: 0.9, event: 'day' } });
    expect(calibrateScale(scores, 0.99)).toMatchObject({ scale: 19, guarantee: { probability: 0.95 } });
  });
});

describe('principalDays', () => {
  it('finds the direction the days move in, and keeps every variance', () => {
    const past = jointDays(jointLaw(9, { days: 300, slots }));
    const rows = past.days.map(({ deviation }) => deviation);
    const { factors, spread, mean: centre, shrinkage, explained } = principalDays(rows, 3);
    expect(explained).toBeGreaterThan(0.6);
    expect(shrinkage).toBeLessThan(0.1);
    for (let j = 0; j < centre.length; j++) {
      const variance = rows.reduce((sum, row) => sum + (row[j]! - centre[j]!) ** 2, 0) / (rows.length - 1);
      const kept = factors.reduce((sum, factor) => sum + factor[j]! ** 2, spread[j]! ** 2);
      expect(kept).toBeCloseTo(variance, 6);
    }
    const dot = factors[0]!.reduce((sum, value, j) => sum + value * factors[1]![j]!, 0);
    expect(Math.abs(dot)).toBeLessThan(1e-6 * factors[0]!.reduce((sum, value) => sum + value * value, 0));
  });
  it('shrinks more with fewer days', () => {
    const of = (days: number) =>
      principalDays(
        jointDays(jointLaw(4, { days, slots })).days.map(({ deviation }) => deviation),
        3,
      ).shrinkage;
    expect(of(8)).toBeGreaterThan(of(400));
  });
});
