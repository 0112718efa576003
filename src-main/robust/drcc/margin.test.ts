import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cantelliFactor } from './cantelli.ts';
import { delageYeFactor } from './delage-ye.ts';
import { downsideMargin, marginFactor, type MomentForm } from './margin.ts';
import { selbergOtherSide, selbergRisk } from './selberg.ts';
import { symmetricFactor } from './symmetric.ts';
import { unimodalSymmetricFactor } from './unimodal-symmetric.ts';
import { unimodalFactor } from './unimodal.ts';
import { wassersteinQuantile, wassersteinSafe } from './wasserstein.ts';

const risk = fc.double({ min: 0.001, max: 0.499, noNaN: true });
const ordered: MomentForm['kind'][] = ['gaussian', 'unimodal-symmetric', 'unimodal', 'symmetric', 'cantelli'];
const formOf = (kind: MomentForm['kind']): MomentForm =>
  kind === 'delage-ye' ? { kind, meanDoubt: 0.05, spreadDoubt: 1.2 } : { kind };
const k = (kind: MomentForm['kind'], epsilon: number) => marginFactor(formOf(kind), epsilon);

/** Atoms (and uniform pieces) of a law: mean, variance and P(X > x). */
type Piece = { mass: number; low: number; high: number };
const meanOf = (law: Piece[]) => law.reduce((sum, { mass, low, high }) => sum + (mass * (low + high)) / 2, 0);
const secondOf = (law: Piece[]) =>
  law.reduce((sum, { mass, low, high }) => sum + (mass * (low * low + low * high + high * high)) / 3, 0);
const beyond = (law: Piece[], x: number) =>
  law.reduce((sum, { mass, low, high }) => {
    const share = high === low ? (low > x ? 1 : 0) : Math.min(1, Math.max(0, (high - x) / (high - low)));
    return sum + mass * share;
  }, 0);
const atom = (mass: number, at: number): Piece => ({ mass, low: at, high: at });

function expectAttained(law: Piece[], factor: number, epsilon: number): void {
  expect(law.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 9);
  expect(meanOf(law)).toBeCloseTo(0, 9);
  expect(secondOf(law)).toBeCloseTo(1, 9);
  expect(beyond(law, factor * (1 - 1e-9) - 1e-12)).toBeGreaterThanOrEqual(epsilon - 1e-6);
}

describe('margin factors', () => {
  it('have the values of their formulas', () => {
    expect(k('cantelli', 0.05)).toBeCloseTo(Math.sqrt(19), 12);
    expect(k('symmetric', 0.05)).toBeCloseTo(Math.sqrt(10), 12);
    expect(k('unimodal', 0.05)).toBeCloseTo(Math.sqrt(3.55 / 0.45), 12);
    expect(k('unimodal-symmetric', 0.05)).toBeCloseTo(Math.sqrt(2 / 0.45), 12);
    // Normal table: 95 % and 99 % one-sided.
    expect(k('gaussian', 0.05)).toBeCloseTo(1.6448536269514722, 9);
    expect(k('gaussian', 0.01)).toBeCloseTo(2.3263478740408408, 9);
    // The rule of three standard deviations for a single mode: at most 4/81 on both sides together.
    expect(k('unimodal-symmetric', 4 / 81 / 2)).toBeCloseTo(3, 9);
  });

  it('grow as less is known, and as less risk is taken', () => {
    fc.assert(
      fc.property(risk, risk, (first, second) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)];
        ordered.forEach((kind, at) => {
          if (at > 0) expect(k(kind, first)).toBeGreaterThanOrEqual(k(ordered[at - 1]!, first) - 1e-9);
          expect(k(kind, low)).toBeGreaterThanOrEqual(k(kind, high) - 1e-9);
        });
        expect(k('delage-ye', first)).toBeGreaterThanOrEqual(k('cantelli', first));
        expect(k('delage-ye', low)).toBeGreaterThanOrEqual(k('delage-ye', high) - 1e-9);
      }),
    );
  });

  it('join without a step where their formulas change', () => {
    for (const kind of ['unimodal', 'unimodal-symmetric'] as const)
      expect(k(kind, 1 / 6 + 1e-10)).toBeCloseTo(k(kind, 1 / 6 - 1e-10), 6);
  });

  it.each([0, 1, -0.1, NaN, 1.5])('refuse a risk of %d', (epsilon) => {
    for (const kind of [...ordered, 'delage-ye'] as const)
      expect(() => k(kind, epsilon)).toThrow(/accepted risk cannot be/);
    expect(() => wassersteinQuantile([1], epsilon, 0)).toThrow(/accepted risk cannot be/);
  });
});

