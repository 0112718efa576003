/** What every unit of a plan holds for services, beside what it does anyway: the facts the replays of signals and calls go by. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { connectedSlots } from './plan-margins.ts';
import { storageResponseKw, worstGivenKwh } from './responses.ts';

export interface HeldUnit {
  subject: string;
  /** There in slots from … until − 1. */
  from: number;
  until: number;
  givesKw: (slot: number) => number;
  takesKw: (slot: number) => number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  initialKwh: number;
  minKwh: (slot: number) => number;
  maxKwh: (slot: number) => number;
  /** To be left with at the end, less the shortfall that is planned. */
  needKwh: number;
  /** Discharge less charge [slot]: as planned, and with all it answers when the slot is at its worst. */
  plannedKw: number[];
  answeringKw: number[];
  /** The course its energy is followed by on the worst day, and what that day takes besides by the end of a slot. */
  worstKw: number[];
  givenKwh: ArrayLike<number>;
  regulationKw: number[];
  reserveKw: number[];
}

export function heldBatteries(problem: V2gProblem, schedule: V2gSchedule): HeldUnit[] {
  const { slots, aggregators } = problem;
  const { regulation, reserve } = schedule.services ?? {};
  const zeros = new Array<number>(slots).fill(0);
  const storage = problem.storage.map((unit, k): HeldUnit => {
    const { chargeKw, dischargeKw } = schedule.storage[k]!;
    const plannedKw = dischargeKw.map((kw, slot) => kw - chargeKw[slot]!);
    return {
      subject: `storage ${unit.name}`,
      from: 0,
      until: slots,
      givesKw: (slot) => unit.dischargeKwAt?.[slot] ?? unit.dischargeKw,
      takesKw: (slot) => unit.chargeKwAt?.[slot] ?? unit.chargeKw,
      chargeEfficiency: unit.chargeEfficiency,
      dischargeEfficiency: unit.dischargeEfficiency,
      initialKwh: unit.initialKwh,
      minKwh: (slot) => unit.minKwhAt?.[slot] ?? unit.minKwh,
      maxKwh: (slot) => unit.maxKwhAt?.[slot] ?? unit.maxKwh,
      needKwh: unit.finalMinKwh,
      plannedKw,
      answeringKw: plannedKw.map((kw, slot) => kw + storageResponseKw(schedule, k, slot)),
      worstKw: plannedKw,
      givenKwh: worstGivenKwh(problem, schedule, k),
      regulationKw: regulation?.storageKw[k] ?? zeros,
      reserveKw: reserve?.storageKw[k] ?? zeros,
    };
  });
  const cars = problem.evs.map((ev, i): HeldUnit => {
    const { chargeKw, dischargeKw, unmetKwh, standbyKw } = schedule.evs[i]!;
    const plannedKw = dischargeKw.map((kw, slot) => kw - chargeKw[slot]!);
    const worstKw = plannedKw.map((kw, slot) => kw + (standbyKw?.[slot] ?? 0));
    return {
      subject: `EV ${ev.id} of ${aggregators[ev.aggregator]!.name}`,
      ...connectedSlots(ev, slots),
      givesKw: () => ev.dischargeKw,
      takesKw: () => ev.chargeKw,
      chargeEfficiency: ev.efficiency,
      dischargeEfficiency: ev.efficiency,
      initialKwh: ev.initialKwh,
      minKwh: () => ev.minKwh,
      maxKwh: () => ev.maxKwh,
      needKwh: ev.requiredKwh - unmetKwh,
      plannedKw,
      answeringKw: worstKw,
      worstKw,
      givenKwh: zeros,
      regulationKw: regulation?.evKw[i] ?? zeros,
      reserveKw: reserve?.evKw[i] ?? zeros,
    };
  });
  return [...storage, ...cars];
}

/** Energy that `hours` at `kw` (discharge positive) take out of a battery. */
export const drawnKwh = (
  { chargeEfficiency, dischargeEfficiency }: Pick<HeldUnit, 'chargeEfficiency' | 'dischargeEfficiency'>,
  kw: number,
  hours: number,
): number => hours * (kw > 0 ? kw / dischargeEfficiency : kw * chargeEfficiency);
