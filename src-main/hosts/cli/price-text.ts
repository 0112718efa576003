/** The prices of a plan in a terminal, as facts. */
import type { PlanPayload } from '../../contract/plan.ts';
import { number, percent } from './table.ts';

export function priceFacts({ prices, currency }: PlanPayload): (readonly [string, string])[] {
  if (prices === null) return [];
  if (prices.known) return [['prices', 'published, so they are known: their set is a point and holds no risk']];
  const { forecast, set, expectedBill, risk } = prices;
  const money = (perKwh: number) => `${number(1000 * perKwh, 2)} ${currency}/MWh`;
  const errors = forecast
    ? `, off by ${money(forecast.rmse)} (root mean square of ${forecast.days} days; the day before again: ${money(forecast.naiveRmse)})`
    : '';
  const bill = ['  expected bill', `${number(expectedBill, 2)} ${currency}`] as const;
  if (!set) return [['prices', `forecast, taken as expected${errors}`], bill];
  return [
    ['prices', `forecast, protected by a set of kind ${set.kind}${errors}`],
    bill,
    ['  price risk', `${number(risk, 2)} ${currency}`],
    [
      '  price set',
      `promises ${percent(set.guarantee.probability ?? NaN)} (${set.guarantee.source}); held ${percent(set.periods.share)} of periods and ${percent(set.trades.share)} of ${set.trades.trials} days`,
    ],
    ...(set.bill ? [['  bill kept', `${percent(set.bill.share)} of ${set.bill.trials} held-out days`] as const] : []),
  ];
}
