/** What the numbers of the plan on the desk were computed from: its cost, its test, its bounds, its promises and its replay on past days. */
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
import type { BackTestPayload } from '../../../../src-main/contract/plan-evidence.ts';
import { percentWords, shareWords } from '../../../charts/share.ts';
import { slotSpan } from '../../../charts/slot-axis.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { planFacts, type Sources } from './plan-sources.ts';

const amounts = (currency: string): NonNullable<Explanation['table']>['columns'] => [
  { id: 'item', label: 'Item', value: (row) => row['item'] ?? '' },
  { id: 'amount', label: 'Amount', unit: currency, numeric: true, value: (row) => row['amount'] ?? null },
];

export function explainPlanCost(plan: PlanPayload, sources: Sources): Explanation {
  return {
    title: 'Cost of the plan',
    rule: 'The sum of its items, each a decision of the schedule at the prices of the day and what deviations, prices and cars add at their worst; added up again by the independent check.',
    facts: [
      ...planFacts(plan),
      {
        what: 'Proven least',
        words:
          plan.outcome.bound === null
            ? 'nothing is proven'
            : `${formatQuantity(plan.outcome.bound, plan.currency)}, of what is minimised`,
      },
      ...chordFacts(plan),
      {
        what: 'Check',
        words: `${plan.check.passed ? 'passed' : 'failed'}, ${formatQuantity(plan.check.checked, 'limits', 'count')}`,
      },
    ],
    table: {
      caption: 'Items of the cost',
      columns: amounts(plan.currency),
      rows: [
        ...plan.cost.items.map(({ key, label, amount }): ExplainedRow => ({ key, item: label, amount })),
        { key: 'total', item: 'Together', amount: plan.cost.total },
      ],
    },
    onward: [sources.schedule(plan, null)],
  };
}

/** Quadratic units are priced by chords, which lie above the curve: what is booked for generation, and how much less it may truly be. */
function chordFacts({ objectives: { quadratic, values }, currency }: PlanPayload): Explanation['facts'] {
  const booked = values.find(({ objective }) => objective === 'generation');
  if (quadratic === null || booked === undefined) return [];
  const money = (amount: number): string => formatQuantity(amount, currency);
  return [
    {
      what: 'Generation in it',
      words: `${money(booked.value)} by chords, at most ${formatQuantity(quadratic.mostAbove, currency, 3)} above its quadratic cost, which is ${money(quadratic.exact)}`,
    },
  ];
}

/** One of the chances measured on drawn days. */
export function explainPlanChance(
  plan: PlanPayload,
  which: 'anyViolation' | 'largestSingle' | 'unserved',
  sources: Sources,
): Explanation {
  const test = plan.test!;
  const share = which === 'largestSingle' ? test.largestSingle : test.anyViolation;
  const rules = {
    anyViolation:
      'A drawn day counts when any limit breaks in any slot. The interval is Clopper–Pearson on the distinct days, because drawing more often adds no evidence.',
    largestSingle:
      'The drawn days counted for each limit in each slot on its own; this is the one that breaks most often, which an a-priori bound of one limit speaks of.',
    unserved: 'Unserved energy of every drawn day, added up and divided by the number of days drawn.',
  };
  return {
    title: {
      anyViolation: 'Any violation in a day',
      largestSingle: 'Largest single limit',
      unserved: 'Unserved energy',
    }[which],
    rule: `${rules[which]} Each day was replayed on the finished plan, its errors scaled by what its set promises over what a set of earlier days only had promised.`,
    facts: [
      {
        what: 'Counted',
        words: which === 'unserved' ? formatQuantity(test.expectedUnservedKwh, 'kWh/day', 3) : shareWords(share),
      },
      {
        what: 'Drawn',
        words: `${formatQuantity(test.days, 'days', 'count')} with replacement, seed ${formatQuantity(test.seed, '', 'count')}, from ${test.counted ? formatQuantity(test.counted.days, 'unseen real days', 'count') : 'independent normal deviations, for want of real days'}`,
      },
      ...planFacts(plan),
    ],
    ...(test.counted
      ? {
          table: {
            caption: 'Unseen days on which it runs short',
            columns: [
              { id: 'day', label: 'Day', value: (row) => row['day'] ?? '' },
              { id: 'times', label: 'Drawn', numeric: true, digits: 'count', value: (row) => row['times'] ?? null },
              {
                id: 'unserved',
                label: 'Unserved',
                unit: 'kWh',
                numeric: true,
                digits: 3,
                value: (row) => row['unserved'] ?? null,
              },
              { id: 'limit', label: 'First limit that breaks', value: (row) => row['limit'] ?? '' },
            ],
            rows: test.counted.short.map(({ label, times, unservedKwh, limit }): ExplainedRow => ({
              key: label,
              day: label,
              times,
              unserved: unservedKwh,
              limit,
            })),
          },
        }
      : {}),
    onward: [sources.set, sources.telemetry],
  };
}

