/**
 * Trucks of the operator's own, from the numbers of the schedule alone: every route runs from start to end without a gap, trips take the time they take,
 * stations have a place and the power, and e_t = e_{t−1} + η_c c Δ − d Δ / η_d − driving within its limits.
 */
import type { OwnTruck, TruckFleet } from '../models/v2g/mobile.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { TruckSchedule, V2gSchedule } from '../models/v2g/schedule.ts';
import type { Claim, Ledger } from './ledger.ts';
import { oneDirection } from './one-direction.ts';

export function checkTrucks(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { trucks: fleet } = problem;
  if (!fleet) return;
  const answers = schedule.trucks ?? [];
  fleet.trucks.forEach((truck, k) => {
    checkRoute(problem, fleet, truck, answers[k]!, ledger);
    checkEnergy(problem, fleet, truck, answers[k]!, ledger);
  });
  checkPlaces(problem, fleet, answers, ledger);
}

function checkRoute(
  { slots }: V2gProblem,
  fleet: TruckFleet,
  truck: OwnTruck,
  answer: TruckSchedule,
  ledger: Ledger,
): void {
  const per = fleet.slotsPerStep;
  const refuse = (what: string): void => ledger.refuse('truck route', `${truck.name} ${what}`);
  const name = (place: number): string => fleet.places[place]?.name ?? `place ${place}`;
  const places = new Array<number | null>(slots).fill(null);
  let at = truck.start;
  let slot = 0;
  let travelCost = 0;
  let standingCost = 0;
  for (const leg of answer.legs) {
    if (leg.fromSlot !== slot) refuse(`has a leg from slot ${leg.fromSlot}, but the one before ends at ${slot}`);
    if (leg.fromSlot % per !== 0 || leg.untilSlot % per !== 0) refuse(`moves within a step of ${per} slots`);
    if (!(leg.untilSlot > leg.fromSlot)) refuse(`has a leg that ends at slot ${leg.untilSlot}, where it begins`);
    const from = leg.kind === 'stay' ? leg.terminal : leg.from;
    if (from !== at) refuse(`goes on from ${name(from)} in slot ${leg.fromSlot}, but is at ${name(at)}`);
    if (leg.kind === 'stay') {
      for (let t = leg.fromSlot; t < Math.min(leg.untilSlot, slots); t++) places[t] = leg.terminal;
      standingCost += ((leg.untilSlot - leg.fromSlot) / per) * (fleet.places[leg.terminal]?.standingCost ?? NaN);
    } else {
      const step = leg.fromSlot / per;
      const steps = fleet.travelSteps[leg.from]?.[leg.to]?.[step] ?? null;
      if (steps === null || leg.from === leg.to)
        refuse(`cannot drive from ${name(leg.from)} to ${name(leg.to)} in slot ${leg.fromSlot}`);
      else if (leg.untilSlot - leg.fromSlot !== steps * per)
        refuse(
          `drives from ${name(leg.from)} to ${name(leg.to)} in ${leg.untilSlot - leg.fromSlot} slots instead of ${steps * per}`,
        );
      travelCost += fleet.travelCost[leg.from]?.[leg.to]?.[step] ?? NaN;
      at = leg.to;
    }
    slot = leg.untilSlot;
  }
  if (slot !== slots) refuse(`has a route until slot ${slot} of ${slots}`);
  if (at !== truck.end) refuse(`ends at ${name(at)} instead of ${name(truck.end)}`);
  for (const rule of truck.rules ?? [])
    for (let t = rule.fromSlot * per; t < rule.untilSlot * per; t++) {
      const place = places[t] ?? null;
      const stands = place !== null && rule.terminals.includes(place);
      if (rule.kind === 'only' && !stands) refuse(`is not where it must be in slot ${t}`);
      if (rule.kind === 'never' && stands) refuse(`is at ${name(place)} in slot ${t}, where it must not be`);
    }
  if (places.some((place, t) => place !== answer.placeBySlot[t])) refuse('is shown elsewhere than its legs lead');
  const money = { subject: truck.name, slot: null, unit: 'of money' };
  ledger.equal({ ...money, limit: 'truck travel', quantity: 'trips', value: answer.travelCost, bound: travelCost });
  const standing = { ...money, limit: 'truck standing', quantity: 'standing' };
  ledger.equal({ ...standing, value: answer.standingCost, bound: standingCost });
}

