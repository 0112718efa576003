/**
 * Three claims about shared battery trucks, tried on real days: sharing one fleet, chance constraints against boxes, and what it costs
 * to forget that users react. Tables whichever way they fall; with the command that makes them in docs/method/sms-study.md.
 */
import { Refusal } from '../../base/errors.ts';
import { dayHorizon } from '../../base/horizon.ts';
import { seededRandom } from '../../base/random.ts';
import { addDays } from '../../base/zone.ts';
import type { TravelTables } from '../../models/sms/roads/travel-tables.ts';
import { downsideMargin } from '../../robust/drcc/margin.ts';
import { slotMarginsBy } from '../../robust/drcc/slot-margins.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import type { CancelSignal } from '../../base/cancel.ts';
import { buildSmsProblem } from '../sms/build-sms-problem.ts';
import { tomorrowOf } from '../desk-state.ts';
import { marketPrice } from '../prices/market-price.ts';
import type { MarginName, MobileStorage } from '../sms/mobile-storage.ts';
import { mobileStorageOf, roadsOf } from '../sms/mobile-tools.ts';
import { operationSolve } from '../operation-solve.ts';
import { siteOf, type PlanTools } from '../tools.ts';
import { travelOf } from '../sms/travel.ts';
import { forecastSeriesOf, marginFormOf, type GridSeries } from '../sms/wind-margins.ts';
import { boxMargin, matchBox, violationOf, type MarginOf } from './match-box.ts';
import { studyDay, type DayInstances, type StudyDay } from './study-day.ts';
import { highestRent, inBlocks, studyStorage } from './study-problem.ts';

export interface SmsStudyWish {
  days: number;
  seed: number;
  /** Length of a slot, a divisor of 24. */
  slotHours: number;
  /** For each instance. */
  timeLimitSeconds: number;
  signal: CancelSignal;
}

export interface SmsStudy {
  days: { day: string; results: StudyDay }[];
  seed: number;
  currency: string;
  epsilon: number;
  trucks: number;
  grids: number;
  slots: number;
  /** By name of the reserve: mean margin over grids and slots, kW, and how often it was too small on held-out days of the last day. */
  reserves: Record<string, { meanKw: number; violation: MeasuredShare; share: number | null }>;
  timeLimitSeconds: number;
  solver: string;
}

export const studiedForms: readonly MarginName[] = ['unimodal-symmetric', 'cantelli', 'wasserstein'];
export const boxOf = (form: string): string => `box as ${form}`;
export const wholeBox = 'box of all errors';
const windowDays = 180;
/** Days are drawn from as many before the next day to plan. */
const drawnFrom = 120;
const gapWished = 0.01;

/** @throws Refusal as `planSms`; `too-little-history` when not enough days can be planned. */
export async function runSmsStudy(
  tools: PlanTools,
  wish: SmsStudyWish,
  onProgress: (line: string) => void,
): Promise<SmsStudy> {
  const { store, solver, helpers, clock } = tools;
  const site = siteOf(store);
  const definition = mobileStorageOf(store);
  const storage = studyStorage(definition);
  const highestRentUsdPerMwh = 1000 * highestRent(definition);
  const tomorrow = tomorrowOf(store, site);
  if (tomorrow === null) throw new Refusal('no-telemetry', { kind: 'load-actual', period: 'any day' });
  const roads = roadsOf(store, storage);
  const horizon = dayHorizon(tomorrow, site.zone, storage.slotMinutes);
  const { arrivalConfidence, epsilon } = storage;
  onProgress('Routing');
  const wanted = { storage, roads, horizon: { ...horizon, slots: 24 }, arrivalConfidence, closedLinks: [] };
  const { tables } = await travelOf(wanted, () => clock.nextTurn(), wish.signal);
  const options = {
    ...operationSolve,
    relativeGap: gapWished,
    timeLimitSeconds: wish.timeLimitSeconds,
    signal: wish.signal,
  };
  const study: SmsStudy = {
    days: [],
    seed: wish.seed,
    currency: site.currency,
    epsilon,
    trucks: storage.trucks.length,
    grids: storage.grids.length,
    slots: 24 / wish.slotHours,
    reserves: {},
    timeLimitSeconds: wish.timeLimitSeconds,
    solver: solver.version,
  };
  const reservesByDay = new Map<string, SmsStudy['reserves']>();
  for (const day of drawnDays(tomorrow, wish.seed)) {
    if (study.days.length === wish.days) break;
    const made = instancesOf(tools, storage, tables, { day, slotHours: wish.slotHours });
    if (made === null) continue;
    onProgress(`Day ${study.days.length + 1} of ${wish.days}: ${day}`);
    const results = await studyDay({ ...made.instances, highestRentUsdPerMwh }, { solver, helpers, options });
    if (results === null) continue;
    study.days.push({ day, results });
    reservesByDay.set(day, made.reserves);
  }
  if (study.days.length < wish.days)
    throw new Refusal('too-little-history', { days: study.days.length, kind: 'days to study', needed: wish.days });
  study.days.sort((a, b) => a.day.localeCompare(b.day));
  return { ...study, reserves: reservesByDay.get(study.days.at(-1)!.day)! };
}

