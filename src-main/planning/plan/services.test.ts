import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions } from '../../solver/solver.ts';
import type { RegulationSignals } from '../../uncertainty/regulation-signal.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { siteWithServices } from '../fixtures/site-with-services.ts';
import { solveV2g } from './solve-v2g.ts';

async function planned(problem: V2gProblem): Promise<V2gSchedule | null> {
  const answer = await solveV2g(problem, testSolver, {
    ...defaultSolveOptions,
    relativeGap: 1e-9,
    explainInfeasibility: 'no',
  });
  return 'schedule' in answer ? answer.schedule : null;
}

describe('every signal of the set', () => {
  it('leaves batteries and cars within their limits, and what is offered passes the check', async () => {
    let offered = 0;
    await fc.assert(
      fc.asyncProperty(siteWithServices, fc.integer(), async (problem, seed) => {
        const schedule = await planned(problem);
        if (schedule === null) return;
        expect(checkPlan(problem, schedule).breaches).toEqual([]);
        const random = seededRandom(seed);
        for (let draw = 0; draw < 10; draw++) {
          const signal = drawSignal(problem.services!.regulation!.signals, problem, () => random.uniform());
          for (const battery of batteriesOf(problem, schedule)) {
            if (battery.offeredKw.every((kw) => kw < 1e-7)) continue;
            offered++;
            const energies = follow(problem, battery, signal);
            expect(Math.min(...energies)).toBeGreaterThan(battery.minKwh - 1e-5);
            expect(Math.max(...energies)).toBeLessThan(battery.maxKwh + 1e-5);
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(offered, 'batteries that offered regulation').toBeGreaterThan(20);
  });
});

interface Followed {
  from: number;
  until: number;
  initialKwh: number;
  minKwh: number;
  maxKwh: number;
  charge: number;
  discharge: number;
  baseKw: number[];
  offeredKw: number[];
}

function batteriesOf(problem: V2gProblem, schedule: V2gSchedule): Followed[] {
  const { storageKw, evKw } = schedule.services!.regulation!;
  const net = ({ chargeKw, dischargeKw }: { chargeKw: number[]; dischargeKw: number[] }) =>
    dischargeKw.map((kw, slot) => kw - chargeKw[slot]!);
  return [
    ...problem.storage.map((unit, k) => ({
      ...unit,
      from: 0,
      until: problem.slots,
      charge: unit.chargeEfficiency,
      discharge: unit.dischargeEfficiency,
      baseKw: net(schedule.storage[k]!),
      offeredKw: storageKw[k]!,
    })),
    ...problem.evs.map((ev, i) => ({
      ...ev,
      from: ev.arrivalSlot,
      until: Math.min(problem.slots, ev.departureSlot),
      charge: ev.efficiency,
      discharge: ev.efficiency,
      baseKw: net(schedule.evs[i]!),
      offeredKw: evKw[i]!,
    })),
  ];
}

const steps = 20;

/** A random walk within the set, in steps of a twentieth of a slot: pushed to one side for a while, turned back where the set asks for it. */
function drawSignal(
  { windowSlots, netShare, runningHours }: RegulationSignals,
  problem: V2gProblem,
  next: () => number,
): number[] {
  const { slots } = problem;
  const step = problem.slotHours / steps;
  const signal: number[] = [];
  for (let first = 0; first < slots; first += windowSlots) {
    const count = Math.min(windowSlots, slots - first) * steps;
    const most = netShare * count * step;
    let net = 0;
    let wish = 0;
    for (let k = 0; k < count; k++) {
      if (k % 5 === 0) wish = next() < 0.4 ? Math.sign(next() - 0.5) : 2 * next() - 1;
      const left = (count - k - 1) * step;
      const reach = Math.min(runningHours, most + left);
      const bounded = Math.max(-reach, Math.min(reach, net + wish * step));
      const value = Math.max(-1, Math.min(1, (bounded - net) / step));
      net += value * step;
      signal.push(value);
    }
    expect(Math.abs(net)).toBeLessThanOrEqual(most + 1e-9);
  }
  return signal;
}

/** Energy after each step, from where the car begins to offer. */
function follow({ slotHours }: V2gProblem, unit: Followed, signal: readonly number[]): number[] {
  let energy = unit.initialKwh;
  const energies: number[] = [];
  for (let slot = unit.from; slot < unit.until; slot++)
    for (let k = 0; k < steps; k++) {
      const kw = unit.baseKw[slot]! + unit.offeredKw[slot]! * signal[slot * steps + k]!;
      energy -= (slotHours / steps) * (kw > 0 ? kw / unit.discharge : kw * unit.charge);
      if (unit.offeredKw[slot]! > 1e-7) energies.push(energy);
    }
  return energies;
}
