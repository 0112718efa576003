import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recomputedCost } from './check-cost.ts';
import { checkPlan } from './check-plan.ts';
import { check, settled, type Change } from './fixtures/changed-plan.ts';
import { closeBalance, handMadeProblem, handMadeSchedule, settleCost } from './fixtures/hand-made.ts';

describe('what checkPlan says', () => {
  it('says device, slot, amount and unit', () => {
    const { breaches } = check((problem) => (problem.gas[1]!.maxKw = 179.5));
    expect(breaches.find(({ limit }) => limit === 'gas maximum')).toEqual({
      limit: 'gas maximum',
      slot: 2,
      amount: 0.5,
      unit: 'kW',
      sentence: 'gas unit Block 1, slot 2: output 180.00 kW above its 179.50 kW',
    });
  });

  const allowed: [why: string, change: Change][] = [
    ['a last stretch that the end of the day cuts short', (p) => (p.gas[0]!.minimumDownHours = 1.5)],
    [
      'a first stretch of unknown beginning',
      (p) => ((p.gas[0]!.initial = { state: 'free' }), (p.gas[0]!.minimumDownHours = 1.5)),
    ],
    [
      'a step to and from the minimum that is larger than the ramp',
      settled((p, s) => {
        p.gas[0]!.rampKwPerHour = 80;
        p.gas[0]!.minKw = 80;
        s.gas[0]!.outputKw[3] = 80;
      }),
    ],
    [
      'reserve from storage that could stop charging',
      (p) => ((p.reserve.shareOfLoad = 0.448), (p.storage[0]!.dischargeKw = 45)),
    ],
    ['more than the required energy', (p) => (p.evs[1]!.requiredKwh = 65)],
  ];
  it.each(allowed)('accepts %s', (_, change) => {
    expect(check(change).breaches).toEqual([]);
  });

  it('names the last connected slot for the energy at departure', () => {
    const { breaches } = check((problem) => (problem.evs[0]!.requiredKwh = 202));
    expect(breaches.map(({ limit, slot }) => [limit, slot])).toEqual([['EV energy at departure', 3]]);
  });

  it('lists the worst first, at most 50', () => {
    const { breaches, passed } = check((problem) => {
      problem.loadKw = problem.loadKw.map((kw) => 2 * kw);
      problem.evs.forEach((ev) => (ev.maxKwh = 1));
    });
    const sizes = breaches.map(({ amount }) => amount);
    expect(passed).toBe(false);
    expect(sizes[0]).toBeGreaterThan(sizes.at(-1)!);
    const many = check((_, schedule) => schedule.evs.forEach((ev) => ev.energyKwh.fill(-5)));
    expect(many.breaches.length).toBeLessThanOrEqual(50);
  });

  it('tolerates the rounding of a solver', () => {
    expect(check((_, schedule) => (schedule.gas[1]!.outputKw[0]! += 1e-4)).passed).toBe(true);
  });

  it('counts installed units that are off, when asked', () => {
    const weakStorage: Change = (problem) => {
      problem.reserve.shareOfLoad = 0.5;
    };
    expect(check(weakStorage).breaches.map(({ limit }) => limit)).toContain('reserve');
    const installed = check((problem, schedule) => {
      weakStorage(problem, schedule);
      problem.reserve.counts = 'installed';
    });
    expect(installed.passed).toBe(false);
    // Slot 2 has both units on: 500 − 300 kW for 225 kW; slot 0 passes with the unit that is off.
    expect(installed.breaches.map(({ slot }) => slot)).toEqual([2]);
  });

  it('without coordination counts the uncoordinated demand and nothing of the cars', () => {
    const uncoordinated: Change = (problem, schedule) => {
      problem.charging = 'uncoordinated';
      problem.uncertainty.protection = 0;
      schedule.protection = 0;
      problem.loadKw = problem.loadKw.map(
        (kw, slot) => kw - problem.uncoordinatedKw[0]![slot]! - problem.uncoordinatedKw[1]![slot]!,
      );
      schedule.evShare.fill(0);
      schedule.worstDeviationKw.fill(0);
      schedule.evs.forEach((ev) => [ev.chargeKw, ev.dischargeKw, ev.energyKwh].forEach((series) => series.fill(0)));
      closeBalance(handMadeProblem(), schedule);
      settleCost(problem, schedule);
    };
    expect(check(uncoordinated)).toMatchObject({ passed: true, breaches: [] });
    const wrong = check((problem, schedule) => {
      uncoordinated(problem, schedule);
      problem.uncoordinatedKw[1]![2]! += 1;
    });
    expect(wrong.breaches.map(({ limit }) => limit)).toContain('power balance');
  });

  it('prices a unit on its chords', () => {
    const problem = handMadeProblem();
    const schedule = handMadeSchedule();
    problem.gas.shift();
    schedule.gas = [{ id: 'g2', outputKw: [0, 15, 30, 45, 300, 150], on: [1, 1, 1, 1, 1, 1] }];
    // c1 g + c2 g² at 30, 150 and 300; half of it at 15; the mean of 30 and 60 at 45.
    const perHour = [0, 0.84, 1.68, (1.68 + 3.72) / 2, 33, 12];
    const expected = 0.5 * perHour.reduce((sum, cost) => sum + cost, 0);
    expect(recomputedCost(problem, schedule).generation).toBeCloseTo(expected, 9);
  });

  it('notices any number of the plan that is 5 % off', () => {
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]): void => {
      if (typeof value === 'number') {
        if (value !== 0) paths.push(path);
      } else if (Array.isArray(value)) value.forEach((item, index) => walk(item, [...path, index]));
      else if (typeof value === 'object' && value !== null)
        Object.entries(value).forEach(([key, item]) => walk(item, [...path, key]));
    };
    walk(handMadeSchedule(), []);
    expect(paths.length).toBeGreaterThan(80);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.constantFrom(0.95, 1.05), (path, factor) => {
        const schedule = handMadeSchedule();
        let holder = schedule as unknown as Record<string | number, unknown>;
        for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
        const last = path.at(-1)!;
        holder[last] = (holder[last] as number) * factor;
        expect(checkPlan(handMadeProblem(), schedule).passed).toBe(false);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
