/**
 * Regulation: no unit is asked for more than it can give or take when the signal stands on either side, and no battery runs empty, runs over, or
 * leaves with too little, when the worst signals of the set are replayed on it, beside the worst day of the deviations (replay-signals.ts).
 */
import type { RegulationSignals } from '../uncertainty/regulation-signal.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { drawnKwh, heldBatteries, type HeldUnit } from './held-units.ts';
import type { Ledger } from './ledger.ts';
import { worstSignal, type SignalPiece } from './replay-signals.ts';
import { gasResponseKw } from './responses.ts';

const limit = 'regulation';

export function checkRegulation(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const service = problem.services?.regulation;
  const held = schedule.services?.regulation;
  if (!service || !held) {
    if (service) ledger.refuse(limit, 'the plan says nothing of the regulation it is to offer');
    if (held) ledger.refuse(limit, 'the plan offers regulation nobody asked for');
    return;
  }
  const { slots, slotHours, aggregators } = problem;
  for (let slot = 0; slot < slots; slot++) {
    const all = [...held.gasKw, ...held.storageKw, ...held.evKw];
    const value = all.reduce((sum, own) => sum + own[slot]!, 0);
    ledger.most({ limit, subject: 'the site', slot, quantity: 'regulation offered', value, bound: service.mostKw[slot]!, unit: 'kW' }); // prettier-ignore
  }
  const offers = (id: string, kind: 'gas' | 'storage' | 'aggregators'): boolean => service[kind].includes(id);
  problem.gas.forEach((unit, k) => sameInWindow(held.gasKw[k]!, service.signals, `gas unit ${unit.name}`, offers(unit.id, 'gas'), ledger)); // prettier-ignore
  problem.storage.forEach((unit, k) => sameInWindow(held.storageKw[k]!, service.signals, `storage ${unit.name}`, offers(unit.id, 'storage'), ledger)); // prettier-ignore
  problem.evs.forEach((ev, i) => sameInWindow(held.evKw[i]!, service.signals, `EV ${ev.id}`, offers(aggregators[ev.aggregator]!.id, 'aggregators'), ledger)); // prettier-ignore
  problem.gas.forEach((_, k) => checkGas(problem, schedule, k, ledger));
  const signals = {
    drain: worstSignal(service.signals, 'drain', slots, slotHours),
    fill: worstSignal(service.signals, 'fill', slots, slotHours),
  };
  for (const unit of heldBatteries(problem, schedule))
    if (unit.regulationKw.some((kw) => kw > 0)) replay(unit, signals, slotHours, ledger);
}

/** Nobody offers who is not asked, and capacity stays the same through a window. */
function sameInWindow(
  offeredKw: readonly number[],
  { windowSlots }: RegulationSignals,
  subject: string,
  isAsked: boolean,
  ledger: Ledger,
): void {
  offeredKw.forEach((value, slot) => {
    const own = { limit, subject, slot, quantity: 'regulation offered', value, unit: 'kW' };
    ledger.least({ ...own, bound: 0 });
    if (!isAsked) ledger.most({ ...own, bound: 0 });
    else if (slot % windowSlots > 0) ledger.equal({ ...own, bound: offeredKw[slot - 1]! });
  });
}

