/** A chain of prices and a fleet as a market problem, its rows known as far as their counts tell. */
import type { Ambiguity } from '../../robust/ambiguity/ambiguity.ts';
import type { MarketProblem, MarketStorage } from '../../models/market/problem.ts';
import type { PriceChain } from '../../uncertainty/price-chain.ts';
import type { RowDoubt } from './market-plan.ts';
import { rowSetOf, type RowSetKind } from '../../uncertainty/row-set.ts';

export interface MarketParts {
  name: string;
  currency: string;
  chain: PriceChain;
  kind: RowSetKind;
  /** Of each row but those with one of their own. */
  confidence: number;
  rows?: readonly RowDoubt[] | undefined;
  /** Hour of the local day of each slot. */
  hours: readonly number[];
  storage: MarketStorage;
  startLevel: number;
  /** Price state of the hour before the first; null: not known, any of them. */
  stateBefore: number | null;
}

/** Rows of an hour lead to the next slot, also where the clock changes. */
export function marketProblem(parts: MarketParts): MarketProblem {
  const { chain, hours, storage, startLevel, stateBefore } = parts;
  const before = chain.counts[chain.counts.length - 1]!;
  const pooled = before[0]!.map((_, next) => before.reduce((sum, row) => sum + row[next]!, 0));
  const rows = hours.map((hour) =>
    chain.counts[hour]!.map((counts, state) => rowOf(counts, parts.kind, rowConfidence(parts, hour, state))),
  );
  const opening = rowOf(
    stateBefore === null ? pooled : before[stateBefore]!,
    parts.kind,
    stateBefore === null ? parts.confidence : rowConfidence(parts, chain.counts.length - 1, stateBefore),
  );
  return {
    name: parts.name,
    currency: parts.currency,
    slots: hours.length,
    pricePerMwh: hours.map((hour) => chain.pricePerMwh[hour]!),
    transition: rows.map((ofHour) => ofHour.map(({ transition }) => transition)),
    ambiguity: rows.map((ofHour) => ofHour.map(({ ambiguity }) => ambiguity)),
    storage,
    start: { priceState: stateBefore ?? 0, level: startLevel },
    opening,
  };
}

/** Confidence with which a row is held. */
export const rowConfidence = (
  { confidence, rows = [] }: { confidence: number; rows?: readonly RowDoubt[] | undefined },
  hour: number,
  state: number,
): number => rows.find((row) => row.hour === hour && row.state === state)?.confidence ?? confidence;

function rowOf(
  counts: readonly number[],
  kind: RowSetKind,
  confidence: number,
): { transition: number[]; ambiguity: Ambiguity } {
  const { nominal, radius } = rowSetOf(counts, kind, confidence);
  return { transition: nominal, ambiguity: ambiguityOf(kind, radius, nominal.length) };
}

const ambiguityOf = (kind: RowSetKind, radius: number, states: number): Ambiguity => {
  if (kind === 'nominal') return { kind };
  return kind === 'scenario' ? { kind, mix: Math.min(1, radius), states: [0, states - 1] } : { kind, radius };
};
