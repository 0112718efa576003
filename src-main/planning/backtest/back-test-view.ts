/** A back-test as it is shown: totals by strategy, differences from the first strategy with their intervals, and days. */
import { clopperPearson } from '../../base/statistics.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import { routeGap } from '../plan/solve-day.ts';
import type { BackTestRecord } from './back-test-ports.ts';
import { pairedDifference, type PairedDifference } from './paired-difference.ts';
import { daysOf } from './run-back-test.ts';
import { nominalName } from './strategy.ts';
import type { RealisedNetworkDay, RealisedStrategyDay, StrategyDay } from './strategy-day.ts';

export interface StrategyTotals {
  strategy: string;
  /** Days realised, failed, and not reached yet. */
  realised: number;
  failed: number;
  open: number;
  /** Of the realised: planned without proof that the plan is near the best, because time was over. */
  unproven: UnprovenDays;
  atSafest: SafestDays;
  /** Sums over the realised days. */
  plannedCost: number;
  realisedCost: number;
  violatedDays: MeasuredShare;
  violatedSlots: number;
  shortKwh: number;
  unservedKwh: number;
  curtailedKwh: number;
  availableWindKwh: number;
  promises: { cars: number; kept: number };
  unmetKwh: number;
  /** The feeder on the days as they were; null where the site has none. */
  network: NetworkTotals | null;
  /** Mean per day. */
  solveSeconds: number;
  /** Against the reference on the days both have, per day; null for the reference itself. */
  against: Record<DifferenceName, PairedDifference> | null;
  /** Realised cost less that of the reference, added up day by day [day of the back-test]; days that either lacks add nothing. */
  cumulativeCost: Float64Array;
}

/** Of the realised days of a chance dial: no size kept its target, so that the safest solved was played. */
export interface SafestDays {
  days: number;
  /** Of them, with sizes that had no plan in time: one of these may have kept it. */
  unsolvedDays: number;
}

export interface UnprovenDays {
  days: number;
  /** Widest proven gap among them; NaN where none has any. */
  widestGap: number;
}

export interface NetworkTotals {
  /** Days with a flow or none, of which some slot was beyond a limit. */
  days: number;
  brokenDays: number;
  voltageSlots: number;
  lineSlots: number;
  unsolvedSlots: number;
  /** NaN where no slot of any day has a flow. */
  lowestPu: number;
}

export const differenceNames = ['cost', 'shortKwh', 'unservedKwh', 'violatedDays', 'brokenPromises'] as const;
export type DifferenceName = (typeof differenceNames)[number];

const measures: Record<DifferenceName, (day: RealisedStrategyDay) => number> = {
  cost: ({ realisedCost }) => realisedCost,
  shortKwh: ({ shortKwh }) => shortKwh,
  unservedKwh: ({ unservedKwh }) => unservedKwh,
  violatedDays: ({ violatedSlots }) => (violatedSlots > 0 ? 1 : 0),
  brokenPromises: ({ promises }) => promises.cars - promises.kept,
};

export interface BackTestView {
  id: string;
  currency: string;
  createdAtMs: number;
  asked: BackTestRecord['asked'];
  days: string[];
  /** What the others are compared with. */
  reference: string;
  strategies: StrategyTotals[];
  /** By day and strategy, in the order of `days` and `strategies`; days not reached are left out. */
  results: StrategyDay[];
}

const bootstrapSeed = 1;
/** A search that stops at its gap stops within this of it. */
const gapTolerance = 1e-6;