describe('worst laws', () => {
  it('attain Cantelli', () => {
    fc.assert(
      fc.property(risk, (epsilon) => {
        const factor = cantelliFactor(epsilon);
        expectAttained([atom(epsilon, factor), atom(1 - epsilon, -1 / factor)], factor, epsilon);
      }),
    );
  });
  it('attain the symmetric factor', () => {
    fc.assert(
      fc.property(risk, (epsilon) => {
        const factor = symmetricFactor(epsilon);
        expectAttained([atom(epsilon, factor), atom(1 - 2 * epsilon, 0), atom(epsilon, -factor)], factor, epsilon);
      }),
    );
  });
  it('attain the unimodal symmetric factor', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1 / 6, noNaN: true }), (epsilon) => {
        const factor = unimodalSymmetricFactor(epsilon);
        const half = 1.5 * factor;
        const mass = 3 / (half * half);
        expectAttained([{ mass, low: -half, high: half }, atom(1 - mass, 0)], factor, epsilon);
      }),
    );
  });
  it('attain the unimodal factor', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1 / 6, noNaN: true }), (epsilon) => {
        // A point at the mode, mixed with a uniform law upwards from it, a third of which lies beyond the margin.
        const factor = unimodalFactor(epsilon);
        const mass = 3 * epsilon;
        const width = 1 / Math.sqrt(mass / 3 - (mass * mass) / 4);
        const mode = -(mass * width) / 2;
        expectAttained([{ mass, low: mode, high: mode + width }, atom(1 - mass, mode)], factor, epsilon);
      }),
    );
  });
  it('attain the factors of one mode at larger risks', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.167, max: 0.499, noNaN: true }), (epsilon) => {
        const half = Math.sqrt(3);
        expectAttained([{ mass: 1, low: -half, high: half }], unimodalSymmetricFactor(epsilon), epsilon);
        // Uniform up to the margin, and the rest as a point just there, which is the mode.
        const factor = unimodalFactor(epsilon);
        const mass = (4 * factor * factor) / (3 * (1 + factor * factor));
        const low = factor - (2 * factor) / mass;
        expectAttained([{ mass, low, high: factor }, atom(1 - mass, factor)], factor, epsilon);
      }),
    );
  });
});

describe('delageYeFactor', () => {
  it('is the worst of Cantelli over every mean and variance allowed', () => {
    fc.assert(
      fc.property(risk, fc.double({ min: 0, max: 1, noNaN: true }), (epsilon, meanDoubt) => {
        const spreadDoubt = 1 + meanDoubt;
        let worst = 0;
        for (let step = 0; step <= 4000; step++) {
          const shift = (Math.sqrt(meanDoubt) * step) / 4000;
          worst = Math.max(worst, shift + cantelliFactor(epsilon) * Math.sqrt(spreadDoubt - shift * shift));
        }
        const factor = delageYeFactor(epsilon, { meanDoubt, spreadDoubt });
        expect(factor).toBeGreaterThanOrEqual(worst - 1e-9);
        expect(factor).toBeCloseTo(worst, 4);
      }),
    );
    expect(delageYeFactor(0.1, { meanDoubt: 0, spreadDoubt: 1 })).toBeCloseTo(3, 12);
  });
  it('refuses doubts that contradict each other', () => {
    expect(() => delageYeFactor(0.1, { meanDoubt: 1, spreadDoubt: 0.5 })).toThrow(/doubt of the spread cannot be 0.5/);
    expect(() => delageYeFactor(0.1, { meanDoubt: -1, spreadDoubt: 1 })).toThrow(/doubt of the mean cannot be -1/);
  });
});

