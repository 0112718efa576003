/** What the worst days of a plan were computed from: the one drawn from past days, the one of its set, and every other adversary. */
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
import type { WorstFindingPayload, WorstReplayPayload } from '../../../../src-main/contract/plan-evidence.ts';
import { slotSpan } from '../../../charts/slot-axis.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { planFacts, type Sources } from './plan-sources.ts';

interface NamedSeries {
  id: string;
  name: string;
  valueKw: Float64Array;
}

/** Every component in one slot, the largest first. */
function inSlot(series: readonly NamedSeries[], slot: number, plan: PlanPayload): Pick<Explanation, 'table'> {
  return {
    table: {
      caption: `Deviations at ${slotSpan(plan.horizon, slot)}, more demand is positive`,
      columns: [
        { id: 'name', label: 'Component', value: (row) => row['name'] ?? '' },
        { id: 'here', label: 'Here', unit: 'kW', numeric: true, sign: 'signed', value: (row) => row['here'] ?? null },
        {
          id: 'most',
          label: 'Most in the day',
          unit: 'kW',
          numeric: true,
          sign: 'signed',
          value: (row) => row['most'] ?? null,
        },
      ],
      rows: series
        .map(({ id, name, valueKw }): ExplainedRow & { here: number } => ({
          key: id,
          name,
          here: valueKw[slot] ?? NaN,
          most: valueKw.reduce((most, kw) => (Math.abs(kw) > Math.abs(most) ? kw : most), 0),
        }))
        .sort((a, b) => Math.abs(b.here) - Math.abs(a.here)),
    },
  };
}

/** The day drawn that leaves most unserved. `slot`: where its deviations are shown. */
export function explainDrawnWorst(plan: PlanPayload, slot: number, sources: Sources): Explanation {
  const test = plan.test!;
  const { label, unservedKwh, firstSlot, limit, deviationKw } = test.worstDay;
  const counted = test.counted?.short.find((day) => day.label === label);
  return {
    title: 'Worst day drawn',
    rule: `Of ${formatQuantity(test.days, 'days', 'count')} drawn with replacement from ${test.counted ? `${formatQuantity(test.counted.days, 'real days', 'count')} the set had not seen` : 'independent normal deviations'}, the one that leaves most energy unserved when it is replayed on the finished plan. Its errors are those of the day, times what this set promises over what a set of earlier days only had promised for it.`,
    facts: [
      { what: 'Day', words: counted ? `${label}, drawn ${formatQuantity(counted.times, 'times', 'count')}` : label },
      {
        what: 'First limit that breaks',
        words: firstSlot === null ? 'none' : `${limit}, at ${slotSpan(plan.horizon, firstSlot)}`,
      },
      { what: 'Unserved that day', words: formatQuantity(unservedKwh, 'kWh', 3) },
      { what: 'Seed of the draw', words: formatQuantity(test.seed, '', 'count') },
      ...planFacts(plan),
    ],
    ...inSlot(deviationKw, slot, plan),
    onward: [sources.schedule(plan, slot), sources.set],
  };
}

const limitRules: Readonly<Record<NonNullable<PlanPayload['worstCase']>['limit'], string>> = {
  'committed supply':
    'what committed supply must cover there, (1 − θ) times the total deviation less what single units answer, against the surplus it holds with wind that is not used',
  'EV pool power': 'the EV pool’s share θ of the total deviation there, against the power its cars have in hand',
  'EV pool energy':
    'what the EV pool has given up to there, the sum of its share θ of every deviation times the length of a slot, against the energy it may lose; by car, that of the car nearest to its least',
};

/** The day of the set that takes most of the limit nearest to breaking. */
export function explainSetWorst(plan: PlanPayload, slot: number, sources: Sources): Explanation {
  const worst = plan.worstCase!;
  return {
    title: 'Worst day of the set',
    rule: `Of all limits that deviations touch, the one that comes nearest to breaking on its own worst day of the set: ${limitRules[worst.limit]}. It was found from the definition of the set, apart from the program that was solved, and kept with the plan.`,
    facts: [
      { what: 'Limit', words: `${worst.limit}, at ${slotSpan(plan.horizon, worst.slot)}` },
      { what: 'The day takes', words: formatQuantity(worst.takes, worst.unit) },
      { what: 'The plan holds', words: formatQuantity(worst.holds, worst.unit) },
      {
        what: 'Takes most',
        words: `${worst.componentName}, ${formatQuantity(worst.componentKw, 'kW', 4, 'signed')} at ${slotSpan(plan.horizon, worst.componentSlot)}`,
      },
      { what: 'EV pool’s share θ there', words: formatQuantity(100 * (plan.evShare[worst.slot] ?? NaN), '%', 3) },
      { what: 'Worst total deviation β there', words: formatQuantity(plan.worstDeviationKw[worst.slot], 'kW') },
      ...planFacts(plan),
    ],
    ...inSlot(worst.deviationKw, slot, plan),
    onward: [sources.schedule(plan, worst.slot), sources.set],
  };
}

