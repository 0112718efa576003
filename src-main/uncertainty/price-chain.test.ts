import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../base/random.ts';
import { addDays } from '../base/zone.ts';
import { checkChain } from './chain-checks.ts';
import { chooseStates } from './choose-states.ts';
import { estimatedLaw, fitPriceChain, hoursPerDay, stateOfPrice, type PriceDay } from './price-chain.ts';
import { cellIntervals, rowSetOf, type RowSetKind } from './row-set.ts';

/** Days of a chain with known law: state j has a price about 40·j − 20, and stays with the share given. */
function syntheticDays(random: Random, count: number, states: number, stay: (day: number) => number): PriceDay[] {
  let state = 0;
  return Array.from({ length: count }, (_, at) => ({
    day: addDays('2023-01-01', at),
    pricePerMwh: Float64Array.from({ length: hoursPerDay }, () => {
      if (random.uniform() >= stay(at)) state = (state + 1 + random.integer(states - 1)) % states;
      return 40 * state - 20 + 4 * random.normal();
    }),
  }));
}

function drawCounts(random: Random, law: readonly number[], total: number): number[] {
  const counts = law.map(() => 0);
  for (let draw = 0; draw < total; draw++) {
    let left = random.uniform();
    let state = 0;
    while (state < law.length - 1 && left >= law[state]!) left -= law[state++]!;
    counts[state]! += 1;
  }
  return counts;
}

const laws = [
  [0.25, 0.25, 0.25, 0.25],
  [0.7, 0.2, 0.08, 0.02],
  [0.6, 0.4, 0, 0],
  [0.4, 0.3, 0.15, 0.1, 0.04, 0.01],
];

/** Does the set of the kind hold the law? Plain definitions, as in robust/ambiguity/ambiguity.ts. */
function holds(kind: RowSetKind, q: readonly number[], p: readonly number[], radius: number): boolean {
  const sum = (term: (q: number, p: number) => number): number =>
    q.reduce((all, share, j) => all + term(share, p[j]!), 0);
  const off = q.map((share, j) => Math.abs(share - p[j]!));
  const size =
    kind === 'interval'
      ? Math.max(...off)
      : kind === 'l1'
        ? off.reduce((all, part) => all + part, 0)
        : kind === 'likelihood'
          ? sum((a, b) => (a > 0 ? a * Math.log(a / b) : 0))
          : kind === 'entropy'
            ? sum((a, b) => (b > 0 ? b * Math.log(b / a) : 0))
            : Math.sqrt(sum((a, b) => (a - b) ** 2 / a));
  return size <= radius + 1e-12;
}

describe('fitPriceChain', () => {
  it('puts every hour of every day into one state, about equally many days into each', () => {
    const days = syntheticDays(seededRandom(1), 120, 4, () => 0.7);
    const chain = fitPriceChain(days, 4);
    for (let hour = 0; hour + 1 < hoursPerDay; hour++) {
      const rows = chain.counts[hour]!.map((row) => row.reduce((sum, count) => sum + count, 0));
      expect(rows).toEqual([30, 30, 30, 30]);
      const prices = chain.pricePerMwh[hour]!;
      expect(prices).toEqual(prices.toSorted((a, b) => a - b));
      expect(prices[0]).toBeLessThan(0);
    }
    expect(chain.counts[23]!.flat().reduce((sum, count) => sum + count, 0)).toBe(119);
  });

  it('leads from one day to the next only where days follow each other', () => {
    const days = syntheticDays(seededRandom(2), 20, 2, () => 0.7).filter((_, at) => at !== 10);
    expect(
      fitPriceChain(days, 2)
        .counts[23]!.flat()
        .reduce((sum, count) => sum + count, 0),
    ).toBe(17);
  });

  it('counts what its states say, whatever the prices; equal prices are one state', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(-500, -5, 0, 0, 70, 71.5), { minLength: 24, maxLength: 24 }), {
          minLength: 3,
          maxLength: 12,
        }),
        fc.integer({ min: 2, max: 4 }),
        (prices, states) => {
          const days = prices.map((pricePerMwh, at) => ({ day: addDays('2023-01-01', at), pricePerMwh }));
          const chain = fitPriceChain(days, states);
          const seen = chain.counts[7]!.map((row) => row.map(() => 0));
          for (const { pricePerMwh } of days)
            seen[stateOfPrice(chain, 7, pricePerMwh[7]!)]![stateOfPrice(chain, 8, pricePerMwh[8]!)]! += 1;
          expect(chain.counts[7]).toEqual(seen);
          for (const row of chain.counts.flat())
            expect(estimatedLaw(row, 0).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        },
      ),
    );
  });
});

