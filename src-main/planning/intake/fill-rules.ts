/**
 * How missing and flagged values of each kind are stood in for: the desk's setting, changed with an audit entry, and how many values it
 * makes up in a window. What it does is in base/fill-gaps.ts.
 */
import type { FillCounts, FillMethod, FillRule } from '../../base/fill-gaps.ts';
import { weeklyFill } from '../../base/fill-gaps.ts';
import { addDays, zoneOf } from '../../base/zone.ts';
import { warmUpDays } from '../../forecast/forecast-day.ts';
import { fillSeries } from '../../telemetry/quality/fill-series.ts';
import { seriesKinds, type RegularSeries, type SeriesKind } from '../../telemetry/types.ts';
import { chooseSeries } from './choose-series.ts';
import { tomorrowOf } from '../desk-state.ts';
import type { Store } from '../ports.ts';
import { operatorOf, siteOf } from '../tools.ts';

export type FillRules = Record<SeriesKind, FillRule>;

/** Files that store changes only leave out a price that repeats. */
export const defaultFillRules: FillRules = {
  'load-actual': weeklyFill,
  'load-forecast': weeklyFill,
  'wind-actual': weeklyFill,
  'wind-forecast': weeklyFill,
  price: { lineMinutes: 0, longer: 'last-value' },
};

const settingKey = 'fill-rules';
const ruleChanged = 'telemetry.fill-rule';

/** When a rule was last changed; null while all are as they came. */
export const fillRulesSavedMs = (store: Pick<Store, 'lastActMs'>): number | null => store.lastActMs(ruleChanged);

export function fillRulesOf(store: Pick<Store, 'getSetting'>): FillRules {
  const stored = store.getSetting(settingKey);
  return stored === null ? defaultFillRules : { ...defaultFillRules, ...(JSON.parse(stored) as Partial<FillRules>) };
}

/** Holds for every fit and plan from here on; plans made before keep what they were made from. */
export async function setFillRule(store: Store, kind: SeriesKind, rule: FillRule): Promise<void> {
  await store.whenWritable();
  const rules = fillRulesOf(store);
  const before = rules[kind];
  if (before.lineMinutes === rule.lineMinutes && before.longer === rule.longer) return;
  store.setSettingWithAudit(settingKey, JSON.stringify({ ...rules, [kind]: rule }), {
    operator: operatorOf(store),
    act: ruleChanged,
    subject: kind,
    detail: { before, after: rule },
  });
}

export interface FillReport {
  kind: SeriesKind;
  rule: FillRule;
  /** Null where the desk holds no such series in the window. */
  counts: FillCounts | null;
}

/** What the rules make up in the days that a fit of the planning day reads; null when no day can be planned. */
export function fillReport(
  store: Store,
  windowDays: number,
): { fromDay: string; toDay: string; kinds: FillReport[] } | null {
  const site = siteOf(store);
  const toDay = tomorrowOf(store, site);
  if (toDay === null) return null;
  const zone = zoneOf(site.zone);
  const fromDay = addDays(toDay, -windowDays - warmUpDays);
  const [fromUtcMs, toUtcMs] = [zone.startOfDay(fromDay), zone.startOfDay(addDays(toDay, 1))];
  const rules = fillRulesOf(store);
  const kinds = seriesKinds.map((kind): FillReport => {
    const info = chooseSeries(store, site, kind);
    const inWindow = info !== null && info.fromUtcMs < toUtcMs && info.toUtcMs > fromUtcMs;
    const counts = inWindow ? fillCounts(store.readSeries(info.id, fromUtcMs, toUtcMs), site.zone, rules[kind]) : null;
    return { kind, rule: rules[kind], counts };
  });
  return { fromDay, toDay, kinds };
}

/** Values made up between the first and the last one that a series holds. */
export function fillCounts(series: RegularSeries, zoneId: string, rule: FillRule): FillCounts {
  const held = (value: number): boolean => !Number.isNaN(value);
  const from = series.values.findIndex(held);
  if (from < 0) return { line: 0, longer: 0, open: 0 };
  const to = series.values.findLastIndex(held) + 1;
  const part = {
    ...series,
    startUtcMs: series.startUtcMs + from * series.stepMinutes * 60_000,
    values: series.values.slice(from, to),
    flags: series.flags.slice(from, to),
  };
  return fillSeries(part, zoneId, rule).counts;
}

const methodWords: Record<FillMethod, string> = {
  'week-before': 'by the same time a week before',
  'day-before': 'by the same time the day before',
  'last-value': 'by the value before, held on',
  'leave-out': '',
};

const stoodIn = 'missing or flagged values of the window were stood in for';

/** Of the notes of a plan, those that tell of values made up. */
export const isFillNote = (note: string): boolean => note.includes(stoodIn);

/** For the provenance of a plan: what was made up, in words. Empty when nothing was. */
export function fillNotes(name: string, { longer }: FillRule, { line, longer: byRule, open }: FillCounts): string[] {
  const values = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'value' : 'values'}`;
  const parts = [
    ...(line > 0 ? [`${values(line)} by a straight line`] : []),
    ...(byRule > 0 ? [`${values(byRule)} ${methodWords[longer]}`] : []),
    ...(open > 0
      ? [longer === 'leave-out' ? `${values(open)} left out with their days` : `${values(open)} by nothing`]
      : []),
  ];
  return parts.length === 0 ? [] : [`${name}: ${stoodIn}: ${parts.join(', ')}.`];
}
