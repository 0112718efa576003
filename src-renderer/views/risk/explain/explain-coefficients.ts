/** What it costs a plan that output and efficiency are doubted, and what is doubted. */
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { planFacts, type Sources } from './plan-sources.ts';

export const deviceKinds: Readonly<Record<'gas' | 'wind' | 'storage' | 'aggregator', string>> = {
  gas: 'gas unit, of its output',
  wind: 'wind park, of its output',
  storage: 'storage, of its efficiency',
  aggregator: 'chargers, of their efficiency',
};

export function explainDoubt(plan: PlanPayload, sources: Sources): Explanation {
  const { losses, unitsAtOnce, slotsAtOnce, known, setAsideKw } = plan.coefficients!;
  const hours = plan.horizon.slotMinutes / 60;
  return {
    title: 'What doubted output and efficiency cost',
    rule: 'The worst-case cost of this plan less that of the same day solved once more with every coefficient as it should be: same set, same prices, same recourse. Both were solved when the plan was made.',
    facts: [
      { what: 'This plan', words: formatQuantity(plan.cost.total, plan.currency) },
      {
        what: 'With all of it known',
        words: known === null ? 'no such plan' : formatQuantity(known.cost, plan.currency),
      },
      { what: 'Units that may fail to deliver at once', words: formatQuantity(unitsAtOnce, '', 'set') },
      { what: 'Slots in which batteries may be worse', words: formatQuantity(slotsAtOnce, '', 'set') },
      ...(setAsideKw
        ? [
            {
              what: 'Supply set aside',
              words: `${formatQuantity(
                setAsideKw.reduce((sum, kw) => sum + kw * hours, 0),
                'kWh',
              )} over the day, at most ${formatQuantity(Math.max(...setAsideKw), 'kW')}`,
            },
          ]
        : []),
      ...planFacts(plan),
    ],
    table: {
      caption: 'What is doubted in this plan',
      columns: [
        { id: 'name', label: 'Device', value: (row) => row['name'] ?? '' },
        { id: 'kind', label: 'Of', value: (row) => row['kind'] ?? '' },
        {
          id: 'share',
          label: 'May be missing',
          unit: '%',
          numeric: true,
          digits: 'set',
          value: (row) => row['share'] ?? null,
        },
      ],
      rows: losses.map(({ kind, id, name, share }): ExplainedRow => ({
        key: `${kind} ${id}`,
        name,
        kind: deviceKinds[kind],
        share: 100 * share,
      })),
    },
    onward: [sources.site, sources.schedule(plan, null)],
  };
}
