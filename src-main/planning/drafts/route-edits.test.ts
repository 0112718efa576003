import { describe, expect, it } from 'vitest';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { handMadeProblem } from '../../verify/fixtures/hand-made.ts';
import { exactSolve } from '../exact-solve.ts';
import { smallFleet } from '../fixtures/small-fleet.ts';
import { solveV2g } from '../plan/solve-v2g.ts';
import { applyEdits } from './apply-edits.ts';
import { describeEdit } from './edit-words.ts';
import type { PlanEdit } from './plan-edit.ts';
import { closedRoadsOf } from './route-edits.ts';

const base: V2gProblem = { ...handMadeProblem(), trucks: smallFleet() };
const [station, farm] = [1, 2];

async function solved(edits: readonly PlanEdit[]): Promise<V2gSchedule> {
  const problem = applyEdits(base, edits);
  const answer = await solveV2g(problem, testSolver, exactSolve);
  if (answer.kind !== 'optimal') throw new Error(JSON.stringify(answer));
  expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
  return answer.schedule;
}
const placesOf = ({ trucks }: V2gSchedule, k: number): (number | null)[] => trucks![k]!.placeBySlot;

describe('edits of own trucks’ routes', () => {
  it('a pinned truck stands where it must, and it costs what the free day does not', async () => {
    const free = await solved([]);
    const pinned = await solved([{ field: 'truck.pin', id: 'b', place: 'farm', fromSlot: 2, toSlot: 3 }]);
    expect(placesOf(pinned, 1).slice(2, 4)).toEqual([farm, farm]);
    expect(pinned.objective).toBeGreaterThanOrEqual(free.objective - 1e-6);
  });

  it('keeps every truck away from a place, or the one named', async () => {
    const none = await solved([{ field: 'truck.keepAway', id: null, place: 'station', fromSlot: 0, toSlot: 5 }]);
    expect([...placesOf(none, 0), ...placesOf(none, 1)]).not.toContain(station);
    const problem = applyEdits(base, [{ field: 'truck.keepAway', id: 'a', place: 'farm', fromSlot: 0, toSlot: 5 }]);
    expect(problem.trucks!.trucks.map(({ rules }) => rules?.length ?? 0)).toEqual([1, 0]);
  });

  it('a truck out of service stays at home and moves no energy; a reserved one works for one grid', async () => {
    const schedule = await solved([
      { field: 'truck.outOfService', id: 'b' },
      { field: 'truck.reserve', id: 'a', grid: 'farms', fromSlot: 0, toSlot: 5 },
    ]);
    expect(placesOf(schedule, 1)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(schedule.trucks![1]!.dischargeKw.every((kw) => kw === 0)).toBe(true);
    expect(placesOf(schedule, 0)).not.toContain(station);
  });

  it('holds with edits of numbers, in any order', () => {
    const pin: PlanEdit = { field: 'truck.pin', id: 'a', place: 'station', fromSlot: 1, toSlot: 2 };
    const alpha: PlanEdit = { field: 'protection', value: 0 };
    const [one, other] = [applyEdits(base, [pin, alpha]), applyEdits(base, [alpha, pin])];
    expect(one).toEqual(other);
    expect(one.uncertainty.protection).toBe(0);
    expect(one.trucks!.trucks[0]!.rules).toHaveLength(1);
  });

  it('names the change that leaves a truck no way, and what is not there', () => {
    const far: PlanEdit[] = [
      { field: 'truck.pin', id: 'a', place: 'station', fromSlot: 1, toSlot: 1 },
      { field: 'truck.pin', id: 'a', place: 'farm', fromSlot: 2, toSlot: 2 },
    ];
    expect(() => applyEdits(base, far)).toThrow(/change 2 leaves Truck a no way through the day/);
    const pin = (id: string, place: string): PlanEdit => ({ field: 'truck.pin', id, place, fromSlot: 1, toSlot: 1 });
    expect(() => applyEdits(base, [pin('z', 'farm')])).toThrow(/no truck "z"/);
    expect(() => applyEdits(base, [pin('a', 'nowhere')])).toThrow(/no place "nowhere"/);
    const reserve: PlanEdit = { field: 'truck.reserve', id: 'a', grid: 'moon', fromSlot: 0, toSlot: 5 };
    expect(() => applyEdits(base, [reserve])).toThrow(/"moon"/);
    expect(() => applyEdits(handMadeProblem(), [pin('a', 'farm')])).toThrow(/trucks of its own/);
  });

  it('refuses slots that are no whole steps of the trucks', () => {
    const coarse: V2gProblem = { ...base, trucks: { ...smallFleet(), slotsPerStep: 2 } };
    const pin = (fromSlot: number, toSlot: number): PlanEdit[] => [
      { field: 'truck.pin', id: 'a', place: 'depot', fromSlot, toSlot },
    ];
    expect(applyEdits(coarse, pin(2, 3)).trucks!.trucks[0]!.rules).toEqual([
      { kind: 'only', terminals: [0], fromSlot: 1, untilSlot: 2 },
    ]);
    expect(() => applyEdits(coarse, pin(1, 3))).toThrow(/steps of 60 minutes/);
    expect(() => applyEdits(coarse, pin(0, 6))).toThrow(/not a range within/);
  });

  it('says each in words, and collects the roads to close', () => {
    const links = [{ from: '1', to: '2' }];
    const words = (edit: PlanEdit): string => describeEdit(base, edit);
    expect(words({ field: 'truck.pin', id: 'a', place: 'farm', fromSlot: 1, toSlot: 2 })).toBe(
      'Truck a, slots 1 to 2: stands at Place farm',
    );
    expect(words({ field: 'truck.keepAway', id: null, place: 'farm', fromSlot: 0, toSlot: 1 })).toContain(
      'Every truck',
    );
    expect(words({ field: 'truck.reserve', id: 'a', grid: 'farms', fromSlot: 0, toSlot: 1 })).toContain(
      'only for Farms',
    );
    expect(
      closedRoadsOf([
        { field: 'roads.close', links },
        { field: 'truck.outOfService', id: 'a' },
      ]),
    ).toEqual(links);
  });
});
