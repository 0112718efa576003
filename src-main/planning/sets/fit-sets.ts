/** The uncertainty sets and the fleet of a day: the errors of the past days that are to be learnt from, and the set fitted to them. */
import { filterWords, passesFilter, type DayFilter } from '../../base/day-filter.ts';
import { Refusal } from '../../base/errors.ts';
import { runThrough, type Steps } from '../../base/steps.ts';
import { marginFactor } from '../../robust/drcc/margin.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { ComponentInput } from '../../uncertainty/component-input.ts';
import type { DaySetFit, SetKind } from '../../uncertainty/day-set.ts';
import { fitDaySetInSteps } from '../../uncertainty/fit-day-set.ts';
import { fitSetInSteps, leastHistoryDays } from '../../uncertainty/fit-set.ts';
import type { FittedSet, IntervalMethod, IntervalShape } from '../../uncertainty/types.ts';
import { forecastComponentsInSteps, type ForecastComponents } from './forecast-components.ts';
import { momentSources, type MomentLaw } from './moment-law.ts';
import type { Store } from '../ports.ts';
import type { Site } from '../site.ts';

export type { ComponentForecast } from './forecast-components.ts';

export interface SetOptions {
  method: IntervalMethod;
  shape: IntervalShape;
  nominal: number;
  windowDays: number;
  /** Which days of the window are learnt from; absent: every day. */
  days?: DayFilter | undefined;
  /** Kind of set of whole days fitted besides the intervals; 'interval' and 'budget' need none. */
  set?: SetKind | undefined;
  /** What is known of the law besides its moments, for the moment set; 'cantelli' (nothing) when left out. */
  moments?: MomentLaw | undefined;
}

export interface FitSetsInput {
  store: Store;
  site: Site;
  /** ISO date. */
  day: string;
  options: SetOptions;
}

/** `forecasts` and `inputs` are in the order of `set.components`; `inputs` hold the errors of the days learnt from. */
export interface FitSetsResult extends ForecastComponents {
  set: FittedSet;
}

/** @throws Refusal `no-telemetry`, `too-little-history`, `too-few-filtered-days`, `out-of-range`, `bad-day` */
export const fitSets = (input: FitSetsInput): FitSetsResult => runThrough(fitSetsInSteps(input));

/** The same, one component a step. */
export function* fitSetsInSteps({ store, site, day, options }: FitSetsInput): Steps<FitSetsResult> {
  const windowDays = reachDays(day, options);
  const forecast = yield* forecastComponentsInSteps({ store, site, day, windowDays });
  const inputs = forecast.inputs.map((input) => learntFrom(input, options));
  const intervals = yield* fitSetInSteps(inputs, options);
  const daySet = yield* fitDayKind(inputs, intervals, options);
  return { ...forecast, inputs, set: daySet === null ? intervals : { ...intervals, daySet } };
}

/** The set of whole days of a kind besides fitted intervals; null for the kinds that need none. */
export function* fitDayKind(
  inputs: readonly ComponentInput[],
  { components }: FittedSet,
  { set: kind, nominal, moments = 'cantelli' }: Pick<SetOptions, 'set' | 'nominal' | 'moments'>,
): Steps<DaySetFit | null> {
  if (kind === undefined || kind === 'interval' || kind === 'budget') return null;
  const wish = {
    nominal,
    worstCase: setWorstCase,
    momentFactor: { value: marginFactor({ kind: moments }, 1 - nominal), source: momentSources[moments] },
  };
  return yield* fitDaySetInSteps(
    inputs,
    components.map(({ widening }) => widening),
    kind,
    wish,
  );
}

const dayMs = 86_400_000;
/** Three years: every series is forecast anew for each of these days. */
const mostReachDays = 1100;

/** How many days before the planned one are forecast: the window, or as far back as the days of one's own choice begin. */
export function reachDays(day: string, { windowDays, days }: Pick<SetOptions, 'windowDays' | 'days'>): number {
  const range = days?.range ?? null;
  if (range === null) return windowDays;
  const reach = Math.round((Date.parse(day) - Date.parse(range.from)) / dayMs);
  if (!(reach >= 2 && reach <= mostReachDays))
    throw new Refusal('out-of-range', {
      what: 'The first day learnt from',
      value: range.from,
      range: `2 to ${mostReachDays.toLocaleString('en-US')} days before ${day}`,
    });
  return reach;
}

/** The component with the errors of the wanted days only. @throws Refusal `too-few-filtered-days` */
export function learntFrom(component: ComponentInput, { days }: Pick<SetOptions, 'days'>): ComponentInput {
  if (days === undefined) return component;
  const residualDays = component.residualDays.filter(({ day }) => passesFilter(days, day));
  const sound = residualDays.filter(({ flaggedSlots, error }) => flaggedSlots.length < error.length).length;
  if (sound < leastHistoryDays)
    throw new Refusal('too-few-filtered-days', {
      sound,
      searched: component.residualDays.length,
      filter: filterWords(days),
      component: component.name,
      needed: leastHistoryDays,
    });
  return { ...component, residualDays };
}
