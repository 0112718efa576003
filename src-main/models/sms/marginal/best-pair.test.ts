import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { networkOf } from '../network.ts';
import { bestPair } from './best-pair.ts';
import { bestPath } from './best-path.ts';
import type { TruckDay } from './priced-day.ts';

const slots = 4;
const trucks = [smallTruck('a', { initialMwh: 1 }), smallTruck('b', { initialMwh: 1 })];
const problem = smallSms(slots, { trucks });
const networks = trucks.map((truck) => networkOf(problem, truck));

describe('bestPair', () => {
  it('brings no less than one after the other, and drives from start to end', () => {
    const usd = fc.integer({ min: 0, max: 60 });
    const drawn = fc.array(fc.array(usd, { minLength: slots, maxLength: slots }), { minLength: 2, maxLength: 2 });
    let better = 0;
    fc.assert(
      fc.property(drawn, (worth) => {
        /** Falls off where more than 1 MW meet. */
        const gain = (grid: number, slot: number, mw: number): number =>
          worth[grid]![slot]! * (mw > 1 ? 0.3 * mw : mw < -1 ? 2 * mw : mw);
        const total = (days: readonly TruckDay[]): number => {
          const net = [0, 1].map(() => new Array<number>(slots).fill(0));
          let ownUsd = 0;
          days.forEach(({ path, netMw }, k) => {
            for (const arc of path) {
              ownUsd -= arc.costUsd;
              const place = problem.terminals[arc.from]!;
              if (arc.kind !== 'stay' || place.kind !== 'station') continue;
              net[place.grid]![arc.fromSlot]! += netMw[arc.fromSlot]!;
              ownUsd -= Math.abs(netMw[arc.fromSlot]!) * trucks[k]!.degradationUsdPerMwh * problem.slotHours;
            }
          });
          return net.reduce((sum, own, g) => own.reduce((all, mw, slot) => all + gain(g, slot, mw), sum), ownUsd);
        };
        const places = (): number => 2;
        const found = bestPair(problem, {
          pair: [
            { truck: trucks[0]!, network: networks[0]! },
            { truck: trucks[1]!, network: networks[1]! },
          ],
          gain,
          places,
        })!;
        const wish = { truck: trucks[0]!, network: networks[0]!, mayStay: () => true, levels: 20 };
        const first = bestPath(problem, { ...wish, gain })!;
        const second = bestPath(problem, {
          ...wish,
          gain: (g, t, mw) => {
            const stays = first.path.some((arc) => {
              const place = problem.terminals[arc.from]!;
              return arc.kind === 'stay' && arc.fromSlot === t && place.kind === 'station' && place.grid === g;
            });
            const other = stays ? first.netMw[t]! : 0;
            return gain(g, t, other + mw) - gain(g, t, other);
          },
        })!;
        // Energies of both are on grids of their own: a step of the coarser is let pass.
        const oneByOne = total([first, second]);
        expect(total(found)).toBeGreaterThan(oneByOne - 0.12 * Math.abs(oneByOne) - 1);
        if (total(found) > oneByOne + 1) better++;
        found.forEach(({ path }, k) => {
          expect(path[0]!.from).toBe(trucks[k]!.start);
          expect(path.at(-1)!.to).toBe(trucks[k]!.end);
          path.slice(1).forEach((arc, i) => {
            expect(arc.from).toBe(path[i]!.to);
            expect(arc.fromSlot).toBe(path[i]!.untilSlot);
          });
        });
      }),
      { numRuns: 15, seed: 5 },
    );
    expect(better).toBeGreaterThan(0);
  });
});
