/**
 * The worst deviation β_t, the EV pool's share θ_t of it, and whether pool and committed supply stand it: β and the worst energy are
 * computed anew from the half-widths or the set of days (set-worst-day.ts). Where the account is kept by car, what stands behind θ_t is checked
 * in `checkStandby`.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Claim, Ledger } from './ledger.ts';
import { isKeptByCar } from './kept-by-car.ts';
import { planMargins } from './plan-margins.ts';
import { respondedShare } from './responses.ts';
import { worstPoolEnergyKwh, worstTotals } from './worst-case.ts';

export function checkPool(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { slots, slotHours, recourse } = problem;
  const margins = planMargins(problem, schedule);
  const worst = worstTotals(problem);
  const worstKwh = worstPoolEnergyKwh(problem, schedule.evShare);
  const fleetKwh = problem.evs.reduce((sum, ev) => sum + ev.maxKwh, 0);
  let claimedKwh = 0;
  for (let slot = 0; slot < slots; slot++) {
    const at = (limit: string, quantity: string, value: number, bound: number, unit: string): Claim => ({
      limit,
      subject: limit === 'worst case' ? 'worst case' : 'EV pool',
      slot,
      quantity,
      value,
      bound,
      unit,
    });
    const share = schedule.evShare[slot]!;
    const beta = schedule.worstDeviationKw[slot]!;
    const deviation = {
      ...at('worst deviation', 'worst deviation', beta, worst[slot]!, 'kW'),
      subject: 'uncertainty set',
    };
    ledger.equal(deviation);
    ledger.least(at('EV pool share', 'share', share, 0, 'of 1'));
    ledger.most(at('EV pool share', 'share', share, margins.connected[slot]!, 'of 1'));
    if (recourse !== 'optimal' && margins.connected[slot] === 1)
      ledger.equal(at('EV pool share', 'share', share, recourse, 'of 1'));
    const demandKw = problem.loadKw[slot]!;
    const keptKw = (1 - share - respondedShare(schedule, slot)) * worst[slot]!;
    const surplus = at('worst case', 'surplus', margins.supplyKw[slot]!, keptKw, 'kW');
    ledger.least({ ...surplus, scale: demandKw });
    if (isKeptByCar(problem)) continue;
    claimedKwh += slotHours * share * beta;
    const account = margins.accountKwh[slot]!;
    if (margins.connected[slot] === 1)
      ledger.least(at('EV pool power', 'power in hand', margins.poolKw[slot]!, share * beta, 'kW'));
    // With slots on their own the plan sets aside the sum of its claims; a set of days is judged by its worst day below.
    if (account < Infinity && !problem.uncertainty.set)
      ledger.least({ ...at('EV pool energy', 'energy in hand', account, claimedKwh, 'kWh'), scale: fleetKwh });
    ledger.least(at('worst case', 'EV power', margins.poolKw[slot]!, share * worst[slot]!, 'kW'));
    if (account < Infinity)
      ledger.least({ ...at('worst case', 'EV energy', account, worstKwh[slot]!, 'kWh'), scale: fleetKwh });
  }
}