export function backTestView(
  { id, currency, createdAtMs, asked }: BackTestRecord,
  kept: readonly StrategyDay[],
): BackTestView {
  const days = daysOf(asked);
  const byKey = new Map(kept.map((result) => [`${result.day} ${result.strategy}`, result]));
  const reference = asked.strategies.includes(nominalName) ? nominalName : asked.strategies[0]!;
  const realised = (day: string, strategy: string): RealisedStrategyDay | null => {
    const result = byKey.get(`${day} ${strategy}`);
    return result?.state === 'realised' ? result : null;
  };
  const strategies = asked.strategies.map((strategy): StrategyTotals => {
    const own = days.flatMap((day) => realised(day, strategy) ?? []);
    const failed = days.filter((day) => byKey.get(`${day} ${strategy}`)?.state === 'failed').length;
    const pairs = days.flatMap((day) => {
      const [one, other] = [realised(day, strategy), realised(day, reference)];
      return one && other ? [{ day, one, other }] : [];
    });
    const difference = (measure: (day: RealisedStrategyDay) => number): PairedDifference =>
      pairedDifference(
        pairs.map(({ day, one, other }) => ({ day, difference: measure(one) - measure(other) })),
        bootstrapSeed,
      );
    const byDay = new Map(pairs.map(({ day, one, other }) => [day, one.realisedCost - other.realisedCost]));
    let sum = 0;
    const total = (read: (day: RealisedStrategyDay) => number): number => own.reduce((all, day) => all + read(day), 0);
    return {
      strategy,
      realised: own.length,
      failed,
      open: days.length - own.length - failed,
      unproven: unprovenDays(own),
      atSafest: safestDays(own),
      plannedCost: total((day) => day.plannedCost),
      realisedCost: total((day) => day.realisedCost),
      violatedDays: clopperPearson(own.filter(({ violatedSlots }) => violatedSlots > 0).length, own.length),
      violatedSlots: total((day) => day.violatedSlots),
      shortKwh: total((day) => day.shortKwh),
      unservedKwh: total((day) => day.unservedKwh),
      curtailedKwh: total((day) => day.curtailedKwh),
      availableWindKwh: total((day) => day.availableWindKwh),
      promises: { cars: total((day) => day.promises.cars), kept: total((day) => day.promises.kept) },
      unmetKwh: total((day) => day.unmetKwh),
      network: networkTotals(own),
      solveSeconds: own.length === 0 ? NaN : total((day) => day.solveSeconds) / own.length,
      against:
        strategy === reference
          ? null
          : (Object.fromEntries(differenceNames.map((name) => [name, difference(measures[name])])) as Record<
              DifferenceName,
              PairedDifference
            >),
      cumulativeCost: Float64Array.from(days, (day) => (sum += byDay.get(day) ?? 0)),
    };
  });
  const results = days.flatMap((day) => asked.strategies.flatMap((strategy) => byKey.get(`${day} ${strategy}`) ?? []));
  return { id, currency, createdAtMs, asked, days, reference, strategies, results };
}

function safestDays(days: readonly RealisedStrategyDay[]): SafestDays {
  const missed = days.flatMap(({ dial }) =>
    dial?.verdict === 'not-reached' || dial?.verdict === 'unsolved' ? [dial.verdict] : [],
  );
  return { days: missed.length, unsolvedDays: missed.filter((verdict) => verdict === 'unsolved').length };
}

function unprovenDays(days: readonly RealisedStrategyDay[]): UnprovenDays {
  const own = days.filter(({ gap }) => gap === null || gap > routeGap + gapTolerance);
  const gaps = own.flatMap(({ gap }) => gap ?? []);
  return { days: own.length, widestGap: gaps.length === 0 ? NaN : Math.max(...gaps) };
}

function networkTotals(days: readonly RealisedStrategyDay[]): NetworkTotals | null {
  const known = days.flatMap(({ network }) => network ?? []);
  if (known.length === 0) return null;
  const sum = (read: (of: RealisedNetworkDay) => number): number => known.reduce((all, of) => all + read(of), 0);
  const beyond = ({ voltageSlots, lineSlots, unsolvedSlots }: RealisedNetworkDay): number =>
    voltageSlots + lineSlots + unsolvedSlots;
  const voltages = known.flatMap(({ lowestPu }) => lowestPu ?? []);
  return {
    days: known.length,
    brokenDays: known.filter((of) => beyond(of) > 0).length,
    voltageSlots: sum((of) => of.voltageSlots),
    lineSlots: sum((of) => of.lineSlots),
    unsolvedSlots: sum((of) => of.unsolvedSlots),
    lowestPu: voltages.length === 0 ? NaN : Math.min(...voltages),
  };
}