describe('Wasserstein margins', () => {
  const samples = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 });

  /** Largest mass that the budget θ can hold or bring beyond r: the nearest samples first. */
  const reach = (losses: number[], level: number, radius: number): number => {
    let budget = radius;
    let mass = 0;
    for (const loss of losses.toSorted((a, b) => b - a)) {
      const cost = Math.max(0, level - loss) / losses.length;
      if (cost > budget) return mass + budget / cost / losses.length;
      budget -= cost;
      mass += 1 / losses.length;
    }
    return mass;
  };

  it('are the least level that the budget of transport cannot overrun', () => {
    fc.assert(
      fc.property(samples, risk, fc.double({ min: 0.01, max: 5, noNaN: true }), (losses, epsilon, radius) => {
        const level = wassersteinQuantile(losses, epsilon, radius);
        expect(reach(losses, level + 1e-6, radius)).toBeLessThanOrEqual(epsilon + 1e-9);
        expect(reach(losses, level - 1e-6, radius)).toBeGreaterThanOrEqual(epsilon - 1e-9);
        expect(wassersteinSafe(losses, epsilon, radius)).toBeGreaterThanOrEqual(level - 1e-9);
      }),
    );
  });

  it('are the empirical quantile at radius 0 and the safe form once all samples are covered', () => {
    const losses = [5, 1, 4, 2, 3, 0, 9, 8, 7, 6];
    expect(wassersteinQuantile(losses, 0.2, 0)).toBe(7);
    expect(wassersteinQuantile(losses, 0.25, 0)).toBe(7);
    expect(wassersteinQuantile(losses, 0.2, 1)).toBeCloseTo(8.5 + 5, 12);
    expect(wassersteinSafe(losses, 0.2, 1)).toBeCloseTo(13.5, 12);
    expect(wassersteinQuantile(losses, 0.2, 0.05)).toBeCloseTo(8.5, 12);
    expect(wassersteinSafe(losses, 0.2, 0.05)).toBeCloseTo(8.75, 12);
  });

  it('refuse a negative radius and no samples', () => {
    expect(() => wassersteinQuantile([1], 0.1, -1)).toThrow(/radius cannot be -1/);
    expect(() => wassersteinSafe([], 0.1, 1)).toThrow(/number of samples cannot be 0/);
  });
});

describe('Selberg', () => {
  it('is Chebyshev with equal sides and Cantelli with one side far away', () => {
    expect(selbergRisk(2, 2, 1)).toBeCloseTo(1 / 4, 12);
    expect(selbergRisk(2, 1e6, 1)).toBeCloseTo(1 / 5, 9);
    expect(selbergRisk(0.5, 1, 1)).toBe(1);
  });

  it('is attained by three points where both sides count', () => {
    const side = fc.double({ min: 1, max: 4, noNaN: true });
    fc.assert(
      fc.property(side, side, (below, above) => {
        const middle = (above - below) / 2;
        const half = (above + below) / 2;
        const outside = (1 + middle * middle) / (half * half);
        const difference = -middle / half;
        const law = [
          atom((outside - difference) / 2, -below),
          atom(1 - outside, middle),
          atom((outside + difference) / 2, above),
        ];
        fc.pre(law.every(({ mass }) => mass >= 0));
        expect(meanOf(law)).toBeCloseTo(0, 9);
        expect(secondOf(law)).toBeCloseTo(1, 9);
        expect(selbergRisk(below, above, 1)).toBeCloseTo(outside, 9);
      }),
    );
  });

  it('bounds every law of three points, and its inverse keeps the risk to the point', () => {
    const side = fc.double({ min: 0.3, max: 6, noNaN: true });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (below, above, left, right, share) => {
          // −left and right with mean 0 and together the mass `share`, the rest at 0; scaled to variance 1.
          const scale = 1 / Math.sqrt(share * left * right);
          const outside =
            (left * scale > below ? (share * right) / (left + right) : 0) +
            (right * scale > above ? (share * left) / (left + right) : 0);
          expect(outside).toBeLessThanOrEqual(selbergRisk(below, above, 1) + 1e-9);
          const epsilon = 0.02 + 0.4 * share;
          const other = selbergOtherSide(below, 1, epsilon);
          if (other === Infinity) expect(selbergRisk(below, 1e9, 1)).toBeGreaterThan(epsilon - 1e-9);
          else {
            expect(selbergRisk(below, other, 1)).toBeLessThanOrEqual(epsilon + 1e-7);
            expect(selbergRisk(below, other * (1 - 1e-4), 1)).toBeGreaterThan(epsilon);
          }
        },
      ),
    );
  });
});

describe('downsideMargin', () => {
  it('takes the mean off, and reads samples as errors below the forecast', () => {
    const evidence = { mean: 2, deviation: 10, samples: [-30, 10, 5, 0, 4, 1, 2, 6, 7, 8] };
    expect(downsideMargin({ kind: 'cantelli' }, evidence, 0.1)).toBeCloseTo(-2 + 3 * 10, 9);
    expect(downsideMargin({ kind: 'wasserstein', radius: 0 }, evidence, 0.1)).toBeCloseTo(0, 12);
    expect(downsideMargin({ kind: 'wasserstein-safe', radius: 1 }, evidence, 0.1)).toBeCloseTo(40, 9);
  });
});
