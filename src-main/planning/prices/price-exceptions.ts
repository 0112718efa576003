/** What is to be known of the prices of a plan: that they are a forecast, and when their set does not keep its promise. */
import { percent, type Exception } from '../exception.ts';
import type { PriceProvenance } from '../ports.ts';

export function priceExceptions(prices: PriceProvenance | undefined): Exception[] {
  if (!prices || prices.known) return [];
  const { set } = prices;
  const row = (level: 2 | 3, code: string, cause: string, consequence: string): Exception => ({
    level,
    code,
    cause,
    fromSlot: null,
    toSlot: null,
    consequence,
    action: { label: 'See the prices', screen: 'schedule' },
    count: 1,
  });
  if (set === null)
    return [
      row(
        2,
        'prices-unprotected',
        'The prices of the day are a forecast, and the plan is not protected against its errors',
        'The bill can come to more than the plan says. Plan with robust prices, or again once prices are published.',
      ),
    ];
  const { guarantee, periods, trades } = set;
  const promised = guarantee.probability;
  const measured = guarantee.event === 'interval' ? periods : guarantee.event === 'day' ? trades : set.bill;
  const broken = promised !== null && measured !== null && measured.upper < promised;
  return [
    broken
      ? row(
          2,
          'price-set-broken',
          `The set of prices promises ${percent(promised)} and held ${percent(measured.share)} on held-out days`,
          'Prices stray further than the set knows: the bill can come to more than the plan says. Choose another set or a larger δ.',
        )
      : row(
          3,
          'prices-forecast',
          'The prices of the day are a forecast; the plan stands the worst of their set',
          'The bill is at most what the plan says as long as prices stay within the set. Plan again once they are published.',
        ),
  ];
}