function checkEnergy(
  { slots, slotHours }: V2gProblem,
  fleet: TruckFleet,
  truck: OwnTruck,
  { legs, chargeKw, dischargeKw, energyKwh, placeBySlot }: TruckSchedule,
  ledger: Ledger,
): void {
  const driven = drivenKwh(fleet, truck, legs);
  let before = truck.initialKwh;
  energyKwh.forEach((energy, slot) => {
    const charge = chargeKw[slot]!;
    const discharge = dischargeKw[slot]!;
    const place = placeBySlot[slot] ?? null;
    const here = place === null ? undefined : fleet.places[place];
    const most = here === undefined || here.kind === 'depot' ? 0 : Math.min(truck.powerKw, here.powerKw);
    const sells = here?.kind === 'elsewhere' && here.dischargePerKwh === null ? 0 : most;
    const claim = (limit: string, quantity: string, value: number, bound: number, unit: string): Claim => {
      return { limit: `truck ${limit}`, subject: truck.name, slot, quantity, value, bound, unit };
    };
    ledger.least(claim('charge power', 'charge', charge, 0, 'kW'));
    ledger.most(claim('charge power', 'charge', charge, most, 'kW'));
    ledger.least(claim('discharge power', 'discharge', discharge, 0, 'kW'));
    ledger.most(claim('discharge power', 'discharge', discharge, sells, 'kW'));
    oneDirection(ledger, 'truck one direction', truck.name, slot, charge, discharge);
    const expected =
      before +
      truck.chargeEfficiency * charge * slotHours -
      (discharge * slotHours) / truck.dischargeEfficiency -
      (driven[slot] ?? 0);
    ledger.equal({ ...claim('energy balance', 'energy', energy, expected, 'kWh'), scale: truck.maxKwh });
    ledger.least({ ...claim('minimum energy', 'energy', energy, truck.minKwh, 'kWh'), scale: truck.maxKwh });
    ledger.most(claim('maximum energy', 'energy', energy, truck.maxKwh, 'kWh'));
    before = energy;
  });
  const final = { limit: 'truck final energy', quantity: 'energy at the end of the day', unit: 'kWh' };
  ledger.least({ ...final, subject: truck.name, slot: slots - 1, value: before, bound: truck.finalMinKwh });
}

/** What its trips take [slot], each evenly over its slots. */
function drivenKwh(fleet: TruckFleet, truck: OwnTruck, legs: TruckSchedule['legs']): number[] {
  const taken: number[] = [];
  for (const leg of legs) {
    if (leg.kind === 'stay') continue;
    const whole = fleet.travelKwh?.[leg.from]?.[leg.to]?.[leg.fromSlot / fleet.slotsPerStep] ?? 0;
    for (let slot = leg.fromSlot; slot < leg.untilSlot; slot++)
      taken[slot] = (whole * (truck.drivingFactor ?? 1)) / (leg.untilSlot - leg.fromSlot);
  }
  return taken;
}

function checkPlaces(
  { slots }: V2gProblem,
  { places }: TruckFleet,
  answers: readonly TruckSchedule[],
  ledger: Ledger,
): void {
  places.forEach(({ name, kind, truckCapacity, powerKw }, place) => {
    if (kind === 'depot') return;
    for (let slot = 0; slot < slots; slot++) {
      const here = answers.filter(({ placeBySlot }) => placeBySlot[slot] === place);
      const at = { subject: name, slot };
      const trucks = { ...at, limit: 'station places', quantity: 'trucks', unit: 'trucks' };
      ledger.most({ ...trucks, value: here.length, bound: truckCapacity });
      const netKw = here.reduce((sum, { chargeKw, dischargeKw }) => sum + dischargeKw[slot]! - chargeKw[slot]!, 0);
      const power = { ...at, limit: 'station power', quantity: 'power of all trucks', unit: 'kW' };
      ledger.most({ ...power, value: netKw, bound: powerKw });
      ledger.least({ ...power, value: netKw, bound: -powerKw });
    }
  });
}
