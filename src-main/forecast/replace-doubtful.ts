/**
 * Stand-ins for doubtful values, so that lags and centres have something to rest on. A stand-in is never a target of learning, and the
 * hour it stands in for never shapes a set: it widens it. Where the rule leaves days out, a day with a gap too long for a line is
 * doubtful in every slot: nothing is learnt from it, and all its hours widen the set; its lags still rest on the week before.
 */
import { fillGaps, type FillRule } from '../base/fill-gaps.ts';
import type { DayGrid } from './day-grid.ts';

const dayMinutes = 24 * 60;

export interface Replaced {
  /** Values with stand-ins [row · slots + slot]; NaN where none exists. */
  values: Float64Array;
  /** Doubts of the grid and of the days left out; never fewer than the grid's. */
  doubtful: Uint8Array;
}

/** @param sealedRows last rows whose later hours are not known yet; they are never left out as a whole. */
export function replaceDoubtful(grid: DayGrid, rule: FillRule, sealedRows = 0): Replaced {
  const { slots, values, doubtful } = grid;
  const leavesOut = rule.longer === 'leave-out';
  const filled = fillGaps(
    {
      values,
      isOpen: (at) => doubtful[at] !== 0,
      stepMinutes: dayMinutes / slots,
      earlier: (at, days) => at - days * slots,
    },
    leavesOut ? { ...rule, longer: 'week-before' } : rule,
  );
  if (!leavesOut) return { values: filled.values, doubtful };
  const known = values.length - sealedRows * slots;
  const withDays = doubtful.slice();
  for (const [from, to] of filled.longGaps) {
    const first = Math.floor(from / slots) * slots;
    withDays.fill(1, first, Math.max(first, Math.min(known, Math.ceil(to / slots) * slots)));
  }
  return { values: filled.values, doubtful: withDays };
}
