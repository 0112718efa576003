import { describe, expect, it } from 'vitest';
import type { ObjectiveKind, ObjectiveValues } from '../models/v2g/objectives.ts';
import { checkPlan } from './check-plan.ts';
import { handMadeProblem, handMadeSchedule } from './fixtures/hand-made.ts';
import { objectiveValues } from './objective-values.ts';

/** The hand-made day with a loss of its own wind and load, told by hand below. */
const problem = handMadeProblem();
const schedule = handMadeSchedule();

function byHand(): ObjectiveValues {
  const energy = (series: readonly number[]) => series.reduce((sum, kw) => sum + kw, 0) * problem.slotHours;
  const windKw = schedule.wind[0]!.outputKw;
  const gasKwh = schedule.gas.reduce((sum, { outputKw }) => sum + energy(outputKw), 0);
  const deviations = problem.loadKw.map((kw, slot) => {
    const cars = schedule.evs.reduce((sum, ev) => sum + ev.chargeKw[slot]! - ev.dischargeKw[slot]!, 0);
    const net = kw + cars - windKw[slot]!;
    const worst = schedule.worstDeviationKw[slot]!;
    return Math.max(net + (1 - schedule.evShare[slot]!) * worst, worst - net);
  });
  return {
    cost: schedule.totalCost,
    generation: schedule.cost.generation + schedule.cost.noLoad,
    loss: problem.lossShare * (gasKwh + energy(windKw) + energy(schedule.grid!.importKw)),
    deviation: Math.max(...deviations),
    renewables: (100 * energy(windKw)) / energy(problem.wind[0]!.availableKw),
  };
}

describe('objectives of a finished plan', () => {
  it('are what they are by hand', () => {
    const found = objectiveValues(problem, schedule);
    for (const [objective, value] of Object.entries(byHand()))
      expect(found[objective as ObjectiveKind], objective).toBeCloseTo(value, 9);
  });

  const asked = {
    ...problem,
    objectives: {
      rule: 'lexicographic' as const,
      order: [
        { objective: 'deviation' as const, tolerance: 0 },
        { objective: 'cost' as const, tolerance: 0.01 },
      ],
    },
  };
  const values = byHand();
  const steps = [
    { objective: 'deviation' as const, reached: values.deviation!, kept: values.deviation! },
    { objective: 'cost' as const, reached: values.cost!, kept: null },
  ];
  const judged = (stated: NonNullable<typeof schedule.objectives> | undefined) => {
    const { objectives: _, ...bare } = schedule;
    return checkPlan(asked, stated ? { ...bare, objectives: stated } : bare).breaches.map(({ limit }) => limit);
  };

  it('pass when they are told as they are', () => {
    expect(judged({ values, steps, unmetAtMost: 1e6 })).toEqual([]);
  });

  it.each(Object.keys(values) as ObjectiveKind[])('fail the check when %s is told wrong', (objective) => {
    expect(judged({ values: { ...values, [objective]: values[objective]! * 1.001 }, steps })).toEqual(['objective']);
  });

  it('fail when one is left out, when what had to be kept is not, and when cars go without more than they may', () => {
    const { deviation: _, ...fewer } = values;
    expect(judged({ values: fewer, steps })).toEqual(['objective']);
    expect(judged({ values, steps: steps.slice(0, 1) })).toEqual(['objective']);
    expect(judged(undefined)).toEqual(['objective']);
    const broken = [{ ...steps[0]!, kept: values.deviation! - 1 }, steps[1]!];
    expect(judged({ values, steps: broken })).toEqual(['objective kept']);
    const unmet = schedule.cost.unmetEnergy;
    expect(judged({ values, steps, unmetAtMost: unmet - 1 })).toEqual(['objective']);
  });
});
