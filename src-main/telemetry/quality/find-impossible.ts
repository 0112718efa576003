import { mark, quantity, runsWhere, type Finding, type RuleInput } from './finding.ts';
import { magnitudeAt, robustCapacity } from './robust-level.ts';

/** No European exchange takes orders beyond this, in any of its markets. */
const priceLimit = 9999;
/** This far above what all but a thousandth, or all but a hundredth, of the values stay below is no weather. */
const overThousandth = 1.5;
const overHundredth = 3;
/** Wind parks draw a little when idle. */
const ownUse = 0.005;

/** Values that cannot be: negative load or feed-in, more than the series ever nears, prices beyond every exchange's limit. */
export function findImpossible(input: RuleInput): Finding[] {
  const { kind, values, unit } = input.series;
  if (kind === 'price') {
    const beyond = runsWhere(values.length, (slot) => Math.abs(values[slot]!) > priceLimit);
    return beyond.map(([from, to]) =>
      mark(
        input,
        'impossible',
        from,
        to,
        `${quantity(extreme(values, from, to), unit)}, beyond every exchange's limit`,
      ),
    );
  }
  const capacity = robustCapacity(values);
  const limit = Math.min(
    overThousandth * capacity,
    overHundredth * magnitudeAt(values, 0.99, new Float64Array(values.length)),
  );
  const lowest = kind.startsWith('wind') ? -ownUse * capacity : 0;
  const below = runsWhere(values.length, (slot) => values[slot]! < lowest);
  const above = runsWhere(values.length, (slot) => values[slot]! > limit);
  return [
    ...below.map(([from, to]) =>
      mark(input, 'negative', from, to, `down to ${quantity(extreme(values, from, to), unit)}`),
    ),
    ...above.map(([from, to]) =>
      mark(
        input,
        'impossible',
        from,
        to,
        `up to ${quantity(extreme(values, from, to), unit)}, where this series hardly exceeds ${quantity(limit / overThousandth)}`,
      ),
    ),
  ];
}

/** The value of [from, to) farthest from zero. */
function extreme(values: Float64Array, from: number, to: number): number {
  let found = values[from]!;
  for (let i = from; i < to; i++) if (Math.abs(values[i]!) > Math.abs(found)) found = values[i]!;
  return found;
}
