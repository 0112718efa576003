/**
 * A day of market trade for the fleet: prices become a chain, the cars and batteries one battery, the chain's doubt a set around each row;
 * then the policy of every kind of set, bids from the one asked for, and what both would have earned on days not learnt from.
 */
import { canonicalJson } from '../../base/canonical-json.ts';
import { marketPlanSchemaVersion } from '../../base/schema-versions.ts';
import { Refusal } from '../../base/errors.ts';
import { dayHorizon, slotStart } from '../../base/horizon.ts';
import { mean } from '../../base/statistics.ts';
import { runInTurns, type Steps } from '../../base/steps.ts';
import { addDays, zoneOf } from '../../base/zone.ts';
import { bidsInSteps, bidValues, imbalanceCost, type DayBids } from '../../models/market/bids.ts';
import { chances } from '../../models/market/improve-bids.ts';
import type { MarketProblem } from '../../models/market/problem.ts';
import { policyValues, robustValues, startValue, withAmbiguity } from '../../models/market/robust-values.ts';
import { checkChain } from '../../uncertainty/chain-checks.ts';
import { chooseStates } from '../../uncertainty/choose-states.ts';
import { fitPriceChain, stateOfPrice } from '../../uncertainty/price-chain.ts';
import { rowSetKinds, type RowSetKind } from '../../uncertainty/row-set.ts';
import { forecastComponentsInSteps } from '../sets/forecast-components.ts';
import type { JobHandle } from '../jobs.ts';
import { operatorOf, siteOf, type PlanTools } from '../tools.ts';
import { checkMarket } from './check-market.ts';
import { learnMarket } from './learn-market.ts';
import { marketProblem, type MarketParts } from './market-problem.ts';
import type { KindReplay, MarketPlan, MarketWish, PastDay } from './market-plan.ts';
import { meanInterval } from './mean-interval.ts';
import { priceDays } from './price-days.ts';
import { replayMarket, type ReplayedDay } from './replay-market.ts';
import { virtualBattery } from './virtual-battery.ts';

export const marketPhases = ['Learn prices', 'Gather the fleet', 'Policies and bids', 'Unseen days'];
/** Raised when the same inputs may give another plan. */
export const marketModelVersion = 'market-2';
/** Days a chain needs at least, and days of fleet history its cars are drawn from. */
const leastDays = 40;
const fleetWindowDays = 56;

/** @throws Refusal `no-site`, `no-telemetry`, `too-little-history`, `out-of-range`, `bad-request`, `cancelled` */
export async function planMarket(tools: PlanTools, wish: MarketWish, job: JobHandle): Promise<MarketPlan> {
  const { store, clock, hash } = tools;
  const startedMs = clock.nowMs();
  const inTurns = <Result>(steps: Steps<Result>): Promise<Result> =>
    runInTurns(steps, async () => {
      await clock.nextTurn();
      if (job.signal.cancelled) throw new Refusal('cancelled', { what: `The market plan of ${wish.day}` });
    });
  job.enterPhase(0);
  await clock.nextTurn();
  const site = siteOf(store);
  const history = priceDays(store, site, addDays(wish.day, -wish.windowDays), wish.day);
  const { days } = history;
  if (days.length < leastDays)
    throw new Refusal('too-little-history', { days: days.length, kind: 'price', needed: leastDays });
  const learntDays = days.length - wish.testDays;
  if (learntDays < leastDays)
    throw new Refusal('out-of-range', {
      what: 'The number of held-out days',
      value: wish.testDays,
      range: `at most ${days.length - leastDays}, so that ${leastDays} of the ${days.length} days are left to learn from`,
    });
  const choice = wish.states === null ? chooseStates(days) : null;
  const states = choice?.states ?? wish.states!;
  const chain = fitPriceChain(days, states);
  const beyond = wish.rows?.find(({ state }) => state >= states);
  if (beyond)
    throw new Refusal('bad-request', {
      call: 'market',
      problem: `a row of state ${beyond.state + 1} is doubted, and there are ${states} states`,
    });

  job.enterPhase(1);
  const expected = await inTurns(
    forecastComponentsInSteps({ store, site, day: wish.day, windowDays: fleetWindowDays }),
  );
  const battery = virtualBattery({
    site,
    evs: expected.fleet.evs,
    slots: expected.horizon.slots,
    slotMinutes: site.slotMinutes,
  });
  if (!battery)
    throw new Refusal('bad-request', { call: 'market', problem: `no car or battery can be steered on ${wish.day}` });

  job.enterPhase(2);
  const horizon = dayHorizon(wish.day, site.zone, 60);
  const clockOf = zoneOf(site.zone);
  const hours = Array.from({ length: horizon.slots }, (_, slot) =>
    new Date(clockOf.toLocal(slotStart(horizon, slot))).getUTCHours(),
  );
  const last = days[days.length - 1]!;
  const parts: Omit<MarketParts, 'kind'> = {
    name: `market of ${wish.day}`,
    currency: site.currency,
    chain,
    confidence: wish.confidence,
    rows: wish.rows,
    hours,
    storage: battery.storage,
    startLevel: battery.startLevel,
    stateBefore: last.day === addDays(wish.day, -1) ? stateOfPrice(chain, 23, last.pricePerMwh[23]!) : null,
  };
  const perKind = await inTurns(valuesOfKinds(parts));
  const nominal = perKind.find(({ kind }) => kind === 'nominal')!;
  if (Number.isNaN(nominal.guaranteed))
    throw new Refusal('plan-infeasible', {
      day: wish.day,
      why: 'no path of the fleet’s energy keeps every car’s need within its power',
    });
  const { problem, robust } = perKind.find(({ kind }) => kind === wish.ambiguity)!;
  job.report(0.5, 'bids');
  const bids = await inTurns(bidsInSteps(problem, robust, wish.imbalancePerMwh));
  const believed = withAmbiguity(problem, { kind: 'nominal' });
  job.report(0.8, 'learning on line');
  const learning = await inTurns(learnMarket(problem, { chain, hours, days }));

  job.enterPhase(3);
  const bidKinds = [...new Set<RowSetKind>(['nominal', wish.ambiguity])];
  const { imbalancePerMwh, confidence, windowDays } = wish;
  const replayed = await inTurns(
    replayMarket(days, wish.testDays, { ...parts, ...battery, states, kinds: rowSetKinds, bidKinds, confidence, imbalancePerMwh, windowDays }), // prettier-ignore
  );

  const createdAtMs = clock.nowMs();
  const inputsHash = hash(canonicalJson({ problem, wish, marketModelVersion, history: days }));
  const content: Omit<MarketPlan, 'contentHash'> = {
    id: `${wish.day}-market-${hash(`${inputsHash} ${createdAtMs}`).slice(0, 8)}`,
    day: wish.day,
    currency: site.currency,
    zone: site.zone,
    wish,
    seriesName: history.series.name,
    history: days,
    leftOut: { clockChanges: history.clockChanges, incomplete: history.incomplete },
    choice,
    chain,
    checks: checkChain(chain, days),
    battery,
    hours,
    problem,
    values: perKind.map(({ kind, guaranteed, nominalPolicyWorst, robustPolicyExpected }) => ({
      kind,
      guaranteed,
      nominalPolicyWorst,
      robustPolicyExpected,
    })),
    learning,
    bids: {
      quantityKwh: bids.quantityKwh,
      guaranteed: startValue(problem, bidValues(problem, bids, imbalancePerMwh)),
      expected: startValue(believed, bidValues(believed, bids, imbalancePerMwh)),
      expectedImbalanceKwh: expectedImbalance(believed, bids),
    },
    replay: {
      testDays: replayed.length,
      learntDays,
      kinds: rowSetKinds.map((kind) => kindReplay(replayed, kind)),
      hindsight: meanInterval(replayed.map(({ hindsightMoney }) => hindsightMoney)),
      days: replayed.map((day) => pastDay(day, wish.ambiguity, (hour, price) => stateOfPrice(chain, hour, price))),
    },
    check: checkMarket(problem, robust, bids, imbalancePerMwh, nominal.guaranteed),
    provenance: {
      schemaVersion: marketPlanSchemaVersion,
      inputsHash,
      modelVersion: marketModelVersion,
      createdAtMs,
      operator: operatorOf(store),
      seconds: (createdAtMs - startedMs) / 1000,
    },
  };
  const plan = { ...content, contentHash: hash(canonicalJson(content)) };
  await store.whenWritable();
  store.saveMarketPlan(plan);
  return plan;
}

