/** Fits the set of a day from the forecast of each component and its past errors, and measures what the set is worth. */
import type { DayFilter } from '../base/day-filter.ts';
import { Refusal } from '../base/errors.ts';
import { autocorrelation } from '../base/statistics.ts';
import { runThrough, type Steps } from '../base/steps.ts';
import { errorBands } from './bands.ts';
import { budgetCoverage } from './budget-coverage.ts';
import { residualTable, type ComponentInput, type ResidualTable } from './component-input.ts';
import { measureCoverage } from './coverage.ts';
import { heldOutRatios, type HeldOut } from './held-out.ts';
import { fitInterval, type IntervalWish } from './interval-model.ts';
import type { ComponentSet, FittedSet } from './types.ts';

export const leastHistoryDays = 10;

export interface SetWish extends IntervalWish {
  /** Days before the planned one that the set may learn from; kept with the set. */
  windowDays: number;
  /** Which days of the window `residualDays` holds; kept with the set. Absent: every day. */
  days?: DayFilter | undefined;
}

/** @throws Refusal `too-little-history` when a component has fewer than ten days with a sound error. */
export const fitSet = (components: readonly ComponentInput[], wish: SetWish): FittedSet =>
  runThrough(fitSetInSteps(components, wish));

/** The same, one component a step. */
export function* fitSetInSteps(components: readonly ComponentInput[], wish: SetWish): Steps<FittedSet> {
  const fitted: ReturnType<typeof fitComponent>[] = [];
  for (const component of components) {
    fitted.push(fitComponent(component, wish));
    yield;
  }
  return {
    method: wish.method,
    shape: wish.shape,
    nominal: wish.nominal,
    windowDays: wish.windowDays,
    ...(wish.days === undefined ? {} : { days: wish.days }),
    components: fitted.map(({ set }) => set),
    budgetCoverage: budgetCoverage(fitted.map(({ heldOut }) => heldOut)),
  };
}

function fitComponent(component: ComponentInput, wish: SetWish): { set: ComponentSet; heldOut: HeldOut } {
  const table = residualTable(component);
  const days = soundDays(table);
  if (days < leastHistoryDays) {
    throw new Refusal('too-little-history', { days, kind: component.name, needed: leastHistoryDays });
  }
  const { model, centreKw, halfWidthKw } = fitWidths(component, table, wish);
  const heldOut = heldOutRatios(table, wish);
  const set: ComponentSet = {
    id: component.id,
    name: component.name,
    kind: component.kind,
    centreKw,
    biasKw: Array.from(component.biasKw),
    halfWidthKw,
    ...(model.law === null ? {} : { levelLaw: model.law }),
    widening: Array.from(model.widening),
    bands: errorBands(table, centreKw, wish.shape, model.scale),
    residuals: component.residualDays.map(({ day, error, usable }) => ({
      day,
      errorKw: Array.from(error, (value) => (Number.isFinite(value) ? value : 0)),
      usable,
    })),
    heldOut: heldOutDays(heldOut),
    coverage: measureCoverage(heldOut, wish.nominal),
    meanWidthKw: (2 * halfWidthKw.reduce((sum, width) => sum + width, 0)) / halfWidthKw.length,
    lag1Autocorrelation: hourlyAutocorrelation(table),
  };
  return { set, heldOut };
}

function fitWidths(component: ComponentInput, table: ResidualTable, wish: IntervalWish) {
  const model = fitInterval(table, 0, table.days.length, wish, component.doubtfulSlots);
  const centreKw = Array.from(component.centreKw);
  return {
    model,
    centreKw,
    halfWidthKw: centreKw.map((level, slot) => model.widened[slot]! * model.scale(level, slot)),
  };
}

/** The half-widths [slot] `fitSet` would give, without the evidence. */
export const halfWidthsOf = (component: ComponentInput, wish: IntervalWish): number[] =>
  fitWidths(component, residualTable(component), wish).halfWidthKw;

function heldOutDays({ days, slots, promised }: HeldOut): ComponentSet['heldOut'] {
  return days.map((day, row) => ({ day, promisedKw: Array.from(promised.subarray(row * slots, (row + 1) * slots)) }));
}

function soundDays({ slots, flagged }: ResidualTable): number {
  let days = 0;
  for (let first = 0; first < flagged.length; first += slots) {
    if (flagged.subarray(first, first + slots).includes(0)) days++;
  }
  return days;
}

/** Correlation of errors one hour apart, flagged ones as zero; 0 when there is no variation. */
function hourlyAutocorrelation({ slots, errors, flagged }: ResidualTable): number {
  const kept = errors.map((error, at) => (flagged[at] ? 0 : error));
  return autocorrelation(kept, Math.max(1, Math.round(slots / 24))) || 0;
}
