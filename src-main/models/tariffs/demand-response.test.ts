import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSolveOptions } from '../../solver/solver.ts';
import { ProgramBuilder } from '../../program/program.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkResponse } from '../../verify/check-response.ts';
import { electricCar } from '../v2g/fixtures/small-problem.ts';
import type { Ev } from '../v2g/problem.ts';
import { bestTariffs, strengths, tryTariff } from './demand-response.ts';
import { atOnce, respond } from './respond.ts';
import { makeTariff, tariffKinds, type Tariff, type TariffGround } from './tariff.ts';

const slots = 6;
const cars: fc.Arbitrary<Ev> = fc
  .record({
    arrivalSlot: fc.integer({ min: 0, max: 4 }),
    stay: fc.integer({ min: 1, max: 6 }),
    need: fc.integer({ min: 0, max: 45 }),
    efficiency: fc.constantFrom(0.9, 1),
  })
  .map(
    ({ arrivalSlot, stay, need, efficiency }) =>
    electricCar({ arrivalSlot, departureSlot: Math.min(slots, arrivalSlot + stay), initialKwh: 0, maxKwh: 50, requiredKwh: need, efficiency }), // prettier-ignore
  );
const perSlot = (item: fc.Arbitrary<number>) => fc.array(item, { minLength: slots, maxLength: slots });
const tariffs: fc.Arbitrary<Tariff> = fc.record(
  {
    kind: fc.constant('incentive' as const),
    pricePerKwh: perSlot(fc.integer({ min: -5, max: 40 }).map((cent) => cent / 100)),
    event: fc.record({
      slots: fc.array(fc.boolean(), { minLength: slots, maxLength: slots }),
      paidPerKwh: fc.integer({ min: 0, max: 30 }).map((cent) => cent / 100),
    }),
  },
  { requiredKeys: ['kind', 'pricePerKwh'] },
);

/** The least bill by a solver: the less of the two linear programs that the payment's kink leaves. */
async function leastBill(ev: Ev, { pricePerKwh, event }: Tariff): Promise<number> {
  const base = atOnce(ev, slots, 1);
  const baseKwh = base.reduce((sum, kw, slot) => sum + (event?.slots[slot] ? kw : 0), 0);
  const bills = await Promise.all(
    (event ? [0, event.paidPerKwh] : [0]).map(async (paid) => {
      const program = new ProgramBuilder('least bill');
      const columns = pricePerKwh.map((price, slot) =>
        program.addColumn({
          name: `charge ${slot}`,
          lower: 0,
          upper: slot >= ev.arrivalSlot && slot < ev.departureSlot ? ev.chargeKw : 0,
          cost: price + (event?.slots[slot] ? paid : 0),
        }),
      );
      const all = base.reduce((sum, kw) => sum + kw, 0);
      program.addRow({ name: 'energy', lower: all, upper: all, terms: columns.map((column) => [column, 1] as const) });
      const outcome = await testSolver.solve(program.compile(), defaultSolveOptions);
      if (outcome.kind !== 'optimal') throw new Error(outcome.kind);
      return outcome.solution.objective - paid * baseKwh;
    }),
  );
  return Math.min(...bills);
}

describe('respond', () => {
  it('finds the least bill a solver finds, and answers that stand the re-check', async () => {
    await fc.assert(
      fc.asyncProperty(cars, tariffs, async (ev, tariff) => {
        const answer = respond(ev, tariff, 1);
        expect(checkResponse(ev, tariff, answer, atOnce(ev, slots, 1), 1)).toEqual([]);
        expect(answer.bill).toBeCloseTo(await leastBill(ev, tariff), 9);
      }),
      { numRuns: 60 },
    );
  });

  it('is told from answers that are none', () => {
    const ev = electricCar({ arrivalSlot: 0, departureSlot: 3, initialKwh: 0, requiredKwh: 15 });
    const tariff: Tariff = { kind: 'time-of-use', pricePerKwh: [0.3, 0.1, 0.2, 0, 0, 0] };
    const answer = respond(ev, tariff, 1);
    expect(answer.chargeKw).toEqual([0, 10, 5, 0, 0, 0]);
    expect(answer.bill).toBeCloseTo(2, 12);
    const base = atOnce(ev, slots, 1);
    expect(base).toEqual([10, 5, 0, 0, 0, 0]);
    const found = (chargeKw: number[], bill: number) => checkResponse(ev, tariff, { chargeKw, bill, paid: 0 }, base, 1);
    expect(found([10, 5, 0, 0, 0, 0], 3.5)).toEqual(['cheaper slot']);
    expect(found([0, 15, 0, 0, 0, 0], 1.5)).toContain('power');
    expect(found([0, 5, 5, 5, 0, 0], 1.5)).toContain('stay');
    expect(found([0, 10, 0, 0, 0, 0], 1)).toContain('energy');
    expect(found([0, 10, 5, 0, 0, 0], 1)).toEqual(['bill']);
  });
});

const ground = (evs: Ev[]): TariffGround => {
  const atOnceKw = new Array<number>(slots).fill(0);
  for (const ev of evs) atOnce(ev, slots, 1).forEach((kw, slot) => (atOnceKw[slot]! += kw));
  return { slotHours: 1, wholesalePerKwh: [0.1, 0.2, 0.15, 0.05, 0.02, 0.08], loadKw: [50, 90, 80, 40, 30, 35], atOnceKw, flatPerKwh: 0.25 }; // prettier-ignore
};

describe('tariffs', () => {
  it('all cost the same while everybody charges at once, and nobody pays more for answering', () => {
    fc.assert(
      fc.property(fc.array(cars, { minLength: 1, maxLength: 6 }), (evs) => {
        const own = ground(evs);
        const energy = own.atOnceKw.reduce((sum, kw) => sum + kw, 0);
        for (const kind of tariffKinds)
          for (const strength of strengths[kind]) {
            const tariff = makeTariff(kind, strength, own);
            const asBefore = own.atOnceKw.reduce((sum, kw, slot) => sum + kw * tariff.pricePerKwh[slot]!, 0);
            expect(asBefore).toBeCloseTo(energy * own.flatPerKwh, 9);
            const { bills, carsKw } = tryTariff(evs, tariff, strength, own, { peakPerKw: 1 });
            expect(bills).toBeLessThanOrEqual(asBefore + 1e-9);
            expect(carsKw.reduce((sum, kw) => sum + kw, 0)).toBeCloseTo(energy, 9);
          }
      }),
    );
  });

  it('the best of a kind costs the utility no more than any other strength tried', () => {
    const evs = fc.sample(cars, { numRuns: 8, seed: 3 });
    const own = ground(evs);
    for (const best of bestTariffs(evs, own, { peakPerKw: 1 })) {
      const { kind } = best.tariff;
      for (const strength of strengths[kind]) {
        const other = tryTariff(evs, makeTariff(kind, strength, own), strength, own, { peakPerKw: 1 });
        expect(best.utilityCost).toBeLessThanOrEqual(other.utilityCost + 1e-9);
      }
      const supply = best.carsKw.reduce((sum, kw, slot) => sum + kw * own.wholesalePerKwh[slot]!, 0);
      expect(best.utilityCost).toBeCloseTo(supply + best.peakKw - best.bills, 9);
    }
  });
});
