/**
 * A schedule carried out on the real day: gas units and storage as committed and, where they take shares, as they answer; the grid as committed, the EV pool by its shares θ, wind as it blew. What
 * is then short or over is settled in real time. In each slot, in this order:
 *
 *   1. ξ = (load − expected) + extra charging − (1 − loss)(wind − forecast). Cars follow their plan, the pool draws θ ξ less, as far as
 *      batteries allow and no promised departure suffers; θ ξ < 0 is stored.
 *   2. Wind runs as planned plus its own deviation. If supply is short, wind that was curtailed is used.
 *   3. Still short (a violation): bought through the connection as far as it has room; then cars give what they can, promised or not; the
 *      rest is unserved.
 *   4. Over: sold while that earns, then wind is curtailed, then sold whatever it costs, and the rest is spilled.
 *
 * A day can only cost more than the best that could have been done knowing it: every flow here is one the day allows, real-time
 * prices being no better than those of the day ahead (planning/backtest/perfect-foresight.ts). Cars that nobody coordinates charge as
 * `uncoordinatedKw`. Plain arithmetic; nothing is shared with the program that was solved.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { recomputedCost } from './check-cost.ts';
import { connectionRoom } from './connection-room.ts';
import { expectedDemandKw } from './plan-margins.ts';
import type { RealDay, RealisedCost, RealisedDay } from './realised-day.ts';
import { respondTo } from './responses.ts';
import { shortageTolerance } from './shortages.ts';
import { departureTolerance, SteeredCars } from './steer-cars.ts';
import { truckSupplyKw } from './truck-supply.ts';

/** @throws Error when the real day has other slots or parks than the problem. */
export function realiseDay(problem: V2gProblem, plan: V2gSchedule, real: RealDay): RealisedDay {
  requireFit(problem, real);
  const schedule = respondTo(
    problem,
    plan,
    plan.evShare.map((_, slot) => deviationOf(problem, real, slot)),
  );
  const { slots, slotHours } = problem;
  const steered = problem.charging === 'coordinated';
  const cars = new SteeredCars(problem, schedule);
  const zeros = (): number[] => new Array<number>(slots).fill(0);
  const day: RealisedDay = {
    label: real.label,
    cost: { ...schedule.cost, balancingPurchase: 0, balancingSale: 0, unserved: 0 },
    totalCost: 0,
    carriedOut: { gas: schedule.gas, storage: schedule.storage },
    windKw: problem.wind.map(zeros),
    evs: problem.evs.map(() => ({ chargeKw: zeros(), dischargeKw: zeros(), energyKwh: zeros(), unmetKwh: 0 })),
    shortKw: zeros(),
    boughtKw: zeros(),
    askedOfCarsKw: zeros(),
    unservedKw: zeros(),
    soldKw: zeros(),
    spilledKw: zeros(),
    curtailedKw: zeros(),
    promises: { cars: 0, kept: 0 },
  };
  for (let slot = 0; slot < slots; slot++) {
    if (steered) cars.begin(slot);
    realiseSlot(problem, schedule, real, day, steered ? cars : null, slot);
    if (!steered) continue;
    cars.settle().forEach((of, i) => {
      const own = day.evs[i]!;
      own.chargeKw[slot] = of.chargeKw;
      own.dischargeKw[slot] = of.dischargeKw;
      own.energyKwh[slot] = of.energyKwh;
    });
  }
  const missing = steered ? cars.missingKwh() : problem.evs.map(() => 0);
  problem.evs.forEach(({ cars: count, requiredKwh }, i) => {
    const lacks = missing[i]! > departureTolerance * Math.max(1, requiredKwh);
    day.promises.cars += count;
    if (!lacks) day.promises.kept += count;
    day.evs[i]!.unmetKwh = missing[i]!;
  });
  day.cost = costOf(problem, schedule, real, day, slotHours);
  day.totalCost = Object.values(day.cost).reduce((sum, amount) => sum + amount, 0);
  return day;
}

