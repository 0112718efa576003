import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildV2g } from '../models/v2g/build-v2g.ts';
import { protectedProblem } from '../models/v2g/fixtures/protected-problem.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import { optimum } from '../robust/fixtures/test-solver.ts';
import { setAdversary } from '../robust/sets/set-adversary.ts';
import { daySets } from '../uncertainty/fixtures/day-sets.ts';
import { checkPlan } from './check-plan.ts';
import { replayDay } from './replay-day.ts';
import { worstDayOf } from './set-worst-day.ts';
import { worstPlanDay } from './worst-plan-day.ts';

async function planned(problem: V2gProblem) {
  const built = buildV2g(problem);
  const { objective, columns } = await optimum(built.program);
  return built.read({ objective, columns });
}

const base = protectedProblem();
const coordinates = base.slots * base.uncertainty.components.length;
const sets = daySets(7, base.slots, base.uncertainty.components.length);

describe('worstDayOf', () => {
  it.each(sets.map((set) => [set.kind, set] as const))('finds what the adversary of the %s set finds', (_, set) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: base.slots, maxLength: base.slots }),
        (weights) => {
          const { value, deviation } = worstDayOf(set, base.slots, weights);
          const coefficients = Array.from({ length: coordinates }, (__, j) => weights[j % base.slots]!);
          const adversary = setAdversary(set, coefficients).reduce((sum, kw, j) => sum + kw * coefficients[j]!, 0);
          expect(value).toBeCloseTo(adversary, 8);
          expect(deviation).toHaveLength(coordinates);
        },
      ),
      { numRuns: 30, seed: 3 },
    );
  });
});

describe('worstPlanDay', () => {
  const variants: [string, V2gProblem][] = [
    ['slots on their own', base],
    ...sets.map((set): [string, V2gProblem] => [
      `${set.kind} set`,
      { ...base, uncertainty: { ...base.uncertainty, set } },
    ]),
  ];
  it.each(variants)('takes exactly what the plan holds, and nothing breaks: %s', async (_, problem) => {
    const schedule = await planned(problem);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    const worst = worstPlanDay(problem, schedule)!;
    expect(worst.takes).toBeCloseTo(worst.holds, 3);
    const day = { label: 'worst', deviationKw: worst.deviationKw };
    const { violatedSlots } = replayDay(problem, schedule, day);
    // A chance constraint is one limit's: the day up to which that one holds may be given up by others.
    if (problem.uncertainty.set?.kind === 'wasserstein-exact') expect(violatedSlots).not.toContain(worst.slot);
    else expect(violatedSlots).toEqual([]);
    // A hundredth further and the limit it names is broken in the slot it names.
    const further = { ...day, deviationKw: worst.deviationKw.map((own) => own.map((kw) => 1.01 * kw)) };
    expect(replayDay(problem, schedule, further).violatedSlots).toContain(worst.slot);
    expect(worst.deviationKw[worst.component]![worst.componentSlot!]).toBe(worst.componentKw);
    expect(worst.componentSlot!).toBeLessThanOrEqual(worst.slot);
    expect(worst.componentKw).toBeGreaterThan(0);
  });
  it('is nothing where nothing is protected', async () => {
    const problem = { ...base, uncertainty: { ...base.uncertainty, protection: 0 } };
    expect(worstPlanDay(problem, await planned(problem))).toBeNull();
  });
  it.each(sets.map((set) => [set.kind, set] as const))(
    'and the check find a plan that stands too little of a %s set',
    async (_, set) => {
      const problem = { ...base, uncertainty: { ...base.uncertainty, set } };
      const schedule = await planned(problem);
      const less = { ...schedule, worstDeviationKw: schedule.worstDeviationKw.map((kw) => 0.9 * kw) };
      expect(checkPlan(problem, less).breaches.map(({ limit }) => limit)).toContain('worst deviation');
      const slot = schedule.evShare.findIndex((share) => share > 0.05);
      if (slot >= 0) {
        const more = { ...schedule, evShare: schedule.evShare.map((share) => Math.min(1, 1.5 * share + 0.3)) };
        expect(checkPlan(problem, more).passed).toBe(false);
      }
    },
  );
});
