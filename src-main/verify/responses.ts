/**
 * Shares of a deviation that single gas and storage units take, on a finished plan: what each adds on a day, in plain arithmetic.
 *
 * Unit r answers ξ_t > 0 with θ_{r,t} ξ_t at the load, never with more than the θ_{r,t} β_t it set aside, and a storage unit never with energy that it
 * needs later: room_t = min_{τ ≥ t} (planned energy − least energy, at the end − final) less what it has given. What is not answered is missing.
 * Nothing here is shared with the program that was solved.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { worstPoolEnergyKwh } from './worst-case.ts';

/** Σ θ of gas and storage in a slot. */
export function respondedShare({ responseShare }: V2gSchedule, slot: number): number {
  if (responseShare === undefined) return 0;
  return [...responseShare.gas, ...responseShare.storage].reduce((sum, own) => sum + own[slot]!, 0);
}

/** Output a gas unit adds when the slot is at its worst, before losses. */
export const gasResponseKw = (problem: V2gProblem, schedule: V2gSchedule, unit: number, slot: number): number =>
  ((schedule.responseShare?.gas[unit]![slot] ?? 0) * schedule.worstDeviationKw[slot]!) / (1 - problem.lossShare);

export const storageResponseKw = (schedule: V2gSchedule, unit: number, slot: number): number =>
  (schedule.responseShare?.storage[unit]![slot] ?? 0) * schedule.worstDeviationKw[slot]!;

/** Energy a storage unit has given from its battery at worst, up to and with each slot. */
export function worstGivenKwh(problem: V2gProblem, schedule: V2gSchedule, unit: number): Float64Array {
  const share = schedule.responseShare?.storage[unit];
  if (share === undefined) return new Float64Array(problem.slots);
  const { dischargeEfficiency } = problem.storage[unit]!;
  return worstPoolEnergyKwh(problem, share).map((kwh) => kwh / dischargeEfficiency);
}

/** One unit that answers. Arrays [slot]. */
interface Responder {
  share: readonly number[];
  /** At the load. */
  mostKw: Float64Array;
  /** Battery energy it may have given by the end of a slot; null for a unit that has fuel. */
  roomKwh: Float64Array | null;
  kwhPerKw: number;
}

/** All units that answer, gas before storage in the order of the problem; keeps what each has given since `begin`. */
export class Responders {
  readonly units: readonly Responder[];
  readonly #givenKwh: Float64Array;

  constructor(problem: V2gProblem, schedule: V2gSchedule) {
    const { responseShare, worstDeviationKw } = schedule;
    const most = (share: readonly number[]): Float64Array =>
      Float64Array.from(share, (theta, slot) => theta * worstDeviationKw[slot]!);
    const gas = (responseShare?.gas ?? []).map((share): Responder => ({
      share,
      mostKw: most(share),
      roomKwh: null,
      kwhPerKw: 0,
    }));
    const storage = (responseShare?.storage ?? []).map((share, k): Responder => ({
      share,
      mostKw: most(share),
      roomKwh: roomOf(problem, schedule, k),
      kwhPerKw: problem.slotHours / problem.storage[k]!.dischargeEfficiency,
    }));
    this.units = [...gas, ...storage];
    this.#givenKwh = new Float64Array(this.units.length);
  }

  begin(): void {
    this.#givenKwh.fill(0);
  }

  /** What one unit adds at the load in answer to a deviation; slots in order. */
  give(unit: number, slot: number, deviationKw: number): number {
    if (!(deviationKw > 0)) return 0;
    const { share, mostKw, roomKwh, kwhPerKw } = this.units[unit]!;
    let givenKw = Math.min(share[slot]! * deviationKw, mostKw[slot]!);
    if (roomKwh === null) return givenKw;
    givenKw = Math.max(0, Math.min(givenKw, (roomKwh[slot]! - this.#givenKwh[unit]!) / kwhPerKw));
    this.#givenKwh[unit]! += givenKw * kwhPerKw;
    return givenKw;
  }

  giveAll(slot: number, deviationKw: number): number {
    let sum = 0;
    for (let unit = 0; unit < this.units.length; unit++) sum += this.give(unit, slot, deviationKw);
    return sum;
  }
}

function roomOf(problem: V2gProblem, schedule: V2gSchedule, index: number): Float64Array {
  const unit = problem.storage[index]!;
  const { energyKwh } = schedule.storage[index]!;
  const room = new Float64Array(problem.slots);
  let least = energyKwh.at(-1)! - unit.finalMinKwh;
  for (let slot = problem.slots - 1; slot >= 0; slot--) {
    least = Math.min(least, energyKwh[slot]! - (unit.minKwhAt?.[slot] ?? unit.minKwh));
    room[slot] = least;
  }
  return room;
}

/** The schedule as gas and storage carry it out on a day of total deviation ξ [slot]; itself where no unit takes a share. */
export function respondTo(problem: V2gProblem, schedule: V2gSchedule, deviationKw: readonly number[]): V2gSchedule {
  const { responseShare, ...rest } = schedule;
  if (responseShare === undefined) return schedule;
  const responders = new Responders(problem, schedule);
  const added = responders.units.map(() => new Array<number>(problem.slots).fill(0));
  deviationKw.forEach((xi, slot) => added.forEach((own, unit) => (own[slot] = responders.give(unit, slot, xi))));
  return {
    ...rest,
    gas: schedule.gas.map((unit, k) => ({
      ...unit,
      outputKw: unit.outputKw.map((kw, slot) => kw + added[k]![slot]! / (1 - problem.lossShare)),
    })),
    storage: schedule.storage.map((planned, k) => {
      const unit = problem.storage[k]!;
      const own = added[schedule.gas.length + k]!;
      const chargeKw = planned.chargeKw.map((kw, slot) => Math.max(0, kw - own[slot]!));
      const dischargeKw = planned.dischargeKw.map((kw, slot) => kw + Math.max(0, own[slot]! - planned.chargeKw[slot]!));
      let energy = unit.initialKwh;
      const energyKwh = chargeKw.map((kw, slot) => {
        energy += problem.slotHours * (unit.chargeEfficiency * kw - dischargeKw[slot]! / unit.dischargeEfficiency);
        return energy;
      });
      return { id: planned.id, chargeKw, dischargeKw, energyKwh };
    }),
  };
}
