import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Term } from '../../../program/program.ts';
import { testSolver } from '../../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions } from '../../../solver/solver.ts';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { networkOf, type Arc } from '../network.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import { dayLevels } from './day-levels.ts';
import { pricedDay, type StayPrice } from './priced-day.ts';

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
        const column = (name: string, usd: number) =>
          program.addColumn({ name: `${name} ${arc.fromSlot}`, lower: 0, upper: truck.powerMw, cost: -usd });
        const [charge, discharge] = [
          column('charge', price.chargeUsdPerMw),
          column('discharge', price.dischargeUsdPerMw),
        ];
        energy.push([charge, truck.chargeEfficiency * problem.slotHours]);
        energy.push([discharge, -problem.slotHours / truck.dischargeEfficiency]);
        const way = program.addColumn({ name: `charges ${arc.fromSlot}`, lower: 0, upper: 1, kind: 'integer' });
        const limit = (name: string, upper: number, terms: Term[]) =>
          program.addRow({ name: `${name} ${arc.fromSlot}`, lower: -Infinity, upper, terms });
        limit('charging', 0, [
          [charge, 1],
          [way, -truck.powerMw],
        ]);
        limit('discharging', truck.powerMw, [
          [discharge, 1],
          [way, truck.powerMw],
        ]);
      }
      const least = arc.untilSlot === slots ? truck.finalMinMwh : truck.minMwh;
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
  it('is as good as a program for each of all paths', async () => {
    const money = fc.integer({ min: -60, max: 60 });
    const price = fc.record({ presentUsd: money, worth: money, wear: fc.integer({ min: 0, max: 10 }) });
    const drawn = fc.record({
      prices: fc.array(fc.array(price, { minLength: slots, maxLength: slots }), { minLength: 3, maxLength: 3 }),
      powerMw: fc.constantFrom(0.7, 1, 2),
      capacityMwh: fc.constantFrom(2, 3.1, 4),
      minMwh: fc.constantFrom(0, 0.3),
      initialMwh: fc.constantFrom(0.5, 1),
      finalMinMwh: fc.constantFrom(0, 0.5, 1.2),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ prices, ...changes }) => {
        const truck = smallTruck('truck-1', changes);
        const problem = smallSms(slots, { trucks: [truck] });
        const priceOf = (terminal: number, slot: number): StayPrice => {
          const { presentUsd, worth, wear } = prices[terminal]![slot]!;
          return { presentUsd, chargeUsdPerMw: -worth - wear, dischargeUsdPerMw: worth - wear };
        };
        const levels = dayLevels(truck, slots, problem.slotHours);
        const found = pricedDay({ problem, truck, network: networkOf(problem, truck), levels }, priceOf);
        const wanted = await bestByPrograms(problem, truck, priceOf);
        expect(found?.valueUsd ?? -Infinity).toBeCloseTo(wanted, 4);
      }),
      { numRuns: 25, seed: 11 },
    );
  });
});
