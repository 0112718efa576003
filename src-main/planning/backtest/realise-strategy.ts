/** A strategy's plan carried out on the real day, checked twice over, and put into the numbers a back-test keeps. */
import { Refusal } from '../../base/errors.ts';
import { slotLabel, type Horizon } from '../../base/horizon.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { checkRealisedDay } from '../../verify/check-realised-day.ts';
import { realiseDay } from '../../verify/realise-day.ts';
import type { RealDay, RealisedDay } from '../../verify/realised-day.ts';
import { realisedNetwork, type RealisedNetwork } from '../../verify/realised-network.ts';
import { shortageTolerance } from '../../verify/shortages.ts';
import type { DayInputs } from '../plan/build-problem.ts';
import type { ActualDay } from './real-day.ts';
import { foresightGaps } from './perfect-foresight.ts';
import type { StrategyPlan } from './plan-strategy.ts';
import type { Strategy } from './strategy.ts';
import type { RealisedNetworkDay, RealisedStrategyDay } from './strategy-day.ts';

/** The actual day as it meets a problem: wind by park, charging as what it was beyond the expectation. */
export function realDayOf(
  problem: V2gProblem,
  actual: ActualDay,
  expectedChargingKw: readonly (readonly number[])[],
  day: string,
  settlement: RealDay['settlement'],
  parkShares: readonly number[],
): RealDay {
  const all = parkShares.reduce((sum, share) => sum + share, 0);
  return {
    label: day,
    loadKw: actual.loadKw,
    windKw: problem.wind.map((_, k) => actual.windKw.map((kw) => (kw * parkShares[k]!) / all)),
    extraChargingKw: Array.from({ length: problem.slots }, (_, slot) =>
      actual.chargingKw.reduce((sum, of, a) => sum + of[slot]! - expectedChargingKw[a]![slot]!, 0),
    ),
    extraByAggregatorKw: actual.chargingKw.map((of, a) => of.map((kw, slot) => kw - expectedChargingKw[a]![slot]!)),
    settlement,
  };
}

/** @throws Refusal `plan-fails-check` when plan or realised day does not pass its independent check: a bug, told as a failed day. */
export function realiseStrategy(
  strategy: Strategy,
  { problem, schedule, protection, gap, dial }: StrategyPlan,
  real: RealDay,
  { horizon, network }: Pick<DayInputs, 'horizon' | 'network'>,
): Omit<RealisedStrategyDay, 'strategy' | 'solveSeconds'> {
  const foresight = strategy.kind === 'perfect';
  // With perfect foresight the day is the plan: nothing deviates from it.
  const met: RealDay = foresight
    ? { ...real, loadKw: problem.loadKw, extraChargingKw: problem.loadKw.map(() => 0) }
    : real;
  const realised = realiseDay(problem, schedule, met);
  for (const report of [checkPlan(asPlanned(problem), schedule), checkRealisedDay(problem, schedule, met, realised)])
    if (!report.passed)
      throw new Refusal('plan-fails-check', { id: `for ${real.label}`, limit: report.breaches[0]?.sentence ?? '' });
  const gaps = foresight ? foresightGaps(schedule) : null;
  const unservedKw = gaps?.unservedKw ?? realised.unservedKw;
  const shortKw = gaps?.unservedKw ?? realised.shortKw;
  const kwh = (kw: readonly number[]): number =>
    kw.reduce((sum, each) => (each > shortageTolerance ? sum + each : sum), 0) * problem.slotHours;
  const violated = [...shortKw.keys()].filter((slot) => shortKw[slot]! > shortageTolerance);
  const [first] = violated;
  return {
    state: 'realised',
    day: real.label,
    protection,
    plannedCost: schedule.totalCost,
    gap: Number.isFinite(gap) ? gap : null,
    realisedCost: realised.totalCost,
    cost: foresight ? unservedApart(realised, kwh(unservedKw) * real.settlement.unservedPerKwh) : realised.cost,
    slots: problem.slots,
    violatedSlots: violated.length,
    firstViolation: first === undefined ? null : slotLabel(horizon, first),
    shortKwh: kwh(shortKw),
    boughtKwh: kwh(realised.boughtKw),
    askedOfCarsKwh: kwh(realised.askedOfCarsKw),
    unservedKwh: kwh(unservedKw),
    soldKwh: kwh(realised.soldKw),
    spilledKwh: kwh(gaps?.spilledKw ?? realised.spilledKw),
    curtailedKwh: kwh(realised.curtailedKw),
    availableWindKwh: real.windKw.reduce((sum, park) => sum + kwh(park), 0),
    promises: realised.promises,
    unmetKwh: realised.evs.reduce((sum, { unmetKwh }) => sum + unmetKwh, 0),
    dial,
    network: network ? networkDay(realisedNetwork(problem, schedule, network, real, realised), horizon) : null,
  };
}

/** A network that was not planned with is judged by what flowed, not by what might have. */
function asPlanned(problem: V2gProblem): V2gProblem {
  if (problem.network?.model !== 'unconstrained') return problem;
  const { network: _, ...plain } = problem;
  return plain;
}

const networkDay = (
  { voltageSlots, lineSlots, unsolvedSlots, lowestPu, lowestBus, lowestSlot }: RealisedNetwork,
  horizon: Horizon,
): RealisedNetworkDay => ({
  voltageSlots: voltageSlots.length,
  lineSlots: lineSlots.length,
  unsolvedSlots: unsolvedSlots.length,
  lowestPu: Number.isFinite(lowestPu) ? lowestPu : null,
  lowestBus,
  lowestAt: slotLabel(horizon, lowestSlot),
});

/** What its program pays for unserved energy stands among the wear of storage. */
function unservedApart({ cost }: RealisedDay, unserved: number): RealisedDay['cost'] {
  return { ...cost, storageWear: cost.storageWear - unserved, unserved };
}