describe('rowSetOf', () => {
  const draws = 1500;
  const coverage = (kind: RowSetKind, law: number[], total: number, confidence: number): number => {
    const random = seededRandom(total + law.length);
    let inside = 0;
    for (let draw = 0; draw < draws; draw++) {
      const { nominal, radius } = rowSetOf(drawCounts(random, law, total), kind, confidence);
      if (holds(kind, nominal, law, radius)) inside++;
    }
    return inside / draws;
  };

  it.each(['interval', 'l1'] as const)(
    '%s holds the true row at least as often as stated, for few moves too',
    (kind) => {
      for (const law of laws)
        for (const total of [3, 15, 60]) expect(coverage(kind, law, total, 0.9)).toBeGreaterThan(0.9);
    },
  );

  it.each(['likelihood', 'entropy', 'ellipsoid'] as const)(
    '%s holds the true row as often as stated, to sampling',
    (kind) => {
      // Asymptotic: three standard errors of the measured share and one point of its own.
      const least = 0.9 - 3 * Math.sqrt((0.9 * 0.1) / draws) - 0.01;
      for (const law of laws)
        for (const total of [15, 40, 160]) expect(coverage(kind, law, total, 0.9)).toBeGreaterThan(least);
    },
  );

  it('a wrong row lies outside when there are many moves', () => {
    const counts = drawCounts(seededRandom(9), [0.7, 0.2, 0.08, 0.02], 600);
    for (const kind of ['interval', 'l1', 'likelihood', 'entropy', 'ellipsoid'] as const) {
      const { nominal, radius } = rowSetOf(counts, kind, 0.9);
      expect(holds(kind, nominal, [0.25, 0.25, 0.25, 0.25], radius), kind).toBe(false);
    }
  });

  it('holds the plain estimate, is wider for more confidence and fewer moves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 6 }), (counts) => {
        for (const kind of ['interval', 'l1', 'likelihood', 'entropy', 'ellipsoid'] as const) {
          const { nominal, radius } = rowSetOf(counts, kind, 0.8);
          expect(holds(kind, nominal, estimatedLaw(counts, 0), radius), kind).toBe(true);
          expect(rowSetOf(counts, kind, 0.99).radius).toBeGreaterThanOrEqual(radius);
          if (kind !== 'entropy' && kind !== 'ellipsoid')
            expect(
              rowSetOf(
                counts.map((count) => 4 * count),
                kind,
                0.8,
              ).radius,
            ).toBeLessThanOrEqual(radius + 1e-12);
        }
        for (const { lower, share, upper } of cellIntervals(counts, 0.9)) {
          expect(lower).toBeLessThanOrEqual(share);
          expect(upper).toBeGreaterThanOrEqual(share);
        }
      }),
    );
  });
});

describe('chooseStates', () => {
  it('finds the states a chain really has', () => {
    const days = syntheticDays(seededRandom(5), 300, 3, () => 0.8);
    const choice = chooseStates(days);
    expect(choice.states % 3).toBe(0);
    const { logDensity } = choice.scores.find(({ states }) => states === choice.states)!;
    expect(logDensity).toBeGreaterThan(choice.withoutMemory);
  });
});

describe('checkChain', () => {
  it('does not reject a law that never changes, and rejects one that does', () => {
    const steady = syntheticDays(seededRandom(6), 240, 3, () => 0.7);
    const moving = syntheticDays(seededRandom(6), 240, 3, (day) => (day < 120 ? 0.9 : 0.4));
    expect(checkChain(fitPriceChain(steady, 3), steady).halves.pValue).toBeGreaterThan(0.01);
    expect(checkChain(fitPriceChain(moving, 3), moving).halves.pValue).toBeLessThan(1e-6);
    expect(checkChain(fitPriceChain(moving, 3), moving).seasons!.parts).toEqual(['winter', 'spring', 'summer']);
  });

  it('counts rows seen too seldom', () => {
    const days = syntheticDays(seededRandom(7), 30, 3, () => 0.7);
    expect(checkChain(fitPriceChain(days, 3), days)).toMatchObject({
      rows: 72,
      sparseRows: 72,
      rowCounts: { most: 10 },
    });
  });
});
