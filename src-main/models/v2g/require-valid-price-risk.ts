/** Refuses uncertain prices that do not belong to their problem. */
import type { PriceRisk } from './problem.ts';
import { requireValidSet } from './require-valid-set.ts';

export function requireValidPriceRisk(
  { set, period, saleShare }: PriceRisk,
  slots: number,
  refuse: (complaint: string) => never,
): void {
  if (period.length !== slots) refuse(`the market periods are given for ${period.length} of ${slots} slots`);
  const periods = Math.max(...period) + 1;
  const known = new Set(period);
  if (period.some((each) => !Number.isInteger(each) || each < 0) || known.size !== periods)
    refuse('the market periods are not numbered from 0 without a gap');
  if (!(saleShare >= 0 && Number.isFinite(saleShare))) refuse(`the sale share of the market price is ${saleShare}`);
  requireValidSet(set, { name: 'the price set', size: periods, times: periods, timeName: 'periods' }, refuse);
}
