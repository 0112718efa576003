import { expect, test } from 'vitest';
import { recomputedCost } from '../../verify/check-cost.ts';
import { handMadeProblem, handMadeSchedule } from '../../verify/fixtures/hand-made.ts';
import { costBySlot } from './cost-by-slot.ts';

test('the slots add up to the total that the independent check computes', () => {
  const problem = handMadeProblem();
  const schedule = handMadeSchedule();
  const total = Object.values(recomputedCost(problem, schedule)).reduce((sum, item) => sum + item, 0);
  expect(costBySlot(problem, schedule).reduce((sum, item) => sum + item, 0)).toBeCloseTo(total, 9);
});

test('a start is paid in its slot, energy missing at departure in the last connected one', () => {
  const problem = handMadeProblem();
  const schedule = handMadeSchedule();
  problem.unmetPerKwh = 2;
  schedule.evs[0]!.unmetKwh = 0;
  const before = costBySlot(problem, schedule);
  const unit = schedule.gas[0]!;
  const start = unit.on.findIndex((on, slot) => on > 0.5 && !((unit.on[slot - 1] ?? 0) > 0.5));
  problem.gas[0]!.startUpCost += 100;
  schedule.evs[0]!.unmetKwh = 5;
  problem.evs[0]!.departureSlot = 4;
  const rise = costBySlot(problem, schedule).map((cost, slot) => cost - before[slot]!);
  const expected = [0, 0, 0, 0, 0, 0];
  expected[start]! += 100;
  expected[3]! += 10;
  rise.forEach((value, slot) => expect(value).toBeCloseTo(expected[slot]!, 9));
});
