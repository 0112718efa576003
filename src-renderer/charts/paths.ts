/** SVG path texts from slot arrays. Scheduled powers hold over a slot, so they are drawn as steps; energies hold at slot ends, as lines. */
import { area, line } from 'd3-shape';
import { rangesWhere } from './ranges.ts';

type Scale = (value: number) => number;
export type Values = ArrayLike<number>;

const slotsOf = (values: Values): number[] => Array.from({ length: values.length }, (_, slot) => slot);
const at = (values: Values, slot: number): number => values[slot] ?? NaN;

/** Steps over slots; a slot without a value leaves a gap, the slots beside it are drawn to their ends. */
export function stepLine(values: Values, x: Scale, y: Scale): string {
  return rangesWhere(values.length, (slot) => Number.isFinite(values[slot]))
    .map(({ from, to }) => `M${forward(values, from, to, x, y)}`)
    .join('');
}

/** The area between two step lines, where both have values. */
export function stepBand(lower: Values, upper: Values, x: Scale, y: Scale): string {
  return rangesWhere(upper.length, (slot) => Number.isFinite(lower[slot]) && Number.isFinite(upper[slot]))
    .map(({ from, to }) => `M${forward(upper, from, to, x, y)}${backward(lower, from, to, x, y)}Z`)
    .join('');
}

/** From the start of slot `from` to the end of slot `to`. */
function forward(values: Values, from: number, to: number, x: Scale, y: Scale): string {
  let path = `${pixel(x(from))} ${pixel(y(at(values, from)))}`;
  for (let slot = from; slot <= to; slot++) {
    if (slot > from) path += `V${pixel(y(at(values, slot)))}`;
    path += `H${pixel(x(slot + 1))}`;
  }
  return path;
}

/** Back from the end of slot `to` to the start of slot `from`. */
function backward(values: Values, from: number, to: number, x: Scale, y: Scale): string {
  let path = '';
  for (let slot = to; slot >= from; slot--) path += `V${pixel(y(at(values, slot)))}H${pixel(x(slot))}`;
  return path;
}

/** A tenth of a pixel is finer than any screen draws, and keeps paths short. */
const pixel = (value: number): number => Math.round(value * 10) / 10;

/** Straight lines through the middles of slots: for expectations and quantiles, where steps would only add noise. */
export function middleLine(values: Values, x: Scale, y: Scale): string {
  return (
    line<number>()
      .x((slot) => x(slot + 0.5))
      .y((slot) => y(at(values, slot)))
      .defined((slot) => Number.isFinite(at(values, slot)))(slotsOf(values)) ?? ''
  );
}

/** The area between two lines through the middles of slots. */
export function middleBand(lower: Values, upper: Values, x: Scale, y: Scale): string {
  return (
    area<number>()
      .x((slot) => x(slot + 0.5))
      .y0((slot) => y(at(lower, slot)))
      .y1((slot) => y(at(upper, slot)))
      .defined((slot) => Number.isFinite(at(lower, slot)) && Number.isFinite(at(upper, slot)))(slotsOf(upper)) ?? ''
  );
}

/** Straight lines through slot ends (energy after each slot). */
export function endLine(values: Values, x: Scale, y: Scale): string {
  return (
    line<number>()
      .x((slot) => x(slot + 1))
      .y((slot) => y(at(values, slot)))
      .defined((slot) => Number.isFinite(at(values, slot)))(slotsOf(values)) ?? ''
  );
}

/** The area between two lines through slot ends. */
export function endBand(lower: Values, upper: Values, x: Scale, y: Scale): string {
  return (
    area<number>()
      .x((slot) => x(slot + 1))
      .y0((slot) => y(at(lower, slot)))
      .y1((slot) => y(at(upper, slot)))(slotsOf(upper)) ?? ''
  );
}
