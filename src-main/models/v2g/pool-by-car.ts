/**
 * The EV pool's promise kept by car: what EV i charges and discharges, c′ and d′, on the day on which every slot is at its worst, and its energy
 * k_i then.
 *
 *   c′ ≤ c,   d ≤ d′ ≤ discharge_i,   k_t = k_{t−1} + η c′ Δ − d′ Δ / η,  k_{a−1} = initial,  k_t ≥ min,  k_{b−1} + u ≥ required
 *   Σ_{i connected} f_{i,t} = φ_t   with   f = (c − c′) + (d′ − d)                its part of the worst deviation
 *   Σ_{i of a, connected} d′_{i,t} ≤ D_{a,t}                                     where an aggregator's discharge is limited
 *
 * With slots on their own the worst day is one point, every slot at β, so the rows are exact: on a milder day car i gives f_{i,t} ξ_t / β_t,
 * which needs to know nothing of later slots, stays between its plan and its worst in every slot, and leaves it with at least k. Conditions on
 * windows of slots alone would not do: a car that stays through a quiet slot cannot give the same kWh before and after it, whatever a visitor
 * of that slot has to spare. The rows imply those of the published account (pool.ts), which are left out.
 *
 * Cars that share what stands by have no rows here (standby.ts); their part of φ_t is theirs together.
 *
 * Symbols: f → `standbyKw`, k → `energy at worst`. Derived in docs/method/v2g.md.
 */
import type { Column, Term } from '../../program/program.ts';
import type { SharedDeviation } from '../../robust/counterpart-common-factor.ts';
import type { BatteryColumns } from './battery.ts';
import { lossOf } from './coefficients.ts';
import { perSlot, type Stage, type ValueOf } from './device.ts';
import type { EvColumns, EvDevice } from './ev.ts';
import { aggregatorName, evName, poolName } from './names.ts';

/** [EV][slot], null of an EV without rows of its own; null where the account is not kept by car. */
export type ReadStandby = (valueOf: ValueOf) => (number[] | null)[] | null;

/** c′, d′ and k of one EV, indexed from `from`. */
export interface WorstColumns extends BatteryColumns {
  own: EvColumns;
}

export interface PoolByCar {
  read: ReadStandby;
  /** Empty where the pool takes nothing: the plan is the worst day then. */
  cars: WorstColumns[];
}

export function addPoolByCar(
  stage: Stage,
  { columns: evs, standby }: Pick<EvDevice, 'columns' | 'standby'>,
  { absorbed }: SharedDeviation,
): PoolByCar {
  const { program, problem } = stage;
  // Nobody is on standby where the pool takes nothing.
  if (problem.recourse === 0) return { read: () => null, cars: [] };
  const cars = evs.filter((own) => !own.sharesStandby).map((own) => addCar(stage, own));
  const shared = (slot: number): Term[] =>
    standby.flatMap((bySlot): Term[] => (bySlot[slot] === null ? [] : [[bySlot[slot]!, 1]]));
  const connectedAt = (slot: number): WorstColumns[] => cars.filter(({ own }) => own.from <= slot && slot < own.until);
  for (const [slot, taken] of absorbed.entries()) {
    if (taken === null) continue;
    program.addRow({
      name: poolName('parts of the cars', slot),
      lower: 0,
      upper: 0,
      terms: [...connectedAt(slot).flatMap((car) => partOf(car, slot)), ...shared(slot), [taken, -1]],
    });
  }
  problem.aggregators.forEach(({ id, dischargeLimitKwAt }, aggregator) =>
    dischargeLimitKwAt?.forEach((limitKw, slot) => {
      const own = connectedAt(slot).filter((car) => car.own.ev.aggregator === aggregator);
      if (limitKw === null || own.length === 0) return;
      const sharing = evs.filter(
        (car) => car.sharesStandby && car.ev.aggregator === aggregator && car.from <= slot && slot < car.until,
      );
      program.addRow({
        name: aggregatorName(id, 'discharge limit at worst', slot),
        lower: -Infinity,
        upper: limitKw,
        terms: [
          ...own.map((car): Term => [car.discharge[slot - car.own.from]!, 1]),
          ...sharing.map((car): Term => [car.discharge[slot - car.from]!, 1]),
        ],
      });
    }),
  );
  const carOf = new Map(cars.map((car) => [car.own, car]));
  const read: ReadStandby = (valueOf) =>
    evs.map((own) => {
      const car = carOf.get(own);
      if (car === undefined) return null;
      return perSlot(problem, (slot) =>
        slot < own.from || slot >= own.until
          ? 0
          : Math.max(
              0,
              partOf(car, slot).reduce((kw, [column, sign]) => kw + sign * valueOf(column), 0),
            ),
      );
    });
  return { read, cars };
}

/** f of a connected EV. */
function partOf({ own, charge, discharge }: WorstColumns, slot: number): Term[] {
  const at = slot - own.from;
  return [
    [own.charge[at]!, 1],
    [charge[at]!, -1],
    [discharge[at]!, 1],
    [own.discharge[at]!, -1],
  ];
}

function addCar({ program, problem }: Stage, own: EvColumns): WorstColumns {
  const { ev, from, until, unmet } = own;
  const { slotHours, aggregators } = problem;
  // A charger that may be less efficient is so in every slot here: on the safe side where only some slots may be.
  const efficiency = ev.efficiency * (1 - lossOf(problem, 'aggregator', aggregators[ev.aggregator]!.id));
  const worst: WorstColumns = { own, charge: [], discharge: [], energy: [] };
  let before: Column | null = null;
  for (let slot = from; slot < until; slot++) {
    const name = (what: string): string => evName(ev.id, what, slot);
    const charge = program.addColumn({ name: name('charge at worst'), lower: 0, upper: ev.chargeKw });
    const discharge = program.addColumn({ name: name('discharge at worst'), lower: 0, upper: ev.dischargeKw });
    const energy: Column = program.addColumn({ name: name('energy at worst'), lower: ev.minKwh, upper: Infinity });
    const notBelow = (what: string, more: Column, less: Column): void => {
      const terms: Term[] = [
        [more, 1],
        [less, -1],
      ];
      program.addRow({ name: name(what), lower: 0, upper: Infinity, terms });
    };
    notBelow('no more charge at worst', own.charge[slot - from]!, charge);
    notBelow('no less discharge at worst', discharge, own.discharge[slot - from]!);
    const start = before === null ? ev.initialKwh : 0;
    program.addRow({
      name: name('energy balance at worst'),
      lower: start,
      upper: start,
      terms: [
        [energy, 1],
        [charge, -efficiency * slotHours],
        [discharge, slotHours / efficiency],
        ...(before === null ? [] : [[before, -1] as const]),
      ],
    });
    worst.charge.push(charge);
    worst.discharge.push(discharge);
    worst.energy.push(energy);
    before = energy;
  }
  if (before !== null)
    program.addRow({
      name: evName(ev.id, 'energy needed at departure, at worst'),
      lower: ev.requiredKwh,
      upper: Infinity,
      terms: [[before, 1], ...(unmet === null ? [] : [[unmet, 1] as const])],
    });
  return worst;
}
