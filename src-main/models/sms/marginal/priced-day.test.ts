import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Term } from '../../../program/program.ts';
import { testSolver } from '../../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions } from '../../../solver/solver.ts';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { networkOf, type Arc } from '../network.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import { dayLevels } from './day-levels.ts';
import { pricedDay, type PowerPrice, type StayPrice } from './priced-day.ts';
import { truckClasses } from './truck-classes.ts';
import { directions, workGroups, type Direction } from './work-steps.ts';

const slots = 4;

function pathsIn(network: readonly Arc[], terminal: number, slot: number, end: number): Arc[][] {
  if (slot === slots) return terminal === end ? [[]] : [];
  return network
    .filter((arc) => arc.from === terminal && arc.fromSlot === slot)
    .flatMap((arc) => pathsIn(network, arc.to, arc.untilSlot, end).map((rest) => [arc, ...rest]));
}

/** The best day by one program per path. */
async function bestByPrograms(
  problem: SmsProblem,
  truck: Truck,
  priceOf: (terminal: number, slot: number) => StayPrice,
): Promise<number> {
  const paths = pathsIn(networkOf(problem, truck), truck.start, 0, truck.end);
  let best = -Infinity;
  for (const path of paths) {
    const program = new ProgramBuilder('day');
    const energy: Term[] = [];
    let fixedUsd = 0;
    for (const arc of path) {
      fixedUsd -= arc.costUsd;
      if (arc.kind === 'stay' && problem.terminals[arc.from]!.kind === 'station') {
        const price = priceOf(arc.from, arc.fromSlot);
        fixedUsd += price.presentUsd;
        const chosen: Term[] = [];
        for (const direction of directions) {
          const { mw, usd } = price[direction];
          for (let piece = 1; piece < mw.length; piece++) {
            const slope = (usd[piece]! - usd[piece - 1]!) / (mw[piece]! - mw[piece - 1]!);
            const name = (what: string): string => `${what} ${direction} ${piece} ${arc.fromSlot}`;
            const power = program.addColumn({ name: name('power'), lower: 0, upper: mw[piece]!, cost: -slope });
            const fixed = slope * mw[piece - 1]! - usd[piece - 1]!;
            const used = program.addColumn({ name: name('used'), lower: 0, upper: 1, cost: fixed, kind: 'integer' });
            const limit = (what: string, terms: Term[]) =>
              program.addRow({ name: name(what), lower: -Infinity, upper: 0, terms });
            limit('most', [
              [power, 1],
              [used, -mw[piece]!],
            ]);
            limit('least', [
              [power, -1],
              [used, mw[piece - 1]!],
            ]);
            chosen.push([used, 1]);
            energy.push([
              power,
              direction === 'charge'
                ? truck.chargeEfficiency * problem.slotHours
                : -problem.slotHours / truck.dischargeEfficiency,
            ]);
          }
        }
        program.addRow({ name: `one of ${arc.fromSlot}`, lower: -Infinity, upper: 1, terms: chosen });
      }
      const least = Math.max(truck.minMwh, arc.untilSlot === slots ? truck.finalMinMwh : 0);
      const name = `energy until ${arc.untilSlot}`;
      const [lower, upper] = [least - truck.initialMwh, truck.capacityMwh - truck.initialMwh];
      program.addRow({ name, lower, upper, terms: [...energy] });
    }
    const outcome = await testSolver.solve(program.compile(), { ...defaultSolveOptions, explainInfeasibility: 'no' });
    if (outcome.kind === 'optimal') best = Math.max(best, fixedUsd - outcome.solution.objective);
  }
  return best;
}

describe('pricedDay', () => {
  it('is as good as a program for each of all paths, at prices that bend', async () => {
    const money = fc.integer({ min: -60, max: 60 });
    const bends = fc.tuple(money, money);
    const price = fc.record({
      presentUsd: money,
      worth: money,
      wear: fc.integer({ min: 0, max: 10 }),
      charge: bends,
      discharge: bends,
    });
    const drawn = fc.record({
      prices: fc.array(fc.array(price, { minLength: slots, maxLength: slots }), { minLength: 3, maxLength: 3 }),
      parts: fc.constantFrom(1, 2, 3),
      powerMw: fc.constantFrom(0.7, 1, 2),
      capacityMwh: fc.constantFrom(2, 3.1, 4),
      minMwh: fc.constantFrom(0, 0.3),
      initialMwh: fc.constantFrom(0.5, 1),
      finalMinMwh: fc.constantFrom(0, 0.5, 1.2),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ prices, parts, ...changes }) => {
        const truck = smallTruck('truck-1', changes);
        const problem = smallSms(slots, { trucks: [truck] });
        const { steps } = workGroups(problem, truckClasses(problem), parts).groups[0]!;
        const priceOf = (terminal: number, slot: number): StayPrice => {
          const { presentUsd, worth, wear, ...bent } = prices[terminal]![slot]!;
          const priced = (direction: Direction, usdPerMw: number): PowerPrice => {
            const mw = [0, ...steps[direction]];
            // No price where there is no bend but at the end.
            const extra = [0, ...bent[direction].slice(0, parts - 1), 0];
            return { mw, usd: mw.map((own, i) => own * usdPerMw + (extra[i] ?? 0)) };
          };
          return { presentUsd, charge: priced('charge', -worth - wear), discharge: priced('discharge', worth - wear) };
        };
        const levels = dayLevels(truck, slots, problem.slotHours, parts);
        const found = pricedDay({ problem, truck, network: networkOf(problem, truck), levels }, priceOf);
        const wanted = await bestByPrograms(problem, truck, priceOf);
        expect(found?.valueUsd ?? -Infinity).toBeCloseTo(wanted, 4);
      }),
      { numRuns: 12, seed: 11 },
    );
  });
});
