/** A back-test as it is shown: totals by strategy, differences from the first strategy with their intervals, and days. */
import { clopperPearson } from '../../base/statistics.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import type { BackTestRecord } from './back-test-ports.ts';
import { pairedDifference, type PairedDifference } from './paired-difference.ts';
import { daysOf } from './run-back-test.ts';
import { nominalName } from './strategy.ts';
import type { RealisedStrategyDay, StrategyDay } from './strategy-day.ts';

export interface StrategyTotals {
  strategy: string;
  /** Days realised, failed, and not reached yet. */
  realised: number;
  failed: number;
  open: number;
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
  /** Mean per day. */
  solveSeconds: number;
  /** Against the reference on the days both have, per day; null for the reference itself. */
  against: Record<DifferenceName, PairedDifference> | null;
  /** Realised cost less that of the reference, added up day by day [day of the back-test]; days that either lacks add nothing. */
  cumulativeCost: Float64Array;
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
