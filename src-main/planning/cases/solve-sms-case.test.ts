import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { smallSms } from '../../models/sms/fixtures/small-sms.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { solveCase } from './solve-case.ts';

type Json = Record<string, unknown>;
const caseFile = (changes: Json = {}): Json => {
  const { ties: _, ...instance } = smallSms(2);
  return { kind: 'sms', ...instance, queries: [{ ties: 'optimistic' }, { ties: 'pessimistic' }], ...changes };
};
const grids = smallSms(2).grids;
const [truck] = smallSms(2).trucks;
const noRoad = [[[0, 0]], [[0, 0]]];

describe('solveCase on shared mobile storage', () => {
  it('answers each query, and never reads what the case expects', async () => {
    const { kind, results } = await solveCase(caseFile({ expected: [{ ownerProfitUsd: 1e6 }] }), testSolver);
    expect(kind).toBe('sms');
    // Two slots are too short to carry energy south; each query says what the truck earns with what is in it.
    expect(results).toHaveLength(2);
    for (const result of results) expect(result).toMatchObject({ status: 'optimal', gap: expect.closeTo(0, 6) });
  });
  it.each<[string, Json, RegExp]>([
    ['a text for a number', caseFile({ slotHours: '1' }), /slotHours is not a number/],
    ['a grid without a field', caseFile({ grids: [{ id: 'north' }] }), /grids\[0\]\.loadMw is not a list/],
    [
      'a short series',
      caseFile({ grids: [{ ...grids[0], loadMw: [1] }, grids[1]] }),
      /loadMw of grid north has 1 values, not 2/,
    ],
    [
      'a negative margin',
      caseFile({ grids: [{ ...grids[0], downsideMarginMw: [0, -1] }, grids[1]] }),
      /downsideMarginMw .*-1/,
    ],
    ['another kind of place', caseFile({ terminals: [{ id: 'x', kind: 'port' }] }), /terminals\[0\]\.kind/],
    [
      'a station without a grid',
      caseFile({ terminals: [{ id: 'x', kind: 'station', grid: 7, truckCapacity: 1 }] }),
      /grid is 7/,
    ],
    ['a truck from nowhere', caseFile({ trucks: [{ ...truck, start: 3 }] }), /start of truck truck-1 is 3; 0 to 2/],
    [
      'a truck overfull',
      caseFile({ trucks: [{ ...truck, initialMwh: 9 }] }),
      /capacityMwh of truck truck-1 is 4; at least 9/,
    ],
    ['an efficiency of zero', caseFile({ trucks: [{ ...truck, chargeEfficiency: 0 }] }), /chargeEfficiency/],
    ['a missing road', caseFile({ travelSlots: noRoad }), /travelSlots has 2 values, not 3/],
    [
      'a negative travel time',
      caseFile({ travelSlots: smallSms(2).travelSlots.map((row) => row.map((times) => times.map((x) => -x!))) }),
      /travelSlots\[0\]\[1\]\[0\] is -1/,
    ],
    [
      'a negative rent',
      caseFile({
        priceMenuUsdPerMwh: [
          [[5], [5]],
          [[5], [-5]],
        ],
      }),
      /\[1\]\[1\] holds -5; a rent is not negative/,
    ],
    [
      'an empty menu',
      caseFile({
        priceMenuUsdPerMwh: [
          [[5], []],
          [[5], [5]],
        ],
      }),
      /\[0\]\[1\] offers no price/,
    ],
    ['unknown ties', caseFile({ queries: [{ ties: 'kind' }] }), /queries\[0\]\.ties/],
  ])('refuses %s and says where', async (_, file, complaint) => {
    await expect(solveCase(file, testSolver)).rejects.toMatchObject({ code: 'case-bad' });
    await expect(solveCase(file, testSolver)).rejects.toThrow(complaint);
  });
});

const folder = new URL('../../../../shared/cases/sms/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

describe.skipIf(files.length === 0)('cases with proven optima, where they are at hand', () => {
  it.each(files)('%s', async (file) => {
    const { expected, ...instance } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    const { results } = await solveCase(instance, testSolver);
    expect(results).toHaveLength(expected.length);
    expected.forEach((wanted: { ownerProfitUsd: number }, query: number) => {
      const found = results[query]!;
      if (!('ownerProfitUsd' in found)) throw new Error(`query ${query} is ${found.status}`);
      const relative = Math.abs(found.ownerProfitUsd - wanted.ownerProfitUsd) / wanted.ownerProfitUsd;
      expect(relative, `query ${query}`).toBeLessThanOrEqual(1e-6);
    });
  });
});