function checkGas(problem: V2gProblem, schedule: V2gSchedule, k: number, ledger: Ledger): void {
  const unit = problem.gas[k]!;
  const offered = schedule.services!.regulation!.gasKw[k]!;
  const { outputKw, on } = schedule.gas[k]!;
  const rampKw = unit.rampKwPerHour * problem.slotHours;
  const own = { limit, subject: `gas unit ${unit.name}`, unit: 'kW', scale: unit.maxKw };
  offered.forEach((kw, slot) => {
    if (kw === 0 && (offered[slot - 1] ?? 0) === 0) return;
    const response = gasResponseKw(problem, schedule, k, slot);
    const mostKw = on[slot]! > 0.5 ? (unit.maxKwAt?.[slot] ?? unit.maxKw) : 0;
    const leastKw = on[slot]! > 0.5 ? unit.minKw : 0;
    ledger.most({ ...own, slot, quantity: 'output with regulation', value: outputKw[slot]! + response + kw, bound: mostKw }); // prettier-ignore
    if (kw > 0)
      ledger.least({ ...own, slot, quantity: 'output with regulation', value: outputKw[slot]! - kw, bound: leastKw });
    const swingKw = unit.rampKwPerHour * problem.services!.regulation!.withinHours;
    ledger.most({ ...own, slot, quantity: 'swing from side to side', value: 2 * kw, bound: swingKw });
    if (slot === 0 || rampKw >= unit.maxKw) return;
    const stepKw = Math.max(rampKw, unit.minKw);
    const change = outputKw[slot]! - outputKw[slot - 1]!;
    const both = kw + offered[slot - 1]!;
    const risesKw = on[slot - 1]! > 0.5 ? rampKw : stepKw;
    const fallsKw = on[slot]! > 0.5 ? rampKw : stepKw;
    ledger.most({ ...own, slot, quantity: 'rise with regulation', value: change + both, bound: risesKw });
    ledger.most({ ...own, slot, quantity: 'fall with regulation', value: both - change, bound: fallsKw });
  });
}

function replay(
  unit: HeldUnit,
  signals: Record<'drain' | 'fill', SignalPiece[][]>,
  slotHours: number,
  ledger: Ledger,
): void {
  const own = { limit, subject: unit.subject };
  let drained = unit.initialKwh;
  let filled = unit.initialKwh;
  let began = false;
  for (let slot = unit.from; slot < unit.until; slot++) {
    const offered = unit.regulationKw[slot]!;
    began ||= offered > 0;
    const power = { ...own, slot, unit: 'kW' };
    if (offered > 0) {
      ledger.most({ ...power, quantity: 'power upwards', value: unit.answeringKw[slot]! + offered, bound: unit.givesKw(slot) }); // prettier-ignore
      ledger.most({ ...power, quantity: 'power downwards', value: offered - unit.plannedKw[slot]!, bound: unit.takesKw(slot) }); // prettier-ignore
    }
    for (const piece of offered > 0 ? signals.drain[slot]! : [steady(slotHours)]) {
      drained -= movedKwh(unit, unit.worstKw[slot]!, offered, piece);
      if (!began) continue;
      const value = drained - unit.givenKwh[slot]!;
      ledger.least({ ...own, slot, quantity: 'energy under the draining signal', value, bound: unit.minKwh(slot), unit: 'kWh', scale: unit.maxKwh(slot) }); // prettier-ignore
    }
    for (const piece of offered > 0 ? signals.fill[slot]! : [steady(slotHours)]) {
      filled -= movedKwh(unit, unit.plannedKw[slot]!, offered, piece);
      if (began)
        ledger.most({ ...own, slot, quantity: 'energy under the filling signal', value: filled, bound: unit.maxKwh(slot), unit: 'kWh' }); // prettier-ignore
    }
  }
  const slot = unit.until - 1;
  const value = drained - unit.givenKwh[slot]!;
  ledger.least({ ...own, slot, quantity: 'energy left by the draining signal', value, bound: unit.needKwh, unit: 'kWh', scale: unit.maxKwh(slot) }); // prettier-ignore
}

export const steady = (hours: number): SignalPiece => ({ hours, mean: 0, turning: false });

/** What a battery loses in a piece at base power `kw`: at either side for its part of the time where the signal turns, at the mean where not. */
export function movedKwh(unit: HeldUnit, kw: number, offeredKw: number, { hours, mean, turning }: SignalPiece): number {
  if (!turning) return drawnKwh(unit, kw + mean * offeredKw, hours);
  const up = ((1 + mean) / 2) * hours;
  return drawnKwh(unit, kw + offeredKw, up) + drawnKwh(unit, kw - offeredKw, hours - up);
}
