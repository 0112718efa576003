import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { finerSteps, withSteps } from './finer-steps.ts';
import { truckClasses } from './truck-classes.ts';
import { stepWeights, workGroups } from './work-steps.ts';

const fleet = smallSms(2, { trucks: [smallTruck('a', { powerMw: 0.6 }), smallTruck('b', { powerMw: 0.5 })] });
const { groups } = workGroups(fleet, truckClasses(fleet), 2);
const curve = { netMw: [-2, -0.3, 0.2, 0.7, 2], costUsd: [700, 530, 500, 475, 462] };

describe('finer steps', () => {
  it('tell a truck that works part of the time from one that works at a part', () => {
    const trucks = [
      { group: 0, netMw: 0.6, share: 0.2 },
      { group: 1, netMw: -0.25, share: 0.4 },
    ];
    const corners = [
      { netMw: [[0.12], []], share: 1 },
      { netMw: [[], [-0.1]], share: 1 },
    ];
    const found = finerSteps({ curve, groups, trucks, corners }, 6);
    // Discharging at full power says nothing of a step at a sixth or a third of half of it; charging at half power nothing of steps below it.
    expect(found.map(({ group, direction }) => `${group} ${direction}`)).toEqual(['0 discharge', '1 charge']);
    for (const { usd } of found) expect(usd).toBeGreaterThan(0);
    const finer = withSteps(groups, found);
    const [discharge, charge] = [finer[0]!.steps.discharge, finer[1]!.steps.charge];
    expect(discharge).toHaveLength(3);
    expect(charge).toHaveLength(3);
    // At the steps added days and corners count otherwise.
    const weightOf = (steps: readonly number[], mw: number, at: number): number =>
      stepWeights(steps, mw).find(({ step }) => steps[step] === at)?.weight ?? 0;
    expect(weightOf(discharge, 0.12, found[0]!.mw)).toBeGreaterThan(0.2 * weightOf(discharge, 0.6, found[0]!.mw) + 0.3);
    expect(weightOf(charge, 0.1, found[1]!.mw)).toBeGreaterThan(0.4 * weightOf(charge, 0.25, found[1]!.mw) + 0.3);
  });

  it('break no decision', () => {
    const share = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.constantFrom(4, 6, 12), (a, b, parts) => {
        const [first, second] = [0.6 * a, 0.5 * b];
        const trucks = [
          { group: 0, netMw: first, share: 1 },
          { group: 1, netMw: second, share: 1 },
        ];
        const decision = { curve, groups, trucks, corners: [{ netMw: [[first], [second]], share: 1 }] };
        expect(finerSteps(decision, parts).filter(({ usd }) => usd > 1e-9)).toEqual([]);
        // Nor any mixture of decisions.
        const half = trucks.map((own) => ({ ...own, share: 0.5 }));
        const mixed = { curve, groups, trucks: half, corners: [{ netMw: [[first], [second]], share: 0.5 }] };
        expect(finerSteps(mixed, parts).filter(({ usd }) => usd > 1e-9)).toEqual([]);
      }),
      { numRuns: 50, seed: 4 },
    );
  });
});
