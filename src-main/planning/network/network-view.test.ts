import { describe, expect, it } from 'vitest';
import { electricCar, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { smallNetwork } from '../../models/v2g/fixtures/small-network.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlanRecord } from '../ports.ts';
import type { FeederRecord } from './network-ports.ts';
import { exportNetwork } from './export-network.ts';
import { busContributions, networkView } from './network-view.ts';
import { solveOnNetwork } from './solve-on-network.ts';
import { storedFeeder } from './stored-feeder.ts';
import { tryNetwork } from './try-network.ts';

/** The small feeder as it would be stored: with a place for all but D and a tie switch from C to D. */
function recordOf({ problem }: PlanRecord): FeederRecord {
  const { feeder } = problem.network!;
  const buses = ['S', 'A', 'B', 'C', 'D'].map((id, k) => ({ id, x: id === 'D' ? null : k, y: id === 'D' ? null : 0 }));
  const branches = feeder.branches.map(({ rPu, xPu, ...rest }) => ({ ...rest, rOhm: 100 * rPu, xOhm: 100 * xPu, state: 'closed' as const })); // prettier-ignore
  const tie = { from: 'C', to: 'D', rOhm: 1, xOhm: 1, limitMva: null, state: 'open' as const };
  return { name: feeder.name, baseKv: 10, attribution: '', network: { slackBus: 'S', slackVoltagePu: 1, buses, branches: [...branches, tie] } } as unknown as FeederRecord; // prettier-ignore
}

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
    linear.modelPu.forEach((pu, at) => expect(pu).toBeCloseTo(linear.linearPu[at]!, 12));
    linear.gap.voltagePu.forEach((pu, slot) => expect(pu).toBeCloseTo(linear.voltageGapPu[slot]!, 12));
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

  it('shows places and tie switches of the feeder in store, and capacitors among what moves a bus', async () => {
    const plan = await day();
    const record = recordOf(plan);
    const bare = networkView(plan)!;
    expect(bare.feeder.ties).toEqual([]);
    expect([...bare.feeder.x].every(Number.isNaN)).toBe(true);
    const tried = tryNetwork(plan, record, { changes: { capacitors: [{ bus: 'C', kvar: 300 }] } });
    const view = networkView(tried, record)!;
    const at = (bus: string): number => view.feeder.buses.indexOf(bus);
    expect(view.feeder.ties).toEqual([{ from: at('C'), to: at('D') }]);
    expect(view.feeder.x[at('C')]).toBe(3);
    expect(view.feeder.y[at('D')]).toBeNaN();
    const capacitor = view.assets.find(({ kind }) => kind === 'capacitor')!;
    expect(capacitor.bus).toBe(at('C'));
    const atC = view.voltagePu[5 * view.feeder.buses.length + at('C')]!;
    expect(capacitor.givenKvar[5]).toBeCloseTo(300 * atC ** 2, 9);
    const own = busContributions(tried, 'C').parts.find(({ kind }) => kind === 'capacitor')!;
    // x of the way S–A–B–C is 1.8 Ω, 0.018 pu on 1 MVA; it gives more as it lifts its own voltage.
    expect(own.effectPu[5]).toBeCloseTo((0.018 * 0.3) / (1 - 2 * 0.018 * 0.3), 12);
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

describe('tryNetwork', () => {
  const voltageAt = (plan: PlanRecord, bus: string, slot: number): number => {
    const { feeder, voltagePu } = networkView(plan)!;
    return voltagePu[slot * feeder.buses.length + feeder.buses.indexOf(bus)]!;
  };

  it('moves every voltage with the tap, one with a capacitor, and leaves the schedule alone', async () => {
    const plan = await day();
    const record = recordOf(plan);
    const raised = tryNetwork(plan, record, { changes: { slackVoltagePu: 1.03 } });
    expect(raised.schedule).toBe(plan.schedule);
    for (const bus of ['A', 'C', 'D'])
      expect(voltageAt(raised, bus, 3)).toBeGreaterThan(voltageAt(plan, bus, 3) + 0.029);
    const held = tryNetwork(plan, record, { changes: { capacitors: [{ bus: 'C', kvar: 300 }] } });
    const lift = (bus: string): number => voltageAt(held, bus, 3) - voltageAt(plan, bus, 3);
    expect(lift('C')).toBeGreaterThan(0.004);
    expect(lift('C')).toBeGreaterThan(2 * lift('D'));
  });

  it('measures room by the limit of a bus, and a branch by its own', async () => {
    const plan = await day();
    const record = recordOf(plan);
    const changes = {
      busLimits: [{ bus: 'D', voltageMinPu: 0.995, voltageMaxPu: 1.05 }],
      lineLimits: [{ from: 'A', to: 'S', limitMva: 0.5 }],
    };
    const view = networkView(tryNetwork(plan, record, { changes }))!;
    expect(view.feeder.buses[view.nearest[0]!.bus]).toBe('D');
    expect(view.nearest[0]!.marginPu).toBeLessThan(0);
    const branch = view.feeder.buses.indexOf('A');
    expect(view.feeder.limitMva[branch]).toBe(0.5);
    expect(view.heaviestMva[branch]).toBeGreaterThan(Math.max(0.5, view.branchMva[branch]!));
    const all = { ...changes, slackVoltagePu: 1.01, capacitors: [{ bus: 'C', kvar: 300 }] };
    const told = networkView(tryNetwork(plan, record, { changes: all }), record)!.changes;
    expect(told).toEqual({ ...all, lineLimits: [{ from: 'S', to: 'A', limitMva: 0.5 }] });
    expect(networkView(plan, record)!.changes).toEqual({});
    // The file's own capacitor at B stays beside another at C, is replaced at B, and can be taken away.
    const filed = structuredClone(record);
    filed.network.buses.find(({ id }) => id === 'B')!.capacitorKvar = 200;
    const held = (capacitors: { bus: string; kvar: number }[]) => {
      const tried = tryNetwork(plan, filed, { changes: { capacitors } });
      return [tried.problem.network!.feeder.capacitors, networkView(tried, filed)!.changes.capacitors];
    };
    expect(held([{ bus: 'C', kvar: 300 }])).toEqual([[{ bus: 'B', mvar: 0.2 }, { bus: 'C', mvar: 0.3 }], [{ bus: 'C', kvar: 300 }]]); // prettier-ignore
    expect(held([{ bus: 'B', kvar: 50 }])).toEqual([[{ bus: 'B', mvar: 0.05 }], [{ bus: 'B', kvar: 50 }]]);
    expect(held([{ bus: 'B', kvar: 0 }])).toEqual([[], [{ bus: 'B', kvar: 0 }]]);
    expect(networkView(tryNetwork(plan, record, { voltageMinPu: 0.9 }))!.voltageMinPu).toBe(0.9);
    // Settings are in place of the plan's, not on top of them.
    const back = tryNetwork(tryNetwork(plan, record, { changes }), record, { changes: {} });
    expect(back.problem.network!.feeder).toEqual({ ...plan.problem.network!.feeder, branches: expect.anything() });
    expect(networkView(back)!.nearest).toEqual(networkView(plan)!.nearest);
  });

  it('refuses a bus or branch that is not there, and what cannot be', async () => {
    const plan = await day();
    const record = recordOf(plan);
    const tried = (changes: object) => () => tryNetwork(plan, record, { changes });
    expect(tried({ capacitors: [{ bus: 'X', kvar: 1 }] })).toThrow(/network.changes.capacitors\[0\].bus names bus X/);
    expect(tried({ lineLimits: [{ from: 'S', to: 'C', limitMva: 1 }] })).toThrow(/names branch S–C/);
    expect(tried({ slackVoltagePu: 1.2 })).toThrow(/do not hold the 1.2 pu/);
  });
});

describe('storedFeeder', () => {
  it('finds the newest feeder with the same branches, whatever limits the plan changed', async () => {
    const plan = await day();
    const record = recordOf(plan);
    const listed = ['new', 'old'].map((id) => ({ ...record, id }));
    const other = {
      ...record,
      id: 'other',
      network: { ...record.network, branches: record.network.branches.slice(1) },
    };
    const all = [other, ...listed];
    const store = {
      listFeeders: () => all,
      getFeeder: (id: string | null) => all.find((one) => one.id === id) ?? null,
    };
    const { feeder } = tryNetwork(plan, record, { changes: { lineLimits: [{ from: 'S', to: 'A', limitMva: 1 }] } })
      .problem.network!;
    expect(storedFeeder(store, feeder)?.id).toBe('new');
    expect(storedFeeder({ ...store, listFeeders: () => [other] }, feeder)).toBeNull();
  });
});
