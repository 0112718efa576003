/** Refuses uncertain prices that do not belong to their problem. */
import type { PriceRisk } from './problem.ts';

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
  const series = (name: string, values: readonly number[], least = -Infinity): void => {
    if (values.length !== periods) refuse(`the price set's ${name} has ${values.length} values for ${periods} periods`);
    const bad = values.find((value) => !(Number.isFinite(value) && value >= least));
    if (bad !== undefined) refuse(`the price set's ${name} holds ${bad}`);
  };
  const number = (name: string, value: number): void => {
    if (!(Number.isFinite(value) && value >= 0)) refuse(`the price set's ${name} is ${value}`);
  };
  switch (set.kind) {
    case 'interval':
      return series('half-widths', set.halfWidths, 0);
    case 'budget':
      if (set.slots !== periods) refuse(`the price set is of ${set.slots} periods, the day of ${periods}`);
      number('protection', set.protection);
      number('period protection', set.slotProtection);
      return series('half-widths', set.halfWidths, 0);
    case 'ellipsoid':
    case 'moment':
      series('centre', set.centre);
      set.factors.forEach((factor) => series('factor', factor));
      number('radius', set.radius);
      return series('spread', set.spread, 0);
    case 'scenarios':
    case 'support':
      series('centre', set.centre);
      number('scale', set.scale);
      if (set.points.length === 0) refuse('the price set has no days');
      return set.points.forEach((point) => series('days', point));
  }
}
