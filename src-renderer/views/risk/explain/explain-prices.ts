/** What the numbers of market prices in a plan were computed from. */
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
import { percentWords, shareWords } from '../../../charts/share.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { planFacts, type Sources } from './plan-sources.ts';

/** What the plan assumed of market prices. */
export function explainPrices(
  plan: PlanPayload,
  which: 'expectedBill' | 'risk' | 'kept',
  sources: Sources,
): Explanation {
  const prices = plan.prices!;
  const rules = {
    expectedBill:
      'Energy bought at the expected purchase price less energy sold at the expected sale price, slot by slot.',
    risk: 'What the prices of the set that are worst for this plan’s trade add to its bill. It is part of the cost.',
    kept: 'On held-out days: periods whose price stayed inside the set, days on which every trade did, and days on which this plan’s bill stayed within its promise.',
  };
  const set = prices.set;
  return {
    title: { expectedBill: 'Expected bill', risk: 'Price risk', kept: 'What the set of prices kept' }[which],
    rule: rules[which],
    facts: [
      { what: 'Expected bill', words: formatQuantity(prices.expectedBill, plan.currency) },
      { what: 'Price risk', words: formatQuantity(prices.risk, plan.currency) },
      ...(set
        ? [
            {
              what: 'Set of prices',
              words: `${set.kind}, promise ${percentWords(set.guarantee.probability ?? NaN)} (${set.guarantee.source})`,
            },
            { what: 'Assumes', words: set.guarantee.assumes },
            { what: 'Periods kept', words: shareWords(set.periods) },
            { what: 'Days kept in every trade', words: shareWords(set.trades) },
            ...(set.bill ? [{ what: 'Days kept in this bill', words: shareWords(set.bill) }] : []),
          ]
        : []),
      ...(prices.forecast
        ? [
            {
              what: 'Forecast error',
              words: `${formatQuantity(1000 * prices.forecast.rmse, `${plan.currency}/MWh`, 3)} over ${formatQuantity(prices.forecast.days, 'days', 'count')}; repeating the day before ${formatQuantity(1000 * prices.forecast.naiveRmse, `${plan.currency}/MWh`, 3)}`,
            },
          ]
        : []),
      ...planFacts(plan),
    ],
    table: {
      caption: 'Trade and prices by slot',
      columns: [
        { id: 'at', label: 'Slot', value: (row) => row['at'] ?? '' },
        { id: 'bought', label: 'Bought', unit: 'kW', numeric: true, value: (row) => row['bought'] ?? null },
        { id: 'sold', label: 'Sold', unit: 'kW', numeric: true, value: (row) => row['sold'] ?? null },
        {
          id: 'expected',
          label: 'Expected',
          unit: `${plan.currency}/MWh`,
          numeric: true,
          value: (row) => row['expected'] ?? null,
        },
        ...(prices.worst
          ? [
              {
                id: 'worst',
                label: 'Worst',
                unit: `${plan.currency}/MWh`,
                numeric: true,
                value: (row: ExplainedRow) => row['worst'] ?? null,
              },
            ]
          : []),
      ],
      rows: plan.horizon.labels.map((label, slot): ExplainedRow => ({
        key: String(slot),
        at: label,
        bought: plan.importKw[slot] ?? null,
        sold: plan.exportKw[slot] ?? null,
        expected: 1000 * (plan.buyPerKwh[slot] ?? NaN),
        worst: 1000 * (prices.worst?.buyPerKwh[slot] ?? NaN),
      })),
    },
    onward: [sources.schedule(plan, null), sources.telemetry],
  };
}
