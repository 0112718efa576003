/**
 * A day that was not planned for, with every car in its books: the EV pool gives what its cars can give, by the rule by which a real day is carried
 * out (steer-cars.ts, realise-day.ts), not what an account of the whole pool would allow.
 *
 *   asked of the pool   θ_t ξ_t                          given: what its cars draw less than planned
 *   open_t = ξ_t − given_t − supplyKw_t                  supply as committed and as units that take shares answer; curtailed wind used first
 *
 * A slot with something open falls short. It is called a shortage of supply as far as (1 − θ_t) ξ_t exceeds supply, one of the pool's power as far
 * as its chargers could not give θ_t ξ_t, and of its energy for the rest. As on a real day the connection then brings what it has room for and
 * the cars what they can, promised or not, so that later slots and departures feel it.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { connectionRoom } from './connection-room.ts';
import type { ReplayMargins } from './replay-day.ts';
import { shortageTolerance, type Shortages } from './shortages.ts';
import { SteeredCars } from './steer-cars.ts';

export interface CarsReplayed {
  unservedKwh: number;
  /** Energy each EV row lacks of what the plan gives it at departure. */
  lackingKwh: number[];
}

/** @param margins with un-curtailed wind counted as supply. */
export function replayCars(
  problem: V2gProblem,
  schedule: V2gSchedule,
  { supplyKw, poolKw, share, responders }: ReplayMargins,
): (deviationKw: Float64Array, out: Shortages) => CarsReplayed {
  const { slots, slotHours } = problem;
  const plannedKw = Float64Array.from({ length: slots }, (_, slot) =>
    schedule.evs.reduce((sum, ev) => sum + ev.chargeKw[slot]! - ev.dischargeKw[slot]!, 0),
  );
  const roomKw = Float64Array.from({ length: slots }, (_, slot) => connectionRoom(problem, schedule, slot).inKw);
  const cars = new SteeredCars(problem, schedule);
  return (deviationKw, out) => {
    cars.restart();
    responders?.begin();
    let openKwh = 0;
    for (let slot = 0; slot < slots; slot++) {
      const xi = deviationKw[slot]!;
      const asked = share[slot]! * xi;
      cars.begin(slot);
      if (asked > 0) cars.giveWithinPromises(asked);
      else cars.take(-asked);
      const given = plannedKw[slot]! - cars.totalKw;
      const heldKw = supplyKw[slot]! + (responders?.giveAll(slot, xi) ?? 0);
      const left = xi - given - heldKw;
      const open = left > shortageTolerance ? left : 0;
      const ofSupply = Math.min(open, Math.max(0, xi - asked - heldKw));
      const ofPower = Math.min(open - ofSupply, Math.max(0, asked - poolKw[slot]!));
      const ofEnergy = open - ofSupply - ofPower;
      out.supplyKw[slot] = ofSupply > shortageTolerance ? ofSupply : 0;
      out.poolKw[slot] = ofPower > shortageTolerance ? ofPower : 0;
      out.accountKwh[slot] = ofEnergy > shortageTolerance ? ofEnergy * slotHours : 0;
      openKwh += open * slotHours;
      if (open > roomKw[slot]!) cars.give(open - roomKw[slot]!);
      cars.advance();
    }
    const lackingKwh = cars.missingKwh().map((kwh, i) => Math.max(0, kwh - schedule.evs[i]!.unmetKwh));
    return { unservedKwh: openKwh, lackingKwh };
  };
}
