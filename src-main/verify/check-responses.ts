/**
 * Shares that single units take of a deviation: none negative, together with the EV pool's no more than all of it, and on the worst day of each
 * limit within it: a gas unit's output and ramps (one of two neighbouring slots deviates), a storage unit's power, energy and final energy.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Ledger } from './ledger.ts';
import { gasResponseKw, respondedShare, storageResponseKw, worstGivenKwh } from './responses.ts';

const limit = 'response';

export function checkResponses(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { responseShare } = schedule;
  if (responseShare === undefined) return;
  if (problem.responders !== 'each-resource') ledger.refuse(limit, 'single units take shares nobody asked them to');
  for (let slot = 0; slot < problem.slots; slot++) {
    const all = { limit, subject: 'all who answer', slot, quantity: 'share of a deviation', unit: 'of 1' };
    ledger.most({ ...all, value: schedule.evShare[slot]! + respondedShare(schedule, slot), bound: 1 });
    for (const own of [...responseShare.gas, ...responseShare.storage])
      ledger.least({ ...all, subject: 'a unit', value: own[slot]!, bound: 0 });
  }
  problem.gas.forEach((_, k) => checkUnit(problem, schedule, k, ledger));
  problem.storage.forEach((_, k) => checkStore(problem, schedule, k, ledger));
}

function checkUnit(problem: V2gProblem, schedule: V2gSchedule, k: number, ledger: Ledger): void {
  const unit = problem.gas[k]!;
  const { outputKw, on } = schedule.gas[k]!;
  const rampKw = unit.rampKwPerHour * problem.slotHours;
  const stepKw = Math.max(rampKw, unit.minKw);
  const isOn = (slot: number): boolean =>
    unit.commitment === 'always-on' ? unit.maxKwAt?.[slot] !== 0 : on[slot]! > 0.5;
  const own = { limit, subject: `gas unit ${unit.name}`, unit: 'kW', scale: unit.maxKw };
  for (let slot = 0; slot < problem.slots; slot++) {
    const response = gasResponseKw(problem, schedule, k, slot);
    const mostKw = isOn(slot) ? (unit.maxKwAt?.[slot] ?? unit.maxKw) : 0;
    ledger.most({ ...own, slot, quantity: 'output with its response', value: outputKw[slot]! + response, bound: mostKw }); // prettier-ignore
    if (slot === 0) {
      const { initial } = unit;
      if (initial.state === 'free' || initial.outputKw === null) continue;
      const wasOn = unit.commitment === 'always-on' || initial.state === 'on';
      const rise = outputKw[0]! + response - initial.outputKw;
      ledger.most({ ...own, slot, quantity: 'rise with its response', value: rise, bound: wasOn ? rampKw : stepKw });
      continue;
    }
    const before = outputKw[slot - 1]!;
    const rise = outputKw[slot]! + response - before;
    ledger.most({ ...own, slot, quantity: 'rise with its response', value: rise, bound: isOn(slot - 1) ? rampKw : stepKw }); // prettier-ignore
    const fall = before + gasResponseKw(problem, schedule, k, slot - 1) - outputKw[slot]!;
    ledger.most({ ...own, slot, quantity: 'fall after its response', value: fall, bound: isOn(slot) ? rampKw : stepKw }); // prettier-ignore
  }
}

function checkStore(problem: V2gProblem, schedule: V2gSchedule, k: number, ledger: Ledger): void {
  const unit = problem.storage[k]!;
  const { chargeKw, dischargeKw, energyKwh } = schedule.storage[k]!;
  const given = worstGivenKwh(problem, schedule, k);
  const own = { limit, subject: `storage ${unit.name}` };
  for (let slot = 0; slot < problem.slots; slot++) {
    const power = dischargeKw[slot]! - chargeKw[slot]! + storageResponseKw(schedule, k, slot);
    const powerKw = unit.dischargeKwAt?.[slot] ?? unit.dischargeKw;
    ledger.most({ ...own, slot, quantity: 'power with its response', value: power, bound: powerKw, unit: 'kW' });
    const energy = { ...own, slot, quantity: 'energy with its responses', unit: 'kWh', scale: unit.maxKwh };
    const left = energyKwh[slot]! - given[slot]!;
    ledger.least({ ...energy, value: left, bound: unit.minKwhAt?.[slot] ?? unit.minKwh });
    if (slot === problem.slots - 1) ledger.least({ ...energy, value: left, bound: unit.finalMinKwh });
  }
}
