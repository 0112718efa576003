import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { solveMarketCase } from './solve-market-case.ts';

type Json = Record<string, unknown>;
/** One slot, two prices: sell the one level held, or keep it for its terminal worth. */
const byHand: Json = {
  kind: 'market',
  name: 'by hand',
  slots: 1,
  prices: [20, 90],
  transition: [
    [0.5, 0.5],
    [0.2, 0.8],
  ],
  energyLevels: 2,
  stepKwh: 1000,
  maxStepsPerSlot: 1,
  efficiency: 0.9,
  degradationUsdPerMwh: 4,
  terminalUsdPerMwh: 30,
  requiredLevel: 0,
  shortfallUsdPerMwh: 0,
  start: { priceState: 1, level: 1 },
  queries: [{ ambiguity: 'nominal' }, { ambiguity: 'l1', parameters: { k: 0.2 } }],
};

describe('solveMarketCase', () => {
  it('sells when the price less wear is above the worth of keeping', () => {
    const [nominal] = solveMarketCase(byHand);
    expect(nominal!.value[0]![1]).toBeCloseTo(30, 12);
    expect(nominal!.value[1]![1]).toBeCloseTo(90 * 0.9 - 4, 12);
    expect(nominal!.startValueUsd).toBeCloseTo(77, 12);
  });
  it.each<[string, Json, RegExp]>([
    ['an unknown ambiguity', { queries: [{ ambiguity: 'fog' }] }, /queries\[0\]\.ambiguity is none of nominal/],
    ['a missing parameter', { queries: [{ ambiguity: 'l1', parameters: {} }] }, /queries\[0\]\.parameters\.k/],
    ['a negative radius', { queries: [{ ambiguity: 'l1', parameters: { k: -1 } }] }, /radius of l1 is -1/],
    [
      'a row that is no law',
      {
        transition: [
          [0.5, 0.4],
          [0, 1],
        ],
      },
      /transition\[0\]\[0\] sums to 0.9, not 1/,
    ],
    [
      'a negative probability',
      {
        transition: [
          [1.5, -0.5],
          [0, 1],
        ],
      },
      /holds 1.5; a probability/,
    ],
    ['a start outside', { start: { priceState: 2, level: 0 } }, /start\.priceState is 2; a whole number from 0 to 1/],
    ['an efficiency above one', { efficiency: 1.2 }, /efficiency is 1.2/],
    ['part of a slot', { slots: 1.5 }, /slots is 1.5/],
  ])('refuses %s and says where', (_, change, complaint) => {
    expect(() => solveMarketCase({ ...byHand, ...change })).toThrow(complaint);
  });
});

const folder = new URL('../../../../shared/cases/market/', import.meta.url);
describe.skipIf(!existsSync(folder))('market cases with proven values, where they are at hand', () => {
  it('reproduces tiny.json', () => {
    const { expected, ...instance } = JSON.parse(readFileSync(new URL('tiny.json', folder), 'utf8')) as Json & {
      expected: ReturnType<typeof solveMarketCase>;
    };
    solveMarketCase(instance).forEach((result, query) => {
      const known = expected[query]!;
      expect(result.startValueUsd).toBeCloseTo(known.startValueUsd, 9);
      expect(result.nominalPolicyWorstCaseUsd).toBeCloseTo(known.nominalPolicyWorstCaseUsd, 9);
      expect(result.robustPolicyNominalUsd).toBeCloseTo(known.robustPolicyNominalUsd, 9);
      known.value.flat().forEach((value, cell) => expect(result.value.flat()[cell]).toBeCloseTo(value, 9));
    });
  });
});