export const findingNames: Readonly<Record<WorstFindingPayload['kind'], string>> = {
  prices: 'Market prices',
  delivery: 'Units not delivering',
  efficiency: 'Batteries less efficient',
  cars: 'Cars off plan',
  voltage: 'Voltage of the feeder',
};

const findingRules: Readonly<Record<WorstFindingPayload['kind'], string>> = {
  prices:
    'The prices of the set that make this plan’s purchases and sales dearest. “Far” is the price of the period that adds most; “takes” what all periods add together, which the cost of the plan holds as price risk.',
  delivery:
    'In every slot the units that may fail to deliver, largest first and as many as may at once, each by its share of what it was scheduled for after losses; the slot in which least is left of what was set aside.',
  efficiency:
    'For each battery the slots up to any moment in which missing efficiency costs it most energy, as many as may be; the battery and the moment in which it comes nearest to its least energy. “Far” is what the dearest single slot costs it.',
  cars: 'In every slot the cars of each aggregator that are missed most while they are away, as many as may be off plan at once; the slot in which least is left of what was set aside.',
  voltage:
    'An AC power flow for each bus and slot under the deviations of the set that push its voltage furthest down or up; the bus that comes nearest to its limit.',
};

export function explainFinding(plan: PlanPayload, finding: WorstFindingPayload, sources: Sources): Explanation {
  const { kind, slot, who, far, farUnit, takes, holds, unit } = finding;
  const doubted = plan.coefficients;
  return {
    title: `${findingNames[kind]} at worst`,
    rule: findingRules[kind],
    facts: [
      {
        what: 'Furthest off',
        words: `${who}, ${formatQuantity(far, farUnit, 4, 'signed')}, at ${slotSpan(plan.horizon, slot)}`,
      },
      { what: kind === 'voltage' ? 'It reaches' : 'It takes', words: formatQuantity(takes, unit) },
      { what: kind === 'voltage' ? 'Its limit' : 'The plan holds', words: formatQuantity(holds, unit) },
      ...(doubted && kind === 'delivery'
        ? [{ what: 'Units at once', words: formatQuantity(doubted.unitsAtOnce, '', 'set') }]
        : []),
      ...(doubted && kind === 'efficiency'
        ? [{ what: 'Slots at once', words: formatQuantity(doubted.slotsAtOnce, '', 'set') }]
        : []),
      ...planFacts(plan),
    ],
    onward: [sources.schedule(plan, slot), kind === 'prices' || kind === 'cars' ? sources.set : sources.site],
  };
}

export function explainReplay(
  plan: PlanPayload,
  { asStored, further, stretch, cost }: WorstReplayPayload,
  sources: Sources,
): Explanation {
  const said = (day: WorstReplayPayload['asStored']): string =>
    day === null
      ? 'no deviation is planned for'
      : day.brokenSlots === 0
        ? day.givenUpSlots === 0
          ? 'no limit breaks'
          : `that limit holds; others, which may give the day up, break in ${formatQuantity(day.givenUpSlots, 'slots', 'count')}`
        : `it breaks in ${formatQuantity(day.brokenSlots, 'slots', 'count')}, first ${day.limit}, at ${slotSpan(plan.horizon, day.firstSlot ?? 0)}; ${formatQuantity(day.unservedKwh, 'kWh', 3)} unserved`;
  return {
    title: 'Worst day, replayed',
    rule: 'The deviations kept with the plan were carried out on its stored schedule, slot by slot; then the same day with every deviation larger. The cost is added up again from the flows, with grid trade at the worst prices of the set, responses on their dearest day and cars off plan at their dearest: the robust cost is what the plan promised.',
    facts: [
      { what: 'As stored', words: said(asStored) },
      { what: `${formatQuantity(100 * stretch, '%', 'set')} further`, words: said(further) },
      { what: 'Cost, replayed', words: formatQuantity(cost.replayed, plan.currency) },
      { what: 'Robust cost of the plan', words: formatQuantity(cost.planned, plan.currency) },
      {
        what: 'Difference',
        words: formatQuantity(
          Math.abs(cost.replayed - cost.planned) < 1e-6 * (1 + Math.abs(cost.planned))
            ? 0
            : cost.replayed - cost.planned,
          plan.currency,
          4,
          'signed',
        ),
      },
      ...planFacts(plan),
    ],
    table: {
      caption: 'Cost with everything at its worst',
      columns: [
        { id: 'item', label: 'Item', value: (row) => row['item'] ?? '' },
        { id: 'amount', label: 'Amount', unit: plan.currency, numeric: true, value: (row) => row['amount'] ?? null },
      ],
      rows: [
        ...cost.items.map(({ key, label, amount }): ExplainedRow => ({ key, item: label, amount })),
        { key: 'total', item: 'Together', amount: cost.replayed },
      ],
    },
    onward: [sources.schedule(plan, plan.worstCase?.slot ?? null)],
  };
}
