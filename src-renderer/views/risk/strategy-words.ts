/** Strategies, and differences between them, in the operator's words. */
import type { PairedDifferencePayload, StrategyTotalsPayload } from '../../../src-main/contract/back-test.ts';
import { formatQuantity } from '../../components/format-number.ts';

const named: Readonly<Record<string, string>> = {
  nominal: 'Nominal, nothing protected',
  interval: 'Intervals, all at once',
  ellipsoid: 'Ellipsoid',
  factor: 'Factor polytope',
  scenarios: 'Scenarios',
  support: 'Analog support',
  moment: 'Moments',
  wasserstein: 'Wasserstein ball',
  'wasserstein-exact': 'Wasserstein ball, exact',
  perfect: 'Perfect foresight',
};

const short: Readonly<Record<string, string>> = { nominal: 'Nominal', interval: 'Intervals' };

/** "budget:4/12" → "Budget, α 4 in 12 slots". */
export function strategyName(strategy: string): string {
  const withTrucks = /^(.+)\+trucks$/.exec(strategy)?.[1];
  if (withTrucks !== undefined) return `${strategyName(withTrucks)}, own trucks`;
  const [kind = '', size = ''] = strategy.split(':');
  const [protection, slots] = size.split('/');
  switch (kind) {
    case 'budget':
      return slots === undefined ? `Budget, α ${protection}` : `Budget, α ${protection} in ${slots} slots`;
    case 'per-resource':
      return slots === undefined ? `By resource, α ${protection}` : `By resource, α ${protection} in ${slots} slots`;
    case 'static':
      return `Static, α ${protection}`;
    case 'without-v2g':
      return `Without V2G, α ${protection}`;
    case 'dial':
      return slots === undefined ? `Dial, 1 day in ${size}` : `Dial, 1 day in ${protection}, ${slots}`;
    default:
      return named[strategy] ?? strategy;
  }
}

/** Short enough for the end of a line. */
export const strategyLabel = (strategy: string): string => short[strategy] ?? strategyName(strategy);

/** What the interval allows to be said of a difference per day. */
export function differenceWords(
  { mean, lower, upper, weeks, days, verdict }: PairedDifferencePayload,
  unit: string,
): string {
  if (days === 0) return 'no day in common';
  const amount = `${formatQuantity(mean, unit, 3, 'signed')} a day`;
  const between = `between ${formatQuantity(lower, unit, 3, 'signed')} and ${formatQuantity(upper, unit, 3, 'signed')}`;
  switch (verdict) {
    case 'same':
      return 'the same every day';
    case 'too-few':
      return `${amount} over ${formatQuantity(days, 'days', 'count')}; ${formatQuantity(weeks, 'weeks', 'count')} are too few to say more (8 are needed)`;
    case 'undecided':
      return `${amount}, ${between}: not told apart`;
    case 'lower':
      return `${amount}, ${between}: lower`;
    case 'higher':
      return `${amount}, ${between}: higher`;
  }
}

/** What the chosen strategy may claim against the reference. */
export function claims(
  totals: StrategyTotalsPayload,
  currency: string,
): { what: string; words: string; difference: PairedDifferencePayload; unit: string }[] {
  const { against } = totals;
  if (against === null) return [];
  const claim = (what: string, difference: PairedDifferencePayload, unit: string) => ({
    what,
    words: differenceWords(difference, unit),
    difference,
    unit,
  });
  return [
    claim('Realised cost', against.cost, currency),
    claim('Energy short', against.shortKwh, 'kWh'),
    claim('Unserved', against.unservedKwh, 'kWh'),
    claim('Broken promises', against.brokenPromises, 'cars'),
  ];
}