/** The a-priori bound on one limit. */
export function explainPlanBound(plan: PlanPayload, which: 'exponential' | 'binomial', sources: Sources): Explanation {
  const test = plan.test!;
  const guarantee = plan.daySet?.evidence.guarantee;
  const rule = guarantee
    ? `${guarantee.source}. ${guarantee.assumes}`
    : which === 'exponential'
      ? 'exp(−α²/2L): for one limit, L independent, symmetric deviations that stay in their intervals, α of them protected against.'
      : 'Bertsimas and Sim’s B(L, α), sharper than exp(−α²/2L) under the same assumptions: L independent, symmetric deviations that stay in their intervals.';
  return {
    title: 'A-priori bound',
    rule: `${rule} Real deviations move together and do leave their intervals, so the measured frequency may lie above it.`,
    facts: [
      ...(guarantee
        ? []
        : [
            {
              what: 'Protection α',
              words: `${formatQuantity(plan.protection, '', 4)} of ${formatQuantity(plan.components, 'components', 'count')}`,
            },
          ]),
      { what: 'Bound', words: percentWords(test.bounds[which]) },
      { what: 'Measured, largest single', words: shareWords(test.largestSingle) },
      ...planFacts(plan),
    ],
    onward: [sources.set],
  };
}

export function explainBackTest(plan: PlanPayload, shown: BackTestPayload, sources: Sources): Explanation {
  return {
    title: 'The plan on real days',
    rule: 'The errors of the last usable days as they were, each replayed on the finished plan; a day counts when any limit breaks in any slot. The set has learnt from these days, so this says what the plan would have carried, not what it promises. The interval is Clopper–Pearson.',
    facts: [{ what: 'Run short', words: `${shareWords(shown.violated)}` }, ...planFacts(plan)],
    table: {
      caption: 'Days replayed, newest first',
      columns: [
        { id: 'day', label: 'Day', value: (row) => row['day'] ?? '' },
        {
          id: 'unserved',
          label: 'Unserved',
          unit: 'kWh',
          numeric: true,
          digits: 3,
          value: (row) => row['unserved'] ?? null,
        },
        { id: 'slots', label: 'Slots short', numeric: true, digits: 'count', value: (row) => row['slots'] ?? null },
        { id: 'first', label: 'First at', value: (row) => row['first'] ?? '' },
      ],
      rows: shown.days.toReversed().map(({ day, unservedKwh, violatedSlots, firstSlot }): ExplainedRow => ({
        key: day,
        day,
        unserved: unservedKwh,
        slots: violatedSlots,
        first: firstSlot === null ? '–' : (plan.horizon.labels[firstSlot] ?? '–'),
      })),
    },
    onward: [sources.telemetry, sources.set],
  };
}

export function explainBackTestDay(
  plan: PlanPayload,
  { day, unservedKwh, violatedSlots, firstSlot }: BackTestPayload['days'][number],
  sources: Sources,
): Explanation {
  return {
    title: `The plan on ${day}`,
    rule: 'The errors of load, wind and charging of that day, as they were against the forecast of its set, replayed slot by slot on this plan’s schedule and shares. Unserved is what supply and the EV pool together were short of.',
    facts: [
      { what: 'Unserved', words: formatQuantity(unservedKwh, 'kWh', 3) },
      { what: 'Slots short', words: formatQuantity(violatedSlots, 'slots', 'count') },
      { what: 'First at', words: firstSlot === null ? 'none' : slotSpan(plan.horizon, firstSlot) },
      ...planFacts(plan),
    ],
    onward: [sources.schedule(plan, firstSlot), sources.telemetry],
  };
}

/** Tested days on which an aggregator's cars leave with their planned energy. */
export function explainPromise(
  plan: PlanPayload,
  { id, name }: Pick<PlanPayload['aggregators'][number], 'id' | 'name'>,
  sources: Sources,
): Explanation {
  const aggregator = plan.aggregators.find((one) => one.id === id);
  const met = aggregator?.departureMet ?? null;
  return {
    title: `Departure promises of ${name}`,
    rule: 'Each distinct held-out day was replayed once; the promise is kept when every car of the aggregator leaves with the energy the plan gives it although the pool gives way to deviations. The interval is exact binomial.',
    facts: [
      { what: 'Kept', words: met === null ? 'too few days to test' : shareWords(met) },
      {
        what: 'Needed / lacking',
        words: `${formatQuantity(aggregator?.neededKwh, 'kWh')} / ${formatQuantity(aggregator?.unmetKwh, 'kWh')}`,
      },
      ...planFacts(plan),
    ],
    table: {
      caption: 'Departures',
      columns: [
        { id: 'at', label: 'End of', value: (row) => row['at'] ?? '' },
        { id: 'cars', label: 'Cars', numeric: true, digits: 'count', value: (row) => row['cars'] ?? null },
        { id: 'required', label: 'Required', unit: 'kWh', numeric: true, value: (row) => row['required'] ?? null },
        { id: 'planned', label: 'Planned', unit: 'kWh', numeric: true, value: (row) => row['planned'] ?? null },
      ],
      rows: (aggregator?.departures ?? []).map(({ slot, cars, requiredKwh, plannedKwh }): ExplainedRow => ({
        key: String(slot),
        at: slotSpan(plan.horizon, slot),
        cars,
        required: requiredKwh,
        planned: plannedKwh,
      })),
    },
    onward: [sources.schedule(plan, aggregator?.departures[0]?.slot ?? null)],
  };
}
