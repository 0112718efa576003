import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { solveCase, type CaseResult } from './solve-case.ts';

const unit = (costLinearUsdPerKwh: number) => ({
  minKw: 0,
  maxKw: 1000,
  rampKwPerHour: 1000,
  costLinearUsdPerKwh,
  costQuadraticUsdPerKwh2: 0,
  costSegments: 1,
  noLoadUsdPerHour: 0,
  startUpUsd: 0,
  unitCommitment: false,
});
/** Three equal lines; 1–3 lets 100 kW through, so 60 of 240 kW are cheap: f = (2 g₁ + g₂) / 3. */
const triangle = {
  kind: 'v2g',
  name: 'triangle',
  slots: 1,
  slotHours: 1,
  load: [240],
  wind: [],
  gas: [unit(0.1), unit(0.3)],
  headroomShareOfLoad: 0,
  throughputUsdPerKwh: 0,
  dischargeUsdPerKwh: 0,
  aggregators: 1,
  evs: [],
  uncoordinatedLoad: [[0]],
  halfWidth: [[0]],
  network: {
    slackBus: 1,
    lines: [
      { from: 1, to: 2, xPu: 0.1 },
      { from: 1, to: 3, xPu: 0.1, limitMw: 0.1 },
      { from: 2, to: 3, xPu: 0.1, limitMw: null },
    ],
    loads: [{ bus: 3, share: 1 }],
    gasBus: [1, 2],
    aggregatorBus: [3],
  },
  queries: [{ protection: 0 }, { protection: 0, network: false }],
};
type Solved = Extract<CaseResult, { status: 'optimal' | 'feasible' }>;
async function solved(json: unknown): Promise<Solved[]> {
  const answer = await solveCase(json, testSolver);
  return answer.results.map((result) => {
    if (result.status !== 'optimal') throw new Error(JSON.stringify(result));
    return result as Solved;
  });
}

describe('a V2G case with a meshed network', () => {
  it('is dispatched within its lines, priced by place, and checked; without the network it is cheaper and fails', async () => {
    const [kept, blind] = (await solved(triangle)) as [Solved, Solved];
    expect(kept.objectiveUsd).toBeCloseTo(60 * 0.1 + 180 * 0.3, 6);
    expect(kept.network).toMatchObject({ passed: true, lines: ['1–2', '1–3', '2–3'], buses: ['1', '2', '3'] });
    [-0.04, 0.1, 0.14].forEach((mw, line) => expect(kept.network!.flowMw[0]![line]).toBeCloseTo(mw, 9));
    [100, 300, 500].forEach((price, bus) => expect(kept.network!.priceUsdPerMwh![0]![bus]).toBeCloseTo(price, 6));
    expect(blind.objectiveUsd).toBeCloseTo(24, 6);
    expect(blind.network).toMatchObject({ passed: false, priceUsdPerMwh: null });
    expect(blind.network!.worstMw[0]![1]).toBeCloseTo(0.16, 9);
  });

  it('keeps the lines of the ring of eight buses at the worst deviations, where prices then differ', async () => {
    const file = new URL('../../models/mesh/fixtures/ring8-case.json', import.meta.url);
    const [blind, still, kept] = (await solved(JSON.parse(readFileSync(file, 'utf8')))) as [Solved, Solved, Solved];
    expect([blind.network!.passed, still.network!.passed, kept.network!.passed]).toEqual([false, true, true]);
    expect(kept.objectiveUsd).toBeGreaterThan(blind.objectiveUsd + 0.1);
    expect(kept.objectiveUsd).toBeGreaterThan(still.objectiveUsd);
    const line = kept.network!.lines.indexOf('Market–Quay');
    const fullest = (of: Solved): number => Math.max(...of.network!.worstMw.map((own) => Math.abs(own[line]!)));
    expect(fullest(blind)).toBeGreaterThan(0.26);
    expect(fullest(kept)).toBeCloseTo(0.25, 6);
    const spread = kept.network!.priceUsdPerMwh!.map((own) => Math.max(...own) - Math.min(...own));
    expect(Math.max(...spread)).toBeGreaterThan(5);
    expect(Math.min(...spread)).toBeLessThan(1e-6);
  });

  const broken = (network: object): object => ({ ...triangle, network: { ...triangle.network, ...network } });
  const [first, ...rest] = triangle.network.lines;
  it.each<[string, object, RegExp]>([
    [
      'an island',
      broken({ lines: [...triangle.network.lines, { from: 8, to: 9, xPu: 1 }] }),
      /bus 8, 9 is not connected/,
    ],
    ['a reactance of nothing', broken({ lines: [{ ...first, xPu: 0 }, ...rest] }), /line 1–2 has a reactance of 0 pu/],
    ['a line without reactance', broken({ lines: [{ from: 1, to: 2 }] }), /network\.lines\[0\]\.xPu is not a number/],
    ['a unit nowhere', broken({ gasBus: [1, 7] }), /gas unit gas-2 stands at bus 7/],
    ['a unit without a bus', broken({ gasBus: [1] }), /1 buses are given for 2 of gas unit/],
    ['shares that are not all of the load', broken({ loads: [{ bus: 3, share: 0.5 }] }), /sum to 0\.5, not 1/],
    ['a model of feeders', broken({ model: 'branch-flow' }), /network\.model is "branch-flow"/],
  ])('is refused for %s', async (_, json, message) => {
    await expect(solveCase(json, testSolver)).rejects.toThrow(message);
  });
});
