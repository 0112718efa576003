import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { solveCase } from './solve-case.ts';

/** Two one-hour slots, one car, one uncertain load: every answer below is worked out by hand. */
const smallCase = {
  kind: 'v2g',
  name: 'by hand',
  slots: 2,
  slotHours: 1,
  load: [50, 50],
  wind: [{ available: [10, 0], maintenanceUsdPerKwh: 0.02 }],
  gas: {
    minKw: 0,
    maxKw: 100,
    rampKwPerHour: 1000,
    costLinearUsdPerKwh: 0.1,
    costQuadraticUsdPerKwh2: 0.001,
    costSegments: 2,
    noLoadUsdPerHour: 0,
    startUpUsd: 0,
    unitCommitment: false,
  },
  headroomShareOfLoad: 0.1,
  throughputUsdPerKwh: 0.001,
  dischargeUsdPerKwh: 0,
  aggregators: 1,
  evs: [
    {
      aggregator: 0,
      capacityKwh: 40,
      arrivalSlot: 1,
      departureSlot: 2,
      initialKwh: 10,
      minKwh: 4,
      maxKwh: 40,
      requiredKwh: 14,
      chargeKw: 5,
      dischargeKw: 5,
      efficiency: 0.8,
    },
  ],
  uncoordinatedLoad: [[0, 5]],
  halfWidth: [[0, 8]],
  queries: [
    { v2g: false, protection: 0 },
    { recourse: 'optimal', protection: 0 },
    { recourse: 0, protection: 1 },
    { recourse: 0, protection: 0.5 },
    { recourse: 1, protection: 1 },
  ],
};
/** Segments of 50 kW: chord slopes 0.1 + 0.001 · 50 = 0.15 and 0.1 + 0.001 · 150 = 0.25. Slot 0: 10 kWh wind, 40 kWh gas. */
const slot0 = 10 * 0.02 + 40 * 0.15;
const gasCost = (kw: number) => 0.15 * Math.min(kw, 50) + 0.25 * Math.max(0, kw - 50);

