import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../base/errors.ts';
import { normalCdf } from '../base/statistics.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { handMadeProblem, handMadeSchedule } from './fixtures/hand-made.ts';
import { planMargins } from './plan-margins.ts';
import { replayDay, simulate } from './simulate.ts';
import type { DeviationDay } from './types.ts';
import { worstVertices } from './worst-case.ts';

const problem = handMadeProblem();
const schedule = handMadeSchedule();
const day = (label: string, loadKw: number[]): DeviationDay => ({
  label,
  deviationKw: [new Array<number>(6).fill(0), new Array<number>(6).fill(0), loadKw],
});

describe('planMargins', () => {
  it('holds the committed surplus, the power and the energy of the pool', () => {
    const margins = planMargins(problem, schedule);
    for (let slot = 0; slot < 6; slot++)
      expect(margins.supplyKw[slot]).toBeCloseTo((1 - schedule.evShare[slot]!) * schedule.worstDeviationKw[slot]!, 6);
    expect([...margins.spareWindKw].map((kw) => +kw.toFixed(6))).toEqual([9.5, 19, 9.5, 9.5, 9.5, 9.5]);
    expect([...margins.poolKw]).toEqual([120, 110, 110, 145, 45, 40]);
    // Slot 0: 173.75 − (196 − 3 · 33.25); slot 3: 0.987 of the car that leaves, 81.375 − (70 − 38) of the other.
    expect(margins.accountKwh[0]).toBeCloseTo(173.75 - 96.25, 6);
    expect(margins.accountKwh[3]).toBeCloseTo(0.986842105 + 81.375 - 32, 6);
    expect(margins.accountKwh[5]).toBeCloseTo(0.986842105 + 93.25 - 70, 6);
  });
  it('keeps the account of departed cars for the last slot only when nobody is connected', () => {
    const alone = { ...problem, evs: [problem.evs[0]!] };
    const { accountKwh, connected } = planMargins(alone, { ...schedule, evs: [schedule.evs[0]!] });
    expect([...connected]).toEqual([1, 1, 1, 1, 0, 0]);
    expect(accountKwh[4]).toBe(Infinity);
    expect(accountKwh[5]).toBeCloseTo(0.986842105, 6);
  });
});

