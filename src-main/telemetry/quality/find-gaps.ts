import { flagBits } from '../types.ts';
import { finding } from './finding.ts';
import { followRuns } from './follow-runs.ts';
import type { SeriesShape } from './quality-source.ts';
import type { Rule } from './stretch.ts';

/** Slots between first and last without a value. */
export function findGaps(shape: SeriesShape): Rule {
  const missing = followRuns(shape.length, flagBits.gap, Number.isNaN);
  return (stretch) =>
    missing(stretch).map(({ from, to }) => {
      const count = to - from;
      const span = spanInWords(count * shape.stepMinutes);
      const values = count === 1 ? '1 value missing' : `${count.toLocaleString('en-GB')} values missing`;
      return finding(shape, 'gap', from, to, `${values} (${span})`);
    });
}

function spanInWords(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2880 ? `${Number((minutes / 60).toFixed(1))} hours` : `${Number((minutes / 1440).toFixed(1))} days`;
}
