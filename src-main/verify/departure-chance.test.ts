import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { departureChances } from './departure-chance.ts';
import { handMadeProblem, handMadeSchedule } from './fixtures/hand-made.ts';
import { replayAccount, replayMargins, totalOf } from './replay-day.ts';
import { createShortages } from './shortages.ts';
import type { DeviationDay } from './types.ts';

const problem = handMadeProblem();
const schedule = handMadeSchedule();
const day = (loadKw: number[]): DeviationDay => ({
  label: 'day',
  deviationKw: [new Array<number>(6).fill(0), new Array<number>(6).fill(0), loadKw],
});
/** All cars under one aggregator, so that the pool and the aggregator are the same. */
const alone = {
  ...problem,
  aggregators: [problem.aggregators[0]!],
  evs: problem.evs.map((ev) => ({ ...ev, aggregator: 0 })),
};
const deviation = fc.array(fc.double({ min: -150, max: 300, noNaN: true }), { minLength: 6, maxLength: 6 });

function shortagesOf(loadKw: number[]) {
  const short = createShortages(6);
  replayAccount(replayMargins(alone, schedule), totalOf(alone, day(loadKw)), alone.slotHours, short);
  return { power: short.poolKw.some((kw) => kw > 0), energy: short.accountKwh.some((kwh) => kwh > 0) };
}

describe('departureChances', () => {
  it('is the account of the pool where one aggregator has all cars and power suffices', () => {
    fc.assert(
      fc.property(deviation, (loadKw) => {
        const { power, energy } = shortagesOf(loadKw);
        fc.pre(!power);
        expect(departureChances(alone, schedule, [day(loadKw)])[0]!.hits).toBe(energy ? 0 : 1);
      }),
    );
  });
  it('lets every aggregator keep its promise where nothing deviates, and one at least break it where the pool is overdrawn', () => {
    const still = departureChances(problem, schedule, [day([0, 0, 0, 0, 0, 0])]);
    expect(still.map(({ hits, trials }) => [hits, trials])).toEqual(problem.aggregators.map(() => [1, 1]));
    fc.assert(
      fc.property(deviation, (loadKw) => {
        const { power, energy } = shortagesOf(loadKw);
        fc.pre(!power && energy);
        const met = departureChances(problem, schedule, [day(loadKw)]);
        expect(met.some(({ hits }) => hits === 0)).toBe(true);
      }),
    );
  });
  it('never breaks a promise by asking less: half the deviation is met where the whole is, if it is never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 6, maxLength: 6 }), (loadKw) => {
        const whole = departureChances(alone, schedule, [day(loadKw)]);
        const half = departureChances(alone, schedule, [day(loadKw.map((kw) => kw / 2))]);
        whole.forEach(({ hits }, a) => expect(half[a]!.hits).toBeGreaterThanOrEqual(hits));
      }),
    );
  });
  it('counts days with an exact interval', () => {
    const enough = day([0, 0, 0, 0, 0, 0]);
    const days = [...Array.from({ length: 9 }, () => enough), day([900, 900, 900, 900, 900, 900])];
    const [first] = departureChances(alone, schedule, days);
    expect(first).toMatchObject({ hits: 9, trials: 10, share: 0.9 });
    expect(first!.lower).toBeCloseTo(0.555, 3);
    expect(first!.upper).toBeCloseTo(0.9975, 3);
  });
});
