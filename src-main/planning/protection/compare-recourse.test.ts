import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protectedProblem } from '../../models/v2g/fixtures/protected-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions } from '../../solver/solver.ts';
import { adaptive } from './compare-recourse.ts';
import { solveV2g } from '../plan/solve-v2g.ts';

const options = { ...defaultSolveOptions, relativeGap: 1e-8, explainInfeasibility: 'no' as const };

async function objectiveOf(problem: V2gProblem): Promise<number> {
  const answer = await solveV2g(problem, testSolver, options);
  if (!('schedule' in answer)) throw new Error(answer.kind);
  return answer.schedule.objective;
}

/** One of the units is switched on beforehand. */
function problemOf(halfWidths: readonly number[], slotProtection: number, protection: number): V2gProblem {
  const base = protectedProblem();
  const [unit] = base.gas;
  const components = base.uncertainty.components.map((component, l) => ({
    ...component,
    halfWidthKw: halfWidths.slice(l * base.slots, (l + 1) * base.slots),
  }));
  return {
    ...base,
    gas: [
      unit!,
      {
        ...unit!,
        id: 'gas-2',
        name: 'Gas 2',
        commitment: 'committed',
        minKw: 5,
        maxKw: 60,
        noLoadPerHour: 1,
        costLinearPerKwh: 0.06,
      },
    ],
    uncertainty: {
      components,
      protection,
      set: { kind: 'budget', slots: base.slots, halfWidths: [...halfWidths], protection, slotProtection },
    },
  };
}

describe('static recourse, a common share, a share by resource and full recourse', () => {
  it('never cost more with each step, and the last two agree where slots are on their own', async () => {
    let cheaper = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 16, maxLength: 16 }),
        fc.constantFrom(1, 2, 2.5, 4, 8),
        fc.constantFrom(1, 1.5, 2),
        async (halfWidths, slotProtection, protection) => {
          const problem = problemOf(halfWidths, slotProtection, protection);
          const fixed = await objectiveOf({ ...problem, recourse: 0 });
          const affine = await objectiveOf(problem);
          const shared = await objectiveOf({ ...problem, responders: 'each-resource' });
          const { step } = await adaptive(problem, testSolver, options);
          expect(step.problem).toBe('');
          expect(step.upper).toBeLessThanOrEqual(shared + 1e-4);
          expect(shared).toBeLessThanOrEqual(affine + 1e-6);
          if (shared < affine - 1e-3) cheaper++;
          expect(affine).toBeLessThanOrEqual(fixed + 1e-6);
          if (slotProtection === 8) expect(step.upper).toBeCloseTo(affine, 3);
          expect(step.upper - step.lower).toBeLessThanOrEqual(1e-4 * Math.max(1, step.upper));
        },
      ),
      { numRuns: 6, seed: 17 },
    );
    expect(cheaper).toBeGreaterThan(0);
  });
  it('never cost more with each step on past days either, where full recourse is as dear as the dearest of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: -6, max: 12 }), { minLength: 16, maxLength: 16 }), { minLength: 1, maxLength: 4 }), // prettier-ignore
        async (points) => {
          const base = problemOf(new Array<number>(16).fill(0), 1, 2);
          const set = { kind: 'scenarios' as const, centre: new Array<number>(16).fill(0), points, scale: 1 };
          const problem = {
            ...base,
            poolAccount: 'by-car-in-days' as const,
            uncertainty: { ...base.uncertainty, set },
          };
          const fixed = await objectiveOf({ ...problem, recourse: 0 });
          const affine = await objectiveOf(problem);
          const { step, worst } = await adaptive(problem, testSolver, options);
          expect(step.upper).toBeLessThanOrEqual(affine + 1e-4);
          expect(affine).toBeLessThanOrEqual(fixed + 1e-6);
          expect(step.upper - step.lower).toBeLessThanOrEqual(1e-4 * Math.max(1, step.upper));
          const totals = points.map((point) => point.slice(0, 8).map((kw, slot) => kw + point[8 + slot]!));
          expect([...totals, new Array<number>(8).fill(0)]).toContainEqual(worst);
        },
      ),
      { numRuns: 4, seed: 23 },
    );
  });
  it('says for which sets full recourse is not computed', async () => {
    const base = protectedProblem();
    const each = new Array<number>(16).fill(3);
    const set = {
      kind: 'factor' as const,
      centre: each.map(() => 0),
      factors: [each],
      budget: 1,
      rest: each,
      scale: 1,
    };
    const { step, worst } = await adaptive({ ...base, uncertainty: { ...base.uncertainty, set } }, testSolver, options);
    expect(step.problem).toMatch(/intervals, budgets, past days and similar days/);
    expect(worst).toEqual([]);
  });
});
