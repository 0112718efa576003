/**
 * Re-checks a settlement of a virtual power plant in plain arithmetic on whole cents: payments sum to what the market pays, each account
 * adds up, and nobody is worse off than alone. The dispatch it rests on is checked by `checkPlan`.
 */
import type { VppAccount, VppSettlement } from '../models/vpp/settle-vpp.ts';

export interface VppBreach {
  /** Member, or null where it concerns the whole. */
  id: string | null;
  what: 'sum' | 'account' | 'worse-than-alone' | 'power';
  /** In cents; kWh for 'power'. */
  off: number;
}

/** Each amount of an account is rounded once: as much may its owner seem worse off than it is. */
const roundingCents = 2;

/**
 * @param tradedKwh sold to the market less bought after losses: what the members give together.
 * @returns worst first; empty when all holds
 */
export function checkVpp({ accounts, marketCents }: VppSettlement, tradedKwh: number): VppBreach[] {
  const breaches: VppBreach[] = [];
  const add = (id: string | null, what: VppBreach['what'], off: number, allowed: number): void => {
    if (!(Math.abs(off) <= allowed)) breaches.push({ id, what, off });
  };
  const sum = (of: (account: VppAccount) => number): number => accounts.reduce((total, one) => total + of(one), 0);
  add(null, 'sum', sum(({ receivesCents }) => receivesCents) - marketCents, 0);
  add(null, 'power', sum(({ deliveredKwh }) => deliveredKwh) - tradedKwh, 1e-4 * Math.max(1, Math.abs(tradedKwh)));
  for (const one of accounts) {
    add(one.id, 'account', one.energyCents + one.capacityCents + one.wearCents - one.receivesCents, 0);
    add(one.id, 'account', one.receivesCents - one.ownCostCents - one.netCents, 0);
    add(one.id, 'worse-than-alone', Math.min(0, one.netCents - one.aloneCents), roundingCents);
  }
  return breaches.sort((a, b) => Math.abs(b.off) - Math.abs(a.off));
}
