/** A strategy of a back-test as it is put together on screen: its kind and what that kind asks for. */
import type { SetKindPayload } from '../../src-main/contract/uncertainty.ts';

export type StrategyKind =
  | 'nominal'
  | 'budget'
  | 'per-resource'
  | 'static'
  | 'dial'
  | 'without-v2g'
  | 'perfect'
  | Exclude<SetKindPayload, 'budget'>;

export interface StrategyWish {
  kind: StrategyKind;
  /** α of a budget, of static recourse and of charging without V2G. */
  protection: number;
  /** Γ of a budget; null: every slot may deviate. */
  slotProtection: number | null;
  /** "At most 1 day in …" of a dial, and the set it dials. */
  days: number;
  set: SetKindPayload;
  trucks: 'none' | 'owned';
}

export const asksProtection = (kind: StrategyKind): boolean =>
  kind === 'budget' || kind === 'per-resource' || kind === 'static' || kind === 'without-v2g';
export const asksSlots = (kind: StrategyKind): boolean => kind === 'budget' || kind === 'per-resource';

/** The name the core knows it by: "budget:4/12", "dial:20/factor", "ellipsoid". */
export function strategyOf({ trucks, ...wish }: StrategyWish): string {
  return trucks === 'owned' ? `${plainName(wish)}+trucks` : plainName(wish);
}

function plainName({ kind, protection, slotProtection, days, set }: Omit<StrategyWish, 'trucks'>): string {
  if (kind === 'dial') return set === 'budget' ? `dial:${days}` : `dial:${days}/${set}`;
  if (!asksProtection(kind)) return kind;
  return asksSlots(kind) && slotProtection !== null
    ? `${kind}:${protection}/${slotProtection}`
    : `${kind}:${protection}`;
}
