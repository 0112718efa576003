import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Term } from '../program/program.ts';
import { wassersteinQuantile } from '../robust/drcc/wasserstein.ts';
import { optimum } from '../robust/fixtures/test-solver.ts';
import { cappedWorstDayOf } from './set-worst-day.ts';
import { cappedDistance, cappedLevel, linearLevel, steepestFirst, worstChance } from './worst-chance.ts';

const number = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100);

describe('worstChance', () => {
  it('is the optimum of the transport of masses', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(number(0, 3), { minLength: 1, maxLength: 6 }),
        number(0, 2),
        async (distances, radius) => {
          const program = new ProgramBuilder('transport');
          const carried = distances.map((distance, i): Term => {
            const mass = program.addColumn({ name: `m${i}`, lower: 0, upper: 1 / distances.length, cost: -1 });
            return [mass, distance];
          });
          program.addRow({ name: 'ball', lower: -Infinity, upper: radius, terms: carried });
          const { objective } = await optimum(program.compile());
          expect(worstChance(distances, { radius })).toBeCloseTo(-objective, 6);
        },
      ),
      { numRuns: 40, seed: 1 },
    ));
  it('is known by hand', () => {
    // Four days of a quarter each: one is there, one a kW away, and half of the next can be paid for.
    expect(worstChance([0, 1, 2, 9], { radius: 0.5 })).toBeCloseTo(0.25 + 0.25 + 0.125, 12);
    expect(worstChance([1, 1], { radius: 0 })).toBe(0);
  });
});

describe('levels', () => {
  it('of a limit that feels every kW are the worst-case quantiles of robust/', () =>
    fc.assert(
      fc.property(
        fc.array(number(-5, 5), { minLength: 2, maxLength: 12 }),
        number(0.05, 0.6),
        number(0.02, 1),
        number(0.1, 3),
        (values, risk, radius, steepest) => {
          const level = linearLevel(values, steepest, { risk, radius });
          expect(level).toBeCloseTo(wassersteinQuantile(values, risk, radius * steepest), 7);
        },
      ),
      { numRuns: 200, seed: 2 },
    ));
  it('of one that feels a slot up to a cap are kept by the worst law, and by no less room', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(number(-3, 3), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 8 }),
        fc.array(number(0, 2), { minLength: 3, maxLength: 3 }),
        fc.array(number(0, 2), { minLength: 3, maxLength: 3 }),
        number(0.1, 0.6),
        number(0.05, 1),
        (days, weights, caps, risk, radius) => {
          const set = { points: days, risk, radius };
          const level = cappedLevel(days, weights, caps, set);
          const felt = steepestFirst(weights, caps);
          const chance = (room: number) =>
            worstChance(
              days.map((day) => cappedDistance(day, weights, caps, felt, room)),
              set,
            );
          expect(chance(level + 1e-9)).toBeLessThanOrEqual(risk + 1e-6);
          if (level > 0.01) expect(chance(0.99 * level)).toBeGreaterThan(risk - 1e-9);
          const { value, deviation } = cappedWorstDayOf(set, 3, weights, caps);
          const takes = deviation.reduce(
            (sum, kw, slot) => sum + weights[slot]! * Math.min(caps[slot]!, Math.max(0, kw)),
            0,
          );
          expect(value).toBe(level);
          // Where every day reaches the level with its slots at their caps there is none nearer.
          expect(takes).toBeGreaterThanOrEqual(level - 1e-6);
        },
      ),
      { numRuns: 200, seed: 3 },
    ));
});
