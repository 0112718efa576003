import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eveningDay, eveningDeviations } from '../../models/v2g/fixtures/evening-day.ts';
import { battery, gridAt } from '../../models/v2g/fixtures/small-problem.ts';
import { smallNetwork } from '../../models/v2g/fixtures/small-network.ts';
import type { UncertainComponent, V2gProblem } from '../../models/v2g/problem.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import { setAdversary } from '../../robust/sets/set-adversary.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import { powerFlow } from '../../verify/power-flow.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlannedAnswer } from '../plan/solve-v2g.ts';
import { solveOnNetwork } from './solve-on-network.ts';

const evening = (network: SiteNetwork, parts: Partial<V2gProblem> = {}): V2gProblem =>
  eveningDay({ network, ...parts });
const [load, cars] = eveningDeviations as [UncertainComponent, UncertainComponent];

async function planned(problem: V2gProblem): Promise<{ problem: V2gProblem; answer: PlannedAnswer; rounds: number }> {
  const { answer, ...rest } = await solveOnNetwork(problem, testSolver, exactSolve);
  if (!('schedule' in answer)) throw new Error(`answer is ${answer.kind}: ${'why' in answer ? answer.why : ''}`);
  return { ...rest, answer };
}

describe('a schedule on its feeder', () => {
  it('is refused by the AC flow when the network is not looked at, and repaired when it is', async () => {
    const blind = await planned(evening(smallNetwork({ model: 'unconstrained' })));
    const refused = checkPlan(blind.problem, blind.answer.schedule);
    expect(refused.passed).toBe(false);
    const [voltage] = refused.breaches.filter(({ limit }) => limit === 'bus voltage');
    expect(voltage!.sentence).toMatch(/^bus C, slot 0: voltage.* pu below its 0\.950* pu$/);

    const seen = await planned(evening(smallNetwork()));
    expect(checkPlan(seen.problem, seen.answer.schedule)).toMatchObject({ passed: true, breaches: [] });
    expect(seen.answer.schedule.totalCost).toBeGreaterThan(blind.answer.schedule.totalCost);
    // Charging goes as far as the voltage allows, not less.
    const { slots, tree } = networkFlow(seen.problem, seen.answer.schedule, seen.problem.network!);
    const atC = slots[0]!.flow.voltagePu[tree.buses.indexOf('C')]!;
    expect(atC).toBeGreaterThanOrEqual(0.95 - 2e-5);
    expect(atC).toBeLessThan(0.951);
  });

  it('agrees with the AC flow to the tolerance of its cones under branch flow, losses in the balance', async () => {
    const { problem, answer } = await planned(evening(smallNetwork({ model: 'branch-flow' })));
    expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
    const { slots, tree } = networkFlow(problem, answer.schedule, problem.network!);
    const { buses, voltagePu, lossKw } = answer.schedule.network!;
    slots.forEach(({ flow }, slot) => {
      expect(1000 * flow.lossMw).toBeCloseTo(lossKw[slot]!, 1);
      buses.forEach((bus, j) => expect(flow.voltagePu[tree.buses.indexOf(bus)]).toBeCloseTo(voltagePu[slot]![j]!, 5));
    });
    expect(lossKw[0]).toBeGreaterThan(20);
  });

  it('lets a converter hold the voltage up, inside its circle', async () => {
    const storage = [battery({ chargeKw: 1, dischargeKw: 1 })];
    const placed = { storageBus: ['C'] };
    const without = await planned(evening(smallNetwork(placed), { storage }));
    const inverters: SiteNetwork['inverters'] = [{ kind: 'storage', index: 0, ratedKva: 600 }];
    const helped = await planned(evening(smallNetwork({ ...placed, inverters }), { storage }));
    expect(helped.answer.schedule.totalCost).toBeLessThan(without.answer.schedule.totalCost - 0.1);
    expect(Math.max(...helped.answer.schedule.network!.reactiveKvar[0]!)).toBeGreaterThan(100);
    expect(checkPlan(helped.problem, helped.answer.schedule).breaches).toEqual([]);
    helped.answer.schedule.network!.reactiveKvar[0]![0] = 700;
    const { breaches } = checkPlan(helped.problem, helped.answer.schedule);
    expect(breaches.map(({ limit }) => limit)).toContain('converter rating');
  });

  it.each(['lindistflow', 'branch-flow'] as const)('uses what a capacitor gives: %s', async (model) => {
    const plain = smallNetwork({ model });
    const heavy = { loadKw: [1150, 900, 900], grid: gridAt([0.1, 0.3, 0.5], { importLimitKw: 5000 }) };
    const without = await planned(evening(plain, heavy));
    const feeder = { ...plain.feeder, capacitors: [{ bus: 'C', mvar: 0.1 }] };
    const { problem, answer } = await planned(evening({ ...plain, feeder }, heavy));
    expect(answer.schedule.totalCost).toBeLessThan(without.answer.schedule.totalCost - 0.1);
    expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
    // The model knows what the capacitor gives: what it believes of the voltage is what flows, but for losses left out.
    const { slots, tree } = networkFlow(problem, answer.schedule, problem.network!);
    const { buses, voltagePu } = answer.schedule.network!;
    const digits = model === 'branch-flow' ? 3 : 2;
    buses.forEach((bus, j) =>
      expect(slots[0]!.flow.voltagePu[tree.buses.indexOf(bus)]).toBeCloseTo(voltagePu[0]![j]!, digits),
    );
    if (model === 'lindistflow') {
      slots.forEach(({ linearPu }, slot) =>
        buses.forEach((bus, j) => expect(linearPu[tree.buses.indexOf(bus)]).toBeCloseTo(voltagePu[slot]![j]!, 6)),
      );
      // The same schedule without it breaks the voltage it was counted on for.
      const bare = { ...problem, network: { ...problem.network!, feeder: plain.feeder } };
      expect(checkPlan(bare, answer.schedule).passed).toBe(false);
    }
  });

  it('keeps the limit of a single bus in place of that for all', async () => {
    const plain = smallNetwork();
    const busLimits = [{ bus: 'C', voltageMinPu: 0.97, voltageMaxPu: 1.05 }];
    const { problem, answer } = await planned(evening({ ...plain, feeder: { ...plain.feeder, busLimits } }));
    expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
    const { slots, tree } = networkFlow(problem, answer.schedule, problem.network!);
    const least = Math.min(...slots.map(({ flow }) => flow.voltagePu[tree.buses.indexOf('C')]!));
    expect(least).toBeGreaterThanOrEqual(0.97 - 2e-5);
    expect(least).toBeLessThan(0.971);
  });

  it('keeps a line limit at the worst deviations', async () => {
    const limited = smallNetwork({}, 1.9);
    const problem = evening(limited, { uncertainty: { components: [load], protection: 1 }, recourse: 0 });
    const { answer, problem: solved } = await planned(problem);
    expect(checkPlan(solved, answer.schedule).breaches).toEqual([]);
    const { slots, tree } = networkFlow(solved, answer.schedule, solved.network!);
    const heaviest = slots[0]!.heaviestMva[tree.buses.indexOf('A')]!;
    expect(heaviest).toBeLessThanOrEqual(1.9 + 1e-9);
    // The polygon gives away at most 1.92 %.
    expect(heaviest).toBeGreaterThan(1.9 * 0.97);
  });

  it.each(['lindistflow', 'branch-flow'] as const)('names the bus no schedule can keep: %s', async (model) => {
    const { answer } = await solveOnNetwork(
      evening(smallNetwork({ model }), { loadKw: [4000, 900, 900] }),
      testSolver,
      exactSolve,
      (slot) => `slot ${slot}`,
    );
    expect(answer.kind).toBe('infeasible');
    expect('why' in answer ? answer.why : '').toMatch(/the voltage limits at bus [BC] \(slot 0\)/);
  });
});

