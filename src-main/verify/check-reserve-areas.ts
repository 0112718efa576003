/**
 * Spinning reserve of control areas: each area's units hold what it offers, at least what it must, and every unit can give its part for as long as a
 * call lasts, from any slot on: a call is replayed from each slot, on the worst day and under the draining signal, and then all that is
 * left to the unit to be filled again is used.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { movedKwh, steady } from './check-regulation.ts';
import { heldBatteries, type HeldUnit } from './held-units.ts';
import type { Ledger } from './ledger.ts';
import { worstSignal, type SignalPiece } from './replay-signals.ts';
import { gasResponseKw } from './responses.ts';

const limit = 'control area reserve';

export function checkReserveAreas(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const service = problem.services?.reserve;
  const held = schedule.services?.reserve;
  if (!service || !held) {
    if (service) ledger.refuse(limit, 'the plan says nothing of the reserve of its control areas');
    if (held) ledger.refuse(limit, 'the plan holds reserve for control areas the site does not have');
    return;
  }
  const batteries = heldBatteries(problem, schedule);
  const kinds = [
    { ids: problem.gas.map(({ id }) => id), kind: 'gas', kw: held.gasKw },
    { ids: problem.storage.map(({ id }) => id), kind: 'storage', kw: held.storageKw },
    { ids: problem.evs.map((ev) => problem.aggregators[ev.aggregator]!.id), kind: 'aggregators', kw: held.evKw },
  ] as const;
  for (let slot = 0; slot < problem.slots; slot++) {
    service.areas.forEach((area, a) => {
      const offered = held.offeredKw[a]![slot]!;
      const own = { limit, subject: `control area ${area.name}`, slot, unit: 'kW', value: offered };
      ledger.least({ ...own, quantity: 'reserve offered', bound: area.requiredKw[slot]! });
      ledger.most({ ...own, quantity: 'reserve offered', bound: Math.max(area.requiredKw[slot]!, area.mostKw[slot]!) });
      let sum = 0;
      for (const { ids, kind, kw } of kinds)
        ids.forEach((id, k) => (sum += area[kind].includes(id) ? kw[k]![slot]! : 0));
      ledger.equal({ ...own, quantity: 'reserve held by its units', value: sum, bound: offered });
    });
    for (const { ids, kind, kw } of kinds)
      ids.forEach((id, k) => {
        const own = { limit, subject: `${kind} ${id}`, slot, unit: 'kW', quantity: 'reserve', value: kw[k]![slot]! };
        ledger.least({ ...own, bound: 0 });
        if (!service.areas.some((area) => area[kind].includes(id))) ledger.most({ ...own, bound: 0 });
      });
  }
  const callSlots = Math.ceil(service.durationHours / problem.slotHours - 1e-9);
  problem.gas.forEach((_, k) => checkGas(problem, schedule, k, callSlots, ledger));
  const signal = problem.services?.regulation
    ? worstSignal(problem.services.regulation.signals, 'drain', problem.slots, problem.slotHours)
    : null;
  for (const unit of batteries)
    if (unit.reserveKw.some((kw) => kw > 0)) new Calls(problem, unit, signal, callSlots).check(ledger);
}

function checkGas(problem: V2gProblem, schedule: V2gSchedule, k: number, callSlots: number, ledger: Ledger): void {
  const unit = problem.gas[k]!;
  const { outputKw, on } = schedule.gas[k]!;
  const { reserve, regulation } = schedule.services!;
  const quickKw = unit.rampKwPerHour * problem.services!.reserve!.withinHours;
  reserve!.gasKw[k]!.forEach((kw, first) => {
    if (!(kw > 0)) return;
    const own = { limit, subject: `gas unit ${unit.name}`, unit: 'kW', scale: unit.maxKw };
    ledger.most({ ...own, slot: first, quantity: 'reserve in the time given', value: kw, bound: quickKw });
    for (let slot = first; slot < Math.min(problem.slots, first + callSlots); slot++) {
      const value =
        outputKw[slot]! + gasResponseKw(problem, schedule, k, slot) + (regulation?.gasKw[k]![slot] ?? 0) + kw;
      const bound = on[slot]! > 0.5 ? (unit.maxKwAt?.[slot] ?? unit.maxKw) : 0;
      ledger.most({ ...own, slot, quantity: 'output in a call of reserve', value, bound });
    }
  });
}

/** Calls on one battery. */
class Calls {
  readonly #problem: V2gProblem;
  readonly #unit: HeldUnit;
  readonly #signal: SignalPiece[][] | null;
  readonly #slots: number;

