import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import { optimum } from '../fixtures/test-solver.ts';
import { chanceSamples } from './chance-samples.ts';
import { addCvarMargin } from './cvar-margin.ts';
import { addExactChance, mostExactSamples } from './exact-wasserstein.ts';
import { wassersteinQuantile, wassersteinSafe } from './wasserstein.ts';

const loss = fc.integer({ min: -50, max: 50 }).map((value) => value / 10);
const losses = fc.array(loss, { minLength: 3, maxLength: 8 });

/** Least reserve r with P(L − r > 0) ≤ ε over the ball. */
function reserve(form: 'exact' | 'cvar', samples: readonly number[], epsilon: number, radius: number, most = 1000) {
  const program = new ProgramBuilder(form);
  const r = program.addColumn({ name: 'r', lower: -100, upper: most, cost: 1 });
  const spec = {
    name: 'chance',
    shares: [{ terms: [], constant: 1 }],
    samples: samples.map((value) => [value]),
    epsilon,
    radius,
    base: { terms: [[r, -1] as const], constant: 0 },
    upper: 0,
  };
  if (form === 'exact') addExactChance(program, spec);
  else addCvarMargin(program, spec);
  return optimum(program.compile());
}

describe('addExactChance', () => {
  it('asks for the worst-case quantile, where the share is one', () =>
    fc.assert(
      fc.asyncProperty(
        losses,
        fc.constantFrom(0.1, 0.25, 0.4),
        fc.constantFrom(0.05, 0.3),
        async (samples, epsilon, radius) => {
          const { objective } = await reserve('exact', samples, epsilon, radius);
          expect(objective).toBeCloseTo(wassersteinQuantile(samples, epsilon, radius), 4);
        },
      ),
      { numRuns: 25, seed: 2018 },
    ));
  it('allows what the CVaR form calls infeasible', async () => {
    const samples = [10, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const exact = wassersteinQuantile(samples, 0.2, 0.1);
    const safe = wassersteinSafe(samples, 0.2, 0.1);
    expect(exact).toBeLessThan(safe - 1);
    const most = (exact + safe) / 2;
    expect((await reserve('exact', samples, 0.2, 0.1, most)).objective).toBeCloseTo(exact, 5);
    await expect(reserve('cvar', samples, 0.2, 0.1, most)).rejects.toThrow(/infeasible/);
  });
  it('never asks for more than the CVaR form with shares as decisions, and keeps what it promises', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(loss, loss), { minLength: 3, maxLength: 6 }),
        fc.constantFrom(0.2, 0.35),
        async (samples, epsilon) => {
          const radius = 0.2;
          const solve = async (form: 'exact' | 'cvar') => {
            const program = new ProgramBuilder(form);
            const share = program.addColumn({ name: 'share', lower: 0, upper: 1, cost: 0.1 });
            const r = program.addColumn({ name: 'r', lower: -100, upper: 100, cost: 1 });
            const spec = {
              name: 'chance',
              shares: [
                { terms: [[share, 1] as const], constant: 0 },
                { terms: [[share, -1] as const], constant: 1 },
              ],
              samples,
              epsilon,
              radius,
              base: { terms: [[r, -1] as const], constant: 0 },
              upper: 0,
            };
            if (form === 'exact') addExactChance(program, spec);
            else addCvarMargin(program, spec);
            const found = await optimum(program.compile());
            return { ...found, share: found.columns[share]!, r: found.columns[r]! };
          };
          const [exact, safe] = [await solve('exact'), await solve('cvar')];
          expect(exact.objective).toBeLessThanOrEqual(safe.objective + 1e-5);
          const scale = Math.max(exact.share, 1 - exact.share);
          const own = samples.map(([a, b]) => exact.share * a + (1 - exact.share) * b);
          // With distance in the sum of both errors, a loss moves by `scale` for each unit.
          expect(exact.r).toBeGreaterThanOrEqual(wassersteinQuantile(own, epsilon, radius * scale) - 1e-4);
        },
      ),
      { numRuns: 20, seed: 7 },
    ));
  it('takes any number of samples where one number is uncertain: no column, no binary', async () => {
    const many = Array.from({ length: mostExactSamples + 40 }, (_, i) => Math.sin(i));
    const { objective, columns } = await reserve('exact', many, 0.1, 0.2);
    expect(objective).toBeCloseTo(wassersteinQuantile(many, 0.1, 0.2), 8);
    expect(columns).toHaveLength(1);
  });
  it('leaves out samples that never matter, and gives a sample up only after all that are worse', () => {
    // Rising samples: each is worse than those before it, whatever the shares.
    const samples = Array.from({ length: 20 }, (_, i) => [i, 2 * i]);
    const { program, shares } = twoShares();
    const spec = { name: 'chance', shares, samples, epsilon: 0.15, radius: 0.5, base: { terms: [], constant: 0 } };
    const { kept, mostGivenUp } = chanceSamples(program, { ...spec, upper: 9 });
    expect(mostGivenUp).toBe(2);
    expect(kept.map(({ sample }) => sample)).toEqual([17, 18, 19]);
    expect(kept.map(({ slack }) => slack > 0)).toEqual([false, true, true]);
    expect(kept.map(({ worse }) => worse)).toEqual([[18, 19], [19], []]);
  });
  it('has no binary where no sample can be given up, and is the CVaR form then', () => {
    const { program, shares } = twoShares();
    const samples = [
      [1, -2],
      [-1, 3],
      [2, 0],
    ];
    const base = { terms: [], constant: 0 };
    addExactChance(program, { name: 'chance', shares, samples, epsilon: 0.3, radius: 0.5, base, upper: 9 });
    expect(program.compile().integrality).toHaveLength(0);
  });
  it('refuses what has no exact form', async () => {
    await expect(async () => reserve('exact', [1], 0.1, 0)).rejects.toThrow(/above 0/);
    const { program, shares } = twoShares();
    const samples = Array.from({ length: mostExactSamples + 1 }, (_, i) => [i, -i]);
    const spec = { name: 'chance', shares, samples, epsilon: 0.1, radius: 1, base: { terms: [], constant: 0 } };
    expect(() => addExactChance(program, { ...spec, upper: 1 })).toThrow(/1 to 60 .*wasserstein/);
  });
});

function twoShares() {
  const program = new ProgramBuilder('two shares');
  const shares = ['a', 'b'].map((name) => {
    const column = program.addColumn({ name, lower: 0, upper: 1 });
    return { terms: [[column, 1] as const], constant: 0 };
  });
  return { program, shares };
}