function realiseSlot(
  problem: V2gProblem,
  schedule: V2gSchedule,
  real: RealDay,
  day: RealisedDay,
  cars: SteeredCars | null,
  slot: number,
): void {
  const kept = 1 - problem.lossShare;
  const demandKw =
    expectedDemandKw(problem, slot) -
    problem.loadKw[slot]! +
    real.loadKw[slot]! +
    real.extraChargingKw[slot]! +
    // What the plan supplies for losses of the feeder is taken to be lost there.
    (schedule.network?.lossKw[slot] ?? 0);
  problem.wind.forEach((park, k) => {
    const available = real.windKw[k]![slot]!;
    const planned = schedule.wind[k]!.outputKw[slot]! + available - park.availableKw[slot]!;
    day.windKw[k]![slot] = Math.min(available, Math.max(0, planned));
  });
  const shareKw = schedule.evShare[slot]! * deviationOf(problem, real, slot);
  if (shareKw > 0) cars?.giveWithinPromises(shareKw);
  else cars?.take(-shareKw);

  const fixedKw = fixedSupplyKw(problem, schedule, slot);
  const balance = (): number =>
    fixedKw + kept * day.windKw.reduce((sum, park) => sum + park[slot]!, 0) - (cars?.totalKw ?? 0) - demandKw;
  let openKw = -balance();
  problem.wind.forEach((_, k) => {
    const spareKw = Math.min(real.windKw[k]![slot]! - day.windKw[k]![slot]!, Math.max(0, openKw) / kept);
    day.windKw[k]![slot]! += spareKw;
    openKw -= kept * spareKw;
  });
  const room = connectionRoom(problem, schedule, slot);
  if (openKw > 0) {
    day.shortKw[slot] = openKw > shortageTolerance ? openKw : 0;
    day.boughtKw[slot] = Math.min(openKw, room.inKw);
    const askedKw = cars?.give(openKw - day.boughtKw[slot]) ?? 0;
    day.askedOfCarsKw[slot] = askedKw;
    day.unservedKw[slot] = Math.max(0, openKw - day.boughtKw[slot] - askedKw);
  } else if (openKw < 0) settleSurplus(problem, real, day, -openKw, room.outKw, slot);
  problem.wind.forEach((_, k) => (day.curtailedKw[slot]! += real.windKw[k]![slot]! - day.windKw[k]![slot]!));
}

/** ξ of a slot. */
function deviationOf(problem: V2gProblem, real: RealDay, slot: number): number {
  const windKw = problem.wind.reduce((sum, park, k) => sum + real.windKw[k]![slot]! - park.availableKw[slot]!, 0);
  return real.loadKw[slot]! - problem.loadKw[slot]! + real.extraChargingKw[slot]! - (1 - problem.lossShare) * windKw;
}

function settleSurplus(
  { lossShare }: V2gProblem,
  { settlement }: RealDay,
  day: RealisedDay,
  overKw: number,
  roomKw: number,
  slot: number,
): void {
  const earns = settlement.surplusPerKwh[slot]! > 0;
  const firstKw = earns ? Math.min(overKw, roomKw) : 0;
  let leftKw = overKw - firstKw;
  for (const park of day.windKw) {
    const cutKw = Math.min(park[slot]!, leftKw / (1 - lossShare));
    park[slot]! -= cutKw;
    leftKw = Math.max(0, leftKw - (1 - lossShare) * cutKw);
  }
  const lastKw = Math.min(leftKw, roomKw - firstKw);
  day.soldKw[slot] = firstKw + lastKw;
  day.spilledKw[slot] = leftKw - lastKw;
}

/** What reaches the load whatever happens: gas, purchase less sale, storage, trucks. */
function fixedSupplyKw(problem: V2gProblem, schedule: V2gSchedule, slot: number): number {
  const { gas, grid, storage } = schedule;
  let lossyKw = grid?.importKw[slot] ?? 0;
  for (const unit of gas) lossyKw += unit.outputKw[slot]!;
  let localKw = truckSupplyKw(problem, schedule, slot) - (grid?.exportKw[slot] ?? 0);
  for (const unit of storage) localKw += unit.dischargeKw[slot]! - unit.chargeKw[slot]!;
  return (1 - problem.lossShare) * lossyKw + localKw;
}

function costOf(
  problem: V2gProblem,
  schedule: V2gSchedule,
  { settlement }: RealDay,
  day: RealisedDay,
  slotHours: number,
): RealisedCost {
  const carriedOut: V2gSchedule = {
    ...schedule,
    wind: schedule.wind.map(({ id }, k) => ({ id, outputKw: day.windKw[k]! })),
    evs: schedule.evs.map(({ id }, i) => ({ id, ...day.evs[i]! })),
  };
  const unmetPerKwh = problem.unmetPerKwh ?? settlement.unmetPerKwh;
  const priced = (kw: number[], price: readonly number[]): number =>
    kw.reduce((sum, each, slot) => (each > 0 ? sum + each * price[slot]! * slotHours : sum), 0);
  return {
    ...recomputedCost({ ...problem, unmetPerKwh }, carriedOut),
    balancingPurchase: priced(day.boughtKw, settlement.shortPerKwh),
    balancingSale: -priced(day.soldKw, settlement.surplusPerKwh),
    unserved: day.unservedKw.reduce((sum, kw) => sum + kw, 0) * slotHours * settlement.unservedPerKwh,
  };
}

function requireFit({ slots, wind }: V2gProblem, { label, loadKw, windKw, extraChargingKw }: RealDay): void {
  const lengths = [loadKw, extraChargingKw, ...windKw].map(({ length }) => length);
  if (windKw.length !== wind.length || lengths.some((length) => length !== slots))
    throw new Error(`real day ${label} does not have ${wind.length} wind parks and ${slots} slots`);
}
