/** What a day of a truck is worth at given prices, USD: what its stays and its work bring, less its way. */
import { drivesOnBattery } from '../driving.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import { neededMwh } from './day-costs.ts';
import { usdAt, type DayPrices, type TruckDay } from './priced-day.ts';

/** −Infinity where it stays where it may not. */
export function dayValueUsd(
  problem: SmsProblem,
  truck: Truck,
  day: TruckDay,
  { stay, chargeUsdPerMwh }: DayPrices,
): number {
  let usd = drivesOnBattery(problem) ? -chargeUsdPerMwh * neededMwh(problem, truck, day) : 0;
  for (const arc of day.path) {
    usd -= arc.costUsd;
    if (arc.kind !== 'stay' || problem.terminals[arc.from]!.kind !== 'station') continue;
    const price = stay(arc.from, arc.fromSlot);
    if (price === null) return -Infinity;
    const mw = day.netMw[arc.fromSlot]!;
    usd += price.presentUsd;
    if (mw < 0) usd += usdAt(price.charge, -mw);
    else if (mw > 0) usd += usdAt(price.discharge, mw);
  }
  return usd;
}
