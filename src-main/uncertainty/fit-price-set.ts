/**
 * Sets of market prices from the errors of past price forecasts, with their coverage on days they have not seen.
 *
 *   interval    |π_h| ≤ P̂_h, the error of rank ⌈(N+1)δ⌉ of its period (conformal.ts)
 *   budget      the same widths, at most Γ periods fully off on one day
 *   ellipsoid   mean and shrunk covariance of one half of the days, radius by the other half: the score of a day is that of the trade it made
 *               dearest (price-trades.ts), its rank ⌈(n+1)δ⌉ the radius (calibrate-scale.ts)
 *
 * Coverage: rolling origin over the last third of the days, fitted again at most twelve times from earlier days only.
 */
import { Refusal } from '../base/errors.ts';
import { clopperPearson } from '../base/statistics.ts';
import { splitDays, calibrateScale } from './calibrate-scale.ts';
import { clusterShare } from './cluster-share.ts';
import { conformalRank } from './conformal.ts';
import type { SupportFunction } from './day-fitter.ts';
import type { EllipsoidSet, SetGuarantee } from './day-set.ts';
import { mostFactors } from './fit-ellipsoid.ts';
import type { JointDay } from './joint-days.ts';
import type { PriceSet, PriceSetKind } from './price-set.ts';
import { tradeReach, tradeScore, type TradeReach } from './price-trades.ts';
import { principalDays } from './principal.ts';
import type { MeasuredShare } from './types.ts';

/** actual − forecast of one past day [market period], currency per kWh. */
export interface PriceErrorDay {
  day: string;
  error: Float64Array;
}

export interface PriceSetWish {
  kind: PriceSetKind;
  /** δ */
  nominal: number;
  /** Γ of a budget: periods that may be fully off; the failure bound of Bertsimas and Sim at it. */
  periodProtection: number;
  failureBound: number;
  worstCase: SupportFunction;
}

export interface PriceSetFit {
  set: PriceSet;
  guarantee: SetGuarantee;
  days: number;
  /** Held-out periods whose price lay within what the set knows of that period alone. */
  periods: MeasuredShare;
  /** Held-out days on which no single purchase or sale, pair of them, or even trade was dearer than the set said. */
  trades: MeasuredShare;
  /** Days with the set of earlier days only that was there for them. */
  heldOut: { error: Float64Array; set: PriceSet }[];
}

export const leastPriceDays = 30;
const mostRefits = 12;

/** @param past oldest first, sound in every period. @throws Refusal `too-little-history` with fewer than thirty. */
export function fitPriceSet(past: readonly PriceErrorDay[], wish: PriceSetWish): PriceSetFit {
  if (past.length < leastPriceDays)
    throw new Refusal('too-little-history', { days: past.length, kind: 'price', needed: leastPriceDays });
  const periods = past[0]!.error.length;
  const first = past.length - Math.ceil(past.length / 3);
  const run = Math.max(1, Math.ceil((past.length - first) / mostRefits));
  const heldOut: PriceSetFit['heldOut'] = [];
  const inside: number[] = [];
  let kept = 0;
  for (let start = first; start < past.length; start += run) {
    const { set } = fitOnce(past.slice(0, start), wish);
    const reach = tradeReach(set, periods, wish.worstCase);
    for (const { error } of past.slice(start, start + run)) {
      heldOut.push({ error, set });
      inside.push(periodsInside(reach, periods, error));
      if (tradeScore(reach, error) <= 1 + 1e-9) kept++;
    }
  }
  return {
    ...fitOnce(past, wish),
    days: past.length,
    periods: clusterShare(
      inside,
      inside.map(() => periods),
    ),
    trades: clopperPearson(kept, inside.length),
    heldOut,
  };
}

/** The first trades are one kWh bought and one kWh sold in each period. */
function periodsInside({ trades }: TradeReach, periods: number, error: ArrayLike<number>): number {
  const within = (at: number, cost: number): boolean => cost <= trades[at]!.centre + trades[at]!.reach + 1e-12;
  let hits = 0;
  for (let period = 0; period < periods; period++)
    if (within(2 * period, error[period]!) && within(2 * period + 1, -error[period]!)) hits++;
  return hits;
}

function fitOnce(past: readonly PriceErrorDay[], wish: PriceSetWish): Pick<PriceSetFit, 'set' | 'guarantee'> {
  if (wish.kind === 'ellipsoid') return ellipsoidOf(past, wish);
  const periods = past[0]!.error.length;
  const rank = conformalRank(past.length, wish.nominal);
  const halfWidths = Array.from({ length: periods }, (_, period) => {
    const sizes = past.map(({ error }) => Math.abs(error[period]!)).sort((a, b) => a - b);
    return sizes[Math.min(rank, sizes.length) - 1]!;
  });
  if (wish.kind === 'interval') {
    const probability = rank <= past.length ? wish.nominal : past.length / (past.length + 1);
    const assumes = 'The day is exchangeable with the days of the window.';
    return {
      set: { kind: 'interval', halfWidths },
      guarantee: { event: 'interval', probability, source: 'conformal', assumes },
    };
  }
  return {
    set: { kind: 'budget', slots: periods, halfWidths, protection: 1, slotProtection: wish.periodProtection },
    guarantee: {
      event: 'limit',
      probability: 1 - wish.failureBound,
      source: 'Bertsimas and Sim',
      assumes: 'Prices of the periods are independent and symmetric, and never leave their intervals.',
    },
  };
}

function ellipsoidOf(past: readonly PriceErrorDay[], { nominal, worstCase }: PriceSetWish) {
  const slots = past[0]!.error.length;
  const days = past.map(({ day, error }): JointDay => ({ day, deviation: error, forecast: error }));
  const { shape, calibration } = splitDays({ slots, components: 1, days });
  const { mean, factors, spread } = principalDays(
    shape.days.map(({ deviation }) => deviation),
    mostFactors,
  );
  const unit: EllipsoidSet = { kind: 'ellipsoid', centre: mean, factors, spread, radius: 1 };
  const reach = tradeReach(unit, slots, worstCase);
  const scores = calibration.map(({ deviation }) => tradeScore(reach, deviation));
  const { scale, guarantee } = calibrateScale(scores, nominal);
  return { set: { ...unit, radius: scale }, guarantee };
}
