/** Refuses trucks that contradict themselves or the day, naming the field. */
import { pathArcs } from '../sms/network.ts';
import type { OwnTruck, RentedStay, TruckFleet } from './mobile.ts';
import type { V2gProblem } from './problem.ts';
import { routeProblem } from './truck-routes.ts';

type Complain = (complaint: string) => never;
type Battery = Pick<OwnTruck, 'minKwh' | 'maxKwh' | 'powerKw' | 'chargeEfficiency' | 'dischargeEfficiency'>;

/** @throws what `refuse` throws, for the first contradiction. */
export function requireValidTrucks(problem: V2gProblem, refuse: Complain): void {
  const { trucks: fleet, stays, slots } = problem;
  if (fleet && stays) refuse('trucks and stays are both given; one of them expected');
  if (fleet) validFleet(fleet, slots, refuse);
  for (const stay of stays ?? []) validStay(stay, slots, refuse);
}

function validFleet(fleet: TruckFleet, slots: number, refuse: Complain): void {
  const { slotsPerStep, places, trucks } = fleet;
  if (!(Number.isInteger(slotsPerStep) && slotsPerStep >= 1 && slots % slotsPerStep === 0))
    refuse(`trucks.slotsPerStep is ${slotsPerStep}; a whole number that divides ${slots} expected`);
  const atLeast = (name: string, value: number, least: number): void => {
    if (!(Number.isFinite(value) && value >= least)) refuse(`${name} is ${value}; at least ${least} expected`);
  };
  places.forEach((place, i) => {
    const of = `trucks.places[${i}]`;
    if (!Number.isInteger(place.truckCapacity)) refuse(`${of}.truckCapacity is ${place.truckCapacity}`);
    atLeast(`${of}.truckCapacity`, place.truckCapacity, 0);
    atLeast(`${of}.powerKw`, place.powerKw, 0);
    atLeast(`${of}.standingCost`, place.standingCost, 0);
    if (!Number.isFinite(place.chargePerKwh)) refuse(`${of}.chargePerKwh is ${place.chargePerKwh}`);
    if (place.dischargePerKwh !== null && !(place.dischargePerKwh <= place.chargePerKwh))
      refuse(`${of}.dischargePerKwh is ${place.dischargePerKwh}, above the price of charging there`);
  });
  validTables(fleet, slots / slotsPerStep, refuse);
  twice('truck', trucks, refuse);
  twice('place', places, refuse);
  for (const truck of trucks) {
    const of = ` of truck ${truck.id}`;
    atLeast(`drivingFactor${of}`, truck.drivingFactor ?? 1, 0);
    validBattery(truck, of, refuse);
    for (const field of ['start', 'end'] as const)
      if (!(Number.isInteger(truck[field]) && truck[field] >= 0 && truck[field] < places.length))
        refuse(`${field}${of} is ${truck[field]}; a place from 0 to ${places.length - 1} expected`);
    atLeast(`degradationPerKwh${of}`, truck.degradationPerKwh, 0);
    if (!(truck.initialKwh >= truck.minKwh && truck.initialKwh <= truck.maxKwh))
      refuse(`initialKwh${of} is ${truck.initialKwh}, outside ${truck.minKwh} to ${truck.maxKwh}`);
    if (!(truck.finalMinKwh <= truck.maxKwh)) refuse(`finalMinKwh${of} is ${truck.finalMinKwh}, above its maximum`);
  }
  const routes = routeProblem(fleet, slots);
  const stuck = routes.trucks.find((truck) => pathArcs(routes, truck).length === 0);
  if (stuck) refuse(`truck ${stuck.id} has no way from its start to its end within the day`);
}

function validTables(
  { places, travelSteps, travelCost, travelKwh = travelCost }: TruckFleet,
  steps: number,
  refuse: Complain,
): void {
  for (const [name, table] of [
    ['travelSteps', travelSteps],
    ['travelCost', travelCost],
    ['travelKwh', travelKwh],
  ] as const) {
    if (table.length !== places.length) refuse(`trucks.${name} has ${table.length} rows for ${places.length} places`);
    table.forEach((row, from) => {
      if (row.length !== places.length) refuse(`trucks.${name}[${from}] has ${row.length} values`);
      row.forEach((byStep, to) => {
        const at = `trucks.${name}[${from}][${to}]`;
        if (byStep.length !== steps) refuse(`${at} has ${byStep.length} values for ${steps} steps`);
        if (from === to) return;
        byStep.forEach((value, step) => {
          const other = (name === 'travelSteps' ? travelCost : travelSteps)[from]?.[to]?.[step] ?? null;
          if ((value === null) !== (other === null))
            refuse(`${at}[${step}] has a time without a cost, or a cost without`);
          if (value === null) return;
          const least = name === 'travelSteps' ? 1 : 0;
          if (!(value >= least) || (name === 'travelSteps' && !Number.isInteger(value)))
            refuse(`${at}[${step}] is ${value}`);
        });
      });
    });
  }
}

function validStay(stay: RentedStay, slots: number, refuse: Complain): void {
  const of = ` of the stay ${stay.id}`;
  validBattery(stay, of, refuse);
  const { from, until } = stay;
  if (!(Number.isInteger(from) && Number.isInteger(until) && from >= 0 && from < until && until <= slots))
    refuse(`slots ${from} to ${until}${of} are not within the ${slots} slots of the day`);
  for (const field of ['arrivingKwh', 'leavingKwh'] as const)
    if (!(stay[field] >= stay.minKwh && stay[field] <= stay.maxKwh))
      refuse(`${field}${of} is ${stay[field]}, outside ${stay.minKwh} to ${stay.maxKwh}`);
  if (stay.rentPerKwh.length !== slots || !stay.rentPerKwh.every((rent) => Number.isFinite(rent) && rent >= 0))
    refuse(`rentPerKwh${of} is not ${slots} rents from 0`);
  stay.pinnedKw?.forEach((kw, slot) => {
    if (kw !== null && !(Math.abs(kw) <= stay.powerKw)) refuse(`pinnedKw${of}[${slot}] is ${kw}, beyond its power`);
  });
}

function validBattery(battery: Battery, of: string, refuse: Complain): void {
  if (!(battery.minKwh >= 0 && battery.minKwh <= battery.maxKwh)) refuse(`minKwh${of} is ${battery.minKwh}`);
  if (!Number.isFinite(battery.maxKwh)) refuse(`maxKwh${of} is ${battery.maxKwh}`);
  if (!(battery.powerKw >= 0 && Number.isFinite(battery.powerKw))) refuse(`powerKw${of} is ${battery.powerKw}`);
  for (const field of ['chargeEfficiency', 'dischargeEfficiency'] as const)
    if (!(battery[field] > 0 && battery[field] <= 1)) refuse(`${field}${of} is ${battery[field]}`);
}

function twice(name: string, items: readonly { id: string }[], refuse: Complain): void {
  const repeated = items.find(({ id }, at) => items.findIndex((other) => other.id === id) !== at);
  if (repeated) refuse(`${name} "${repeated.id}" occurs twice`);
}
