import { describe, expect, it } from 'vitest';
import { triangle } from '../../models/v2g/fixtures/small-mesh.ts';
import { gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlanRecord } from '../ports.ts';
import { exportNetwork } from './export-network.ts';
import { meshView } from './mesh-view.ts';
import type { FeederRecord } from './network-ports.ts';
import { networkView } from './network-view.ts';
import { solveOnNetwork } from './solve-on-network.ts';

const loadKw = Array.from({ length: 24 }, (_, slot) => 122 + 5 * slot);
async function day(model: 'dc' | 'unconstrained' = 'dc'): Promise<PlanRecord> {
  const { problem, answer } = await solveOnNetwork(
    smallProblem(loadKw, {
      gas: [
        gasUnit({ id: 'cheap', maxKw: 1000, costLinearPerKwh: 0.1 }),
        gasUnit({ id: 'dear', maxKw: 1000, costLinearPerKwh: 0.3 }),
      ],
      mesh: triangle({ model, feederId: 'feeder-1' }),
    }),
    testSolver,
    exactSolve,
  );
  if (!('schedule' in answer)) throw new Error(answer.kind);
  const provenance = { zone: 'Europe/Berlin' };
  return { id: 'plan-1', day: '2023-06-15', problem, schedule: answer.schedule, provenance } as PlanRecord;
}
const store = {
  getFeeder: (id: string | null) =>
    id === 'feeder-1' ? ({ network: { buses: [{ id: '2', x: 3, y: 4 }] } } as unknown as FeederRecord) : null,
};

describe('meshView', () => {
  it('tells flows, limits and prices of every line, bus and slot', async () => {
    const plan = await day();
    const view = meshView(store, plan)!;
    expect(networkView(plan)).toBeNull();
    expect(view.mesh).toMatchObject({
      buses: ['1', '2', '3'],
      x: Float64Array.of(NaN, 3, NaN),
      y: Float64Array.of(NaN, 4, NaN),
    });
    expect(view.mesh.lines[1]).toEqual({ id: '1–3', from: 0, to: 2 });
    // 1–3 is full from 150 kW on, the seventh slot; before that two thirds of the load flow over it.
    const over13 = Array.from({ length: 24 }, (_, slot) => view.flowMw[slot * 3 + 1]!);
    over13.forEach((mw, slot) => expect(mw).toBeCloseTo(Math.min(0.1, loadKw[slot]! / 1500), 9));
    const { busPerMwh, energyPerMwh, linePerMwh, rent } = view.prices!;
    expect(energyPerMwh[20]).toBeCloseTo(100, 6);
    [100, 300, 500].forEach((price, bus) => expect(busPerMwh[20 * 3 + bus]).toBeCloseTo(price, 6));
    expect(linePerMwh[20 * 3 + 1]).toBeCloseTo(600, 6);
    // 0.6 per kWh on 100 kW, in as many slots as the line has a price.
    const full = Array.from({ length: 24 }, (_, slot) => linePerMwh[slot * 3 + 1]!).filter((price) => price > 1);
    expect(rent).toBeCloseTo(60 * full.length, 6);
    expect(full).toHaveLength(18);
  });

  it('names the fullest lines first, and devices with what they take', async () => {
    const view = meshView(store, await day('unconstrained'))!;
    expect(view.prices).toBeNull();
    expect(view.fullest).toEqual([
      {
        line: 1,
        slot: 23,
        flowMw: expect.closeTo(237 / 1500, 9),
        worstMw: expect.closeTo(237 / 1500, 9),
        limitMw: 0.1,
      },
    ]);
    expect(view.assets.map(({ id, bus }) => [id, bus])).toEqual([
      ['cheap', 0],
      ['dear', 1],
      ['depot', 2],
    ]);
    expect(view.assets[0]!.takenKw[0]).toBeCloseTo(-122, 6);
  });

  it('is exported one row per slot and line, with the prices at both ends', async () => {
    const { text } = exportNetwork(await day());
    const rows = text.trim().split(/\r?\n/);
    expect(rows).toHaveLength(1 + 24 * 3);
    expect(rows[0]).toMatch(/line.*flow \(MW\).*price \(EUR\/MWh\) at to bus/);
    expect(rows[1 + 20 * 3 + 1]).toMatch(/1–3/);
  });
});
