/** Routes of a truck fleet between its two clocks: decided in steps, told in slots of the day. */
import type { Leg } from '../sms/plan.ts';
import type { PlaceRule } from '../sms/problem.ts';
import type { RouteProblem } from '../sms/routing.ts';
import type { OwnTruck, TruckFleet } from './mobile.ts';
import type { CostItems, TruckSchedule } from './schedule.ts';

/** The fleet as a problem of routes in steps, every place a grid of its own. */
export function routeProblem(fleet: TruckFleet, slots: number): RouteProblem {
  return {
    slots: slots / fleet.slotsPerStep,
    grids: fleet.places,
    terminals: fleet.places.map(({ id, kind, truckCapacity }, place) =>
      kind === 'depot' ? { id, kind } : { id, kind: 'station', grid: place, truckCapacity },
    ),
    travelSlots: fleet.travelSteps,
    travelCostUsd: fleet.travelCost,
    holdCostUsdPerSlot: fleet.places.map(({ standingCost }) => standingCost),
    // Trucks that differ in name only are twins, of which one order is enough.
    trucks: fleet.trucks.map(({ rules, ...truck }) => ({ ...truck, name: '', ...(rules ? { places: rules } : {}) })),
  };
}

/** What a trip takes from the battery. */
export const tripKwh = (
  { travelKwh }: TruckFleet,
  { drivingFactor }: OwnTruck,
  trip: { from: number; to: number; fromSlot: number },
): number => (travelKwh?.[trip.from]![trip.to]![trip.fromSlot] ?? 0) * (drivingFactor ?? 1);

export function readTruck(
  { slotsPerStep, places, travelCost: costs }: TruckFleet,
  slots: number,
  steps: readonly Leg[],
  power: Pick<TruckSchedule, 'id' | 'chargeKw' | 'dischargeKw' | 'energyKwh'>,
): TruckSchedule {
  const placeBySlot = new Array<number | null>(slots).fill(null);
  let travelCost = 0;
  let standingCost = 0;
  const legs = steps.map((step): Leg => {
    const fromSlot = step.fromSlot * slotsPerStep;
    const untilSlot = step.untilSlot * slotsPerStep;
    if (step.kind === 'travel') travelCost += costs[step.from]![step.to]![step.fromSlot]!;
    else {
      standingCost += (step.untilSlot - step.fromSlot) * places[step.terminal]!.standingCost;
      placeBySlot.fill(step.terminal, fromSlot, untilSlot);
    }
    return { ...step, fromSlot, untilSlot };
  });
  return { ...power, legs, placeBySlot, travelCost, standingCost };
}

export function truckCost(
  { places, trucks }: TruckFleet,
  answer: readonly TruckSchedule[],
  slotHours: number,
): Partial<CostItems> {
  const cost = { truckTravel: 0, truckStanding: 0, truckWear: 0, truckEnergy: 0 };
  answer.forEach(({ chargeKw, dischargeKw, placeBySlot, travelCost, standingCost }, k) => {
    cost.truckTravel += travelCost;
    cost.truckStanding += standingCost;
    placeBySlot.forEach((at, slot) => {
      const [charged, given] = [chargeKw[slot]! * slotHours, dischargeKw[slot]! * slotHours];
      cost.truckWear += (charged + given) * trucks[k]!.degradationPerKwh;
      const place = at === null ? null : places[at]!;
      if (place?.kind === 'elsewhere')
        cost.truckEnergy += charged * place.chargePerKwh - given * (place.dischargePerKwh ?? 0);
    });
  });
  return cost;
}

/** The same fleet with every stay of the routes demanded. @param slotsPerStep of the routes, in whose slots the legs are told. */
export function fixRoutes(fleet: TruckFleet, routes: readonly TruckSchedule[], slotsPerStep: number): TruckFleet {
  const trucks = fleet.trucks.map((truck, k) => ({
    ...truck,
    rules: routes[k]!.legs.flatMap((leg): PlaceRule[] =>
      leg.kind === 'travel'
        ? []
        : [
            {
              kind: 'only',
              terminals: [leg.terminal],
              fromSlot: leg.fromSlot / slotsPerStep,
              untilSlot: leg.untilSlot / slotsPerStep,
            },
          ],
    ),
  }));
  return { ...fleet, trucks };
}