  constructor(problem: V2gProblem, unit: HeldUnit, signal: SignalPiece[][] | null, slots: number) {
    this.#problem = problem;
    this.#unit = unit;
    this.#signal = signal;
    this.#slots = slots;
  }

  check(ledger: Ledger): void {
    const unit = this.#unit;
    let energyKwh = unit.initialKwh;
    for (let slot = 0; slot < this.#problem.slots; slot++) {
      const isThere = slot >= unit.from && slot < unit.until;
      if (unit.reserveKw[slot]! > 0) this.#call(slot, energyKwh, isThere, ledger);
      if (!isThere) continue;
      for (const piece of this.#pieces(slot))
        energyKwh -= movedKwh(unit, unit.worstKw[slot]!, unit.regulationKw[slot]!, piece);
    }
  }

  #pieces(slot: number): SignalPiece[] {
    return this.#signal && this.#unit.regulationKw[slot]! > 0 ? this.#signal[slot]! : [steady(this.#problem.slotHours)];
  }

  /** @param startKwh energy when the call comes. */
  #call(first: number, startKwh: number, isThere: boolean, ledger: Ledger): void {
    const unit = this.#unit;
    const { slots, slotHours, services } = this.#problem;
    const calledKw = unit.reserveKw[first]!;
    const own = { limit, subject: unit.subject, slot: first };
    if (!isThere) return ledger.refuse(limit, `${unit.subject}, slot ${first}: holds reserve while it is away`);
    let energyKwh = startKwh;
    let leftHours = services!.reserve!.durationHours;
    let slot = first;
    for (; slot < Math.min(slots, first + this.#slots); slot++) {
      if (slot >= unit.until)
        return ledger.refuse(limit, `${unit.subject}, slot ${first}: leaves before a call is over`);
      const value = unit.answeringKw[slot]! + unit.regulationKw[slot]! + calledKw;
      ledger.most({ ...own, quantity: 'power in a call', value, bound: unit.givesKw(slot), unit: 'kW' });
      for (const piece of this.#pieces(slot)) {
        const hours = Math.min(piece.hours, leftHours);
        energyKwh -= movedKwh(unit, unit.worstKw[slot]! + calledKw, unit.regulationKw[slot]!, { ...piece, hours });
        energyKwh -= movedKwh(unit, unit.worstKw[slot]!, unit.regulationKw[slot]!, { ...piece, hours: piece.hours - hours }); // prettier-ignore
        leftHours -= hours;
        const left = energyKwh - unit.givenKwh[slot]!;
        ledger.least({ ...own, quantity: 'energy in a call', value: left, bound: unit.minKwh(slot), unit: 'kWh', scale: unit.maxKwh(slot) }); // prettier-ignore
      }
    }
    const last = slot - 1;
    let endKwh = energyKwh - unit.givenKwh[last]! - Math.max(0, leftHours) * (calledKw / unit.dischargeEfficiency);
    ledger.least({ ...own, quantity: 'energy after a call', value: endKwh, bound: unit.minKwh(last), unit: 'kWh', scale: unit.maxKwh(last) }); // prettier-ignore
    for (; slot < unit.until; slot++)
      endKwh = Math.min(unit.maxKwh(slot), endKwh + unit.chargeEfficiency * unit.takesKw(slot) * slotHours);
    ledger.least({ ...own, quantity: 'energy at the end, filled again after a call', value: endKwh, bound: unit.needKwh, unit: 'kWh', scale: unit.maxKwh(last) }); // prettier-ignore
  }
}
