/**
 * What the grids of mobile storage expect of a day and how much reserve each must keep: load and wind by their forecasts, margins by a
 * distributionally robust chance constraint on the real errors of those forecasts, and how often such margins were too small on days
 * they had not seen (docs/method/drcc.md).
 */
import type { Horizon } from '../../base/horizon.ts';
import { Refusal } from '../../base/errors.ts';
import type { ReserveSharing } from '../../models/sms/problem.ts';
import { downsideMargin, marginFactor, type MarginForm } from '../../robust/drcc/margin.ts';
import { slotMargins } from '../../robust/drcc/slot-margins.ts';
import { momentDoubt } from '../../uncertainty/moment-doubt.ts';
import { commonDays, fitMoments, type ErrorHistory } from '../../uncertainty/moments.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import { auditViolations, type MarginEvidence as SlotEvidence } from '../../uncertainty/violation-audit.ts';
import { fitSeries } from '../sets/forecast-components.ts';
import type { MarginName, MobileGrid } from './mobile-storage.ts';
import type { Store } from '../ports.ts';
import type { Site } from '../site.ts';

/** Of the margin of one grid, measured on held-out days. */
export interface Violation {
  epsilon: number;
  days: number;
  allSlots: MeasuredShare;
  worstSlot: MeasuredShare;
  anySlot: MeasuredShare;
  verdict: 'keeps' | 'breaks' | 'unproven';
}

export interface MarginEvidence {
  /** [grid] */
  violations: Violation[];
  /** [grid][grid]: of the wind errors, mean over the slots; NaN where a grid has no wind. */
  errorCorrelation: number[][];
  /** Days whose errors the margins rest on. */
  days: number;
}

export interface GridForecast {
  loadKw: number[];
  windKw: number[];
  marginKw: number[];
}

/** The radius of a Wasserstein ball shrinks with the days seen; the doubt of moments is that of these days. */
export function marginFormOf(name: MarginName, { deviation, samples }: SlotEvidence): MarginForm {
  switch (name) {
    case 'wasserstein':
    case 'wasserstein-safe':
      return { kind: name, radius: deviation / Math.sqrt(samples.length) };
    case 'delage-ye':
      return { kind: name, ...momentDoubt(samples, { confidence: 0.95, seed: 1, draws: 300 }) };
    default:
      return { kind: name };
  }
}

export interface MarginWish {
  epsilon: number;
  margin: MarginName;
  windowDays: number;
}

export interface GridForecasts {
  forecasts: GridForecast[];
  evidence: MarginEvidence;
  /** Past errors of each grid's wind, kW [grid]; null without wind. */
  windErrors: (ErrorHistory | null)[];
}

/** What was read is appended to `read`. @throws Refusal `no-telemetry`, `too-little-history`, `out-of-range` */
export function forecastGrids(
  store: Store,
  site: Site,
  grids: readonly MobileGrid[],
  horizon: Horizon,
  wish: MarginWish,
  read: string[],
): GridForecasts {
  const ofGrids = forecastSeriesOf(store, site, grids, horizon, wish.windowDays, read);
  // Grids that share a series differ by a factor alone: what one MW of it needs is found once.
  const margins = new Map<SeriesForecast, { perMw: number[]; violation: Violation }>();
  for (const { wind } of ofGrids)
    if (wind && !margins.has(wind)) {
      const perMw = slotMargins(wind.history, (evidence) => marginFormOf(wish.margin, evidence), wish.epsilon);
      margins.set(wind, { perMw, violation: measuredViolation(wind.history, wish) });
    }
  const marginsOf = ({ wind }: GridSeries) => (wind ? margins.get(wind) : undefined);
  const zero = new Array<number>(horizon.slots).fill(0);
  const histories = ofGrids.flatMap(({ wind }, g) => (wind ? [{ ...wind.history, id: grids[g]!.id }] : []));
  return {
    forecasts: grids.map((grid, g) => ({
      loadKw: ofGrids[g]!.load.centre.map((kw) => Math.max(0, kw * grid.loadShare)),
      windKw: (ofGrids[g]!.wind?.centre ?? zero).map((kw) => kw * grid.windShare),
      marginKw: (marginsOf(ofGrids[g]!)?.perMw ?? zero).map((kw) => kw * grid.windShare),
    })),
    evidence: {
      violations: ofGrids.map((own) => marginsOf(own)?.violation ?? noViolation(wish.epsilon)),
      errorCorrelation: correlationOf(grids, histories),
      days: histories.length === 0 ? 0 : commonDays(histories).length,
    },
    windErrors: ofGrids.map(({ wind }, g) =>
      wind ? combinedErrors(grids[g]!.id, [{ history: wind.history, shares: repeated(grids[g]!.windShare) }]) : null,
    ),
  };
}

