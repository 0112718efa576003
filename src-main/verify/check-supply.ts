/**
 * Wind and grid limits, the power balance, and the reserve:
 *
 *   (1 − loss)(Σ g + Σ w + import) + Σ storage, trucks (d − c) + Σ EV (d − c) − export = D_t + (1 − θ_t − Σ θ of single units) β_t
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Claim, Ledger } from './ledger.ts';
import { oneDirection } from './one-direction.ts';
import { gasResponseKw, respondedShare, storageResponseKw, worstGivenKwh } from './responses.ts';
import { deliveredKw, expectedDemandKw } from './plan-margins.ts';
import { truckReserveKw } from './truck-supply.ts';

export function checkSupply(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const givenKwh = problem.storage.map((_, k) => worstGivenKwh(problem, schedule, k));
  for (let slot = 0; slot < problem.slots; slot++) {
    checkWind(problem, schedule, slot, ledger);
    checkGrid(problem, schedule, slot, ledger);
    const answered = schedule.evShare[slot]! + respondedShare(schedule, slot);
    const keptKw = (1 - answered) * schedule.worstDeviationKw[slot]!;
    ledger.equal({
      limit: 'power balance',
      subject: 'power balance',
      slot,
      quantity: 'supply',
      value: deliveredKw(problem, schedule, slot),
      bound:
        expectedDemandKw(problem, slot) +
        keptKw +
        (schedule.offPlan?.setAsideKw[slot] ?? 0) +
        (schedule.undeliveredKw?.[slot] ?? 0),
      unit: 'kW',
    });
    checkReserve(problem, schedule, slot, (k) => givenKwh[k]!, ledger);
  }
}

function checkWind(problem: V2gProblem, schedule: V2gSchedule, slot: number, ledger: Ledger): void {
  problem.wind.forEach((park, k) => {
    const value = schedule.wind[k]!.outputKw[slot]!;
    const output = { limit: 'wind available', subject: `wind park ${park.name}`, slot, quantity: 'output', value };
    ledger.least({ ...output, bound: 0, unit: 'kW' });
    ledger.most({ ...output, bound: park.availableKw[slot]!, unit: 'kW' });
    const pinnedKw = park.pinnedKw?.[slot] ?? null;
    if (pinnedKw !== null) ledger.equal({ ...output, limit: 'wind output held', bound: pinnedKw, unit: 'kW' });
  });
}

function checkGrid(problem: V2gProblem, schedule: V2gSchedule, slot: number, ledger: Ledger): void {
  if (problem.grid === null || schedule.grid === null) return;
  const importLimitKw = problem.grid.importLimitKwAt?.[slot] ?? problem.grid.importLimitKw;
  const exportLimitKw = problem.grid.exportLimitKwAt?.[slot] ?? problem.grid.exportLimitKw;
  const flow = (limit: string, quantity: string, value: number, bound: number): Claim => ({
    limit,
    subject: 'grid',
    slot,
    quantity,
    value,
    bound,
    unit: 'kW',
  });
  const bought = schedule.grid.importKw[slot]!;
  const sold = schedule.grid.exportKw[slot]!;
  ledger.least(flow('grid import', 'import', bought, 0));
  ledger.most(flow('grid import', 'import', bought, importLimitKw));
  ledger.least(flow('grid export', 'export', sold, 0));
  ledger.most(flow('grid export', 'export', sold, exportLimitKw));
  oneDirection(ledger, 'grid one direction', 'grid', slot, bought, sold);
}

function checkReserve(
  problem: V2gProblem,
  schedule: V2gSchedule,
  slot: number,
  given: (storage: number) => Float64Array,
  ledger: Ledger,
): void {
  const { counts } = problem.reserve;
  const shareOfLoad = problem.reserve.shareOfLoadAt?.[slot] ?? problem.reserve.shareOfLoad;
  if (shareOfLoad === 0) return;
  let headroomKw = 0;
  problem.gas.forEach((unit, k) => {
    const { outputKw, on } = schedule.gas[k]!;
    const mostKw = unit.maxKwAt?.[slot] ?? unit.maxKw;
    headroomKw +=
      (counts === 'installed' || on[slot]! > 0.5 ? mostKw : 0) -
      outputKw[slot]! -
      gasResponseKw(problem, schedule, k, slot) -
      (schedule.services?.regulation?.gasKw[k]![slot] ?? 0);
  });
  if (counts === 'spinning') {
    headroomKw += truckReserveKw(problem, schedule, slot);
    problem.storage.forEach((unit, k) => {
      const { chargeKw, dischargeKw, energyKwh } = schedule.storage[k]!;
      const answerKw = storageResponseKw(schedule, k, slot) + (schedule.services?.regulation?.storageKw[k]![slot] ?? 0);
      const power = (unit.dischargeKwAt?.[slot] ?? unit.dischargeKw) - dischargeKw[slot]! + chargeKw[slot]! - answerKw;
      const leastKwh = unit.minKwhAt?.[slot] ?? unit.minKwh;
      const energy = ((energyKwh[slot]! - given(k)[slot]! - leastKwh) * unit.dischargeEfficiency) / problem.slotHours;
      headroomKw += Math.max(0, Math.min(power, energy));
    });
  }
  ledger.least({
    limit: 'reserve',
    subject: `reserve (${counts})`,
    slot,
    quantity: 'headroom',
    value: headroomKw,
    bound: shareOfLoad * problem.loadKw[slot]!,
    unit: 'kW',
    scale: problem.gas.reduce((sum, unit) => sum + unit.maxKw, 0),
  });
}
