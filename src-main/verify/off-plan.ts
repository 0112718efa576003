/**
 * Cars that do not keep to their plan, on a finished schedule: for every arrival and departure each may have, what it leaves with, how low its
 * battery gets, and what supply misses while the worst α_a cars of each aggregator are away. By trying every case; nothing here is shared with the
 * program that was solved.
 */
import type { Ev, V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Ledger } from './ledger.ts';
import { connectedSlots } from './plan-margins.ts';

type Planned = V2gSchedule['evs'][number];

/** Most power that supply misses while cars are off plan [slot]. */
export function worstMissingKw(problem: V2gProblem, schedule: V2gSchedule): number[] {
  return Array.from({ length: problem.slots }, (_, slot) =>
    worst(problem, (ev, i) => {
      const { from, until } = connectedSlots(ev, problem.slots);
      const { lateSlots = 0, earlySlots = 0 } = ev.mayBe ?? {};
      const away = slot >= from && slot < until && (slot < from + lateSlots || slot >= until - earlySlots);
      return away ? (schedule.evs[i]!.dischargeKw[slot]! - schedule.evs[i]!.chargeKw[slot]!) / ev.cars : 0;
    }),
  );
}

/** Most that the energy cars off plan leave without can cost. */
export const worstOffPlanCost = (problem: V2gProblem, { offPlan }: V2gSchedule): number =>
  worst(problem, (ev, i) => ((problem.unmetPerKwh ?? 0) * (offPlan?.unmetKwh[i] ?? 0)) / ev.cars);

/** The dearest cars of each aggregator, as many as may be off plan at once; a car is worth `perCar`. */
function worst(problem: V2gProblem, perCar: (ev: Ev, index: number) => number): number {
  let sum = 0;
  problem.aggregators.forEach((_, a) => {
    const worth = problem.evs
      .map((ev, i) => ({ cars: ev.cars, each: ev.aggregator === a ? perCar(ev, i) : 0 }))
      .filter(({ each }) => each > 0)
      .sort((one, other) => other.each - one.each);
    let left = problem.carsOffPlan?.[a] ?? 0;
    for (const { cars, each } of worth) {
      const off = Math.min(cars, left);
      sum += off * each;
      left -= off;
    }
  });
  return sum;
}

export function checkOffPlan(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { offPlan } = schedule;
  const limit = 'cars off plan';
  if (offPlan === undefined) {
    if (problem.charging === 'coordinated' && (problem.carsOffPlan ?? []).some((cars) => cars > 0))
      ledger.refuse(limit, 'the plan says nothing of cars off plan');
    return;
  }
  worstMissingKw(problem, schedule).forEach(
    (bound, slot) =>
    ledger.least({ limit, subject: 'supply', slot, quantity: 'power set aside', value: offPlan.setAsideKw[slot]!, bound, unit: 'kW' }), // prettier-ignore
  );
  problem.evs.forEach((ev, i) => {
    if (!((problem.carsOffPlan?.[ev.aggregator] ?? 0) > 0) || ev.mayBe === undefined) return;
    const unmetKwh = offPlan.unmetKwh[i]!;
    const own = { limit, subject: `EV ${ev.id}`, slot: null, unit: 'kWh', scale: ev.maxKwh };
    ledger.least({ ...own, quantity: 'shortfall', value: unmetKwh, bound: 0 });
    if (problem.unmetPerKwh === null) ledger.most({ ...own, quantity: 'shortfall', value: unmetKwh, bound: 0 });
    for (const day of daysOf(problem, ev, schedule.evs[i]!)) {
      ledger.least({ ...own, quantity: 'energy when it leaves', value: day.leavesKwh + unmetKwh, bound: ev.requiredKwh }); // prettier-ignore
      if (day.lowestKwh < Infinity)
        ledger.least({ ...own, quantity: 'energy', value: day.lowestKwh, bound: ev.minKwh });
    }
  });
}

/** Every arrival and departure of one car with least energy on arrival: what it leaves with and its lowest energy. */
function daysOf(problem: V2gProblem, ev: Ev, planned: Planned): { leavesKwh: number; lowestKwh: number }[] {
  const { from, until } = connectedSlots(ev, problem.slots);
  const { lateSlots, earlySlots, lackKwh } = ev.mayBe!;
  const days: { leavesKwh: number; lowestKwh: number }[] = [];
  if (until <= from) return days;
  for (let late = 0; late <= lateSlots; late++)
    for (let early = 0; early <= earlySlots; early++) {
      let energy = ev.initialKwh - lackKwh;
      let lowestKwh = Infinity;
      for (let slot = from + late; slot < until - early; slot++) {
        energy += problem.slotHours * (ev.efficiency * planned.chargeKw[slot]! - planned.dischargeKw[slot]! / ev.efficiency); // prettier-ignore
        lowestKwh = Math.min(lowestKwh, energy);
      }
      days.push({ leavesKwh: energy, lowestKwh });
    }
  return days;
}
