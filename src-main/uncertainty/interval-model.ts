/**
 * One fitted interval: half-widths for any slot and forecast level, from the errors of a run of past days.
 *
 * 'per-slot': every slot learns from its own errors. 'level': errors are divided by a size that grows with the forecast
 * (level-scale.ts), pooled over the day, and the half-width is the pooled one times the size at the level at hand. Errors of one day
 * move together, so N is the number of days in both.
 */
import { credibleSize } from '../base/credible-size.ts';
import { selectRank } from '../base/select-rank.ts';
import type { ResidualTable } from './component-input.ts';
import { conformalRank } from './conformal.ts';
import { fitLevelLaw, levelScale, type LevelLaw, type LevelScale } from './level-scale.ts';
import { predictionFactor } from './prediction-interval.ts';
import type { IntervalMethod, IntervalShape } from './types.ts';
import { wideningFactor } from './widen.ts';

export interface IntervalWish {
  method: IntervalMethod;
  shape: IntervalShape;
  /** Probability δ that one interval shall hold the actual value. */
  nominal: number;
}

export interface IntervalModel {
  /** Errors are compared after division by this; constant 1 for 'per-slot'. */
  scale: LevelScale;
  /** The scale as data; null for 'per-slot'. */
  law: LevelLaw | null;
  /** Half-width in units of `scale` [slot], widened for flagged data, and what it would be without flags. */
  widened: Float64Array;
  plain: Float64Array;
  /** widened ÷ plain, at least 1 [slot]. */
  widening: Float64Array;
}

/** Fitted on rows `from` … `to` − 1; `doubtfulSlots` of the day it is meant for. Needs at least two rows. */
export function fitInterval(
  table: ResidualTable,
  from: number,
  to: number,
  wish: IntervalWish,
  doubtfulSlots: readonly number[],
): IntervalModel {
  const { slots, errors, levels } = table;
  const factor = wideningFactor(table.flagged, slots, from, to, doubtfulSlots);
  const flagged = table.flagged.subarray(from * slots, to * slots);
  const scores = errors.subarray(from * slots, to * slots).map(Math.abs);
  const overallCap = credibleSize(scores);
  const widened = new Float64Array(slots);
  const plain = new Float64Array(slots);
  if (wish.shape === 'per-slot') {
    const columns = Array.from({ length: slots }, (_, slot) => column(scores, slots, slot));
    const caps = capsByTime(columns.map(credibleSize), overallCap);
    for (let slot = 0; slot < slots; slot++) {
      const width = widthsOf(columns[slot]!, column(flagged, slots, slot), caps[slot]!, to - from, wish);
      plain[slot] = width.plain;
      widened[slot] = factor[slot]! * width.charged;
    }
    return { scale: () => 1, law: null, widened, plain, widening: ratioOf(widened, plain, factor) };
  }
  const known = levels.subarray(from * slots, to * slots);
  const law = fitLevelLaw(errors.subarray(from * slots, to * slots), known, slots, overallCap);
  const scale = levelScale(law);
  for (let at = 0; at < scores.length; at++) scores[at]! /= scale(known[at]!, at % slots);
  const pooled = widthsOf(scores, flagged, credibleSize(scores), to - from, wish);
  plain.fill(pooled.plain);
  factor.forEach((value, slot) => (widened[slot] = value * pooled.charged));
  return { scale, law, widened, plain, widening: ratioOf(widened, plain, factor) };
}

/**
 * The largest credible error at about a time of day: of the slots within two hours, and not below a tenth of the day's, so that a
 * slot that is nearly always quiet keeps its rare events.
 */
function capsByTime(own: readonly number[], overall: number): number[] {
  const reach = Math.round(own.length / 12);
  return own.map((_, slot) => Math.max(0.1 * overall, ...own.slice(Math.max(0, slot - reach), slot + reach + 1)));
}

/** Where nothing ever deviated there is no ratio; the factor for flags alone stands in. */
function ratioOf(widened: Float64Array, plain: Float64Array, factor: Float64Array): Float64Array {
  return widened.map((width, slot) => (plain[slot] === 0 ? factor[slot]! : width / plain[slot]!));
}

/**
 * Half-widths from scores |e| (NaN: missing): `plain` as if nothing had been flagged, missing ones left out; `charged` with
 * flagged and missing ones at the cap, and never below `plain`.
 */
function widthsOf(
  scores: Float64Array,
  flagged: Uint8Array,
  cap: number,
  days: number,
  wish: IntervalWish,
): { plain: number; charged: number } {
  const charged = new Float64Array(scores.length);
  const sound = new Float64Array(scores.length);
  let seen = 0;
  for (let at = 0; at < scores.length; at++) {
    const known = Number.isFinite(scores[at]!);
    const score = known ? Math.min(scores[at]!, cap) : cap;
    if (known) sound[seen++] = score;
    charged[at] = flagged[at] ? cap : score;
  }
  const plain = halfWidthOf(sound, seen, days, wish);
  if (seen === scores.length && !flagged.includes(1)) return { plain, charged: plain };
  return { plain, charged: Math.max(plain, halfWidthOf(charged, charged.length, days, wish)) };
}

/** Half-width from `count` scores of `days` days; nondecreasing in every score. Reorders the scores. */
function halfWidthOf(scores: Float64Array, count: number, days: number, { method, nominal }: IntervalWish): number {
  if (count === 0) return 0;
  let squares = 0;
  for (let index = 0; index < count; index++) squares += scores[index]! ** 2;
  // The centre is bias-corrected, so the spread is taken about it and not about the mean of the errors.
  const normal = predictionFactor(days, nominal) * Math.sqrt(squares / Math.max(1, count - count / days));
  if (method === 'prediction-normal') return normal;
  const rank = conformalRank(days, nominal);
  if (rank > days) return Math.max(normal, selectRank(scores, count - 1, count));
  return selectRank(scores, Math.min(count, Math.ceil((rank * count) / days)) - 1, count);
}

/** Column `slot` of rows of `slots` values. */
function column<Values extends Float64Array | Uint8Array>(values: Values, slots: number, slot: number): Values {
  const own = values.slice(0, values.length / slots) as Values;
  for (let row = 0; row < own.length; row++) own[row] = values[row * slots + slot]!;
  return own;
}