describe('no deviation of the set breaks a limit', () => {
  const slots = 3;
  const widths = [load, cars].flatMap(({ halfWidthKw }) => halfWidthKw);
  const sets: Record<string, UncertaintySet | undefined> = {
    'slots on their own': undefined,
    interval: { kind: 'interval', halfWidths: widths },
    budget: { kind: 'budget', slots, halfWidths: widths, protection: 1, slotProtection: 2 },
    ellipsoid: {
      kind: 'ellipsoid',
      centre: widths.map(() => 5),
      factors: [widths.map((width) => 0.6 * width), widths.map((width, j) => (j % 2 === 0 ? 0.4 : -0.3) * width)],
      spread: widths.map((width) => 0.3 * width),
      radius: 1.2,
    },
  };
  const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });

  const models = ['lindistflow', 'branch-flow'] as const;
  const each = Object.entries(sets).flatMap(([name, set]) => models.map((model) => [name, model, set] as const));

  it.each(each)('%s, %s', async (_, model, set) => {
    const { problem, answer } = await planned(
      evening(smallNetwork({ model }), {
        uncertainty: { components: [load, cars], protection: 2, ...(set ? { set } : {}) },
      }),
    );
    expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
    const network = problem.network!;
    const { slots: flows, tree } = networkFlow(problem, answer.schedule, network);
    const at = (bus: string): number => tree.buses.indexOf(bus);
    const own = set ?? { kind: 'interval' as const, halfWidths: widths };
    const lowest = flows.map(({ lowest: of }) => of.map(({ voltagePu }) => voltagePu));
    fc.assert(
      fc.property(
        direction,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (towards, size, share) => {
          const extreme = setAdversary(own, towards);
          const centre = own.kind === 'ellipsoid' ? own.centre : extreme.map(() => 0);
          const drawn = extreme.map((kw, j) => centre[j]! + size * (kw - centre[j]!));
          flows.forEach(({ demand }, slot) => {
            const [loadKw, carsKw] = [drawn[slot]!, drawn[slots + slot]!];
            const pMw = [...demand.pMw];
            const qMvar = [...demand.qMvar];
            for (const part of network.loads) {
              pMw[at(part.bus)]! += (part.share * loadKw) / 1000;
              qMvar[at(part.bus)]! += (part.share * part.kvarPerKw * loadKw) / 1000;
            }
            // The cars take any share of the total themselves.
            pMw[at('C')]! += (carsKw - share * (loadKw + carsKw)) / 1000;
            const { voltagePu } = powerFlow(tree, 1, { pMw, qMvar });
            voltagePu.forEach((voltage, bus) => {
              expect(voltage).toBeGreaterThanOrEqual(0.95 - 5e-5);
              expect(voltage).toBeLessThanOrEqual(1.05 + 5e-5);
              expect(voltage).toBeGreaterThanOrEqual(lowest[slot]![bus]! - 5e-5);
            });
          });
        },
      ),
      { numRuns: 150 },
    );
    // The margin is no larger than it must be: somewhere the worst deviation stands at the limit.
    expect(Math.min(...lowest.flat())).toBeLessThan(0.951);
  });
});