describe('replayDay', () => {
  it('stands the adversary’s worst day, and no more than that and the spare wind', () => {
    const worst = worstVertices(problem);
    expect(replayDay(problem, schedule, { label: 'worst', deviationKw: worst })).toEqual({
      label: 'worst',
      violatedSlots: [],
      unservedKwh: 0,
      firstSlot: null,
      limit: '',
    });
    const beyond = worst.map((component) => component.map((kw) => 2.2 * kw));
    expect(replayDay(problem, schedule, { label: 'beyond', deviationKw: beyond }).violatedSlots.length).toBeGreaterThan(
      2,
    );
  });
  it('names a lack of supply with its energy', () => {
    // 0.8 · 100 kW for the supply side, which has 0.8 · 29 kW and 19 kW of wind to spare.
    const outcome = replayDay(problem, schedule, day('peak', [0, 100, 0, 0, 0, 0]));
    expect(outcome.violatedSlots).toEqual([1]);
    expect(outcome.firstSlot).toBe(1);
    expect(outcome.unservedKwh).toBeCloseTo(0.5 * (80 - 23.2 - 19), 6);
    expect(outcome.limit).toBe('committed supply is 38 kW short');
  });
  it('names a lack of pool power, and of pool energy', () => {
    const free = { ...schedule, evShare: [0, 0, 0, 0, 0, 1] };
    // Slot 5: 40 kW in hand; the account holds 24.237 kWh, that is 48.47 kW for half an hour.
    const power = replayDay(problem, free, day('power', [0, 0, 0, 0, 0, 45]));
    expect(power).toMatchObject({ violatedSlots: [5], limit: 'EV pool power is 5 kW short' });
    expect(power.unservedKwh).toBeCloseTo(2.5, 6);
    const early = { ...schedule, evShare: [1, 0, 0, 0, 0, 0] };
    const energy = replayDay(problem, early, day('energy', [60, 0, 0, 0, 0, 0]));
    expect(energy.violatedSlots).toEqual([5]);
    expect(energy.unservedKwh).toBeCloseTo(30 - 24.236842, 5);
    expect(energy.limit).toBe('EV pool energy is 5.76 kWh short');
  });
  it('refuses a day of another shape', () => {
    expect(() => replayDay(problem, schedule, { label: 'short', deviationKw: [[1]] })).toThrow(
      /3 components of 6 slots/,
    );
  });
  it('never gets better when demand rises', () => {
    const series = fc.array(fc.double({ min: -60, max: 120, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(
        series,
        fc.integer({ min: 0, max: 5 }),
        fc.double({ min: 0, max: 80, noNaN: true }),
        (kw, slot, more) => {
          const before = replayDay(problem, schedule, day('before', kw));
          const raised = kw.map((value, at) => (at === slot ? value + more : value));
          const after = replayDay(problem, schedule, day('after', raised));
          expect(after.unservedKwh).toBeGreaterThanOrEqual(before.unservedKwh - 1e-9);
          expect(before.violatedSlots.every((violated) => after.violatedSlots.includes(violated))).toBe(true);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('simulate', () => {
  const calm = day('2026-03-01', [0, 0, 0, 0, 0, 0]);
  const peak = day('2026-03-02', [0, 100, 0, 0, 0, 0]);
  const twice = day('2026-03-03', [0, 90, 0, 0, 200, 0]);

  it('counts real days as often as it draws them', () => {
    const result = simulate(
      problem,
      schedule,
      { kind: 'resampled', days: [calm, peak, twice, calm] },
      { days: 4000, seed: 7 },
    );
    expect(result.source).toBe('resampled-real-errors');
    expect(result.anyViolation.trials).toBe(4000);
    expect(result.anyViolation.share).toBeGreaterThan(0.46);
    expect(result.anyViolation.share).toBeLessThan(0.54);
    expect(result.largestSingle.hits).toBe(result.anyViolation.hits);
    expect(result.perSlot[1]).toBeCloseTo(result.anyViolation.share, 12);
    expect(result.perSlot[4]).toBeGreaterThan(0.21);
    expect(result.perSlot[4]).toBeLessThan(0.29);
    expect(result.perSlot.filter((share) => share > 0)).toHaveLength(2);
    const [peakKwh, twiceKwh] = [peak, twice].map((one) => replayDay(problem, schedule, one).unservedKwh);
    const shares = [result.anyViolation.share - result.perSlot[4]!, result.perSlot[4]!];
    expect(result.expectedUnservedKwh).toBeCloseTo(shares[0]! * peakKwh! + shares[1]! * twiceKwh!, 9);
    expect(result.worstDay.outcome).toEqual(replayDay(problem, schedule, twice));
    expect(result.worstDay.netKw).toEqual([0, 90, 0, 0, 200, 0]);
  });

  it('draws 50 equally likely days by rank, worst last', () => {
    const { dots } = simulate(
      problem,
      schedule,
      { kind: 'resampled', days: [calm, peak, twice, calm] },
      { days: 4000, seed: 7 },
    );
    const unserved = dots.map((dot) => dot.unservedKwh);
    expect(dots).toHaveLength(50);
    expect(unserved).toEqual(unserved.toSorted((a, b) => a - b));
    expect(dots.at(-1)!.day).toBe(twice.label);
    expect(dots.filter(({ day: label }) => label === calm.label).length).toBeGreaterThan(22);
  });

  it('depends on its seed alone', () => {
    const run = (seed: number) =>
      simulate(
        problem,
        schedule,
        { kind: 'normal', sdKw: [1, 2, 3].map((sd) => new Array<number>(6).fill(10 * sd)) },
        { days: 300, seed },
      );
    expect(run(3)).toEqual(run(3));
    expect(run(3).worstDay).not.toEqual(run(4).worstDay);
  });

  it('gives the frequencies the normal distribution gives', () => {
    const staticPlan: V2gSchedule = { ...schedule, evShare: new Array<number>(6).fill(0) };
    const sdKw = [new Array<number>(6).fill(18), new Array<number>(6).fill(24), new Array<number>(6).fill(0)];
    const margins = planMargins(problem, staticPlan);
    const days = 40_000;
    const result = simulate(problem, staticPlan, { kind: 'normal', sdKw }, { days, seed: 1 });
    const expected = [...margins.supplyKw].map((kw, slot) => 1 - normalCdf((kw + margins.spareWindKw[slot]!) / 30));
    result.perSlot.forEach((share, slot) => {
      const error = 4 * Math.sqrt((expected[slot]! * (1 - expected[slot]!)) / days);
      expect(Math.abs(share - expected[slot]!)).toBeLessThan(error);
    });
    expect(result.largestSingle.share).toBeCloseTo(Math.max(...result.perSlot), 12);
    const none = expected.reduce((product, share) => product * (1 - share), 1);
    expect(Math.abs(result.anyViolation.share - (1 - none))).toBeLessThan(0.011);
    expect(result.bounds.exponential).toBeCloseTo(Math.exp(-(1.5 ** 2) / 6), 12);
  });

  it('numbers drawn days from one', () => {
    const sdKw = [10, 10, 10].map((sd) => new Array<number>(6).fill(sd));
    const { dots } = simulate(problem, schedule, { kind: 'normal', sdKw }, { days: 50, seed: 2 });
    const labels = Array.from({ length: 50 }, (_, day) => `draw ${day + 1}`);
    expect(dots.map(({ day: label }) => label).sort()).toEqual(labels.sort());
  });

  it('splits the worst normal day into components that make its total', () => {
    const sdKw = [new Array<number>(6).fill(5), new Array<number>(6).fill(40), new Array<number>(6).fill(0)];
    const { worstDay, dots } = simulate(problem, schedule, { kind: 'normal', sdKw }, { days: 50, seed: 2 });
    const outcome = replayDay(problem, schedule, { label: worstDay.outcome.label, deviationKw: worstDay.deviationKw });
    expect(outcome).toEqual(worstDay.outcome);
    // All 50 days are dots: the day put together again is as bad as the one that was drawn.
    expect(outcome.unservedKwh).toBeCloseTo(dots.at(-1)!.unservedKwh, 6);
    expect(outcome.label).toBe(dots.at(-1)!.day);
    expect(worstDay.deviationKw[2]).toEqual([0, 0, 0, 0, 0, 0]);
    const spread = (j: number) => Math.hypot(...worstDay.deviationKw[j]!);
    expect(spread(1)).toBeGreaterThan(spread(0));
  });

  it('refuses no days, and a count that is none', () => {
    const none = () => simulate(problem, schedule, { kind: 'resampled', days: [] }, { days: 10, seed: 1 });
    expect(none).toThrow(Refusal);
    expect(() => simulate(problem, schedule, { kind: 'resampled', days: [calm] }, { days: 0, seed: 1 })).toThrow(
      Refusal,
    );
  });
});