/** In kW per share 1 of the series. */
export interface SeriesForecast {
  centre: number[];
  history: ErrorHistory;
}

export interface GridSeries {
  load: SeriesForecast;
  /** Null for a grid without wind; the same object for grids that share a series. */
  wind: SeriesForecast | null;
}

/** Expected load and wind of each grid, and the past errors of those forecasts. @throws Refusal `no-telemetry`, `too-little-history` */
export function forecastSeriesOf(
  store: Store,
  site: Site,
  grids: readonly MobileGrid[],
  horizon: Horizon,
  windowDays: number,
  read: string[],
): GridSeries[] {
  const known = new Map<string, SeriesForecast>();
  const forecastOf = (grid: MobileGrid, kind: 'load' | 'wind'): SeriesForecast => {
    const key = `${kind} ${grid.series[`${kind}-actual`]} ${grid.series[`${kind}-forecast`]}`;
    const found = known.get(key) ?? forecastSeries(store, ownSite(site, grid), horizon, kind, windowDays, read);
    known.set(key, found);
    return found;
  };
  return grids.map((grid) => ({
    load: forecastOf(grid, 'load'),
    wind: grid.windShare === 0 ? null : forecastOf(grid, 'wind'),
  }));
}

function forecastSeries(
  store: Store,
  site: Site,
  horizon: Horizon,
  kind: 'load' | 'wind',
  windowDays: number,
  read: string[],
): SeriesForecast {
  const component = { id: kind, name: kind === 'wind' ? 'Wind' : 'Load', kind, kwPerMw: 1000 };
  const { input } = fitSeries(store, site, horizon, windowDays, read, component);
  const residuals = input.residualDays.map(({ day, error, usable }) => ({ day, errorKw: [...error], usable }));
  return { centre: Array.from(input.centreKw), history: { id: component.name, residuals } };
}

function measuredViolation(history: ErrorHistory, { margin, epsilon }: MarginWish): Violation {
  const marginKw = (evidence: SlotEvidence): number =>
    Math.max(0, downsideMargin(marginFormOf(margin, evidence), evidence, epsilon));
  const [audit] = auditViolations(history, [{ name: margin, marginKw }], epsilon);
  const { days, pooled, perSlot, anySlot, verdict } = audit!;
  const worstSlot = perSlot.reduce((worst, slot) => (slot.share > worst.share ? slot : worst));
  return { epsilon, days: days.length, allSlots: pooled, worstSlot, anySlot, verdict };
}

/** Without wind there is nothing to fall short of. */
function noViolation(epsilon: number): Violation {
  const none = { hits: 0, trials: 0, share: 0, lower: 0, upper: 0 };
  return { epsilon, days: 0, allSlots: none, worstSlot: none, anySlot: none, verdict: 'keeps' };
}

const ownSite = (site: Site, { series }: MobileGrid): Site => ({
  ...site,
  series: {
    ...site.series,
    ...Object.fromEntries(Object.entries(series).filter(([, id]) => id !== null)),
  },
});

