/**
 * How large a set is on the scale of its kind: the one number an operator turns. Size 0 protects nothing, the fitted size keeps the set's own
 * promise, and of one fit a larger size holds every day that a smaller one holds.
 *
 *   interval      width of every interval, times the fitted                        0 … 2
 *   budget        α, components that may deviate fully at once                     0 … L
 *   ellipsoid     radius r, standard deviations                                    0 … 2 × fitted
 *   factor        scale s of the factor box                                        0 … 2 × fitted
 *   scenarios     number of real days, the newest first                            0 … N
 *   support       stretch s of the hull about its centre                           0 … 2 × fitted
 *   moment        margin k, standard deviations                                    0 … 2 × fitted
 *   wasserstein   coverage level 1 − ε at the fitted radius, in both forms         0 … N/(N + 1)
 *
 * The dial of the Wasserstein ball is its ε and not its radius: the ball of radius 0 still asks for the worst share ε of the days, so that no
 * radius is as small as nothing. Beyond 1 − ε = N/(N + 1) the days say no more.
 */
import type { DayKind, DaySetFit, SetKind, UncertaintySet } from './day-set.ts';

export interface SizeScale {
  kind: SetKind;
  /** What the number counts, in words: "radius, standard deviations". */
  name: string;
  /** α, r, …, as formulas call it. */
  symbol: string;
  /** The size that keeps the promise of the fit. */
  fitted: number;
  /** The largest size on the dial; the least is 0. */
  most: number;
  /** 'whole': only whole numbers are sizes. */
  steps: 'continuous' | 'whole';
}

const reach = 2;
const symbols: Readonly<Record<SetKind, string>> = {
  interval: 's',
  budget: 'α',
  ellipsoid: 'r',
  factor: 's',
  scenarios: 'N',
  support: 's',
  moment: 'k',
  wasserstein: '1 − ε',
  'wasserstein-exact': '1 − ε',
};

export const intervalScale: SizeScale = {
  kind: 'interval',
  name: 'width, times the fitted',
  symbol: symbols.interval,
  fitted: 1,
  most: reach,
  steps: 'continuous',
};

/** @param fitted the α that is used unless another is chosen. */
export const budgetScale = (components: number, fitted: number): SizeScale => ({
  kind: 'budget',
  name: 'protection, components at once',
  symbol: symbols.budget,
  fitted,
  most: components,
  steps: 'continuous',
});

/** The scale of a fitted set of whole days. @throws Error for interval and budget sets, which have scales of their own. */
export function dayScale({ kind, set, size }: DaySetFit): SizeScale {
  const shared = { kind, symbol: symbols[kind], steps: 'continuous' as const };
  switch (set.kind) {
    case 'ellipsoid':
    case 'factor':
    case 'support':
    case 'moment':
      return { ...shared, name: size.name, fitted: size.value, most: reach * size.value };
    case 'scenarios':
      return { ...shared, name: size.name, fitted: set.points.length, most: set.points.length, steps: 'whole' };
    case 'wasserstein':
    case 'wasserstein-exact': {
      const fitted = 1 - set.risk;
      const days = set.points.length;
      return { ...shared, name: 'coverage level of one limit', fitted, most: Math.max(fitted, days / (days + 1)) };
    }
    case 'interval':
    case 'budget':
      throw new Error(`${set.kind} is no set of whole days`);
  }
}

/** The fitted set at another size above 0; at the fitted size it is the fitted set itself. */
export function resized({ set, size: fitted }: DaySetFit, size: number): UncertaintySet {
  const ratio = fitted.value > 0 ? size / fitted.value : 0;
  switch (set.kind) {
    case 'interval':
    case 'budget':
      throw new Error(`${set.kind} is no set of whole days`);
    case 'ellipsoid':
    case 'moment':
      return { ...set, radius: set.radius * ratio };
    case 'factor':
    case 'support':
      // A hull is kept stretched; its scale counts from there.
      return { ...set, scale: set.scale * ratio };
    case 'scenarios':
      return { ...set, points: set.points.slice(-Math.max(1, Math.round(size))) };
    case 'wasserstein':
    case 'wasserstein-exact':
      return { ...set, risk: 1 - size };
  }
}

/** The size of a set that came from this fit by `resized`. */
export function sizeOf(set: UncertaintySet, { set: fitted, size }: DaySetFit): number {
  if (set.kind !== fitted.kind) throw new Error(`a ${set.kind} set did not come from a fitted ${fitted.kind} set`);
  switch (set.kind) {
    case 'ellipsoid':
    case 'moment':
      return share(set.radius, (fitted as typeof set).radius) * size.value;
    case 'factor':
    case 'support':
      return share(set.scale, (fitted as typeof set).scale) * size.value;
    case 'scenarios':
      return set.points.length;
    case 'wasserstein':
    case 'wasserstein-exact':
      return 1 - set.risk;
    case 'interval':
    case 'budget':
      throw new Error(`${set.kind} is no set of whole days`);
  }
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** The nearest size on the scale. */
export function onScale({ most, steps }: SizeScale, size: number): number {
  const held = Math.min(most, Math.max(0, size));
  return steps === 'whole' ? Math.round(held) : held;
}

/** Sizes evenly along the scale, both ends and the fitted size included, ascending. */
export function sizesAlong(scale: SizeScale, count: number): number[] {
  const even = Array.from({ length: count }, (_, at) => onScale(scale, (at / (count - 1)) * scale.most));
  return [...new Set([...even, onScale(scale, scale.fitted)])].sort((a, b) => a - b);
}

export const isDayKind = (kind: SetKind): kind is DayKind => kind !== 'interval' && kind !== 'budget';
