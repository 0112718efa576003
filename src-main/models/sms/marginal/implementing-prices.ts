/**
 * Prices at which the users do what the owner wishes, with the most rent: the users' optimality conditions at given powers are linear in
 * prices and multipliers.
 *
 *   truck k at (g, t):  Δp + v ≥ λ − s Δ / η_d,  Δp + v ≥ s η_c Δ − λ;  equal where it discharges, charges;  v > 0 only at full power
 *   s_t = s_{t+1} − ᾱ_t + α_t;  α_t > 0 only at the least energy, ᾱ_t > 0 only when full;  λ ∈ −∂f(n);  p̲ ≤ p ≤ p̄
 *   maximise Σ Δ p (ch + dis) − penalty · violations
 *
 * Violations stand for wishes that no price fulfils; the users' true answer then says what becomes of them.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../../program/program.ts';
import { highestPrice, lowestPrice } from '../prices.ts';
import type { SmsProblem } from '../problem.ts';
import { worthAt, type CostCurve } from './cost-curve.ts';
import type { FleetPlaces, FleetPowers } from './fixed-routes.ts';

export interface ImplementingPrices {
  program: LinearProgram;
  /** Prices [grid][slot]; where no truck stands the highest. */
  read: (columns: Float64Array) => number[][];
}

/** λ at the powers that are wished, at a connection of a grid (null where it has but one), USD per MW over the slot. */
export type WorthOf = (grid: number, slot: number, bus: number | null) => { least: number; most: number };

export const worthByCurves =
  (curves: CostCurve[][], { netMw }: FleetPowers): WorthOf =>
  (grid, slot) =>
    worthAt(curves[grid]![slot]!, netMw[grid]![slot]!, near);

/** Powers and energies closer than this to a limit are at it, MW and MWh. */
const near = 1e-6;
/** USD of rent given up for 1 USD per MW of violation. */
const violationWeight = 1e3;

export function buildImplementingPrices(
  problem: SmsProblem,
  worthOf: WorthOf,
  { presence, buses, driving }: FleetPlaces,
  powers: FleetPowers,
): ImplementingPrices {
  const program = new ProgramBuilder(`${problem.name}: prices`);
  const { slots, slotHours } = problem;
  const free = (name: string): Column => program.addColumn({ name, lower: -Infinity, upper: Infinity });
  const positive = (name: string, cost = 0): Column => program.addColumn({ name, lower: 0, upper: Infinity, cost });
  const prices = new Map<string, Column>();
  const priceAt = (grid: number, slot: number): Column => {
    const key = `${grid} ${slot}`;
    const known = prices.get(key);
    if (known) return known;
    const usedMw = presence.reduce(
      (sum, places, k) =>
        sum + (places[slot] === grid ? powers.chargeMw[k]![slot]! + powers.dischargeMw[k]![slot]! : 0),
      0,
    );
    const price = program.addColumn({
      name: `price at ${key}`,
      lower: lowestPrice(problem, grid, slot),
      upper: highestPrice(problem, grid, slot),
      // Where nobody is active a higher price does no harm, and keeps everybody from changing that.
      cost: -slotHours * Math.max(usedMw, near),
    });
    prices.set(key, price);
    return price;
  };
  const worths = new Map<string, Column>();
  const worthAtPlace = (grid: number, slot: number, bus: number | null): Column => {
    const key = `${grid} ${bus ?? ''} ${slot}`;
    const { least, most } = worthOf(grid, slot, bus);
    const worth = worths.get(key) ?? program.addColumn({ name: `worth at ${key}`, lower: least, upper: most });
    worths.set(key, worth);
    return worth;
  };
  problem.trucks.forEach((truck, k) => {
    const name = (what: string, slot: number): string => `truck ${truck.id}: ${what}, slot ${slot}`;
    const stored = Array.from({ length: slots }, (_, slot) => free(name('value of energy', slot)));
    stored.forEach((value, slot) => {
      const energy = powers.energyMwh[k]![slot]!;
      const least = slot === slots - 1 ? Math.max(truck.minMwh, truck.finalMinMwh) : truck.minMwh;
      const terms: Term[] = [[value, 1]];
      if (slot < slots - 1) terms.push([stored[slot + 1]!, -1]);
      if (energy <= least + near) terms.push([positive(name('least energy', slot)), -1]);
      const most = truck.capacityMwh - (driving?.aheadMwh[k]![slot] ?? 0);
      if (energy >= most - near) terms.push([positive(name('full', slot)), 1]);
      program.addRow({ name: name('value kept', slot), lower: 0, upper: 0, terms });
      const grid = presence[k]![slot]!;
      if (grid === null) return;
      const price = priceAt(grid, slot);
      const worth = worthAtPlace(grid, slot, buses?.[k]![slot] ?? null);
      const [charge, discharge] = [powers.chargeMw[k]![slot]!, powers.dischargeMw[k]![slot]!];
      const full: Term[] = charge + discharge >= truck.powerMw - near ? [[positive(name('full power', slot)), 1]] : [];
      const condition = (what: string, active: number, worthTerms: Term[]): void => {
        const over: Term = [positive(name(`${what} too little`, slot), violationWeight), 1];
        const under: Term[] = active > near ? [[positive(name(`${what} too dear`, slot), violationWeight), -1]] : [];
        program.addRow({
          name: name(what, slot),
          lower: 0,
          upper: active > near ? 0 : Infinity,
          terms: [[price, slotHours], ...full, ...worthTerms, over, ...under],
        });
      };
      condition('discharge', discharge, [
        [worth, -1],
        [value, slotHours / truck.dischargeEfficiency],
      ]);
      condition('charge', charge, [
        [worth, 1],
        [value, -slotHours * truck.chargeEfficiency],
      ]);
    });
  });
  return {
    program: program.compile(),
    read: (columns) =>
      problem.grids.map((_, g) =>
        Array.from({ length: slots }, (__, slot) => {
          const own = prices.get(`${g} ${slot}`);
          const highest = highestPrice(problem, g, slot);
          return own !== undefined
            ? Math.min(highest, Math.max(lowestPrice(problem, g, slot), columns[own]!))
            : highest;
        }),
      ),
  };
}