function* valuesOfKinds(parts: Omit<MarketParts, 'kind'>) {
  const nominal = marketProblem({ ...parts, kind: 'nominal' });
  const { policy } = robustValues(nominal);
  const found = [];
  for (const kind of rowSetKinds) {
    yield;
    const problem = marketProblem({ ...parts, kind });
    const robust = robustValues(problem);
    found.push({
      kind,
      problem,
      robust,
      guaranteed: startValue(problem, robust),
      nominalPolicyWorst: startValue(problem, policyValues(problem, policy)),
      robustPolicyExpected: startValue(nominal, policyValues(nominal, robust.policy)),
    });
  }
  return found;
}

/** Energy off the bids that the estimate expects over the day. */
function expectedImbalance(believed: MarketProblem, bids: DayBids): number {
  const levels = believed.storage.energyLevels;
  const off = imbalanceCost(believed, bids, 1000);
  const reached = chances(believed, bids.policy, (slot, state) =>
    slot < 0 ? believed.opening!.transition : believed.transition[slot]![state]!,
  );
  return reached.reduce(
    (sum, cells, slot) =>
      cells.reduce(
        (all, chance, cell) =>
          chance > 0 ? all + chance * off(slot, Math.floor(cell / levels), bids.policy[slot]![cell]!) : all,
        sum,
      ),
    0,
  );
}

function kindReplay(days: readonly ReplayedDay[], kind: RowSetKind): KindReplay {
  const waiting = days.map((day) => day.waiting[kind].money);
  const bidding = days.flatMap(({ bidding: runs }) => runs[kind]?.money ?? []);
  const less = (own: readonly number[], nominal: readonly number[]) => own.map((money, at) => money - nominal[at]!);
  const worst = waiting.toSorted((a, b) => a - b).slice(0, Math.max(1, Math.floor(waiting.length / 10)));
  return {
    kind,
    waiting: meanInterval(waiting),
    waitingLessNominal: meanInterval(less(waiting, days.map((day) => day.waiting.nominal.money))), // prettier-ignore
    worstTenth: mean(worst),
    bidding: bidding.length > 0 ? meanInterval(bidding) : null,
    biddingLessNominal:
      bidding.length > 0 ? meanInterval(less(bidding, days.map((day) => day.bidding.nominal!.money))) : null, // prettier-ignore
  };
}

const pastDay = (
  { day, pricePerMwh, waiting, bidding, hindsightMoney }: ReplayedDay,
  kind: RowSetKind,
  stateOf: (hour: number, price: number) => number,
): PastDay => ({
  day,
  pricePerMwh,
  states: pricePerMwh.map((price, hour) => stateOf(hour, price)),
  nominalKwh: waiting.nominal.energyKwh,
  robustKwh: waiting[kind].energyKwh,
  nominalMoney: waiting.nominal.money,
  robustMoney: waiting[kind].money,
  bidMoney: bidding[kind]!.money,
  hindsightMoney,
});
