import { flagBits } from '../types.ts';
import { finding, quantity } from './finding.ts';
import { followRuns } from './follow-runs.ts';
import type { SeriesLevels } from './measure-levels.ts';
import type { SeriesShape } from './quality-source.ts';
import type { Rule } from './stretch.ts';

/** No European exchange takes orders beyond this, in any of its markets. */
const priceLimit = 9999;
/** This far above what all but a thousandth, or all but a hundredth, of the values stay below is no weather. */
const overThousandth = 1.5;
const overHundredth = 3;
/** Wind parks draw a little when idle. */
const ownUse = 0.005;

/** Prices beyond every exchange's limit. */
export function findImpossiblePrices(shape: SeriesShape): Rule {
  const beyond = followRuns(shape.length, flagBits.impossible, (value) => Math.abs(value) > priceLimit);
  return (stretch) =>
    beyond(stretch).map(({ from, to, extreme }) => {
      const detail = `${quantity(extreme, shape.unit)}, beyond every exchange's limit`;
      return finding(shape, 'impossible', from, to, detail);
    });
}

/** Values that cannot be: negative load or feed-in, more than the series ever nears. */
export function findImpossiblePower(shape: SeriesShape, { capacity, hundredth }: SeriesLevels): Rule {
  const limit = Math.min(overThousandth * capacity, overHundredth * hundredth);
  const lowest = shape.kind.startsWith('wind') ? -ownUse * capacity : 0;
  const below = followRuns(shape.length, flagBits.negative, (value) => value < lowest);
  const above = followRuns(shape.length, flagBits.impossible, (value) => value > limit);
  const usual = `where this series hardly exceeds ${quantity(limit / overThousandth)}`;
  return (stretch) => [
    ...below(stretch).map(({ from, to, extreme }) =>
      finding(shape, 'negative', from, to, `down to ${quantity(extreme, shape.unit)}`),
    ),
    ...above(stretch).map(({ from, to, extreme }) =>
      finding(shape, 'impossible', from, to, `up to ${quantity(extreme, shape.unit)}, ${usual}`),
    ),
  ];
}
