import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Halves } from '../../models/sms/marginal/branching.ts';
import type { BranchRow } from '../../models/sms/marginal/day-master.ts';
import { bestCut } from './best-cut.ts';

const cutAt = (slot: number): Halves => {
  const row: BranchRow = { kind: 'trucks', class: null, grid: 0, slot, lower: -Infinity, upper: Infinity };
  return [
    { ...row, lower: 1 },
    { ...row, upper: 0 },
  ];
};

/** What the halves of the cut at a slot lose, of 100 USD [slot][half]; asked for counts the trials. */
function trialsOf(losses: readonly (readonly [number, number])[], most = losses.length) {
  const asked: (number | null)[] = [];
  return {
    cuts: losses.map((_, slot) => cutAt(slot)),
    asked,
    trials: {
      most,
      enoughUsd: 4,
      isOver: () => false,
      profitUsd: (row: BranchRow | null) => {
        asked.push(row?.slot ?? null);
        return Promise.resolve(row === null ? 100 : 100 - losses[row.slot]![row.lower === 1 ? 0 : 1]);
      },
    },
  };
}

describe('bestCut', () => {
  it('takes the cut that loses most in both halves, and no more than is asked for', async () => {
    const { cuts, trials } = trialsOf([
      [0, 50],
      [1, 3],
      [2, 2],
      [0, 0],
    ]);
    expect(await bestCut(cuts, trials)).toBe(cuts[2]);
  });

  it('ends with the first that loses enough in both', async () => {
    const { cuts, trials, asked } = trialsOf([
      [1, 1],
      [4, Infinity],
      [9, 9],
      [9, 9],
    ]);
    expect(await bestCut(cuts, trials)).toBe(cuts[1]);
    expect(asked).not.toContain(2);
  });

  it('takes the most promising where trials say nothing, are over or are not wished', async () => {
    const unknown = trialsOf([
      [NaN, NaN],
      [NaN, 1],
    ]);
    expect(await bestCut(unknown.cuts, unknown.trials)).toBe(unknown.cuts[0]);
    const { cuts, trials, asked } = trialsOf([
      [0, 0],
      [2, 2],
    ]);
    expect(await bestCut(cuts, { ...trials, isOver: () => true })).toBe(cuts[0]);
    expect(await bestCut(cuts, { ...trials, most: 1 })).toBe(cuts[0]);
    expect(await bestCut([], trials)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('never takes a cut that another beats in both halves', async () => {
    const loss = fc.integer({ min: 0, max: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(loss, loss), { minLength: 2, maxLength: 7 }), async (losses) => {
        const { cuts, trials } = trialsOf(losses);
        const taken = losses[cuts.indexOf((await bestCut(cuts, trials))!)]!;
        const counted = (usd: number): number => Math.min(4, Math.max(0.04, usd));
        const beats = ([a, b]: readonly [number, number]): boolean =>
          counted(a) > counted(taken[0]) && counted(b) > counted(taken[1]);
        expect(losses.some(beats)).toBe(false);
      }),
    );
  });
});
