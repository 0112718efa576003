import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { addSetCounterpart } from '../../robust/sets/set-counterpart.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { slotSlice } from '../../uncertainty/slot-slice.ts';
import { linearVoltage } from '../../verify/linear-flow.ts';
import type { NetDemand } from '../../verify/network-parts.ts';
import { feederTree } from '../feeder/feeder-tree.ts';
import { pathImpedance } from '../feeder/path-impedance.ts';
import { smallNetwork } from './fixtures/small-network.ts';
import { electricCar, smallProblem } from './fixtures/small-problem.ts';
import { answeringBuses, componentDemands } from './deviation-places.ts';
import { networkMargins } from './network-margins.ts';

const widths = [120, 80, 40, 60];
const sets: Record<string, UncertaintySet> = {
  interval: { kind: 'interval', halfWidths: widths },
  budget: { kind: 'budget', slots: 2, halfWidths: widths, protection: 1.3, slotProtection: 1 },
  ellipsoid: {
    kind: 'ellipsoid',
    centre: [3, -2, 1, 4],
    factors: [
      [50, 30, -20, 10],
      [10, 20, 30, -40],
    ],
    spread: [20, 30, 10, 15],
    radius: 1.7,
  },
  factor: { kind: 'factor', centre: [0, 1, 2, 3], factors: [widths], budget: 1, rest: [5, 5, 5, 5], scale: 1.1 },
  support: { kind: 'support', centre: [0, 0, 0, 0], points: [widths, [-40, 20, 90, -10]], scale: 1.2 },
  wasserstein: { kind: 'wasserstein', points: [widths, [-40, 20, 90, -10], [10, 10, 10, 10]], risk: 0.4, radius: 12 },
};

describe('margins of the network', () => {
  const network = smallNetwork({}, 5);
  const tree = feederTree(network.feeder);
  const path = pathImpedance(tree);
  const problemOf = (set: UncertaintySet) =>
    smallProblem([500, 500], {
      network,
      evs: [electricCar({ departureSlot: 1 })],
      uncertainty: {
        components: [
          { id: 'load', name: 'Load', kind: 'load', halfWidthKw: [120, 80] },
          { id: 'depot', name: 'Depot', kind: 'aggregator', halfWidthKw: [40, 60] },
        ],
        protection: 2,
        set,
      },
    });

  it.each(Object.entries(sets))('are what the counterpart of the row asks for: %s', async (_, set) => {
    const problem = problemOf(set);
    for (const slot of [0, 1]) {
      const { low } = networkMargins(problem, network, tree, path, slot);
      const bus = tree.buses.indexOf('C');
      const demands = componentDemands(problem, network, tree.buses, slot);
      const answers = answeringBuses(problem, network, tree.buses, slot);
      // Cars are there in the first slot only.
      expect(answers).toEqual(slot === 0 ? [bus] : []);
      // least v such that v ≥ the drop by deviations, whatever share the cars take
      const program = new ProgramBuilder('margin');
      const room = program.addColumn({ name: 'room', lower: 0, upper: Infinity, cost: 1 });
      for (const answer of [null, ...answers]) {
        const back = answer === null ? 0 : path.rPu[bus]![answer]!;
        const uncertain = demands.map((parts) => ({
          terms: [],
          constant:
            parts.reduce(
              (sum, part) =>
                sum + part.share * 2 * (path.rPu[bus]![part.bus]! + path.xPu[bus]![part.bus]! * part.kvarPerKw),
              0,
            ) /
              1000 -
            (2 * back) / 1000,
        }));
        // In thousandths, so that the solver's own tolerance does not decide.
        const scaled = uncertain.map(({ constant }) => ({ terms: [], constant: 1000 * constant }));
        const name = `answer ${answer ?? 'none'}`;
        addSetCounterpart(
          program,
          { name, terms: [[room, -1]], uncertain: scaled, upper: 0 },
          slotSlice(set, problem.slots, slot),
        );
      }
      const { objective } = await optimum(program.compile());
      expect(low[bus]).toBeGreaterThan(0);
      expect(1000 * low[bus]!).toBeCloseTo(objective, 4);
    }
  });

  it('count what capacitors give less as the voltage falls: they are what the linear flow moves by', () => {
    const branches = network.feeder.branches.map((branch) => ({ ...branch, limitMva: 5 }));
    const capacitors = [
      { bus: 'C', mvar: 3 },
      { bus: 'D', mvar: 2 },
    ];
    const held = { ...network, circleSides: 4, feeder: { ...network.feeder, branches, capacitors } };
    const own = feederTree(held.feeder);
    const { low, line } = networkMargins(
      { ...problemOf(sets['interval']!), evs: [] },
      held,
      own,
      pathImpedance(own),
      0,
    );
    const demand = (loadMw: number, carsMw: number): NetDemand => ({
      pMw: own.buses.map((bus) => loadMw * (shareAt(bus)?.share ?? 0) + (bus === 'C' ? carsMw : 0)),
      qMvar: own.buses.map((bus) => loadMw * (shareAt(bus)?.share ?? 0) * (shareAt(bus)?.kvarPerKw ?? 0)),
    });
    const shareAt = (bus: string) => held.loads.find((load) => load.bus === bus);
    const squared = (at: NetDemand): number[] => linearVoltage(own, 1, at).map((pu) => pu ** 2);
    const [before, after] = [demand(0.5, 0), demand(0.62, 0.04)];
    const [still, moved] = [squared(before), squared(after)];
    own.buses.forEach((_, bus) => expect(low[bus]).toBeCloseTo(still[bus]! - moved[bus]!, 10));
    const bare = networkMargins(problemOf(sets['interval']!), network, tree, path, 0).low[own.buses.indexOf('C')]!;
    expect(low[own.buses.indexOf('C')]).toBeGreaterThan(1.05 * bare);
    // Side 1 of a square: (P + Q)/√2 of the first branch, behind which all of it hangs.
    const sent = ({ pMw, qMvar }: NetDemand, v: number[]): number =>
      pMw.reduce((sum, p, bus) => sum + p + qMvar[bus]! - own.shuntMvar[bus]! * v[bus]!, 0) / Math.SQRT2;
    expect(line[own.buses.indexOf('A')]![0]).toBeCloseTo(sent(after, moved) - sent(before, still), 10);
  });

  it('are nothing at the substation and where nothing deviates', () => {
    const still = smallProblem([500, 500], { network });
    expect(networkMargins(still, network, tree, path, 0).low).toEqual([0, 0, 0, 0, 0]);
    expect(networkMargins(problemOf(sets['interval']!), network, tree, path, 0).low[0]).toBe(0);
  });
});

describe('path impedance', () => {
  it('is what the ways to two buses share', () => {
    const tree = feederTree(smallNetwork().feeder);
    const { rPu, feeds } = pathImpedance(tree);
    const [a, c, d] = ['A', 'C', 'D'].map((bus) => tree.buses.indexOf(bus)) as [number, number, number];
    expect(100 * rPu[c]![c]!).toBeCloseTo(0.6 + 0.9 + 1.2, 12);
    expect(100 * rPu[c]![d]!).toBeCloseTo(0.6, 12);
    expect(rPu[c]![d]).toBe(rPu[d]![c]);
    expect([feeds[a]![c], feeds[c]![a], feeds[d]![c]]).toEqual([1, 0, 0]);
  });
});
