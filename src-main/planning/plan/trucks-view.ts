/** The trucks of a plan as screens show them: what each gives and takes at the site, and what having them is worth. */
import type { Leg } from '../../models/sms/plan.ts';
import type { RentedStay } from '../../models/v2g/mobile.ts';
import type { StaySchedule, TruckSchedule } from '../../models/v2g/schedule.ts';
import type { PlanRecord } from '../ports.ts';

/** Null where the day was planned without trucks. */
export function trucksView(plan: PlanRecord) {
  const { problem, schedule, provenance } = plan;
  const told = provenance.trucks;
  if (!told) return null;
  const { withoutTrucks } = told;
  const cost = schedule.cost;
  const own = (schedule.trucks ?? []).map((truck, k) => ownView(plan, truck, k));
  const rented = (schedule.stays ?? []).map((stay, k) => stayView(stay, problem.stays![k]!, problem.slotHours));
  return {
    mode: told.mode,
    planId: told.mode === 'rented' ? told.planId : null,
    dispatch: told.mode === 'rented' ? told.dispatch : null,
    units: [...own, ...rented],
    /** Same day without any truck, and what trucks cost of the plan's own total. */
    withoutCost: withoutTrucks?.cost ?? null,
    ownCost:
      (cost.truckTravel ?? 0) +
      (cost.truckStanding ?? 0) +
      (cost.truckWear ?? 0) +
      (cost.truckEnergy ?? 0) +
      (cost.truckRent ?? 0),
  };
}

function ownView({ problem }: PlanRecord, truck: TruckSchedule, k: number) {
  const fleet = problem.trucks!;
  const { name, minKwh, maxKwh } = fleet.trucks[k]!;
  const atSite = (kw: number, slot: number): number => {
    const place = truck.placeBySlot[slot] ?? null;
    return place !== null && fleet.places[place]!.kind === 'station' ? kw : 0;
  };
  const elsewhere = truck.chargeKw.reduce((sum, kw, slot) => sum + kw - atSite(kw, slot), 0);
  return {
    id: truck.id,
    name,
    minKwh,
    maxKwh,
    chargeKw: Float64Array.from(truck.chargeKw, atSite),
    dischargeKw: Float64Array.from(truck.dischargeKw, atSite),
    energyKwh: Float64Array.from(truck.energyKwh),
    elsewhereKwh: elsewhere * problem.slotHours,
    cost: truck.travelCost + truck.standingCost,
    legs: truck.legs.map((leg) => legView(leg, fleet.places)),
  };
}

/** Where a truck is, in words of the definition. */
const legView = (leg: Leg, places: readonly { name: string }[]) => ({
  kind: leg.kind,
  from: places[leg.kind === 'stay' ? leg.terminal : leg.from]!.name,
  to: places[leg.kind === 'stay' ? leg.terminal : leg.to]!.name,
  fromSlot: leg.fromSlot,
  untilSlot: leg.untilSlot,
});

function stayView(stay: StaySchedule, agreed: RentedStay, slotHours: number) {
  const { name, minKwh, maxKwh, from, until, rentPerKwh } = agreed;
  const rent = rentPerKwh.reduce(
    (sum, perKwh, slot) => sum + perKwh * slotHours * (stay.chargeKw[slot]! + stay.dischargeKw[slot]!),
    0,
  );
  return {
    id: stay.id,
    name,
    minKwh,
    maxKwh,
    chargeKw: Float64Array.from(stay.chargeKw),
    dischargeKw: Float64Array.from(stay.dischargeKw),
    energyKwh: Float64Array.from(stay.energyKwh),
    elsewhereKwh: 0,
    cost: rent,
    legs: [{ kind: 'stay' as const, from: name, to: name, fromSlot: from, untilSlot: until }],
  };
}
