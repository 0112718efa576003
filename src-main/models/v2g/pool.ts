/**
 * The EV pool as an absorber of deviations: it takes φ_t = θ_t β_t in slot t (robust/counterpart-common-factor.ts) and must be able to.
 *
 *   pool power,  slot t:  Σ_{i connected} (discharge_i + c_{i,t} − d_{i,t}) ≥ φ_t
 *   pool energy, slot t:  Σ_{i: a_i ≤ t} (e_i(t) − low_i(t)) ≥ Φ_t = Δ Σ_{τ ≤ t} φ_τ      for every t with a connected EV, and the last
 *
 * e_i(t) is the energy after slot min(t, b_i − 1): a departed car keeps its surplus in the account. low_i(t) = max(min_i, required_i −
 * n η_i charge_i Δ) with n slots left before departure: below it the car could no longer be filled in time.
 *
 * Where a shortfall u_i is allowed, low_i(t) = max(min_i, required_i − u_i − n η_i charge_i Δ), convex in u_i. It is written with
 * r_i = what can be reached at full power (the shortfall beyond required_i − r_i is a choice), low⁰ = low at min(required_i, r_i), and
 * a relief 0 ≤ ρ_i(t) ≤ low⁰_i(t) − min_i, ρ_i(t) ≤ u_i − (required_i − r_i)⁺, which lowers low⁰ where that is above min_i.
 *
 * Where an aggregator's EVs have a common limit (charging-limit.ts), the discharge side of the power row is cut at it, and n counts a slot as the
 * share of its charger that every EV can have at once: from low_i all of them can still be filled together.
 *
 * Source: Zhou et al. (2017) for the pool; the account is derived in docs/method/v2g.md. Symbols: φ → `absorbed`, Φ → `accumulated`, ρ → `relief`.
 */
import type { Term } from '../../program/program.ts';
import type { SharedDeviation } from '../../robust/counterpart-common-factor.ts';
import { chargerShare, mostDischargeKw } from './charging-limit.ts';
import { leastKwh, reachableKwh } from './connection.ts';
import type { Stage } from './device.ts';
import type { EvColumns } from './ev.ts';
import { evName, poolName } from './names.ts';

/** @param promised what the cars hold for services besides. */
export function addPool(
  stage: Stage,
  evs: readonly EvColumns[],
  deviation: SharedDeviation,
  promised: PoolPromises = noPromises,
): void {
  const { program, problem } = stage;
  const shares = problem.aggregators.map((_, index) => chargerShare(problem, index));
  const margins = evs
    .filter((own) => own.until > own.from)
    .map((own) => energyMargin(stage, own, shares[own.ev.aggregator] ?? null));
  const last = problem.slots - 1;
  for (let slot = 0; slot < problem.slots; slot++) {
    const absorbed = deviation.absorbed[slot] ?? null;
    if (absorbed !== null) {
      const connected = evs.filter((own) => own.from <= slot && slot < own.until);
      for (const { what, terms } of promised.power(slot))
        program.addRow({
          name: poolName(`power${what}`, slot),
          lower: -mostDischargeKw(problem, slot),
          upper: Infinity,
          terms: [
            ...connected.flatMap((own): Term[] => [
              [own.charge[slot - own.from]!, 1],
              [own.discharge[slot - own.from]!, -1],
            ]),
            ...terms.map(([column, value]): Term => [column, -value]),
            [absorbed, -1],
          ],
        });
    }
    const accumulated = deviation.accumulated[slot] ?? null;
    if (accumulated === null || (absorbed === null && slot !== last)) continue;
    const arrived = margins.filter((margin) => margin.from <= slot).map((margin) => margin.at(slot));
    for (const { what, terms } of promised.energy(slot))
      program.addRow({
        name: poolName(`energy${what}`, slot),
        lower: arrived.reduce((sum, margin) => sum + margin.leastKwh, 0),
        upper: Infinity,
        terms: [
          ...arrived.flatMap((margin) => margin.terms),
          ...terms.map(([column, value]): Term => [column, -value]),
          [accumulated, -1],
        ],
      });
  }
}

/** Power and energy that services may ask of the cars of a slot, beside deviations: one case for each call that may run then. */
export interface PoolPromises {
  power: (slot: number) => { what: string; terms: Term[] }[];
  energy: (slot: number) => { what: string; terms: Term[] }[];
}
const nothing = [{ what: '', terms: [] }];
const noPromises: PoolPromises = { power: () => nothing, energy: () => nothing };

/** e_i(t) + ρ_i(t) as terms and low⁰_i(t) as a number, for any slot from the arrival on. */
interface EnergyMargin {
  from: number;
  at: (slot: number) => { terms: Term[]; leastKwh: number };
}

function energyMargin({ program, problem }: Stage, own: EvColumns, shares: number[] | null): EnergyMargin {
  const { slots, slotHours } = problem;
  const { ev, from, until, unmet } = own;
  const reachable = unmet === null ? ev.requiredKwh : Math.min(ev.requiredKwh, reachableKwh(ev, slots, slotHours));
  const unavoidable = ev.requiredKwh - reachable;
  const slotsAfter = (slot: number): number =>
    shares === null ? until - 1 - slot : shares.slice(slot + 1, until).reduce((sum, share) => sum + share, 0);
  const parts = own.energy.map((energy, k): { terms: Term[]; leastKwh: number } => {
    const slot = from + k;
    const least = leastKwh(ev, reachable, slotsAfter(slot), slotHours);
    const terms: Term[] = [[energy, 1]];
    if (unmet !== null && least > ev.minKwh) {
      const name = evName(ev.id, 'relief by unmet energy', slot);
      const relief = program.addColumn({ name, lower: 0, upper: least - ev.minKwh });
      program.addRow({
        name,
        lower: -Infinity,
        upper: -unavoidable,
        terms: [
          [relief, 1],
          [unmet, -1],
        ],
      });
      terms.push([relief, 1]);
    }
    return { terms, leastKwh: least };
  });
  return { from, at: (slot) => parts[Math.min(slot, until - 1) - from]! };
}
