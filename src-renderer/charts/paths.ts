/** SVG path texts from slot arrays. Scheduled powers hold over a slot, so they are drawn as steps; energies hold at slot ends, as lines. */
import { area, curveStepAfter, line } from 'd3-shape';

type Scale = (value: number) => number;
export type Values = ArrayLike<number>;

const edges = (values: Values): number[] => Array.from({ length: values.length + 1 }, (_, edge) => edge);
const slotsOf = (values: Values): number[] => Array.from({ length: values.length }, (_, slot) => slot);
const at = (values: Values, edge: number): number => values[Math.min(edge, values.length - 1)] ?? NaN;

/** Steps over slots; a slot without a value leaves a gap. */
export function stepLine(values: Values, x: Scale, y: Scale): string {
  return (
    line<number>()
      .x(x)
      .y((edge) => y(at(values, edge)))
      .defined((edge) => Number.isFinite(at(values, edge)))
      .curve(curveStepAfter)(edges(values)) ?? ''
  );
}

/** The area between two step lines. */
export function stepBand(lower: Values, upper: Values, x: Scale, y: Scale): string {
  return (
    area<number>()
      .x(x)
      .y0((edge) => y(at(lower, edge)))
      .y1((edge) => y(at(upper, edge)))
      .defined((edge) => Number.isFinite(at(lower, edge)) && Number.isFinite(at(upper, edge)))
      .curve(curveStepAfter)(edges(upper)) ?? ''
  );
}

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
