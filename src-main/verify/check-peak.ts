/** The peak: the highest slot as metered, signals included, never below what the period has seen and never above a cap. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Ledger } from './ledger.ts';
import { expectedDemandKw } from './plan-margins.ts';
import { mostInSlot } from './replay-signals.ts';

const limit = 'peak';

export function checkPeak(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const peak = problem.services?.peak;
  const told = schedule.services?.peak;
  if (!peak || !told) {
    if (peak) ledger.refuse(limit, 'the plan says nothing of its peak');
    return;
  }
  const metered = meteredKw(problem, schedule);
  const highest = Math.max(peak.soFarKw, ...metered);
  const own = { limit, subject: 'the site', unit: 'kW' };
  ledger.equal({ ...own, slot: null, quantity: 'peak', value: told.peakKw, bound: highest });
  metered.forEach((value, slot) => {
    const capKw = peak.capKw[slot] ?? null;
    if (capKw !== null) ledger.most({ ...own, slot, quantity: 'metered power', value, bound: capKw });
  });
}

/** What the peak is taken of [slot], with the mean that regulation downwards may add. */
export function meteredKw(problem: V2gProblem, schedule: V2gSchedule): number[] {
  const { slots, slotHours, services, lossShare } = problem;
  const held = schedule.services?.regulation;
  return Array.from({ length: slots }, (_, slot) => {
    const offered = held
      ? [...held.gasKw, ...held.storageKw, ...held.evKw].reduce((sum, own) => sum + own[slot]!, 0)
      : 0;
    const share = held ? mostInSlot(services!.regulation!.signals, slots, slotHours, slot) / (1 - lossShare) : 0;
    if (services?.peak?.of === 'import') return (schedule.grid?.importKw[slot] ?? 0) + share * offered;
    let netKw = expectedDemandKw(problem, slot);
    for (const unit of schedule.storage) netKw += unit.chargeKw[slot]! - unit.dischargeKw[slot]!;
    if (problem.charging === 'coordinated')
      for (const ev of schedule.evs) netKw += ev.chargeKw[slot]! - ev.dischargeKw[slot]!;
    return netKw + share * offered;
  });
}
