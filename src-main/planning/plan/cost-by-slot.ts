/**
 * What each slot of a schedule costs, so that a part of the day can be added up [slot]. The rules are those of `CostItems`: a unit's
 * start or stop is paid in the slot it happens in, energy missing at departure in the last slot of the connection.
 */
import { costSegments } from '../../models/v2g/cost-segments.ts';
import type { GasUnit, V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { responseCostBySlot } from '../../verify/response-cost.ts';
import { serviceCostBySlot } from '../../verify/service-income.ts';
import { worstPrices } from '../../verify/worst-prices.ts';

export function costBySlot(problem: V2gProblem, schedule: V2gSchedule): Float64Array {
  const { slotHours } = problem;
  const cost = new Float64Array(problem.slots);
  const perHour = (slot: number, amount: number): void => void (cost[slot]! += amount * slotHours);
  const eachSlot = (values: readonly number[], pay: (slot: number, kw: number) => void): void =>
    values.forEach((kw, slot) => pay(slot, kw));

  problem.gas.forEach((unit, index) => addGas(unit, schedule.gas[index]!, slotHours, cost));
  problem.wind.forEach((park, index) =>
    eachSlot(schedule.wind[index]!.outputKw, (slot, kw) => perHour(slot, kw * park.maintenancePerKwh)),
  );
  problem.storage.forEach((unit, index) => {
    const { chargeKw, dischargeKw } = schedule.storage[index]!;
    for (const values of [chargeKw, dischargeKw])
      eachSlot(values, (slot, kw) => perHour(slot, kw * unit.degradationPerKwh));
  });
  addTrucks(problem, schedule, cost);
  const { grid } = problem;
  if (grid !== null && schedule.grid !== null) {
    eachSlot(schedule.grid.importKw, (slot, kw) => perHour(slot, kw * grid.buyPerKwh[slot]!));
    eachSlot(schedule.grid.exportKw, (slot, kw) => perHour(slot, -kw * grid.sellPerKwh[slot]!));
  }
  addPriceRisk(problem, schedule, cost);
  for (const bySlot of Object.values(serviceCostBySlot(problem, schedule)))
    bySlot.forEach((amount, slot) => (cost[slot]! += amount));
  responseCostBySlot(problem, schedule).forEach((amount, slot) => (cost[slot]! += amount));
  addOffPlan(problem, schedule, cost);
  schedule.evs.forEach((ev, index) => {
    eachSlot(ev.dischargeKw, (slot, kw) => perHour(slot, kw * problem.dischargePerKwh));
    const leaving = Math.min(problem.slots, problem.evs[index]!.departureSlot) - 1;
    cost[leaving]! += ev.unmetKwh * (problem.unmetPerKwh ?? 0);
  });
  return cost;
}

/** Wear, rent and energy from elsewhere in their slot, a trip in the slot it leaves in, standing evenly over the stay. */
function addTrucks({ trucks: fleet, stays, slotHours }: V2gProblem, schedule: V2gSchedule, cost: Float64Array): void {
  schedule.trucks?.forEach(({ legs, placeBySlot, chargeKw, dischargeKw }, k) => {
    if (!fleet) return;
    const { slotsPerStep, places } = fleet;
    for (const leg of legs)
      if (leg.kind === 'travel')
        cost[leg.fromSlot]! += fleet.travelCost[leg.from]?.[leg.to]?.[leg.fromSlot / slotsPerStep] ?? 0;
    placeBySlot.forEach((at, slot) => {
      const [charged, given] = [chargeKw[slot]! * slotHours, dischargeKw[slot]! * slotHours];
      cost[slot]! += (charged + given) * fleet.trucks[k]!.degradationPerKwh;
      if (at === null) return;
      const { kind, standingCost, chargePerKwh, dischargePerKwh } = places[at]!;
      cost[slot]! += standingCost / slotsPerStep;
      if (kind === 'elsewhere') cost[slot]! += charged * chargePerKwh - given * (dischargePerKwh ?? 0);
    });
  });
  schedule.stays?.forEach(({ chargeKw, dischargeKw }, k) =>
    chargeKw.forEach(
      (kw, slot) => (cost[slot]! += (kw + dischargeKw[slot]!) * slotHours * stays![k]!.rentPerKwh[slot]!),
    ),
  );
}

/** What cars off plan leave without at worst, in the last slot of each one's connection in proportion to what it lacks. */
function addOffPlan(problem: V2gProblem, schedule: V2gSchedule, cost: Float64Array): void {
  const { offPlan } = schedule;
  const lacking = (offPlan?.unmetKwh ?? []).reduce((sum, kwh) => sum + kwh, 0);
  if (!(lacking > 0)) return;
  offPlan!.unmetKwh.forEach((kwh, index) => {
    const leaving = Math.min(problem.slots, problem.evs[index]!.departureSlot) - 1;
    cost[Math.max(0, leaving)]! += ((schedule.cost.offPlan ?? 0) * kwh) / lacking;
  });
}

/** What the worst prices add, in the slots they add it to. */
function addPriceRisk({ grid, slotHours }: V2gProblem, schedule: V2gSchedule, cost: Float64Array): void {
  const worst = grid && worstPrices({ grid }, schedule);
  if (!grid || !schedule.grid || !worst) return;
  const { importKw, exportKw } = schedule.grid;
  importKw.forEach((kw, slot) => {
    cost[slot]! += kw * (worst.buyPerKwh[slot]! - grid.buyPerKwh[slot]!) * slotHours;
    cost[slot]! -= exportKw[slot]! * (worst.sellPerKwh[slot]! - grid.sellPerKwh[slot]!) * slotHours;
  });
}

function addGas(unit: GasUnit, plan: V2gSchedule['gas'][number], slotHours: number, cost: Float64Array): void {
  const segments = costSegments(unit);
  const committed = unit.commitment === 'committed';
  let wasOn = unit.initial.state === 'free' ? plan.on[0]! > 0.5 : unit.initial.state === 'on';
  plan.outputKw.forEach((kw, slot) => {
    const isOn = plan.on[slot]! > 0.5;
    let leftKw = kw;
    for (const { widthKw, slopePerKwh } of segments) {
      cost[slot]! += Math.min(leftKw, widthKw) * slopePerKwh * slotHours;
      leftKw = Math.max(0, leftKw - widthKw);
    }
    if (isOn) cost[slot]! += unit.noLoadPerHour * slotHours;
    if (committed && isOn && !wasOn) cost[slot]! += unit.startUpCost;
    if (committed && !isOn && wasOn) cost[slot]! += unit.shutDownCost;
    wasOn = isOn;
  });
}
