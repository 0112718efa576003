/**
 * The EV pool on a real day, car by car: each follows its plan as far as its battery allows, and together they give or take what the
 * plan's shares ask of them.
 *
 * What is given is shared in rounds. First, where the plan keeps the pool's account by car, in proportion to the parts it gave the cars. Then
 * in proportion to what a car can lose and still, on its plan from here on, leave with the energy promised and never fall below its least:
 * room = min(e*(departure) − required, min_{τ ≥ t} e*(τ) − min) − given so far, with e* the planned energy. Only if more is demanded than
 * that, by what chargers and batteries can give at all. What is taken goes first to cars that have given before, then to whoever has a
 * free charger.
 */
import type { Ev, V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { connectedSlots } from './plan-margins.ts';

/** A ten-thousandth of a battery is rounding of the schedule, not a broken promise. */
export const departureTolerance = 1e-4;

interface Car {
  ev: Ev;
  from: number;
  until: number;
  plannedKw: number[];
  plannedKwh: number[];
  /** Its part of the worst deviation, where the plan keeps the pool's account by car. */
  standbyKw: number[] | undefined;
  /** What the car may lose in all, seen from a slot, and leave as promised [slot]. */
  roomKwh: Float64Array;
  energyKwh: number;
  /** Power into the car in the slot at hand; negative: out of it. */
  netKw: number;
  leastKw: number;
  mostKw: number;
}

export class SteeredCars {
  readonly #cars: Car[];
  readonly #hours: number;
  /** Cars connected in each slot [slot], and in the slot at hand. */
  readonly #presentAt: Car[][];
  #present: Car[] = [];
  #slot = 0;

  constructor(problem: V2gProblem, schedule: V2gSchedule) {
    this.#hours = problem.slotHours;
    this.#cars = problem.evs.map((ev, index) => carOf(problem, ev, schedule.evs[index]!));
    this.#presentAt = Array.from({ length: problem.slots }, (_, slot) =>
      this.#cars.filter(({ from, until }) => from <= slot && slot < until),
    );
  }

  /** Back to the energies of arrival, for another day. */
  restart(): void {
    for (const car of this.#cars) car.energyKwh = car.ev.initialKwh;
  }

  /** Every connected car on its plan, as far as its battery allows. */
  begin(slot: number): void {
    this.#slot = slot;
    this.#present = this.#presentAt[slot]!;
    for (const car of this.#present) {
      const { ev, energyKwh } = car;
      const free = Math.max(0, ev.maxKwh - energyKwh) / (ev.efficiency * this.#hours);
      const held = (Math.max(0, energyKwh - ev.minKwh) * ev.efficiency) / this.#hours;
      car.mostKw = Math.min(ev.chargeKw, free);
      car.leastKw = -Math.min(ev.dischargeKw, held);
      car.netKw = Math.min(car.mostKw, Math.max(car.leastKw, car.plannedKw[slot]!));
    }
  }

  /** Power into all cars in the slot. */
  get totalKw(): number {
    return this.#present.reduce((sum, { netKw }) => sum + netKw, 0);
  }

  /** Draws so much less (gives so much more), promises untouched; returns what was given. */
  giveWithinPromises(kw: number): number {
    const able = (car: Car): number => Math.min(car.netKw - car.leastKw, this.#withinRoom(car));
    const planned = this.#giveParts(kw, able);
    return planned + this.#share(kw - planned, able, -1);
  }

  /** Draws so much less, whatever was promised; returns what was given. */
  give(kw: number): number {
    return this.#share(kw, (car) => car.netKw - car.leastKw, -1);
  }

  /** Draws so much more: first where energy was given before; returns what was taken. */
  take(kw: number): number {
    const back = this.#share(kw, (car) => Math.min(car.mostKw - car.netKw, this.#backKw(car)), 1);
    return back + this.#share(kw - back, (car) => car.mostKw - car.netKw, 1);
  }

  /** Ends the slot. */
  advance(): void {
    for (const car of this.#present) car.energyKwh += batteryKw(car.ev, car.netKw) * this.#hours;
  }

  /** Ends the slot; returns power and energy of every car in it. */
  settle(): { chargeKw: number; dischargeKw: number; energyKwh: number }[] {
    this.advance();
    return this.#cars.map(({ from, until, netKw, energyKwh }) =>
      this.#slot < from || this.#slot >= until
        ? { chargeKw: 0, dischargeKw: 0, energyKwh: 0 }
        : { chargeKw: Math.max(0, netKw), dischargeKw: Math.max(0, -netKw), energyKwh },
    );
  }

  /** Energy each car lacks of what it needs at departure (or, staying, at the end of the day). */
  missingKwh(): number[] {
    return this.#cars.map(({ ev, energyKwh }) => Math.max(0, ev.requiredKwh - energyKwh));
  }

  /** Each its part of the worst deviation in the proportion asked for, as far as it can. */
  #giveParts(kw: number, ableOf: (car: Car) => number): number {
    const partOf = (car: Car): number => car.standbyKw?.[this.#slot] ?? 0;
    const all = this.#present.reduce((sum, car) => sum + partOf(car), 0);
    if (!(kw > 0 && all > 0)) return 0;
    const asked = Math.min(1, kw / all);
    return this.#present.reduce((sum, car) => {
      const givenKw = Math.max(0, Math.min(asked * partOf(car), ableOf(car)));
      car.netKw -= givenKw;
      return sum + givenKw;
    }, 0);
  }

  /** In proportion to what each can do. */
  #share(kw: number, canOf: (car: Car) => number, sign: 1 | -1): number {
    if (!(kw > 0)) return 0;
    const can = this.#present.map((car) => Math.max(0, canOf(car)));
    const all = can.reduce((sum, each) => sum + each, 0);
    if (all === 0) return 0;
    const part = Math.min(1, kw / all);
    this.#present.forEach((car, index) => (car.netKw += sign * part * can[index]!));
    return part * all;
  }

  /** Less power by which the battery, after this slot, has lost no more than its room. */
  #withinRoom(car: Car): number {
    const { ev, netKw } = car;
    const after = car.energyKwh + batteryKw(ev, netKw) * this.#hours;
    const lossKw = (car.roomKwh[this.#slot]! - (car.plannedKwh[this.#slot]! - after)) / this.#hours;
    if (!(lossKw > 0)) return 0;
    const byCharging = ev.efficiency * Math.max(0, netKw);
    return lossKw <= byCharging ? lossKw / ev.efficiency : Math.max(0, netKw) + (lossKw - byCharging) * ev.efficiency;
  }

  /** More power that brings the car back to its planned energy. */
  #backKw(car: Car): number {
    const { ev, netKw } = car;
    const wanted = (car.plannedKwh[this.#slot]! - car.energyKwh) / this.#hours - batteryKw(ev, netKw);
    if (!(wanted > 0)) return 0;
    const byDischarge = Math.max(0, -netKw) / ev.efficiency;
    return wanted <= byDischarge
      ? wanted * ev.efficiency
      : Math.max(0, -netKw) + (wanted - byDischarge) / ev.efficiency;
  }
}

const batteryKw = ({ efficiency }: Ev, netKw: number): number => (netKw > 0 ? efficiency * netKw : netKw / efficiency);

function carOf(problem: V2gProblem, ev: Ev, planned: V2gSchedule['evs'][number]): Car {
  const { from, until } = connectedSlots(ev, problem.slots);
  const roomKwh = new Float64Array(problem.slots);
  let aboveLeastKwh = Infinity;
  const leaving = until > from ? planned.energyKwh[until - 1]! - ev.requiredKwh : 0;
  for (let slot = until - 1; slot >= from; slot--) {
    aboveLeastKwh = Math.min(aboveLeastKwh, planned.energyKwh[slot]! - ev.minKwh);
    roomKwh[slot] = Math.max(0, Math.min(leaving, aboveLeastKwh));
  }
  return {
    ev,
    from,
    until,
    plannedKw: planned.chargeKw.map((kw, slot) => kw - planned.dischargeKw[slot]!),
    plannedKwh: planned.energyKwh,
    standbyKw: planned.standbyKw,
    roomKwh,
    energyKwh: ev.initialKwh,
    netKw: 0,
    leastKw: 0,
    mostKw: 0,
  };
}