describe('solveCase', () => {
  it('solves for the objectives a file or a query states, and tells what the plan is worth by each', async () => {
    const order = [{ objective: 'deviation' }];
    const weights = [
      { objective: 'cost', weight: 1 },
      { objective: 'renewables', weight: 2 },
    ];
    const { results } = await solveCase(
      {
        ...smallCase,
        objectives: { rule: 'lexicographic', order },
        queries: [
          { recourse: 0, protection: 1 },
          { recourse: 0, protection: 1, objectives: { rule: 'weighted', weights } },
        ],
      },
      testSolver,
    );
    // The car must charge 5 kW in slot 1, where there is no wind: 50 + 5 and 8 more at worst.
    expect(results[0]).toMatchObject({ status: 'optimal', objectives: { deviation: expect.closeTo(63, 3) } });
    expect(results[1]).toMatchObject({ objectives: { renewables: expect.closeTo(100, 3) } });
  });

  it.each([
    [{ rule: 'best' }, 'objectives.rule is "best"'],
    [{ rule: 'lexicographic', order: [{ objective: 'joy' }] }, 'objectives.order[0].objective is "joy"'],
    [{ rule: 'weighted', weights: [{ objective: 'cost', weight: -1 }] }, 'the weight of "cost" is -1'],
    [{ rule: 'lexicographic', order: [{ objective: 'loss' }] }, 'no loss is modelled'],
  ])('refuses objectives %j with the field named', async (objectives, problem) => {
    const asked = solveCase({ ...smallCase, objectives }, testSolver);
    await expect(asked).rejects.toMatchObject({
      report: { code: 'case-bad', details: { problem: expect.stringContaining(problem) } },
    });
  });

  it('finds the optima of a case done by hand, and never reads what it expects', async () => {
    const { kind, results } = await solveCase({ ...smallCase, expected: [{ costUsd: 1 }] }, testSolver);
    expect(kind).toBe('v2g');
    // The car must take 4 kWh, 5 at the charger, whatever the rest is.
    const cost = slot0 + gasCost(55);
    expect(results[0]).toMatchObject({ status: 'optimal', costUsd: expect.closeTo(cost, 8), peakLoadKw: 55 });
    expect(results[1]).toMatchObject({
      objectiveUsd: expect.closeTo(cost + 0.005, 8),
      chargeKwh: expect.closeTo(5, 8),
    });
    // Static: supply covers 8 (4) kW more.
    expect(results[2]).toMatchObject({ costUsd: expect.closeTo(slot0 + gasCost(63), 8) });
    expect(results[3]).toMatchObject({ costUsd: expect.closeTo(slot0 + gasCost(59), 8) });
    // The car charges all it can and has nothing to spare: it cannot absorb 8 kWh.
    expect(results[4]).toMatchObject({ status: 'infeasible' });
  });
  it('holds for what a unit may not deliver, worked out by hand', async () => {
    // 40 kW of slot 0 and 55 of slot 1 come from 50 and 68.75 kW of a unit that delivers four fifths at worst; wind is trusted.
    const coefficients = { unitsAtOnce: 1, slotsAtOnce: 2, losses: [{ kind: 'gas', id: 'gas-1', share: 0.2 }] };
    const asked = { ...smallCase, coefficients, queries: [{ v2g: false, protection: 0 }] };
    const { results } = await solveCase(asked, testSolver);
    expect(results[0]).toMatchObject({ costUsd: expect.closeTo(10 * 0.02 + gasCost(50) + gasCost(68.75), 8) });
  });
  it.each([
    ['a loss of nothing there is', { ...smallCase, coefficients: { unitsAtOnce: 1, slotsAtOnce: 1, losses: [{ kind: 'gas', id: 'gas-7', share: 0.1 }] } }, /gas "gas-7", which is not there/], // prettier-ignore
    ['a loss of another kind', { ...smallCase, coefficients: { unitsAtOnce: 1, slotsAtOnce: 1, losses: [{ kind: 'sun', id: 'x', share: 0.1 }] } }, /losses\[0\]\.kind is "sun"/], // prettier-ignore
    ['another kind', { ...smallCase, kind: 'weather' }, /"market" or "feeder" expected/],
    ['no list', { ...smallCase, load: 3 }, /load is not a list/],
    ['a short series', { ...smallCase, halfWidth: [[1]] }, /halfWidth\[0\] has 1 values for 2 slots/],
    ['a text for a number', { ...smallCase, load: [1, '2'] }, /load\[1\] is not a number/],
    ['a car without a field', { ...smallCase, evs: [{ aggregator: 0 }] }, /evs\[0\]\.capacityKwh is not a number/],
    ['a query without protection', { ...smallCase, queries: [{}] }, /queries\[0\]\.protection/],
    ['no object', 7, /kind is undefined/],
  ])('refuses %s and says where', async (_, file, complaint) => {
    await expect(solveCase(file, testSolver)).rejects.toMatchObject({ code: 'case-bad' });
    await expect(solveCase(file, testSolver)).rejects.toThrow(complaint);
  });
});

const folder = new URL('../../../../shared/cases/v2g/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

describe.skipIf(files.length === 0)('cases with proven optima, where they are at hand', () => {
  it.each(files)('%s', async (file) => {
    const { expected, ...instance } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    const { results } = await solveCase(instance, testSolver);
    const tolerance = file.includes('commitment') ? 1e-5 : 1e-6;
    expect(results).toHaveLength(expected.length);
    expected.forEach((wanted: Record<string, number>, query: number) => {
      for (const [field, value] of Object.entries(wanted)) {
        const found = (results[query] as unknown as Record<string, number>)[field]!;
        expect(Math.abs(found - value) / value, `query ${query}, ${field}`).toBeLessThanOrEqual(tolerance);
      }
    });
  });
});
