/** Every item of the cost computed anew from the schedule, their sum, and the objective with the throughput tie-break. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { CostItems, V2gSchedule } from '../models/v2g/schedule.ts';
import { chordCostPerHour } from './chord-cost.ts';
import type { Ledger } from './ledger.ts';
import { worstOffPlanCost } from './off-plan.ts';
import { responseCostBySlot } from './response-cost.ts';
import { serviceCostBySlot } from './service-income.ts';
import { worstPrices } from './worst-prices.ts';

export function checkCost(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const items = recomputedCost(problem, schedule);
  const total = sum(Object.values(items));
  const scale = sum(Object.values(items).map(Math.abs));
  const equal = (limit: string, value: number, bound: number): void =>
    ledger.equal({ limit, subject: 'cost', slot: null, quantity: limit, value, bound, unit: problem.currency, scale });
  for (const key of Object.keys(items) as (keyof CostItems)[])
    equal(`cost of ${words(key)}`, schedule.cost[key] ?? NaN, items[key] ?? NaN);
  equal('total cost', schedule.totalCost, total);
  equal('objective', schedule.objective, total + throughputCost(problem, schedule));
}

export function recomputedCost(problem: V2gProblem, schedule: V2gSchedule): CostItems {
  const { slotHours } = problem;
  const cost: CostItems = {
    generation: 0,
    noLoad: 0,
    startUp: 0,
    shutDown: 0,
    windMaintenance: 0,
    storageWear: 0,
    gridPurchase: 0,
    gridSale: 0,
    evDischarge: 0,
    unmetEnergy: 0,
  };
  problem.gas.forEach((unit, k) => {
    const { outputKw, on } = schedule.gas[k]!;
    let wasOn = unit.initial.state === 'free' ? on[0]! > 0.5 : unit.initial.state === 'on';
    outputKw.forEach((kw, slot) => {
      const isOn = unit.commitment === 'always-on' ? unit.maxKwAt?.[slot] !== 0 : on[slot]! > 0.5;
      cost.generation += chordCostPerHour(unit, kw) * slotHours;
      if (isOn) cost.noLoad += unit.noLoadPerHour * slotHours;
      if (unit.commitment === 'committed' && isOn && !wasOn) cost.startUp += unit.startUpCost;
      if (unit.commitment === 'committed' && !isOn && wasOn) cost.shutDown += unit.shutDownCost;
      wasOn = isOn;
    });
  });
  problem.wind.forEach((park, k) => {
    cost.windMaintenance += sum(schedule.wind[k]!.outputKw) * slotHours * park.maintenancePerKwh;
  });
  problem.storage.forEach((unit, k) => {
    const { chargeKw, dischargeKw } = schedule.storage[k]!;
    cost.storageWear += (sum(chargeKw) + sum(dischargeKw)) * slotHours * unit.degradationPerKwh;
  });
  addTrucks(problem, schedule, cost);
  const { grid } = problem;
  if (grid !== null && schedule.grid !== null)
    for (let slot = 0; slot < problem.slots; slot++) {
      cost.gridPurchase += schedule.grid.importKw[slot]! * grid.buyPerKwh[slot]! * slotHours;
      cost.gridSale -= schedule.grid.exportKw[slot]! * grid.sellPerKwh[slot]! * slotHours;
    }
  if (schedule.responseShare !== undefined) cost.response = sum(Array.from(responseCostBySlot(problem, schedule)));
  if (schedule.offPlan !== undefined) cost.offPlan = worstOffPlanCost(problem, schedule);
  for (const [key, bySlot] of Object.entries(serviceCostBySlot(problem, schedule)))
    cost[key as 'peakCharge'] = sum(bySlot);
  const worst = worstPrices(problem, schedule);
  if (worst !== null) cost.priceRisk = worst.risk;
  for (const ev of schedule.evs) {
    cost.evDischarge += sum(ev.dischargeKw) * slotHours * problem.dischargePerKwh;
    cost.unmetEnergy += ev.unmetKwh * (problem.unmetPerKwh ?? 0);
  }
  return cost;
}

/** Trips and standing by what the routes say they cost, which the check of routes compares with the roads. */
function addTrucks({ trucks: fleet, stays, slotHours }: V2gProblem, schedule: V2gSchedule, cost: CostItems): void {
  if (fleet) {
    cost.truckTravel = sum((schedule.trucks ?? []).map(({ travelCost }) => travelCost));
    cost.truckStanding = sum((schedule.trucks ?? []).map(({ standingCost }) => standingCost));
    cost.truckWear = 0;
    cost.truckEnergy = 0;
    for (const [k, { chargeKw, dischargeKw, placeBySlot }] of (schedule.trucks ?? []).entries()) {
      cost.truckWear += (sum(chargeKw) + sum(dischargeKw)) * slotHours * fleet.trucks[k]!.degradationPerKwh;
      for (const [slot, at] of placeBySlot.entries()) {
        const place = at === null ? undefined : fleet.places[at];
        if (place?.kind !== 'elsewhere') continue;
        cost.truckEnergy += chargeKw[slot]! * place.chargePerKwh * slotHours;
        cost.truckEnergy -= dischargeKw[slot]! * (place.dischargePerKwh ?? 0) * slotHours;
      }
    }
  }
  if (stays)
    cost.truckRent = sum(
      stays.flatMap(({ rentPerKwh }, k) =>
        rentPerKwh.map((rent, slot) => {
          const { chargeKw, dischargeKw } = schedule.stays![k]!;
          return rent * (chargeKw[slot]! + dischargeKw[slot]!) * slotHours;
        }),
      ),
    );
}

/** On coordinated cars and on reactive power; part of the objective, not of the cost. */
export function throughputCost(problem: V2gProblem, schedule: V2gSchedule): number {
  const kvar = sum((schedule.network?.reactiveKvar ?? []).map((own) => sum(own.map(Math.abs))));
  const reactive = kvar * problem.slotHours * (problem.network?.reactivePerKvarh ?? 0);
  if (problem.charging === 'uncoordinated') return reactive;
  const throughputKw = sum(schedule.evs.map((ev) => sum(ev.chargeKw) + sum(ev.dischargeKw)));
  return throughputKw * problem.slotHours * problem.throughputPerKwh + reactive;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
