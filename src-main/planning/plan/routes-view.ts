/** The own trucks of a plan as map, stringline and itinerary take them. */
import type { Horizon } from '../../base/horizon.ts';
import { Refusal } from '../../base/errors.ts';
import { tripKwh } from '../../models/v2g/truck-routes.ts';
import type { TruckSchedule } from '../../models/v2g/schedule.ts';
import { itineraryText } from '../sms/itinerary-text.ts';
import { legView } from '../sms/leg-view.ts';
import type { PlanRecord, TruckProvenance } from '../ports.ts';
import { horizonView } from './plan-view.ts';

type OwnTrucks = Extract<TruckProvenance, { mode: 'owned' }>;

/** Null where the plan has no trucks of its own. */
export function routesView(plan: PlanRecord, horizon: Horizon) {
  const { problem, schedule, provenance } = plan;
  const told = provenance.trucks;
  const fleet = problem.trucks;
  if (told?.mode !== 'owned' || !fleet) return null;
  const { storage, terminalNodes, distanceKm, roadsId } = told;
  // Those that own trucks can be connected to; the others have no place in the fleet.
  const used = storage.grids.filter(({ id }) =>
    storage.terminals.some(({ grid }, at) => grid === id && fleet.places[at]!.kind !== 'depot'),
  );
  return {
    id: plan.id,
    day: plan.day,
    currency: problem.currency,
    horizon: horizonView(horizon),
    slotsPerStep: fleet.slotsPerStep,
    roadsId,
    terminals: storage.terminals.map(({ id, name, grid, places }, at) => {
      const index = used.findIndex((one) => one.id === grid);
      return { id, name, node: terminalNodes[at]!, grid: index < 0 ? null : index, places };
    }),
    distanceKm: distanceKm.map((row) => Float64Array.from(row)),
    trucks: (schedule.trucks ?? []).map((truck, k) => truckView(plan, told, truck, k)),
    grids: used.map((grid) => gridView(plan, told, grid)),
  };
}

/** @throws Refusal `bad-request` where the plan has no trucks of its own */
export function exportRoutes(plan: PlanRecord, horizon: Horizon): { fileName: string; text: string } {
  const view = routesView(plan, horizon);
  if (!view)
    throw new Refusal('bad-request', { call: 'routes.export', problem: `plan ${plan.id} has no trucks of its own` });
  const drivesOn = plan.problem.trucks!.travelKwh ? 'battery' : 'elsewhere';
  return { fileName: `surewatt-plan-${plan.id}-itinerary.csv`, text: itineraryText({ ...view, horizon, drivesOn }) };
}

function truckView({ problem }: PlanRecord, { storage, ways }: OwnTrucks, truck: TruckSchedule, k: number) {
  const fleet = problem.trucks!;
  const own = fleet.trucks[k]!;
  const { slotHours, slots } = problem;
  const factor = own.drivingFactor ?? 1;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const [chargeKwh, dischargeKwh] = [slotHours * sum(truck.chargeKw), slotHours * sum(truck.dischargeKw)];
  const legs = truck.legs.map((leg) => legView(leg, ways, factor));
  // Of the truck as it is: a demand may have taken its power away for the day.
  const { powerKw } = storage.trucks[k]!;
  return {
    id: truck.id,
    name: own.name,
    home: own.start,
    end: own.end,
    capacityKwh: own.maxKwh,
    minKwh: own.minKwh,
    initialKwh: own.initialKwh,
    finalMinKwh: own.finalMinKwh,
    powerKw,
    legs,
    terminal: Float64Array.from(truck.placeBySlot, (place) => place ?? -1),
    chargeKw: Float64Array.from(truck.chargeKw),
    dischargeKw: Float64Array.from(truck.dischargeKw),
    energyKwh: Float64Array.from(truck.energyKwh),
    totals: {
      travelCost: truck.travelCost,
      standingCost: truck.standingCost,
      degradationCost: own.degradationPerKwh * (chargeKwh + dischargeKwh),
      energyCost: energyCost(problem, truck),
      chargeKwh,
      dischargeKwh,
      lengthKm: sum(legs.map((leg) => (leg.kind === 'drive' ? leg.lengthKm : 0))),
      drivingKwh: sum(
        truck.legs.map((leg) =>
          leg.kind === 'stay' ? 0 : tripKwh(fleet, own, { ...leg, fromSlot: leg.fromSlot / fleet.slotsPerStep }),
        ),
      ),
      drivingSlots: truck.placeBySlot.filter((place) => place === null).length,
      workingSlots: truck.chargeKw.filter((kw, slot) => kw + truck.dischargeKw[slot]! > 1e-6).length,
      utilisation: (chargeKwh + dischargeKwh) / (powerKw * slotHours * slots),
      cycles: dischargeKwh / (own.maxKwh - own.minKwh),
    },
  };
}

/** Bought at other grids, less what was sold there. */
function energyCost({ trucks: fleet, slotHours }: PlanRecord['problem'], truck: TruckSchedule): number {
  return truck.placeBySlot.reduce<number>((cost, at, slot) => {
    const place = at === null ? undefined : fleet!.places[at];
    if (place?.kind !== 'elsewhere') return cost;
    const { chargePerKwh, dischargePerKwh } = place;
    return (
      cost + slotHours * (truck.chargeKw[slot]! * chargePerKwh - truck.dischargeKw[slot]! * (dischargePerKwh ?? 0))
    );
  }, 0);
}

function gridView(
  { problem, schedule }: PlanRecord,
  { storage }: OwnTrucks,
  { id, name, tariff }: OwnTrucks['storage']['grids'][number],
) {
  const { slots, loadKw, wind, grid: connection } = problem;
  const isSite = id === storage.siteGrid;
  const windKw = loadKw.map((_, slot) => wind.reduce((sum, park) => sum + park.availableKw[slot]!, 0));
  const worked = (flow: 'chargeKw' | 'dischargeKw'): Float64Array =>
    Float64Array.from({ length: slots }, (_, slot) =>
      (schedule.trucks ?? []).reduce((sum, truck) => {
        const at = truck.placeBySlot[slot] ?? null;
        return at !== null && storage.terminals[at]!.grid === id ? sum + truck[flow][slot]! : sum;
      }, 0),
    );
  return {
    id,
    name,
    isSite,
    pricePerKwh: isSite
      ? Float64Array.from(connection?.buyPerKwh ?? new Array<number>(slots).fill(NaN))
      : new Float64Array(slots).fill(tariff?.chargePerKwh ?? NaN),
    loadKw: isSite ? Float64Array.from(loadKw) : null,
    windKw: isSite ? Float64Array.from(windKw) : null,
    surplusKw: isSite ? Float64Array.from(windKw, (kw, slot) => Math.max(0, kw - loadKw[slot]!)) : null,
    chargeKw: worked('chargeKw'),
    dischargeKw: worked('dischargeKw'),
  };
}
