/** What the dispatch chart draws of a plan: the series piled on one another, and how far they reach. Powers in kW by slot. */
import { extent } from './extent.ts';
import type { Meaning } from './meaning.ts';
import type { Values } from './paths.ts';
import { stack, type Layer } from './stack.ts';

export interface PowerSeries {
  id: string;
  name: string;
  meaning: Meaning;
  valueKw: Values;
}

/** One plan as the dispatch chart takes it. */
export interface Dispatch {
  /** Piled upwards, the first at the bottom. */
  supply: readonly PowerSeries[];
  /** Piled downwards: charging, export. */
  demand: readonly PowerSeries[];
  loadKw: Values;
  committedDemandKw: Values;
}

export type StackedSeries = PowerSeries & { layer: Layer };

/** `solo` leaves one series alone on the zero line. `dustKw` is the height below which an edge is not worth a line. */
export function stackedSeries(dispatch: Dispatch, solo: string | null, dustKw: number): StackedSeries[] {
  const pile = (all: readonly PowerSeries[], direction: 'up' | 'down'): StackedSeries[] => {
    const series = all.filter((one) => solo === null || one.id === solo);
    const layers = stack(
      series.map((one) => one.valueKw),
      direction,
      dustKw,
    );
    return series.map((one, at) => ({ ...one, layer: layers[at]! }));
  };
  return [...pile(dispatch.supply, 'up'), ...pile(dispatch.demand, 'down')];
}

/** Smallest and largest power that all of the layers and lines reach, zero included. */
export const reachOf = (areas: readonly StackedSeries[], lines: readonly Values[]): [number, number] =>
  extent([...areas.map((series) => series.layer.upper), ...lines], [0]);

/** What of `now` is more supply (or less demand) than `before`, series by series; charging counts against supply. */
export function supplyChange(now: Dispatch, before: Dispatch, solo: string | null): PowerSeries[] {
  const change = (side: 'supply' | 'demand'): PowerSeries[] => {
    const series = new Map([...before[side], ...now[side]].map((one) => [one.id, one]));
    return [...series.values()]
      .filter(({ id }) => solo === null || id === solo)
      .map((one) => {
        const values = [valuesOf(now[side], one.id), valuesOf(before[side], one.id)] as const;
        return { ...one, valueKw: side === 'supply' ? minus(values[0], values[1]) : minus(values[1], values[0]) };
      });
  };
  return [...change('supply'), ...change('demand')];
}

const valuesOf = (series: readonly PowerSeries[], id: string): Values | null =>
  series.find((one) => one.id === id)?.valueKw ?? null;

function minus(one: Values | null, other: Values | null): Float64Array {
  const slots = one?.length ?? other?.length ?? 0;
  return Float64Array.from({ length: slots }, (_, slot) => (one?.[slot] ?? 0) - (other?.[slot] ?? 0));
}

/** Slots in which some series moved by more than `leastKw`. */
export function changedSlots(changes: readonly PowerSeries[], leastKw: number): number {
  const slots = changes[0]?.valueKw.length ?? 0;
  let changed = 0;
  for (let slot = 0; slot < slots; slot++)
    if (changes.some((one) => Math.abs(one.valueKw[slot] ?? 0) > leastKw)) changed++;
  return changed;
}
