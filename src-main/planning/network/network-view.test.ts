import { describe, expect, it } from 'vitest';
import { electricCar, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { smallNetwork } from '../../models/v2g/fixtures/small-network.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlanRecord } from '../ports.ts';
import { exportNetwork } from './export-network.ts';
import { busContributions, networkView } from './network-view.ts';
import { solveOnNetwork } from './solve-on-network.ts';

const day = async (model: SiteNetwork['model'] = 'lindistflow'): Promise<PlanRecord> => {
  const { problem, answer } = await solveOnNetwork(
    smallProblem(
      Array.from({ length: 24 }, (_, slot) => 700 + 10 * slot),
      {
        grid: gridAt(
          Array.from({ length: 24 }, (_, slot) => 0.1 + 0.01 * slot),
          { importLimitKw: 5000 },
        ),
        evs: [electricCar({ chargeKw: 500, maxKwh: 2000, requiredKwh: 1500, initialKwh: 100, departureSlot: 24 })],
        uncertainty: {
          components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: new Array<number>(24).fill(80) }],
          protection: 1,
        },
        network: smallNetwork({ model }),
      },
    ),
    testSolver,
    exactSolve,
  );
  if (!('schedule' in answer)) throw new Error(answer.kind);
  const provenance = { zone: 'Europe/Berlin' };
  return { id: 'plan-1', day: '2023-06-15', problem, schedule: answer.schedule, provenance } as PlanRecord;
};

describe('networkView', () => {
  it('tells voltages, reach and room of every bus and slot, and the nearest first', async () => {
    const plan = await day();
    const view = networkView(plan)!;
    const count = view.feeder.buses.length;
    expect(view.voltagePu).toHaveLength(24 * count);
    for (let at = 0; at < view.voltagePu.length; at++) {
      expect(view.lowestPu[at]).toBeLessThanOrEqual(view.voltagePu[at]! + 1e-9);
      expect(view.highestPu[at]).toBeGreaterThanOrEqual(view.voltagePu[at]! - 1e-9);
      // Without losses the estimate is never below the flow while the feeder takes.
      expect(view.linearPu[at]).toBeGreaterThanOrEqual(view.voltagePu[at]! - 1e-9);
    }
    const margins = view.nearest.map(({ marginPu }) => marginPu);
    expect(margins).toEqual(margins.toSorted((a, b) => a - b));
    const [first] = view.nearest;
    const rooms = [...view.lowestPu].flatMap((low, at) => (at % count === 0 ? [] : [low - 0.95]));
    expect(first!.marginPu).toBeCloseTo(Math.min(...rooms), 12);
    expect(view.feeder.buses[first!.bus]).toBe('C');
  });

  it('tells how far the plan lies from its AC flow, and that branch flow does not', async () => {
    const linear = networkView(await day())!;
    expect(linear.modelPu).toEqual(linear.linearPu);
    expect([...linear.gap.voltagePu]).toEqual([...linear.voltageGapPu]);
    linear.gap.importKw.forEach((kw, slot) => expect(kw).toBeCloseTo(linear.importGapKw[slot]!, 9));
    // Without a share of losses in its balance the plan supplies none.
    expect([...linear.modelLossKw]).toEqual(new Array<number>(24).fill(0));
    expect([...linear.gap.lossKw]).toEqual([...linear.lossKw]);
    expect(Math.max(...linear.gap.lossKw)).toBeGreaterThan(1);

    const conic = networkView(await day('branch-flow'))!;
    for (const [slot, lossKw] of conic.modelLossKw.entries()) expect(lossKw).toBeCloseTo(conic.lossKw[slot]!, 1);
    expect(Math.max(...conic.lossKw)).toBeGreaterThan(1);
    expect(Math.max(...conic.gap.lossKw)).toBeLessThan(0.05);
    expect(Math.max(...conic.gap.importKw)).toBeLessThan(0.05);
    expect(Math.max(...conic.gap.voltagePu)).toBeLessThan(1e-5);
  });

  it('adds the parts that move a bus up to the linear estimate', async () => {
    const plan = await day();
    const view = networkView(plan)!;
    const bus = view.feeder.buses.indexOf('C');
    const { parts } = busContributions(plan, 'C');
    expect(parts.map(({ kind }) => kind)).toEqual(['load', 'aggregator']);
    for (let slot = 0; slot < 24; slot++) {
      const squared = 1 + 2 * parts.reduce((sum, { effectPu }) => sum + effectPu[slot]!, 0);
      expect(Math.sqrt(squared)).toBeCloseTo(view.linearPu[slot * view.feeder.buses.length + bus]!, 9);
    }
    expect(() => busContributions(plan, 'X')).toThrow(/no bus of plan plan-1 "X"/);
  });

  it('is exported as it is shown, and is not there for a plan without a network', async () => {
    const plan = await day();
    const view = networkView(plan)!;
    const [header, first, second] = exportNetwork(plan).text.split('\r\n');
    expect(header).toMatch(/^slot start,bus,fed by bus,voltage \(pu\)/);
    expect(first).toMatch(/^2023-06-15T00:00:00\+02:00,S,,1,/);
    expect(Number(second!.split(',')[3])).toBeCloseTo(view.voltagePu[1]!, 10);
    const { network: _network, ...problem } = plan.problem;
    expect(networkView({ ...plan, problem })).toBeNull();
    expect(() => exportNetwork({ ...plan, problem })).toThrow(/no network of plan/);
  });
});