/** Every day of the window once, in an order by the seed. */
function* drawnDays(tomorrow: string, seed: number): Generator<string> {
  const random = seededRandom(seed);
  const offsets = Array.from({ length: drawnFrom }, (_, i) => i + 1);
  while (offsets.length > 0) yield addDays(tomorrow, -offsets.splice(random.integer(offsets.length), 1)[0]!);
}

interface Instances {
  instances: Omit<DayInstances, 'highestRentUsdPerMwh'>;
  reserves: SmsStudy['reserves'];
}

/** Null for a day that is not whole or not known well enough. */
function instancesOf(
  tools: PlanTools,
  storage: MobileStorage,
  tables: TravelTables,
  { day, slotHours }: { day: string; slotHours: number },
): Instances | null {
  const { store } = tools;
  const site = siteOf(store);
  const horizon = dayHorizon(day, site.zone, storage.slotMinutes);
  if (horizon.slots !== 24) return null;
  try {
    const series = forecastSeriesOf(store, site, storage.grids, horizon, windowDays, []);
    const { perKwh: marketPerKwh } = marketPrice(store, site, horizon);
    const rules = rulesOf(storage, series);
    const problemWith = (marginOf: RuleOf) => {
      const forecasts = storage.grids.map(({ loadShare, windShare }, g) => {
        const { load, wind } = series[g]!;
        const scaled = (values: readonly number[], by: number): number[] => values.map((kw) => Math.max(0, kw * by));
        const margin = wind ? slotMarginsBy(wind.history, marginOf(wind)) : load.centre.map(() => 0);
        return {
          loadKw: scaled(load.centre, loadShare),
          windKw: scaled(wind?.centre ?? margin, windShare),
          marginKw: scaled(margin, windShare),
        };
      });
      const parts = { storage, horizon, forecasts, marketPerKwh, tables, ties: storage.ties, sharing: null };
      return inBlocks(buildSmsProblem(parts), slotHours);
    };
    const marginsMw: DayInstances['marginsMw'] = {};
    const reserves: SmsStudy['reserves'] = {};
    for (const { name, marginOf, share } of rules) {
      marginsMw[name] = problemWith(marginOf).grids.map(({ downsideMarginMw }) => downsideMarginMw);
      const all = marginsMw[name].flat();
      reserves[name] = {
        meanKw: (1000 * all.reduce((sum, mw) => sum + mw, 0)) / all.length,
        violation: worstViolation(series, marginOf, storage.epsilon),
        share,
      };
    }
    const problem = problemWith(formRule(storage.margin, storage.epsilon));
    return { instances: { problem: { ...problem, name: `Study of ${day}` }, marginsMw }, reserves };
  } catch (thrown) {
    if (thrown instanceof Refusal && ['too-little-history', 'no-telemetry'].includes(thrown.code)) return null;
    throw thrown;
  }
}

type Wind = NonNullable<GridSeries['wind']>;
type RuleOf = (wind: Wind) => MarginOf;

const formRule =
  (form: MarginName, epsilon: number): RuleOf =>
  () =>
  (evidence) =>
    Math.max(0, downsideMargin(marginFormOf(form, evidence), evidence, epsilon));

/** Every form, the box that is broken as often, and the box of all errors seen. */
function rulesOf({ epsilon }: MobileStorage, series: readonly GridSeries[]) {
  const winds = new Set(series.flatMap(({ wind }) => (wind ? [wind] : [])));
  const forms = studiedForms.flatMap((form) => {
    const marginOf = formRule(form, epsilon);
    const shares = new Map(
      [...winds].map((wind) => {
        const measured = violationOf(wind.history, marginOf(wind), epsilon).share;
        return [wind, matchBox(wind.history, measured, epsilon)];
      }),
    );
    const box: RuleOf = (wind) => boxMargin(shares.get(wind)!);
    const [share] = shares.values();
    return [
      { name: form as string, marginOf, share: null },
      { name: boxOf(form), marginOf: box, share: share ?? null },
    ];
  });
  return [...forms, { name: wholeBox, marginOf: (() => boxMargin(1)) as RuleOf, share: 1 }];
}

function worstViolation(series: readonly GridSeries[], marginOf: RuleOf, epsilon: number): MeasuredShare {
  const winds = [...new Set(series.flatMap(({ wind }) => (wind ? [wind] : [])))];
  const shares = winds.map((wind) => violationOf(wind.history, marginOf(wind), epsilon));
  return shares.reduce((worst, share) => (share.share > worst.share ? share : worst), shares[0]!);
}
