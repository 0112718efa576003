import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Term } from '../program/program.ts';
import { budgetAdversary, budgetWorstCase } from './budget-set.ts';
import { addSharedDeviation } from './counterpart-common-factor.ts';
import { solveByCuts, type GuardedRow } from './cutting-plane.ts';
import { optimum } from './fixtures/test-solver.ts';

/**
 * A seller meets demand plus what it keeps of the deviation at a price per slot; a helper absorbs the rest up to a power and an energy.
 * Stated twice: by the counterpart, and by cuts on θ itself, where the energy row faces every slot's components at once.
 */
interface Instance {
  halfWidths: number[][];
  prices: number[];
  power: number;
  energy: number;
}
const demandKw = 5;
const slotHours = 0.5;

async function byCounterpart({ halfWidths, prices, power, energy }: Instance, protection: number): Promise<number> {
  const program = new ProgramBuilder('shared');
  const deviation = addSharedDeviation(program, {
    worstCase: halfWidths.map((widths) => budgetWorstCase(widths, protection)),
    shareable: prices.map(() => true),
    share: 'optimal',
    slotHours,
    absorbedName: (slot) => `absorbed ${slot}`,
    accumulatedName: (slot) => `accumulated ${slot}`,
  });
  prices.forEach((cost, slot) => {
    const supply = program.addColumn({ name: `supply ${slot}`, lower: 0, upper: Infinity, cost });
    const kept = deviation.kept[slot]!;
    program.addRow({
      name: `demand ${slot}`,
      lower: demandKw + kept.constant,
      upper: Infinity,
      terms: [[supply, 1], ...kept.terms.map(([x, value]): Term => [x, -value])],
    });
    program.addRow({ name: `power ${slot}`, lower: -Infinity, upper: power, terms: [[deviation.absorbed[slot]!, 1]] });
    program.addRow({
      name: `energy ${slot}`,
      lower: -Infinity,
      upper: energy,
      terms: [[deviation.accumulated[slot]!, 1]],
    });
  });
  return (await optimum(program.compile())).objective;
}

async function byAdversary({ halfWidths, prices, power, energy }: Instance, protection: number): Promise<number> {
  const program = new ProgramBuilder('shared by cuts');
  const guarded: GuardedRow[] = [];
  const shares = prices.map((_, slot) => program.addColumn({ name: `share ${slot}`, lower: 0, upper: 1 }));
  prices.forEach((cost, slot) => {
    const supply = program.addColumn({ name: `supply ${slot}`, lower: 0, upper: Infinity, cost });
    const slotSet = { halfWidths: halfWidths[slot]!, protection };
    const adversary = (coefficients: readonly number[]) => budgetAdversary(slotSet, coefficients);
    const each = slotSet.halfWidths;
    const share = shares[slot]!;
    guarded.push(
      {
        row: {
          name: `demand ${slot}`,
          terms: [[supply, -1]],
          uncertain: each.map(() => ({ terms: [[share, -1]], constant: 1 })),
          upper: -demandKw,
        },
        adversary,
      },
      {
        row: {
          name: `power ${slot}`,
          terms: [],
          uncertain: each.map(() => ({ terms: [[share, 1]], constant: 0 })),
          upper: power,
        },
        adversary,
      },
    );
    guarded.push({
      row: {
        name: `energy ${slot}`,
        terms: [],
        uncertain: halfWidths
          .slice(0, slot + 1)
          .flatMap((widths, past) => widths.map(() => ({ terms: [[shares[past]!, slotHours] as const], constant: 0 }))),
        upper: energy,
      },
      adversary: (coefficients) => {
        let from = 0;
        return halfWidths.slice(0, slot + 1).flatMap((widths) => {
          const part = coefficients.slice(from, (from += widths.length));
          return budgetAdversary({ halfWidths: widths, protection }, part);
        });
      },
    });
  });
  return (await solveByCuts(program, guarded, optimum)).objective;
}

describe('addSharedDeviation', () => {
  it('has the optimum of an adversary over the product of slot sets', async () => {
    const amount = fc.integer({ min: 0, max: 80 }).map((x) => x / 10);
    const instance = fc.integer({ min: 1, max: 3 }).chain((components) =>
      fc.record({
        halfWidths: fc.array(fc.array(amount, { minLength: components, maxLength: components }), {
          minLength: 3,
          maxLength: 3,
        }),
        prices: fc.array(amount, { minLength: 3, maxLength: 3 }),
        power: amount,
        energy: amount,
      }),
    );
    await fc.assert(
      fc.asyncProperty(instance, fc.double({ min: 0, max: 3, noNaN: true }), async (shape, protection) => {
        expect(await byCounterpart(shape, protection)).toBeCloseTo(await byAdversary(shape, protection), 5);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
  it('keeps everything where nobody shares and fixes the share where asked', async () => {
    const program = new ProgramBuilder('fixed');
    const deviation = addSharedDeviation(program, {
      worstCase: [10, 20, 30],
      shareable: [false, true, false],
      share: 0.25,
      slotHours: 0.5,
      absorbedName: (slot) => `absorbed ${slot}`,
      accumulatedName: (slot) => `accumulated ${slot}`,
    });
    expect(deviation.absorbed.map((column) => column !== null)).toEqual([false, true, false]);
    expect(deviation.accumulated.map((column) => column !== null)).toEqual([false, true, true]);
    expect(deviation.kept[0]).toEqual({ terms: [], constant: 10 });
    const { columns } = await optimum(program.compile());
    expect(columns[deviation.absorbed[1]!]).toBeCloseTo(5, 9);
    expect(columns[deviation.accumulated[2]!]).toBeCloseTo(2.5, 9);
  });
});
