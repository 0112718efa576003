import { describe, expect, it } from 'vitest';
import { handMadeProblem, handMadeSchedule } from '../../verify/fixtures/hand-made.ts';
import { comparePlans, type ComparedPlan } from './compare-plans.ts';
import type { Exception } from '../exception.ts';

const measured = (hits: number) => ({ hits, trials: 100, share: hits / 100, lower: 0, upper: 1 });
function compared(id: string): ComparedPlan {
  const provenance = { dataHash: 'data', setId: 'set' } as ComparedPlan['plan']['provenance'];
  const test = { anyViolation: measured(8) } as NonNullable<ComparedPlan['plan']['test']>;
  return {
    plan: { id, day: '2026-05-01', problem: handMadeProblem(), schedule: handMadeSchedule(), test, provenance },
    exceptions: [exception('risk-above-target', 2)],
  };
}
const exception = (code: string, level: 1 | 2 | 3): Exception => ({
  level,
  code,
  cause: code,
  fromSlot: null,
  toSlot: null,
  consequence: '',
  action: { label: '', screen: 'risk' },
  count: 1,
});

describe('comparePlans', () => {
  it('of a plan with itself is empty', () => {
    const one = compared('a');
    expect(comparePlans(one, one)).toMatchObject({
      same: { data: true, set: true, horizon: true },
      costItems: [],
      resources: [],
      changedSlots: 0,
      promises: [],
      newExceptions: [],
      goneExceptions: [],
    });
    const { cost, unmetKwh, anyViolation } = comparePlans(one, one);
    expect(cost.to - cost.from).toBe(0);
    expect(unmetKwh.to - unmetKwh.from).toBe(0);
    expect(anyViolation!.to.share - anyViolation!.from.share).toBe(0);
  });

  it('counts changed slots by resource, with energy and the largest difference', () => {
    const [from, to] = [compared('a'), compared('b')];
    to.plan.schedule.gas[0]!.outputKw[1]! += 30;
    to.plan.schedule.gas[0]!.outputKw[4]! -= 50;
    to.plan.schedule.storage[0]!.chargeKw[1]! += 30;
    to.plan.schedule.cost.generation += 2;
    const { resources, changedSlots, costItems } = comparePlans(from, to);
    const { slotHours, gas, storage } = to.plan.problem;
    expect(resources).toEqual([
      {
        kind: 'gas',
        id: gas[0]!.id,
        name: gas[0]!.name,
        slots: 2,
        fromSlot: 1,
        toSlot: 4,
        energyKwh: -20 * slotHours,
        largestKw: -50,
      },
      {
        kind: 'storage',
        id: storage[0]!.id,
        name: storage[0]!.name,
        slots: 1,
        fromSlot: 1,
        toSlot: 1,
        energyKwh: -30 * slotHours,
        largestKw: -30,
      },
    ]);
    expect(changedSlots).toBe(2);
    expect(costItems.map(({ key }) => key)).toEqual(['generation']);
  });

  it('names promises that moved, and exceptions that came, went or got worse', () => {
    const [from, to] = [compared('a'), compared('b')];
    const ev = to.plan.problem.evs[0]!;
    ev.requiredKwh -= 4;
    to.exceptions = [exception('risk-above-target', 1), exception('energy-unmet', 2)];
    from.exceptions.push(exception('reserve-thin', 3));
    const change = comparePlans(from, to);
    expect(change.promises).toHaveLength(1);
    expect(change.promises[0]!.requiredKwh.to - change.promises[0]!.requiredKwh.from).toBeCloseTo(-4, 9);
    expect(change.newExceptions.map(({ code }) => code)).toEqual(['risk-above-target', 'energy-unmet']);
    expect(change.goneExceptions.map(({ code }) => code)).toEqual(['reserve-thin']);
  });

  it('between days of other slots gives key numbers only', () => {
    const [from, to] = [compared('a'), compared('b')];
    to.plan.day = '2026-05-02';
    to.plan.schedule.gas[0]!.outputKw[1]! += 30;
    expect(comparePlans(from, to)).toMatchObject({
      same: { horizon: false },
      resources: [],
      promises: [],
      changedSlots: 0,
    });
  });
});
