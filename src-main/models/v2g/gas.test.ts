import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { buildV2g } from './build-v2g.ts';
import { slotsFor } from './commitment.ts';
import { gasUnit, gridAt, smallProblem } from './fixtures/small-problem.ts';
import type { GasUnit, V2gProblem } from './problem.ts';

async function solve(problem: V2gProblem) {
  const built = buildV2g(problem);
  return built.read(await optimum(built.program));
}

interface CommitmentCase {
  unit: GasUnit;
  loadKw: number[];
  importPrice: number;
}
const slots = 6;
const caseOf: fc.Arbitrary<CommitmentCase> = fc
  .record({
    minKw: fc.integer({ min: 0, max: 40 }),
    noLoadPerHour: fc.integer({ min: 0, max: 8 }),
    startUpCost: fc.integer({ min: 0, max: 20 }),
    shutDownCost: fc.integer({ min: 0, max: 10 }),
    minimumUpHours: fc.integer({ min: 0, max: 4 }),
    minimumDownHours: fc.integer({ min: 0, max: 4 }),
    rampKwPerHour: fc.integer({ min: 5, max: 120 }),
    initial: fc.oneof(
      fc.constant({ state: 'free' as const }),
      fc.record({
        state: fc.constantFrom('on' as const, 'off' as const),
        hours: fc.integer({ min: 0, max: 5 }),
        outputKw: fc.constant(null),
      }),
    ),
    loadKw: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: slots, maxLength: slots }),
    importPrice: fc.integer({ min: 5, max: 30 }).map((x) => x / 100),
  })
  .map(({ loadKw, importPrice, ...parts }) => ({
    unit: gasUnit({ ...parts, maxKw: 80, commitment: 'committed' }),
    loadKw,
    importPrice,
  }));

/** Whether an on/off pattern keeps the minimum times, told from its runs and without a program. */
function keepsTimes(unit: GasUnit, on: readonly boolean[]): boolean {
  const { initial } = unit;
  let state = initial.state === 'free' ? on[0]! : initial.state === 'on';
  let held = initial.state === 'free' ? Infinity : initial.hours;
  for (const next of on) {
    if (next !== state) {
      if (held < (state ? unit.minimumUpHours : unit.minimumDownHours)) return false;
      state = next;
      held = 0;
    }
    held++;
  }
  return true;
}

/** Least cost of a pattern: with the on/off pattern fixed, outputs on a grid of whole kW by dynamic programming (all data are whole). */
function patternCost({ unit, loadKw, importPrice }: CommitmentCase, on: readonly boolean[]): number {
  const { initial } = unit;
  let fixed = 0;
  let was = initial.state === 'free' ? on[0]! : initial.state === 'on';
  const step = Math.max(unit.rampKwPerHour, unit.minKw);
  let best = new Map<number, number>();
  for (let slot = 0; slot < slots; slot++) {
    const is = on[slot]!;
    if (is) fixed += unit.noLoadPerHour;
    if (is && !was) fixed += unit.startUpCost;
    if (!is && was) fixed += unit.shutDownCost;
    const next = new Map<number, number>();
    const levels = is
      ? Array.from({ length: Math.min(unit.maxKw, loadKw[slot]!) - unit.minKw + 1 }, (_, k) => unit.minKw + k)
      : [0];
    for (const level of levels) {
      const cost = unit.costLinearPerKwh * level + importPrice * (loadKw[slot]! - level);
      // Outputs before slot 0 are unknown in these cases, so slot 0 is free to start anywhere.
      let before = slot === 0 ? 0 : Infinity;
      for (const [old, spent] of best) {
        const up = is && !was ? step : unit.rampKwPerHour;
        const down = !is && was ? step : unit.rampKwPerHour;
        if (level - old <= up && old - level <= down) before = Math.min(before, spent);
      }
      if (before < Infinity) next.set(level, before + cost);
    }
    best = next;
    was = is;
  }
  return fixed + Math.min(Infinity, ...best.values());
}

describe('gas commitment', () => {
  it('is the best of all on/off patterns that keep the minimum times', async () => {
    await fc.assert(
      fc.asyncProperty(caseOf, async (instance) => {
        let best = Infinity;
        for (let pattern = 0; pattern < 2 ** slots; pattern++) {
          const on = Array.from({ length: slots }, (_, slot) => ((pattern >> slot) & 1) === 1);
          if (keepsTimes(instance.unit, on)) best = Math.min(best, patternCost(instance, on));
        }
        const grid = gridAt(instance.loadKw.map(() => instance.importPrice));
        const problem = smallProblem(instance.loadKw, { gas: [instance.unit], grid });
        if (best === Infinity) {
          await expect(optimum(buildV2g(problem).program)).rejects.toThrow(/infeasible/);
          return;
        }
        const schedule = await solve(problem);
        expect(schedule.objective).toBeCloseTo(best, 6);
        expect(schedule.totalCost).toBeCloseTo(best, 6);
        expect(
          keepsTimes(
            instance.unit,
            schedule.gas[0]!.on.map((on) => on === 1),
          ),
        ).toBe(true);
      }),
      { numRuns: 80, seed: 11 },
    );
  });
  it('ramps from the initial output, and steps to its minimum when it starts', async () => {
    const grid = gridAt([1, 1, 1]);
    const unit = gasUnit({ rampKwPerHour: 20, initial: { state: 'on', hours: 3, outputKw: 10 } });
    const steady = await solve(smallProblem([90, 90, 90], { gas: [unit], grid }));
    expect(steady.gas[0]!.outputKw).toEqual([30, 50, 70]);
    const started = gasUnit({
      ...unit,
      minKw: 40,
      commitment: 'committed',
      initial: { state: 'off', hours: 9, outputKw: 0 },
    });
    const schedule = await solve(smallProblem([90, 90, 90], { gas: [started], grid }));
    expect(schedule.gas[0]!.outputKw).toEqual([40, 60, 80]);
    const down = gasUnit({ ...unit, initial: { state: 'on', hours: 3, outputKw: 70 } });
    const fallen = await solve(
      smallProblem([60, 30, 10], { gas: [down], grid: gridAt([1, 1, 1], { exportLimitKw: 9, sellPerKwh: [0, 0, 0] }) }),
    );
    expect(fallen.gas[0]!.outputKw).toEqual([59, 39, 19]);
  });
  it('rounds minimum times up to whole slots', () => {
    expect([0, 0.25, 0.3, 1, 0.1 + 0.2].map((hours) => slotsFor(hours, 0.25))).toEqual([0, 1, 2, 4, 2]);
    expect(slotsFor(0.3, 0.1)).toBe(3);
    expect(slotsFor(-2, 1)).toBe(0);
  });
});
