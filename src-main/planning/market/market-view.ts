/** What the market screen shows of a plan: the record with policies, rows and the adversary's answers that follow from it. */
import { dayHorizon } from '../../base/horizon.ts';
import { chances } from '../../models/market/improve-bids.ts';
import { gridKwh } from '../../models/market/problem.ts';
import { adversaryLaw, robustValues, withAmbiguity } from '../../models/market/robust-values.ts';
import { cellIntervals } from '../../uncertainty/row-set.ts';
import { horizonView } from '../plan/plan-view.ts';
import { marketProblem, rowConfidence } from './market-problem.ts';
import type { MarketPlan } from './market-plan.ts';

/** Days of price history that travel with the view. */
const shownDays = 60;

export function marketView(plan: MarketPlan) {
  const { problem, battery, chain, hours, wish } = plan;
  const { storage } = problem;
  const robust = robustValues(problem);
  const { levels, states } = robust;
  const nominal = robustValues(
    marketProblem({
      ...battery,
      name: 'nominal',
      currency: plan.currency,
      chain,
      kind: 'nominal',
      confidence: wish.confidence,
      hours,
      stateBefore: null,
    }),
  );
  const believed = withAmbiguity(problem, { kind: 'nominal' });
  const reached = chances(problem, robust.policy, (slot, state) =>
    slot < 0 ? believed.opening!.transition : believed.transition[slot]![state]!,
  );
  const expectedLevel = reached.map((cells) =>
    Math.round(cells.reduce((sum, chance, cell) => sum + chance * (cell % levels), 0)),
  );
  const levelAfter = (slot: number, state: number): number => {
    const level = expectedLevel[slot]!;
    return level + robust.policy[slot]![state * levels + level]!;
  };
  const energyOf = (policy: readonly Int16Array[]): Float64Array =>
    Float64Array.from(policy.flatMap((actions) => Array.from(actions, (action) => gridKwh(storage, action))));
  return {
    id: plan.id,
    day: plan.day,
    currency: plan.currency,
    horizon: horizonView(dayHorizon(plan.day, plan.zone, 60)),
    wish,
    seriesName: plan.seriesName,
    states,
    choice: plan.choice,
    checks: plan.checks,
    learntDays: chain.days.length,
    leftOut: plan.leftOut,
    edges: hours.map((hour) => Float64Array.from(chain.edges[hour]!)),
    pricePerMwh: hours.map((hour) => Float64Array.from(chain.pricePerMwh[hour]!)),
    stateShare: reached.map((cells) =>
      Float64Array.from({ length: states }, (_, state) =>
        cells.subarray(state * levels, (state + 1) * levels).reduce((sum, chance) => sum + chance, 0),
      ),
    ),
    rows: hours.map((hour, slot) =>
      chain.counts[hour]!.map((counts, state) => {
        const intervals = cellIntervals(counts, rowConfidence(wish, hour, state));
        const set = problem.ambiguity[slot]![state]!;
        return {
          counts: Float64Array.from(counts),
          estimate: Float64Array.from(problem.transition[slot]![state]!),
          lower: Float64Array.from(intervals, ({ lower }) => lower),
          upper: Float64Array.from(intervals, ({ upper }) => upper),
          worst: adversaryLaw(problem, robust, slot, state, levelAfter(slot, state)),
          radius: 'radius' in set ? set.radius : set.kind === 'scenario' ? set.mix : 0,
        };
      }),
    ),
    battery: {
      levels,
      stepKwh: storage.stepKwh,
      offsetKwh: battery.offsetKwh,
      startLevel: battery.startLevel,
      cars: battery.cars,
      efficiency: storage.efficiency,
      degradationPerMwh: storage.degradationPerMwh,
      leastLevel: Float64Array.from([battery.startLevel, ...storage.bySlot!.leastLevel]),
      mostLevel: Float64Array.from([battery.startLevel, ...storage.bySlot!.mostLevel]),
    },
    expectedLevel: Float64Array.from(expectedLevel),
    /** [slot · states · levels + state · levels + level] */
    robustKwh: energyOf(robust.policy),
    nominalKwh: energyOf(nominal.policy),
    values: plan.values,
    learning: plan.learning ?? [],
    bids: { ...plan.bids, quantityKwh: plan.bids.quantityKwh.map((curve) => Float64Array.from(curve)) },
    replay: {
      ...plan.replay,
      days: plan.replay.days.map((day) => ({
        ...day,
        pricePerMwh: Float64Array.from(day.pricePerMwh),
        states: Float64Array.from(day.states),
        nominalKwh: Float64Array.from(day.nominalKwh),
        robustKwh: Float64Array.from(day.robustKwh),
      })),
    },
    history: plan.history
      .slice(-shownDays)
      .map(({ day, pricePerMwh }) => ({ day, pricePerMwh: Float64Array.from(pricePerMwh) })),
    check: plan.check,
    provenance: { ...plan.provenance, contentHash: plan.contentHash },
  };
}
