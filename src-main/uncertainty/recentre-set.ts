/**
 * A frozen set on another day: centre and fleet are the day's own, widths, errors and evidence stay as they were frozen.
 *
 *   per slot:   w'_s = w_s                                   (the slots of both days are the same clock times)
 *   by level:   w'_s = w_s · σ(c'_s) / σ(c_s)                 σ as frozen; c, c' the centres of the two days
 *
 * Where the forecast of the new day itself rests on replaced values the width is doubled, as a fit would widen a slot without other
 * doubts. It never gets narrower than frozen for that.
 */
import { Refusal } from '../base/errors.ts';
import { levelScale } from './level-scale.ts';
import type { ComponentInput } from './component-input.ts';
import type { ComponentSet, FittedSet } from './types.ts';

export interface FrozenSource {
  setId: string;
  name: string;
  /** The day it was fitted for. */
  day: string;
}

/** Forecast of the new day for a component; the part of `ComponentInput` that is needed. */
export type NewCentre = Pick<ComponentInput, 'id' | 'name' | 'kind' | 'centreKw' | 'biasKw' | 'doubtfulSlots'>;

const doubtWidening = 2;

/** @throws Refusal `set-does-not-fit` when components or the number of slots differ, or widths by level were not kept. */
export function recentreSet(set: FittedSet, centres: readonly NewCentre[], source: FrozenSource): FittedSet {
  const problem = mismatch(set, centres);
  if (problem !== null) throw new Refusal('set-does-not-fit', { name: source.name, problem });
  const components = set.components.map((component, index) => recentre(component, set, centres[index]!));
  return { ...set, components, frozen: source };
}

/** Why the set cannot stand for a day of these components; null when it can. */
export function mismatch(
  set: FittedSet,
  wanted: readonly { id: string; name: string; kind: string; centreKw: ArrayLike<number> }[],
): string | null {
  const has = (component: { id: string; kind: string }) => (other: { id: string; kind: string }) =>
    other.id === component.id && other.kind === component.kind;
  const unknown = wanted.find((component) => !set.components.some(has(component)));
  if (unknown) return `it knows nothing of "${unknown.name}"`;
  const gone = set.components.find((component) => !wanted.some(has(component)));
  if (gone) return `it was learnt with "${gone.name}", which the site no longer has`;
  if (set.components.some((component, index) => component.id !== wanted[index]!.id))
    return 'its components are in another order';
  const slots = set.components[0]?.centreKw.length ?? 0;
  const wantedSlots = wanted[0]?.centreKw.length ?? 0;
  if (slots !== wantedSlots)
    return `it has ${slots} slots and the day ${wantedSlots} (another slot length, or a day on which the clock changes)`;
  return null;
}

function recentre(component: ComponentSet, set: FittedSet, to: NewCentre): ComponentSet {
  const centreKw = Array.from(to.centreKw);
  const ratio = growth(component, set, centreKw);
  const doubtful = new Set(to.doubtfulSlots);
  const factor = ratio.map((value, slot) => value * (doubtful.has(slot) ? doubtWidening : 1));
  const scaled = (values: readonly number[]) => values.map((value, slot) => value * ratio[slot]!);
  const halfWidthKw = component.halfWidthKw.map((kw, slot) => kw * factor[slot]!);
  return {
    ...component,
    name: to.name,
    centreKw,
    biasKw: Array.from(to.biasKw),
    halfWidthKw,
    widening: component.widening.map((value, slot) => value * (doubtful.has(slot) ? doubtWidening : 1)),
    bands: component.bands.map(({ share, lowerKw, upperKw }) => ({
      share,
      lowerKw: scaled(lowerKw),
      upperKw: scaled(upperKw),
    })),
    meanWidthKw: (2 * halfWidthKw.reduce((sum, kw) => sum + kw, 0)) / halfWidthKw.length,
  };
}

/** σ(c') / σ(c) by slot; 1 throughout where widths do not depend on the level. */
function growth(component: ComponentSet, set: FittedSet, centreKw: readonly number[]): number[] {
  if (set.shape === 'per-slot') return centreKw.map(() => 1);
  if (component.levelLaw === undefined)
    throw new Refusal('set-does-not-fit', {
      name: component.name,
      problem: 'its widths grow with the forecast, but how was not kept when it was stored',
    });
  const scale = levelScale(component.levelLaw);
  return centreKw.map((level, slot) => {
    const before = scale(component.centreKw[slot]!, slot);
    return before === 0 ? 1 : scale(level, slot) / before;
  });
}
