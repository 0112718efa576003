import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  autocorrelation,
  betaQuantile,
  clopperPearson,
  logGamma,
  mean,
  median,
  medianAbsoluteDeviation,
  normalCdf,
  normalQuantile,
  quantileSorted,
  regularizedIncompleteBeta,
  standardDeviation,
  studentTQuantile,
} from './statistics.ts';

const relative = (got: number, wanted: number) => Math.abs(got - wanted) / Math.abs(wanted);

describe('normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.96, 0.0249978951482204],
    [2.5, 0.993790334674224],
    [-3.5, 2.32629079035525e-4],
    [-6, 9.86587645037698e-10],
    [-10, 7.61985302416053e-24],
  ])('Φ(%f) = %f', (x, wanted) => expect(relative(normalCdf(x), wanted)).toBeLessThan(1e-12));
  it.each([
    [0.975, 1.95996398454005],
    [0.95, 1.64485362695147],
    [0.6, 0.2533471031358],
    [1e-10, -6.36134090240406],
    [0.25, -0.674489750196082],
  ])('Φ⁻¹(%f) = %f', (p, wanted) => expect(relative(normalQuantile(p), wanted)).toBeLessThan(1e-12));
  it('inverts itself', () =>
    fc.assert(
      fc.property(fc.double({ min: -8, max: 5, noNaN: true }), (x) => {
        expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 9);
      }),
    ));
  it('has its limits', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(1.1), normalCdf(-60)]).toEqual([
      -Infinity,
      Infinity,
      NaN,
      0,
    ]);
  });
});

describe('beta and Student', () => {
  it('knows ln Γ', () => {
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
    expect(relative(logGamma(100), 359.134205369575)).toBeLessThan(1e-13);
  });
  it.each([
    [0.5, 2, 3, 0.6875],
    [0.3, 5, 5, 0.09880866],
    [0.9, 0.5, 0.5, 0.795167235300867],
    [0.01, 20, 0.5, 1.26e-41],
  ])('I_%f(%f, %f) = %f', (x, a, b, wanted) =>
    expect(relative(regularizedIncompleteBeta(x, a, b), wanted)).toBeLessThan(wanted < 1e-30 ? 0.01 : 1e-9),
  );
  // Near x = 1 the double spacing of x limits what p can be regained, hence the wider tolerance.
  it('inverts the incomplete beta', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.5, max: 400, noNaN: true }),
        fc.double({ min: 0.5, max: 400, noNaN: true }),
        (p, a, b) => {
          expect(regularizedIncompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 6);
        },
      ),
    ));
  // Two-sided 95 % and 99 % columns of the usual tables.
  it.each([
    [0.975, 1, 12.7062047361747],
    [0.975, 9, 2.2621571627982],
    [0.975, 29, 2.04522964213272],
    [0.975, 364, 1.96649],
    [0.995, 5, 4.03214298355523],
    [0.6, 3, 0.276670662333393],
  ])('t(%f, %i) = %f', (p, df, wanted) => {
    expect(relative(studentTQuantile(p, df), wanted)).toBeLessThan(df === 364 ? 1e-4 : 1e-11);
    expect(studentTQuantile(1 - p, df)).toBeCloseTo(-wanted, 4);
  });
});

describe('clopperPearson', () => {
  it.each([
    [8, 10, 0.443904537692, 0.97478927367],
    [0, 10, 0, 0.308497102082],
    [10, 10, 0.691502897918, 1],
    [95, 100, 0.887165082416, 0.983568147606],
  ])('%i of %i', (hits, trials, lower, upper) => {
    const found = clopperPearson(hits, trials);
    expect(found.lower).toBeCloseTo(lower, 6);
    expect(found.upper).toBeCloseTo(upper, 6);
    expect(found.share).toBe(hits / trials);
  });
  it('claims nothing without trials', () =>
    expect(clopperPearson(0, 0)).toEqual({ hits: 0, trials: 0, share: 0, lower: 0, upper: 1 }));
  it('covers the true share at least as often as it says', () => {
    const [trials, truth] = [20, 0.85];
    let covered = 0;
    for (let hits = 0; hits <= trials; hits++) {
      const { lower, upper } = clopperPearson(hits, trials);
      const weight = Math.exp(
        logGamma(trials + 1) -
          logGamma(hits + 1) -
          logGamma(trials - hits + 1) +
          hits * Math.log(truth) +
          (trials - hits) * Math.log(1 - truth),
      );
      if (lower <= truth && truth <= upper) covered += weight;
    }
    expect(covered).toBeGreaterThanOrEqual(0.95);
    expect(covered).toBeLessThan(0.995);
  });
});

describe('sample statistics', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  it('centre and spread', () => {
    expect(mean(values)).toBe(5);
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(32 / 7), 14);
    expect(median([9, 1, 5])).toBe(5);
    expect(median(values)).toBe(4.5);
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  });
  it('quantiles between ranks', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((p) => quantileSorted([1, 2, 3, 4, 5], p))).toEqual([1, 2, 3, 4.6, 5]);
    expect(quantileSorted([7], 0.3)).toBe(7);
    expect(quantileSorted([], 0.5)).toBeNaN();
  });
  it('autocorrelation', () => {
    expect(autocorrelation([1, 2, 3, 4, 5], 1)).toBeCloseTo(0.4, 14);
    expect(autocorrelation([1, -1, 1, -1], 1)).toBeCloseTo(-0.75, 14);
    expect(autocorrelation([3, 3, 3], 1)).toBeNaN();
  });
});
