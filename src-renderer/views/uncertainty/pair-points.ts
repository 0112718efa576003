/** The past days of a set as pairs of errors, [kW]: two components in one slot, or one component in two. */
import type { ComponentPayload } from '../../../src-main/contract/uncertainty.ts';
import type { PairPoint } from '../../charts/pair.ts';

export interface PairEnd {
  component: ComponentPayload;
  slot: number;
}

export const errorKw = ({ component, slot }: PairEnd, sample: ComponentPayload['samples'][number]): number =>
  (sample.valueKw[slot] ?? NaN) - (component.centreKw[slot] ?? NaN);

export const halfWidthKw = ({ component, slot }: PairEnd): number => component.halfWidthKw[slot] ?? 0;

/** Days usable at both ends, oldest first; held out when they were at either end. */
export function pairPoints(x: PairEnd, y: PairEnd): PairPoint[] {
  const others = new Map(y.component.samples.map((sample) => [sample.day, sample]));
  const heldOut = new Set([...x.component.coverage.days, ...y.component.coverage.days]);
  return x.component.samples
    .flatMap((sample) => {
      const other = others.get(sample.day);
      if (!other || !sample.usable || !other.usable) return [];
      return { day: sample.day, x: errorKw(x, sample), y: errorKw(y, other), heldOut: heldOut.has(sample.day) };
    })
    .toSorted((one, other) => one.day.localeCompare(other.day));
}
