import type { V2gProblem } from './problem.ts';

/** Γ: slots that may be at their worst at once, at least one; null where slots depend on each other in another way. */
export function slotsAtOnce({ slots, uncertainty: { set } }: V2gProblem): number | null {
  if (set === undefined || set.kind === 'interval') return slots;
  return set.kind === 'budget' ? Math.min(slots, Math.max(1, set.slotProtection)) : null;
}
