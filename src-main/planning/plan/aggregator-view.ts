/** One aggregator of a plan as the schedule screen draws it: powers, energy against its envelope, and the promises at departure. */
import type { Ev, SlotValues, V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { sumSlots } from './plan-totals.ts';

export interface Departure {
  slot: number;
  cars: number;
  requiredKwh: number;
  plannedKwh: number;
}

/**
 * Energy band of one EV after each connected slot: from above by charging at once, from below by what can still be made up
 * before departure and by what discharging at once would leave.
 */
export function energyEnvelope(ev: Ev, slotHours: number): { low: number[]; high: number[] } {
  const low: number[] = [];
  const high: number[] = [];
  const gain = ev.efficiency * ev.chargeKw * slotHours;
  const loss = (ev.dischargeKw * slotHours) / ev.efficiency;
  for (let slot = ev.arrivalSlot; slot < ev.departureSlot; slot++) {
    const elapsed = slot - ev.arrivalSlot + 1;
    const left = ev.departureSlot - slot - 1;
    high.push(Math.min(ev.maxKwh, ev.initialKwh + elapsed * gain));
    low.push(Math.max(ev.minKwh, Math.min(ev.requiredKwh, high.at(-1)!) - left * gain, ev.initialKwh - elapsed * loss));
  }
  return { low, high };
}

export function aggregatorView(problem: V2gProblem, schedule: V2gSchedule, index: number) {
  const { slots, slotHours } = problem;
  const members = problem.evs.flatMap((ev, at) => (ev.aggregator === index ? [{ ev, plan: schedule.evs[at]! }] : []));
  const spread = (of: (ev: Ev) => { from: number; values: number[] }) =>
    sumSlots(
      slots,
      members.map(({ ev }) => {
        const row = new Array<number>(slots).fill(0);
        const { from, values } = of(ev);
        values.forEach((value, at) => (row[from + at] = value));
        return row;
      }),
    );
  const whileConnected = (value: (ev: Ev) => number) =>
    spread((ev) => ({
      from: ev.arrivalSlot,
      values: new Array<number>(ev.departureSlot - ev.arrivalSlot).fill(value(ev)),
    }));
  const { chargeLimitKwAt, dischargeLimitKwAt } = problem.aggregators[index]!;
  const atMost = (limits: SlotValues | undefined, ownKw: Float64Array) =>
    ownKw.map((kw, slot) => Math.min(kw, limits?.[slot] ?? Infinity));
  const departures = new Map<number, Departure>();
  for (const { ev, plan } of members) {
    const slot = ev.departureSlot - 1;
    const entry = departures.get(slot) ?? { slot, cars: 0, requiredKwh: 0, plannedKwh: 0 };
    entry.cars += ev.cars;
    entry.requiredKwh += ev.requiredKwh;
    entry.plannedKwh += plan.energyKwh[slot] ?? ev.initialKwh;
    departures.set(slot, entry);
  }
  return {
    id: problem.aggregators[index]!.id,
    name: problem.aggregators[index]!.name,
    cars: members.reduce((sum, { ev }) => sum + ev.cars, 0),
    chargeKw: sumSlots(
      slots,
      members.map(({ plan }) => plan.chargeKw),
    ),
    dischargeKw: sumSlots(
      slots,
      members.map(({ plan }) => plan.dischargeKw),
    ),
    energyKwh: sumSlots(
      slots,
      members.map(({ plan }) => plan.energyKwh),
    ),
    energyMinKwh: spread((ev) => ({ from: ev.arrivalSlot, values: energyEnvelope(ev, slotHours).low })),
    energyMaxKwh: spread((ev) => ({ from: ev.arrivalSlot, values: energyEnvelope(ev, slotHours).high })),
    connected: whileConnected((ev) => ev.cars),
    chargeLimitKw: atMost(
      chargeLimitKwAt,
      whileConnected((ev) => ev.chargeKw),
    ),
    dischargeLimitKw: atMost(
      dischargeLimitKwAt,
      whileConnected((ev) => ev.dischargeKw),
    ),
    departures: [...departures.values()].sort((a, b) => a.slot - b.slot),
    neededKwh: members.reduce((sum, { ev }) => sum + Math.max(0, ev.requiredKwh - ev.initialKwh), 0),
    unmetKwh: members.reduce((sum, { plan }) => sum + plan.unmetKwh, 0),
  };
}
