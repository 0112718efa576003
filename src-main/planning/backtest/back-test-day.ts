/** One past day: everything refitted from what was known at its gate, planned under each strategy, carried out on the day as it was. */
import type { CancelSignal } from '../../base/cancel.ts';
import { Refusal, toErrorReport } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import type { RealDay } from '../../verify/realised-day.ts';
import { buildProblem, type DayInputs } from '../plan/build-problem.ts';
import { networkOf } from '../network/network-of.ts';
import { dayPrices } from '../prices/day-prices.ts';
import { fitDay } from '../sets/fit-day.ts';
import type { SetOptions } from '../sets/fit-sets.ts';
import { mobileStorageOf, roadsOf } from '../sms/mobile-tools.ts';
import { ownFleet } from '../sms/own-fleet.ts';
import { stationBuses, withBuses } from '../sms/station-buses.ts';
import { siteOf, type PlanTools } from '../tools.ts';
import { knownAtGate } from './known-at-gate.ts';
import { planStrategy, type PlannedDay } from './plan-strategy.ts';
import { actualDay } from './real-day.ts';
import { realDayOf, realiseStrategy } from './realise-strategy.ts';
import { settlementOf, type SettlementWish } from './settlement.ts';
import { hasTrucks, parseStrategy } from './strategy.ts';
import type { StrategyDay } from './strategy-day.ts';

export interface DayWish {
  fit: Pick<SetOptions, 'method' | 'shape' | 'nominal' | 'windowDays'>;
  settlement: SettlementWish;
  timeLimitSeconds: number;
}

/**
 * `onResult` is called as each strategy is known. A strategy, or the whole day, that fails is a result that says why.
 * @throws Refusal `cancelled`, `no-site`
 */
export async function backTestDay(
  tools: PlanTools,
  wish: DayWish,
  day: string,
  strategies: readonly string[],
  signal: CancelSignal,
  onResult: (result: StrategyDay) => Promise<void>,
): Promise<void> {
  const failed = (strategy: string, thrown: unknown): StrategyDay => {
    if (thrown instanceof Refusal && thrown.code === 'cancelled') throw thrown;
    const { code, message } = toErrorReport(thrown);
    return { state: 'failed', day, strategy, code, problem: message };
  };
  let prepared: PreparedDay;
  try {
    prepared = await prepare(tools, wish, day, signal);
  } catch (thrown) {
    for (const strategy of strategies) await onResult(failed(strategy, thrown));
    return;
  }
  let trucks: ReturnType<typeof trucksOf> | null = null;
  for (const name of strategies) {
    await tools.clock.nextTurn();
    if (signal.cancelled) throw new Refusal('cancelled', { what: 'The back-test' });
    const own = hasTrucks(name) ? (trucks ??= trucksOf(tools, prepared.planned.inputs.horizon, signal)) : null;
    const outcome = async (): Promise<StrategyDay> =>
      carriedOut(tools, wish, own === null ? prepared : withTrucks(prepared, await own), name, signal);
    await onResult(await outcome().catch((thrown: unknown) => failed(name, thrown)));
  }
}

export interface PreparedDay {
  planned: PlannedDay;
  real: RealDay;
}

/** The own trucks of a day as mobile storage defines them; the roads and their hours are the same on every day. */
async function trucksOf({ store, clock }: PlanTools, horizon: Horizon, signal: CancelSignal) {
  const storage = mobileStorageOf(store);
  const own = await ownFleet(storage, roadsOf(store, storage), horizon, () => clock.nextTurn(), signal);
  const fleet = withBuses(own.fleet, stationBuses(store, own.storage));
  return { trucks: fleet };
}

/** Only `real` has seen the day itself. */
export async function prepare(
  tools: PlanTools,
  wish: DayWish,
  day: string,
  signal: CancelSignal,
): Promise<PreparedDay> {
  const planned = await knownDay(tools, wish, day, signal);
  const { inputs } = planned;
  const { site, horizon, prices } = inputs;
  const problem = buildProblem(inputs, { set: 'interval' });
  const expected = inputs.set.components.filter(({ kind }) => kind === 'aggregator').map(({ centreKw }) => centreKw);
  const settlement = settlementOf(problem, prices, wish.settlement);
  const shares = site.wind.map(({ share }) => share);
  const real = realDayOf(problem, actualDay(tools.store, site, horizon), expected, day, settlement, shares);
  return { planned, real };
}

/** Everything a plan is made from; reads nothing that was not known at the gate. */
export async function knownDay(
  tools: PlanTools,
  { fit }: Pick<DayWish, 'fit'>,
  day: string,
  signal: CancelSignal,
): Promise<PlannedDay> {
  const site = siteOf(tools.store);
  const store = knownAtGate(tools.store, site.zone, day);
  const fitted = await fitDay({ ...tools, store }, { day, ...fit }, signal);
  const { horizon, fleet, record } = fitted;
  const prices = dayPrices(store, site, horizon);
  const network = networkOf(tools.store, site);
  // Days are settled by the energy that flowed: what services earn is no part of it.
  const inputs: DayInputs = { site, horizon, set: record.set, ...fleet, prices, services: 'none', ...network };
  return { fitted, inputs, nominal: fit.nominal };
}

const withTrucks = ({ planned, real }: PreparedDay, trucks: DayInputs['trucks']): PreparedDay => ({
  planned: { ...planned, inputs: { ...planned.inputs, trucks } },
  real,
});

async function carriedOut(
  { solver, clock }: PlanTools,
  { timeLimitSeconds }: DayWish,
  { planned, real }: PreparedDay,
  name: string,
  signal: CancelSignal,
): Promise<StrategyDay> {
  const strategy = parseStrategy(name);
  const startedMs = clock.nowMs();
  const plan = await planStrategy(strategy, planned, real, { solver, timeLimitSeconds, signal });
  const solveSeconds = (clock.nowMs() - startedMs) / 1000;
  return { ...realiseStrategy(strategy, plan, real, planned.inputs), strategy: name, solveSeconds };
}
