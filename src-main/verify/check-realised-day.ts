/**
 * The independent check of a day that was carried out: from its flows alone, supply meets demand in every slot, batteries hold what flowed
 * into them, chargers, wind and the connection stay within their limits, and the money adds up.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { checkGas } from './check-gas.ts';
import { checkStorage } from './check-storage.ts';
import { Ledger } from './ledger.ts';
import { connectedSlots } from './plan-margins.ts';
import type { RealDay, RealisedDay } from './realised-day.ts';
import { truckSupplyKw } from './truck-supply.ts';
import type { CheckReport } from './types.ts';

export function checkRealisedDay(
  problem: V2gProblem,
  schedule: V2gSchedule,
  real: RealDay,
  day: RealisedDay,
): CheckReport {
  const ledger = new Ledger();
  for (let slot = 0; slot < problem.slots; slot++) {
    checkBalance(problem, schedule, real, day, slot, ledger);
    checkConnection(problem, schedule, day, slot, ledger);
    problem.wind.forEach((park, k) => {
      const output = {
        limit: 'wind available',
        subject: `wind park ${park.name}`,
        slot,
        quantity: 'output',
        unit: 'kW',
      };
      ledger.least({ ...output, value: day.windKw[k]![slot]!, bound: 0 });
      ledger.most({ ...output, value: day.windKw[k]![slot]!, bound: real.windKw[k]![slot]! });
    });
  }
  if (problem.charging === 'coordinated') problem.evs.forEach((_, index) => checkCar(problem, day, index, ledger));
  const carriedOut: V2gSchedule = { ...schedule, ...day.carriedOut };
  checkGas(problem, carriedOut, ledger);
  checkStorage(problem, carriedOut, ledger);
  checkMoney(problem, real, day, ledger);
  return ledger.report();
}

function checkBalance(
  problem: V2gProblem,
  schedule: V2gSchedule,
  real: RealDay,
  day: RealisedDay,
  slot: number,
  ledger: Ledger,
): void {
  const at = (series: readonly number[]): number => series[slot]!;
  const sum = (all: readonly (readonly number[])[]): number => all.reduce((total, series) => total + at(series), 0);
  const generated = sum([...day.carriedOut.gas.map(({ outputKw }) => outputKw), ...day.windKw]);
  const traded = schedule.grid === null ? 0 : at(schedule.grid.importKw);
  const sold = schedule.grid === null ? 0 : at(schedule.grid.exportKw);
  const stored =
    sum(day.carriedOut.storage.map(({ dischargeKw }) => dischargeKw)) -
    sum(day.carriedOut.storage.map(({ chargeKw }) => chargeKw));
  const trucks = truckSupplyKw(problem, schedule, slot);
  const cars =
    problem.charging === 'coordinated'
      ? sum(day.evs.map(({ dischargeKw }) => dischargeKw)) - sum(day.evs.map(({ chargeKw }) => chargeKw))
      : -sum(problem.uncoordinatedKw);
  const came =
    (1 - problem.lossShare) * (generated + traded) + stored + trucks + cars + at(day.boughtKw) + at(day.unservedKw);
  const lost = schedule.network?.lossKw[slot] ?? 0;
  const went = at(real.loadKw) + at(real.extraChargingKw) + lost + sold + at(day.soldKw) + at(day.spilledKw);
  const balance = { limit: 'energy balance', subject: 'the day as carried out', slot, quantity: 'supply' };
  ledger.equal({ ...balance, value: came, bound: went, unit: 'kW', scale: generated + traded });
}

function checkConnection(
  { grid, lossShare }: V2gProblem,
  { grid: planned }: V2gSchedule,
  day: RealisedDay,
  slot: number,
  ledger: Ledger,
): void {
  const inwardKw = day.boughtKw[slot]! - day.soldKw[slot]!;
  const flow = { limit: 'connection', subject: 'grid', slot, unit: 'kW' };
  if (grid === null || planned === null) {
    ledger.equal({ ...flow, quantity: 'real-time trade without a connection', value: inwardKw, bound: 0 });
    return;
  }
  // Net flow at the load: what is imported passes the losses, what is exported does not.
  const netKw = (1 - lossShare) * planned.importKw[slot]! - planned.exportKw[slot]! + inwardKw;
  const most = (1 - lossShare) * (grid.importLimitKwAt?.[slot] ?? grid.importLimitKw);
  const out = grid.exportLimitKwAt?.[slot] ?? grid.exportLimitKw;
  ledger.most({ ...flow, quantity: 'net import', value: netKw, bound: most });
  ledger.least({ ...flow, quantity: 'net import', value: netKw, bound: -out });
}

function checkCar(problem: V2gProblem, day: RealisedDay, index: number, ledger: Ledger): void {
  const ev = problem.evs[index]!;
  const { chargeKw, dischargeKw, energyKwh, unmetKwh } = day.evs[index]!;
  const { from, until } = connectedSlots(ev, problem.slots);
  const own = { subject: `EV ${ev.id}`, unit: 'kWh', scale: ev.maxKwh };
  let heldKwh = ev.initialKwh;
  for (let slot = 0; slot < problem.slots; slot++) {
    const connected = slot >= from && slot < until;
    const power = { ...own, slot, unit: 'kW', limit: 'EV power' };
    ledger.most({ ...power, quantity: 'charge', value: chargeKw[slot]!, bound: connected ? ev.chargeKw : 0 });
    ledger.most({ ...power, quantity: 'discharge', value: dischargeKw[slot]!, bound: connected ? ev.dischargeKw : 0 });
    ledger.most({ ...power, quantity: 'both ways', value: Math.min(chargeKw[slot]!, dischargeKw[slot]!), bound: 0 });
    if (!connected) continue;
    heldKwh +=
      problem.slotHours * ev.efficiency * chargeKw[slot]! - (problem.slotHours * dischargeKw[slot]!) / ev.efficiency;
    ledger.equal({ ...own, slot, limit: 'EV energy', quantity: 'energy', value: energyKwh[slot]!, bound: heldKwh });
    ledger.least({ ...own, slot, limit: 'EV energy', quantity: 'energy', value: heldKwh, bound: ev.minKwh });
    ledger.most({ ...own, slot, limit: 'EV energy', quantity: 'energy', value: heldKwh, bound: ev.maxKwh });
  }
  const left = {
    ...own,
    slot: null,
    limit: 'EV departure',
    quantity: 'energy and what is missing',
    bound: ev.requiredKwh,
  };
  ledger.least({ ...left, value: heldKwh + unmetKwh, scale: 10 * ev.maxKwh });
}

function checkMoney(problem: V2gProblem, real: RealDay, day: RealisedDay, ledger: Ledger): void {
  const { slotHours } = problem;
  let realTime = 0;
  let wind = 0;
  for (let slot = 0; slot < problem.slots; slot++) {
    if (day.boughtKw[slot]! > 0) realTime += day.boughtKw[slot]! * slotHours * real.settlement.shortPerKwh[slot]!;
    realTime -= day.soldKw[slot]! * slotHours * real.settlement.surplusPerKwh[slot]!;
    realTime += day.unservedKw[slot]! * slotHours * real.settlement.unservedPerKwh;
    problem.wind.forEach((park, k) => (wind += day.windKw[k]![slot]! * slotHours * park.maintenancePerKwh));
  }
  const { cost } = day;
  const money = { limit: 'money', subject: 'the day as carried out', slot: null, unit: problem.currency };
  const claimed = cost.balancingPurchase + cost.balancingSale + cost.unserved;
  ledger.equal({ ...money, quantity: 'real-time settlement', value: claimed, bound: realTime });
  ledger.equal({ ...money, quantity: 'wind maintenance', value: cost.windMaintenance, bound: wind });
  const total = Object.values(cost).reduce((sum, amount) => sum + amount, 0);
  ledger.equal({ ...money, quantity: 'total', value: day.totalCost, bound: total });
}
