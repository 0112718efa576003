/** Fits the day set of a kind from the forecast of each component and its past errors, and measures what it is worth. */
import { Refusal } from '../base/errors.ts';
import type { Steps } from '../base/steps.ts';
import type { ComponentInput } from './component-input.ts';
import type { DayFitter, DayWish } from './day-fitter.ts';
import type { DayKind, DaySetFit, UncertaintySet } from './day-set.ts';
import { fitEllipsoid } from './fit-ellipsoid.ts';
import { fitFactor } from './fit-factor.ts';
import { fitMoment } from './fit-moment.ts';
import { fitScenarios } from './fit-scenarios.ts';
import { fitSupport } from './fit-support.ts';
import { fitWasserstein, fitWassersteinExact } from './fit-wasserstein.ts';
import { jointDays } from './joint-days.ts';
import { evidenceOf, heldOutPromises, judgeDays, leastDayHistory } from './measure-day-set.ts';

export const dayFitters: Readonly<Record<DayKind, DayFitter>> = {
  ellipsoid: fitEllipsoid,
  factor: fitFactor,
  scenarios: fitScenarios,
  support: fitSupport,
  moment: fitMoment,
  wasserstein: fitWasserstein,
  'wasserstein-exact': fitWassersteinExact,
};

/**
 * @param widening of each component's slots for doubtful data (`ComponentSet.widening`): deviations grow by it.
 * @throws Refusal `too-little-history` with fewer than twenty days sound in every component.
 */
export function* fitDaySetInSteps(
  components: readonly ComponentInput[],
  widening: readonly (readonly number[])[],
  kind: DayKind,
  wish: DayWish,
): Steps<DaySetFit> {
  const past = jointDays(components);
  const { slots } = past;
  if (past.days.length < leastDayHistory)
    throw new Refusal('too-little-history', {
      days: past.days.length,
      kind: 'all components together',
      needed: leastDayHistory,
    });
  const fitter = dayFitters[kind];
  const expected = Float64Array.from(components.flatMap(({ centreKw }) => Array.from(centreKw)));
  const { set, size, facts, guarantee, scores } = fitter(past, wish)(expected);
  yield;
  const judged = yield* judgeDays(past, fitter, wish);
  const most = components.flatMap(({ kind: of, centreKw }) =>
    Array.from(centreKw, (kw) => (of === 'wind' ? Math.max(0, kw) : Infinity)),
  );
  return {
    kind,
    set: rounded(widened(set, widening.flat(), most)),
    size,
    ...(scores ? { scores: rounded3(scores) } : {}),
    facts,
    evidence: evidenceOf(guarantee, judged, slots),
    heldOut: heldOutPromises(judged),
  };
}

/** Doubtful slots deviate further; wind can fall short by no more than is expected of it, where the set is made of days. */
function widened(set: UncertaintySet, widening: readonly number[], most: readonly number[]): UncertaintySet {
  const scale = (values: readonly number[]): number[] => values.map((value, j) => value * widening[j]!);
  const capped = (values: readonly number[]): number[] => scale(values).map((value, j) => Math.min(value, most[j]!));
  switch (set.kind) {
    case 'interval':
    case 'budget':
      return { ...set, halfWidths: capped(set.halfWidths) };
    case 'ellipsoid':
    case 'moment':
      return { ...set, centre: scale(set.centre), factors: set.factors.map(scale), spread: scale(set.spread) };
    case 'factor':
      return { ...set, centre: scale(set.centre), factors: set.factors.map(scale), rest: scale(set.rest) };
    case 'scenarios':
    case 'support': {
      const stretched = set.points.map((point) =>
        point.map((value, j) => set.centre[j]! + set.scale * (value - set.centre[j]!)),
      );
      return { ...set, centre: capped(set.centre), points: stretched.map(capped), scale: 1 };
    }
    case 'wasserstein':
    case 'wasserstein-exact':
      return { ...set, points: set.points.map(capped) };
  }
}

const rounded3 = (values: readonly number[]): number[] => values.map((value) => Math.round(value * 1e6) / 1e6);

/** To a watt: what is stored stays short, and a plan is solved with what is stored. */
function rounded(set: UncertaintySet): UncertaintySet {
  const round = (values: readonly number[]): number[] => values.map((value) => Math.round(value * 1e3) / 1e3);
  switch (set.kind) {
    case 'interval':
    case 'budget':
      return { ...set, halfWidths: round(set.halfWidths) };
    case 'ellipsoid':
    case 'moment':
      return { ...set, centre: round(set.centre), factors: set.factors.map(round), spread: round(set.spread) };
    case 'factor':
      return { ...set, centre: round(set.centre), factors: set.factors.map(round), rest: round(set.rest) };
    case 'scenarios':
    case 'support':
      return { ...set, centre: round(set.centre), points: set.points.map(round) };
    case 'wasserstein':
    case 'wasserstein-exact':
      return { ...set, points: set.points.map(round) };
  }
}
