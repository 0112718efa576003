/** What the numbers of one point of a risk curve were computed from. */
import type { SweepPayload, SweepPointPayload } from '../../../../src-main/contract/risk-curve.ts';
import { sizeWords } from '../../../charts/risk-points.ts';
import { percentWords } from '../../../charts/share.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { kindNames } from '../../../components/kind-names.ts';

export interface PointOf {
  curve: Omit<SweepPayload, 'wanted' | 'asked'>;
  point: SweepPointPayload;
  /** Opens the set of the curve. */
  openSet: () => void;
}

const count = (value: number, unit: string): string => formatQuantity(value, unit, 'count');
const titled = (what: string, { curve, point }: PointOf): string =>
  `${what}, ${kindNames[curve.scale.kind].toLowerCase()} at ${sizeWords(curve.scale.symbol, point.size)}`;
const setFact = ({ curve }: PointOf) => ({ what: 'Set', words: `${curve.setId}, ${curve.scale.name}` });
const onward = ({ openSet }: PointOf) => [{ label: 'Open the set under Uncertainty', go: openSet }];

function shortDaysTable({ point, curve }: PointOf): Pick<Explanation, 'table'> {
  if (point.counted === null) return {};
  return {
    table: {
      caption: `Unseen days on which it runs short, ${curve.day} planned`,
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
      rows: point.counted.short.map(({ label, times, unservedKwh, limit }): ExplainedRow => ({
        key: label,
        day: label,
        times,
        unserved: unservedKwh,
        limit,
      })),
    },
  };
}

function measuredOn({ curve, point }: PointOf) {
  const { hits, trials } = point.anyViolation;
  return [
    {
      what: 'Drawn',
      words: `${count(trials, 'days')} with replacement from ${
        point.counted
          ? count(point.counted.days, 'unseen real days')
          : 'independent normal deviations, for want of real days'
      }`,
    },
    { what: 'Short', words: count(hits, 'of them') },
    setFact({ curve, point, openSet: () => undefined }),
  ];
}

export function explainAnyViolation(of: PointOf): Explanation {
  const { anyViolation } = of.point;
  return {
    title: titled('Any violation in a day', of),
    rule: `Each unseen day was replayed on the finished plan, its errors scaled by what this set promises over what a set of earlier days only had promised for it. A day counts when any limit breaks in any slot: ${count(anyViolation.hits, '')} of ${count(anyViolation.trials, 'days')} is ${percentWords(anyViolation.share)}. The interval is Clopper–Pearson on the distinct days, because drawing more often adds no evidence.`,
    facts: [
      ...measuredOn(of),
      { what: 'Interval, 95 %', words: `${percentWords(anyViolation.lower)} to ${percentWords(anyViolation.upper)}` },
    ],
    ...shortDaysTable(of),
    onward: onward(of),
  };
}

export function explainLargestSingle(of: PointOf): Explanation {
  const { largestSingle } = of.point;
  return {
    title: titled('Largest single limit', of),
    rule: `The same days, counted for each limit in each slot on its own; this is the limit that breaks most often, ${count(largestSingle.hits, '')} of ${count(largestSingle.trials, 'days')}. It is what an a-priori bound of one limit speaks of.`,
    facts: measuredOn(of),
    ...shortDaysTable(of),
    onward: onward(of),
  };
}

export function explainUnserved(of: PointOf): Explanation {
  const { point } = of;
  const sum = (point.counted?.short ?? []).reduce((all, day) => all + day.times * day.unservedKwh, 0);
  return {
    title: titled('Unserved energy', of),
    rule: point.counted
      ? `Unserved energy of every short day times how often it was drawn, ${formatQuantity(sum, 'kWh')} in all, divided by the ${count(point.anyViolation.trials, 'days')} drawn.`
      : 'Mean over the drawn days of the energy that supply and the EV pool were short of.',
    facts: measuredOn(of),
    ...shortDaysTable(of),
    onward: onward(of),
  };
}

export function explainCost(of: PointOf): Explanation {
  const { point, curve } = of;
  return {
    title: titled('Worst-case cost', of),
    rule: 'The least cost of a plan that stands every day of the set: the sum of its items, each a decision of the plan at the prices of the day.',
    facts: [
      setFact(of),
      { what: 'EV charge', words: formatQuantity(point.chargeKwh, 'kWh') },
      { what: 'EV discharge', words: formatQuantity(point.dischargeKwh, 'kWh') },
      { what: 'Peak', words: formatQuantity(point.peakKw, 'kW') },
    ],
    table: {
      caption: 'Items of the cost',
      columns: [
        { id: 'item', label: 'Item', value: (row) => row['item'] ?? '' },
        { id: 'amount', label: 'Amount', unit: curve.currency, numeric: true, value: (row) => row['amount'] ?? null },
      ],
      rows: [
        ...point.cost.map(({ key, label, amount }): ExplainedRow => ({ key, item: label, amount })),
        { key: 'total', item: 'Together', amount: point.totalCost },
      ],
    },
    onward: onward(of),
  };
}

