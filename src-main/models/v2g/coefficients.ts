/**
 * Coefficients that are not known: what of a unit's scheduled output arrives, and what of a battery's efficiency is there.
 *
 *   delivery, slot t:    Σ_k (1 − loss) (1 − ρ_k z_k) x_{k,t} + … ≥ demand      for all 0 ≤ z ≤ 1, Σ z ≤ Γ_u
 *     ⇔  u_t ≥ max_z Σ_k (1 − loss) ρ_k x_{k,t} z_k,  u_t set aside in the balance            x: output of gas units and wind parks
 *   energy, battery:     e_t with η_c (1 − ρ z_τ) and η_d (1 − ρ z_τ) in slot τ stays above its least,     for all 0 ≤ z ≤ 1, Σ_τ z ≤ Γ_s
 *     ⇔  e_t − v_t ≥ min,  v_t ≥ max_z Σ_{τ ≤ t} Δ (ρ η_c c_τ + ρ/(1 − ρ) d_τ / η_d) z_τ                        also at the end, and at departure
 *
 * Rows of Bertsimas and Sim (2004) with uncertain coefficients; z only ever hurts, so the set is one-sided (robust/one-sided-budget.ts) and its
 * counterpart exact. 1/(1 − ρz) is convex in z and lies below its chord 1 + zρ/(1 − ρ): exact for whole slots, on the safe side for the one in part.
 * Γ_u and Γ_s at or above their counts are intervals. Symbols: ρ → `share`, u → `undelivered`, v → `energy lost at worst`.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { addOneSidedCounterpart } from '../../robust/counterpart-one-sided.ts';
import { addRunningWorst } from '../../robust/running-worst.ts';
import { plus } from '../../robust/sets/expressions.ts';
import type { BatteryColumns } from './battery.ts';
import { perSlot, type Stage, type ValueOf } from './device.ts';
import type { EvColumns } from './ev.ts';
import type { GasColumns } from './gas.ts';
import { deliveryName, evName, storageName } from './names.ts';
import type { UncertainLoss, V2gProblem } from './problem.ts';
import { valueAt } from './slot-values.ts';

/** ρ of a device; 0 where its coefficient is known. */
export const lossOf = ({ coefficients }: V2gProblem, kind: UncertainLoss['kind'], id: string): number =>
  coefficients?.losses.find((loss) => loss.kind === kind && loss.id === id)?.share ?? 0;

export interface Undelivered {
  /** u_t as terms of the balance [slot]. */
  setAside: Term[][];
  read: (valueOf: ValueOf) => number[] | null;
}

export function addUndelivered(
  { program, problem }: Stage,
  gas: readonly GasColumns[],
  wind: readonly Column[][],
): Undelivered {
  const units = [
    ...problem.gas.map(({ id }, k) => ({ share: lossOf(problem, 'gas', id), output: gas[k]!.output })),
    ...problem.wind.map(({ id }, k) => ({ share: lossOf(problem, 'wind', id), output: wind[k]! })),
  ].filter(({ share }) => share > 0);
  if (problem.coefficients === undefined || units.length === 0)
    return { setAside: perSlot(problem, () => []), read: () => null };
  const set = { most: units.map(() => 1), atOnce: problem.coefficients.unitsAtOnce };
  const columns = perSlot(problem, (slot) => {
    const name = deliveryName(slot);
    const undelivered = program.addColumn({ name, lower: 0, upper: Infinity });
    const uncertain = units.map(({ share, output }) => ({
      terms: [[output[slot]!, (1 - problem.lossShare) * share] as const],
      constant: 0,
    }));
    addOneSidedCounterpart(program, { name, terms: [[undelivered, -1]], uncertain, upper: 0 }, set, 'nonnegative');
    return undelivered;
  });
  return { setAside: columns.map((column) => [[column, 1]]), read: (valueOf) => columns.map(valueOf) };
}

/** @param givenKwh energy that responses take at worst; the answer is both together [storage][slot]. */
export function addStorageLosses(
  { program, problem }: Stage,
  storage: readonly BatteryColumns[],
  givenKwh: readonly AffineExpression[][],
): AffineExpression[][] {
  return problem.storage.map((unit, k) => {
    const share = lossOf(problem, 'storage', unit.id);
    if (share === 0) return givenKwh[k]!;
    const spec = {
      share,
      slotHours: problem.slotHours,
      atOnce: problem.coefficients!.slotsAtOnce,
      charge: unit.chargeEfficiency,
      discharge: unit.dischargeEfficiency,
      name: (slot: number) => storageName(unit.id, 'energy lost at worst', slot),
    };
    const lost = addLosses(program, storage[k]!, 0, spec);
    const all = lost.map((each, slot) => plus([each, givenKwh[k]![slot]!]));
    const keep = (name: string, slot: number, leastKwh: number): void => {
      program.addRow({ name, lower: leastKwh, upper: Infinity, terms: less(storage[k]!.energy[slot]!, all[slot]!) });
    };
    all.forEach((_, slot) =>
      keep(storageName(unit.id, 'energy at worst', slot), slot, valueAt(unit.minKwhAt, slot, unit.minKwh)),
    );
    keep(storageName(unit.id, 'energy needed at the end, at worst'), problem.slots - 1, unit.finalMinKwh);
    return all;
  });
}

/** Cars whose chargers may be less efficient; together with a pool kept by car the parts of the cars are so too (pool-by-car.ts). */
export function addEvLosses({ program, problem }: Stage, evs: readonly EvColumns[]): void {
  for (const own of evs) {
    const { ev, from, until, energy, unmet } = own;
    const share = lossOf(problem, 'aggregator', problem.aggregators[ev.aggregator]!.id);
    if (share === 0 || until <= from) continue;
    const lost = addLosses(program, own, from, {
      share,
      slotHours: problem.slotHours,
      atOnce: problem.coefficients!.slotsAtOnce,
      charge: ev.efficiency,
      discharge: ev.efficiency,
      name: (slot) => evName(ev.id, 'energy lost at worst', slot),
    });
    lost.forEach((each, at) =>
      program.addRow({
        name: evName(ev.id, 'energy with losses at worst', from + at),
        lower: ev.minKwh,
        upper: Infinity,
        terms: less(energy[at]!, each),
      }),
    );
    program.addRow({
      name: evName(ev.id, 'energy needed at departure, with losses at worst'),
      lower: ev.requiredKwh,
      upper: Infinity,
      terms: [...less(energy.at(-1)!, lost.at(-1)!), ...(unmet === null ? [] : [[unmet, 1] as const])],
    });
  }
}

interface LossSpec {
  share: number;
  slotHours: number;
  atOnce: number;
  charge: number;
  discharge: number;
  name: (slot: number) => string;
}

function addLosses(
  program: ProgramBuilder,
  { charge, discharge }: BatteryColumns,
  from: number,
  { share, slotHours, atOnce, charge: chargeEfficiency, discharge: dischargeEfficiency, name }: LossSpec,
): AffineExpression[] {
  const ofDischarge = share / (1 - share) / dischargeEfficiency;
  return addRunningWorst(program, {
    losses: charge.map((column, at) => ({
      terms: [
        [column, slotHours * share * chargeEfficiency],
        [discharge[at]!, slotHours * ofDischarge],
      ],
      constant: 0,
    })),
    atOnce,
    name: (at) => name(from + at),
  });
}

const less = (column: Column, { terms }: AffineExpression): Term[] => [
  [column, 1],
  ...terms.map(([of, value]): Term => [of, -value]),
];