function correlationOf(grids: readonly MobileGrid[], histories: readonly ErrorHistory[]): number[][] {
  const table = grids.map(() => grids.map(() => NaN));
  if (histories.length === 0) return table;
  const { ids, covarianceKw2 } = fitMoments(histories);
  const place = grids.map(({ id }) => ids.indexOf(id));
  grids.forEach((_, a) =>
    grids.forEach((_, b) => {
      if (place[a]! < 0 || place[b]! < 0) return;
      const perSlot = covarianceKw2.flatMap((sigma) => {
        const [i, j] = [place[a]!, place[b]!];
        const size = Math.sqrt(sigma[i]![i]! * sigma[j]![j]!);
        return size > 0 ? [sigma[i]![j]! / size] : [];
      });
      table[a]![b] = perSlot.length === 0 ? NaN : perSlot.reduce((sum, x) => sum + x, 0) / perSlot.length;
    }),
  );
  return table;
}

const repeated = (share: number) => (): number => share;

/** Errors of a sum of components, each times its share of the slot, on the days usable for all of them. */
function combinedErrors(
  id: string,
  parts: readonly { history: ErrorHistory; shares: (slot: number) => number }[],
): ErrorHistory {
  const days = commonDays(parts.map(({ history }) => history));
  const byDay = parts.map(({ history }) => new Map(history.residuals.map(({ day, errorKw }) => [day, errorKw])));
  const slots = byDay[0]!.get(days[0] ?? '')?.length ?? 0;
  return {
    id,
    residuals: days.map((day) => ({
      day,
      usable: true,
      errorKw: Array.from({ length: slots }, (_, slot) =>
        parts.reduce((sum, { shares }, i) => sum + shares(slot) * byDay[i]!.get(day)![slot]!, 0),
      ),
    })),
  };
}

const perMega = 1000;

/**
 * Moments by which grids may hold reserve for each other; null where fewer than two have wind.
 * @throws Refusal `too-little-history`, `out-of-range`; `bad-request` for a margin that is not by mean and spread alone.
 */
export function sharingOf(
  windErrors: readonly (ErrorHistory | null)[],
  { epsilon, margin }: MarginWish,
): ReserveSharing | null {
  const form = marginFormOf(margin, { mean: 0, deviation: 1, samples: [0] });
  if ('radius' in form || form.kind === 'delage-ye')
    throw new Refusal('bad-request', {
      call: 'sms.make',
      problem: `reserves cannot be shared under the margin "${margin}"; one by mean and spread alone is needed`,
    });
  const histories = windErrors.flatMap((history) => (history ? [history] : []));
  if (histories.length < 2) return null;
  const { ids, meanKw, covarianceKw2 } = fitMoments(histories);
  const place = windErrors.map((history) => (history ? ids.indexOf(history.id) : -1));
  const at = (value: number | undefined, per: number): number => (value ?? 0) / per;
  return {
    factor: marginFactor(form, epsilon),
    meanMw: meanKw.map((row) => place.map((i) => at(row[i], perMega))),
    covarianceMw2: covarianceKw2.map((rows) => place.map((i) => place.map((j) => at(rows[i]?.[j], perMega ** 2)))),
  };
}

/** Of grids that answer for each other, on held-out days: what each has taken on against its margin. @param shares [grid][slot][grid] */
export function sharedViolations(
  windErrors: readonly (ErrorHistory | null)[],
  shares: readonly (readonly (readonly number[])[])[],
  wish: MarginWish,
): Violation[] {
  return shares.map((own, h) => {
    const parts = windErrors.flatMap((history, g) =>
      history && own.some((row) => row[g]! > leastShare) ? [{ history, shares: (slot: number) => own[slot]![g]! }] : [],
    );
    if (parts.length === 0) return noViolation(wish.epsilon);
    return measuredViolation(combinedErrors(windErrors[h]?.id ?? `grid ${h + 1}`, parts), wish);
  });
}

/** A share below this is rounding. */
const leastShare = 1e-9;
