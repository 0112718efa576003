/** What more of a set buys on one day: the curve of a kind, and the day it is solved from. */
import { canonicalJson } from '../../base/canonical-json.ts';
import type { SetGuarantee, SetKind } from '../../uncertainty/day-set.ts';
import type { SizeScale } from '../../uncertainty/set-size.ts';
import type { JobHandle } from '../jobs.ts';
import { operationSolve } from '../operation-solve.ts';
import { dayTrucks } from '../plan/day-trucks.ts';
import { fleetWanted, type PlanOptions } from '../plan/make-plan.ts';
import type { SetRecord, Store } from '../ports.ts';
import { networkOf } from '../network/network-of.ts';
import { plannedPrices } from '../prices/planned-prices.ts';
import { unseenDays } from '../sets/deviation-days.ts';
import { fitDay } from '../sets/fit-day.ts';
import { siteAsked } from '../plan/site-asked.ts';
import type { PlanTools } from '../tools.ts';
import { decideForm } from './decide-form.ts';
import { isFlat, type SizePoint } from './size-point.ts';
import { sizedDay, type SizedDay } from './sized-day.ts';

export interface RiskCurve {
  day: string;
  setId: string;
  currency: string;
  scale: SizeScale;
  /** What the bound of the points speaks of. */
  promises: SetGuarantee['event'];
  /** What the set was learnt from and the day planned with, to tell whether the curve is of the settings at hand. */
  asked: CurveSettings;
  /** Real days the chances were measured on. */
  evidenceDays: number;
  wanted: number[];
  points: SizePoint[];
  /** In which form the chance constraint of an exact ball is stated, in words; null or left out for other kinds. */
  chance?: string | null;
  /** Cost does not move along the curve: protection is worth nothing on this day. */
  flat: boolean;
}

/** What of a wish to plan a curve is solved under. */
const curveSettings = [
  'fit',
  'slotProtection',
  'recourse',
  'cars',
  'coefficients',
  'prices',
  'network',
  'voltageMinPu',
  'trucks',
] as const satisfies readonly (keyof PlanOptions)[];
export type CurveSettings = Pick<PlanOptions, (typeof curveSettings)[number]>;

const settingsOf = (options: PlanOptions): CurveSettings =>
  Object.fromEntries(curveSettings.map((name) => [name, options[name]])) as CurveSettings;

export interface RiskDay {
  record: SetRecord;
  sized: SizedDay;
  curve: Omit<RiskCurve, 'wanted' | 'points' | 'flat'>;
}

/** The day before a size is chosen. @throws Refusal as `makePlan` for what comes before solving. */
export async function riskDay(tools: PlanTools, options: PlanOptions, job: JobHandle): Promise<RiskDay> {
  const { store, clock } = tools;
  await clock.nextTurn();
  const site = siteAsked(store, options);
  const { set: kind, fit } = options;
  const fitted = await fitDay(tools, { day: options.day, ...fit, set: kind }, job.signal);
  const { horizon, record } = fitted;
  const fleet = fleetWanted(fitted, options.cars);
  const prices = plannedPrices(store, site, horizon, fit, options.prices);
  const { parts: trucks } = await dayTrucks(tools, options.trucks, horizon, job);
  const placed = networkOf(store, site, options);
  const open = sizedDay({ site, horizon, set: record.set, ...fleet, prices, trucks, ...placed }, options);
  const sized = await decideForm(open, tools.solver, curveSolve(options, job));
  return {
    record,
    sized,
    curve: {
      day: options.day,
      setId: record.id,
      currency: site.currency,
      scale: sized.scale,
      promises: sized.promiseAt(sized.scale.fitted).event,
      asked: settingsOf(options),
      evidenceDays: unseenDays(record.set, kind).length,
      chance: sized.chance,
    },
  };
}

export const curveSolve = (options: PlanOptions, job: JobHandle) => ({
  ...operationSolve,
  timeLimitSeconds: options.timeLimitSeconds,
  explainInfeasibility: 'no' as const,
  signal: job.signal,
});

const keyOf = ({ setId, scale }: Pick<RiskCurve, 'setId' | 'scale'>): string => `${setId} ${scale.kind}`;

/**
 * Keeps the set and the curve of its kind. What failed or was cancelled is not kept: it may be asked for again. With 'join' the points of the curve
 * that is known stay.
 */
export async function keepCurve(
  store: Store,
  record: SetRecord,
  curve: RiskCurve,
  known: 'join' | 'replace',
): Promise<void> {
  await store.whenWritable();
  store.saveSet(record);
  const kept = known === 'join' ? readCurve(store.getSweep(curve.day, keyOf(curve))) : null;
  const earlier = kept && canonicalJson(kept.asked) === canonicalJson(curve.asked) ? kept : null;
  const bySize = new Map((earlier?.points ?? []).map((point) => [point.size, point]));
  for (const point of curve.points) if (point.state === 'solved') bySize.set(point.size, point);
  const points = [...bySize.values()].sort((a, b) => a.size - b.size);
  const wanted = [...new Set([...(earlier?.wanted ?? []), ...curve.wanted])].sort((a, b) => a - b);
  store.saveSweep(curve.day, keyOf(curve), { ...curve, wanted, points, flat: isFlat(points) });
}

/** The newest curve of each kind of a day, in the order they were solved, newest first. */
export function curvesOf(store: Store, day: string): RiskCurve[] {
  const newest = new Map<SetKind, RiskCurve>();
  for (const { points } of store.listSweeps(day)) {
    const curve = readCurve(points);
    if (curve && !newest.has(curve.scale.kind)) newest.set(curve.scale.kind, curve);
  }
  return [...newest.values()];
}

/** Null for curves kept before there was one for each kind. */
const readCurve = (kept: unknown): RiskCurve | null =>
  typeof kept === 'object' && kept !== null && 'scale' in kept ? (kept as RiskCurve) : null;
