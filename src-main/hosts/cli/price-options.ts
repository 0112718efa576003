/** How a plan treats the market prices of its day. */
import type { PriceWishPayload } from '../../contract/plan-prices.ts';
import { choiceOption, numberOption, wrongUsage, type CommandOption, type OptionValues } from './command.ts';

export const priceOptionsHelp: Readonly<Record<string, CommandOption>> = {
  prices: {
    type: 'string',
    value: 'published|expected|robust',
    help: 'Only published prices; or a forecast where the day has none, as expected or protected against its errors. published unless said otherwise.',
  },
  'price-set': {
    type: 'string',
    value: 'interval|budget|ellipsoid',
    help: 'With --prices robust: the set of price errors; interval unless said otherwise.',
  },
  'price-periods': {
    type: 'string',
    value: 'Γ',
    help: 'With --price-set budget: market periods whose price may be fully off; a quarter of them unless said otherwise.',
  },
  'before-auction': {
    type: 'boolean',
    help: 'With --prices expected or robust: as if the prices of the day had not been published.',
  },
};

/** Nothing when no price option is given. @throws Refusal `usage` on options that do not go together. */
export function priceOptionsOf(values: OptionValues): { prices?: PriceWishPayload } {
  const treatment = choiceOption(values, 'prices', ['published', 'expected', 'robust']);
  const set = choiceOption(values, 'price-set', ['interval', 'budget', 'ellipsoid']);
  const periodProtection = numberOption(values, 'price-periods');
  const moment = values['before-auction'] === true ? 'before-auction' : 'now';
  if (set !== undefined && treatment !== 'robust') throw wrongUsage('--price-set goes with --prices robust.');
  if (periodProtection !== undefined && (set !== 'budget' || !(periodProtection >= 0)))
    throw wrongUsage('--price-periods takes a number from 0 on, and goes with --price-set budget.');
  if (moment === 'before-auction' && treatment !== 'expected' && treatment !== 'robust')
    throw wrongUsage('--before-auction goes with --prices expected or robust.');
  if (treatment === undefined) return {};
  const protection = periodProtection === undefined ? {} : { periodProtection };
  return { prices: { treatment, set: set ?? 'interval', moment, ...protection } };
}
