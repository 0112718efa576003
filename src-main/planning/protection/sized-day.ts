/** A day under one kind of set whose size is still open: its problem at every size, and what that size promises. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SetKind } from '../../uncertainty/day-set.ts';
import { budgetScale, dayScale, intervalScale, type SizeScale } from '../../uncertainty/set-size.ts';
import type { FittedSet } from '../../uncertainty/types.ts';
import { riskBounds } from '../../verify/risk-bounds.ts';
import { buildProblem, type DayInputs, type Protection, type Recourse } from '../plan/build-problem.ts';
import { promiseAtSize, type SizePromise } from '../sets/promise-at-size.ts';

export interface SizeWish {
  set: SetKind;
  /** α that counts as the fitted one of a budget. */
  protection: number;
  slotProtection?: number | undefined;
  recourse?: Recourse | undefined;
}

export interface SizedDay {
  kind: SetKind;
  set: FittedSet;
  scale: SizeScale;
  /** At size 0 nothing is protected, whatever the kind. */
  at(size: number): V2gProblem;
  promiseAt(size: number): SizePromise;
  /** Size enters through bounds alone: a sequence of sizes is solved from basis to basis. */
  warm: boolean;
  /** In which form an exact ball states its chance constraint along the scale, in words; null for other kinds, and until it is decided. */
  chance: string | null;
}

/** @throws Refusal `set-does-not-fit` when `inputs` hold no set of whole days of the wanted kind */
export function sizedDay(inputs: DayInputs, wish: SizeWish): SizedDay {
  const { set: kind, slotProtection } = wish;
  // Under full recourse the curve shows the shares: which units are on is decided for each size then.
  const recourse = wish.recourse === 'full' ? 'per-resource' : wish.recourse;
  const { set, horizon } = inputs;
  const components = set.components.length;
  const at = (protection: Protection): V2gProblem => buildProblem(inputs, protection, recourse);
  if (kind === 'budget')
    return {
      kind,
      set,
      scale: budgetScale(components, Math.min(wish.protection, components)),
      at: (size) => at({ set: kind, protection: size, slotProtection: size === 0 ? undefined : slotProtection }),
      promiseAt: (size) => ({ event: 'limit', probability: 1 - riskBounds(components, size).binomial }),
      // Routes of trucks are searched anew at every size.
      warm: !inputs.trucks?.trucks && (slotProtection === undefined || slotProtection >= horizon.slots),
      chance: null,
    };
  if (kind === 'interval')
    return {
      kind,
      set,
      scale: intervalScale,
      at: (size) => at({ set: kind, size }),
      // A width other than the fitted one was not calibrated.
      promiseAt: (size) => ({ event: 'interval', probability: size === intervalScale.fitted ? set.nominal : null }),
      warm: false,
      chance: null,
    };
  // Refuses here, and not at the first size, where the set holds no such kind.
  at({ set: kind });
  const fit = set.daySet!;
  return {
    kind,
    set,
    scale: dayScale(fit),
    at: (size) => at({ set: kind, size }),
    promiseAt: (size) => promiseAtSize(fit, size),
    warm: false,
    chance: null,
  };
}