const bounds: Readonly<Record<SweepPayload['scale']['kind'], string>> = {
  interval:
    'One less the nominal coverage of one interval; known at the fitted width only, because no other was calibrated.',
  budget:
    "Bertsimas and Sim's B(L, α) for one limit: L independent, symmetric deviations that stay in their intervals, α of them protected against. Real ones move together, so the measured frequency may lie above it.",
  ellipsoid:
    'Conformal: one less the rank of this radius among the calibration days, over their number and one. Of whole days.',
  factor:
    'Conformal: one less the rank of this scale among the calibration days, over their number and one. Of whole days.',
  support:
    'Conformal: one less the rank of this stretch among the calibration days, over their number and one. Of whole days.',
  scenarios: 'With N exchangeable days in the set the next one is the worst with probability 1/(N + 1). Of one limit.',
  moment:
    'The ε at which this margin is k(ε), under every law with the mean and covariance of past days. Of one limit.',
  wasserstein: 'The ε of the set itself, under every law within the radius of past days. Of one limit.',
  'wasserstein-exact': 'The ε of the set itself, under every law within the radius of past days. Of one limit.',
};

export function explainBound(of: PointOf): Explanation {
  const { curve, point } = of;
  return {
    title: titled('A-priori bound', of),
    rule: bounds[curve.scale.kind],
    facts: [
      { what: curve.scale.symbol, words: `${formatQuantity(point.size, '', 4)}, ${curve.scale.name}` },
      { what: 'Bound', words: Number.isFinite(point.bound) ? percentWords(point.bound) : 'none at this size' },
      { what: 'Measured, any violation', words: percentWords(point.anyViolation.share) },
      { what: 'Measured, largest single', words: percentWords(point.largestSingle.share) },
    ],
    onward: onward(of),
  };
}

export function explainDots(of: PointOf): Explanation {
  const { point } = of;
  const short = point.dots.filter(({ unservedKwh }) => unservedKwh > 0).length;
  return {
    title: titled('Fifty days', of),
    rule: `The ${count(point.anyViolation.trials, 'days')} drawn, put in order of the energy they leave unserved; the middle one of every fiftieth of them is a dot. ${count(short, '')} of ${count(point.dots.length, '')} dots run short.`,
    facts: measuredOn(of),
    table: {
      caption: 'The dots, worst last',
      columns: [
        { id: 'rank', label: 'Dot', numeric: true, digits: 'count', value: (row) => row['rank'] ?? null },
        { id: 'day', label: 'Real day', value: (row) => row['day'] ?? '' },
        {
          id: 'unserved',
          label: 'Unserved',
          unit: 'kWh',
          numeric: true,
          digits: 3,
          value: (row) => row['unserved'] ?? null,
        },
      ],
      rows: point.dots.map(({ day, unservedKwh }, i): ExplainedRow => ({
        key: String(i),
        rank: i + 1,
        day,
        unserved: unservedKwh,
      })),
    },
    onward: onward(of),
  };
}

/** A number that was found among several points: which, and what each came to. */
export function explainAmong(
  title: string,
  rule: string,
  { points, currency, scale }: Pick<SweepPayload, 'points' | 'currency' | 'scale'>,
): Explanation {
  return {
    title,
    rule,
    facts: [],
    table: {
      caption: `Sizes tried, ${kindNames[scale.kind].toLowerCase()}`,
      columns: [
        { id: 'size', label: scale.symbol, numeric: true, value: (row) => row['size'] ?? null },
        { id: 'cost', label: 'Cost', unit: currency, numeric: true, value: (row) => row['cost'] ?? null },
        {
          id: 'chance',
          label: 'Any violation',
          unit: '%',
          numeric: true,
          digits: 3,
          value: (row) => row['chance'] ?? null,
        },
        { id: 'state', label: 'State', value: (row) => row['state'] ?? '' },
      ],
      rows: points.map((point): ExplainedRow => ({
        key: String(point.size),
        size: point.size,
        cost: point.state === 'solved' ? point.totalCost : null,
        chance: point.state === 'solved' ? 100 * point.anyViolation.share : null,
        state: point.state === 'solved' ? 'solved' : `${point.state}: ${point.problem}`,
      })),
    },
  };
}
