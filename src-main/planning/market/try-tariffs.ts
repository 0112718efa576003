/**
 * Demand response on the day of a plan: the cars left to their owners, who answer each tariff for their least bill, before the utility has set
 * it. Nothing is stored.
 */
import { Refusal } from '../../base/errors.ts';
import { bestTariffs } from '../../models/tariffs/demand-response.ts';
import { atOnce } from '../../models/tariffs/respond.ts';
import type { TariffGround } from '../../models/tariffs/tariff.ts';
import { horizonView } from '../plan/plan-view.ts';
import { planHorizon } from '../plan/plan-horizon.ts';
import { readPlan } from '../plan/approve-plan.ts';
import type { PlanStore } from '../ports.ts';

export interface TariffWish {
  planId: string;
  /** Flat price over what charging at once costs the utility, per kWh. */
  marginPerKwh: number;
  /** Cost of a kW of the day's highest demand. */
  peakPerKw: number;
}

/** @throws Refusal `plan-not-found`, `plan-corrupt`, `bad-request` without a market or without cars */
export function tryTariffs(store: PlanStore, { planId, marginPerKwh, peakPerKw }: TariffWish) {
  const plan = readPlan(store, planId);
  const { problem } = plan;
  const { evs, grid, slots, slotHours, loadKw } = problem;
  if (!grid)
    throw new Refusal('bad-request', {
      call: 'tariffs',
      problem: 'the site of this plan has no connection to a market',
    });
  const atOnceKw = new Array<number>(slots).fill(0);
  for (const ev of evs) atOnce(ev, slots, slotHours).forEach((kw, slot) => (atOnceKw[slot]! += kw));
  const energyKwh = slotHours * atOnceKw.reduce((sum, kw) => sum + kw, 0);
  if (!(energyKwh > 0)) throw new Refusal('bad-request', { call: 'tariffs', problem: `no car charges on ${plan.day}` });
  const cost = slotHours * atOnceKw.reduce((sum, kw, slot) => sum + kw * grid.buyPerKwh[slot]!, 0);
  const ground: TariffGround = {
    slotHours,
    wholesalePerKwh: grid.buyPerKwh,
    loadKw,
    atOnceKw,
    flatPerKwh: cost / energyKwh + marginPerKwh,
  };
  const outcomes = bestTariffs(evs, ground, { peakPerKw });
  const [flat] = outcomes;
  return {
    planId,
    day: plan.day,
    currency: problem.currency,
    horizon: horizonView(planHorizon(plan)),
    cars: evs.reduce((sum, { cars }) => sum + cars, 0),
    energyKwh,
    flatPerKwh: ground.flatPerKwh,
    peakPerKw,
    loadKw: Float64Array.from(loadKw),
    wholesalePerKwh: Float64Array.from(grid.buyPerKwh),
    outcomes: outcomes.map(({ tariff, carsKw, ...accounts }) => ({
      ...accounts,
      kind: tariff.kind,
      pricePerKwh: Float64Array.from(tariff.pricePerKwh),
      event: Float64Array.from(tariff.event?.slots ?? [], Number),
      paidPerKwh: tariff.event?.paidPerKwh ?? 0,
      carsKw: Float64Array.from(carsKw),
      /** Against the flat tariff: what owners gain, and what the utility does. */
      ownersGain: flat!.bills - accounts.bills,
      utilityGains: flat!.utilityCost - accounts.utilityCost,
    })),
  };
}
