/** A frozen set brought to a day: the day's own forecast and fleet, the frozen widths and evidence. */
import type { Steps } from '../../base/steps.ts';
import { recentreSet } from '../../uncertainty/recentre-set.ts';
import type { FittedSet } from '../../uncertainty/types.ts';
import type { FitSetsResult } from './fit-sets.ts';
import { forecastComponentsInSteps, type ForecastWish } from './forecast-components.ts';
import type { FrozenSet, SetRecord } from '../ports.ts';

/**
 * The forecast is made with the window the set was frozen with, so that its skill is measured alike.
 * @throws Refusal `no-telemetry`, `too-little-history`, `set-does-not-fit`
 */
export function* frozenSetInSteps(
  inputs: Omit<ForecastWish, 'windowDays'>,
  { frozen, record }: { frozen: FrozenSet; record: SetRecord },
): Steps<FitSetsResult> {
  const { windowDays } = record.set;
  const forecast = yield* forecastComponentsInSteps({ ...inputs, windowDays });
  const source = { setId: record.id, name: frozen.name, day: record.day };
  return { ...forecast, set: recentreSet(record.set, forecast.inputs, source) };
}

export const sameCentres = (one: FittedSet, other: FittedSet): boolean =>
  one.components.every(({ centreKw }, index) =>
    centreKw.every((kw, slot) => kw === other.components[index]!.centreKw[slot]),
  );

/** What a plan says of a frozen set it was made from; nothing for a set fitted for its own day. */
export function frozenNotes({ frozen, components }: FittedSet, day: string): string[] {
  if (!frozen) return [];
  const last =
    components
      .flatMap(({ residuals }) => residuals.map((past) => past.day))
      .sort()
      .at(-1) ?? '';
  const told = `Planned from the frozen set "${frozen.name}" (${frozen.setId}, fitted for ${frozen.day}), brought to this day's forecast.`;
  return last >= day
    ? [told, `That set has learnt from days up to ${last}: more than was known before ${day}.`]
    : [told];
}
