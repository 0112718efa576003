/**
 * Latest arrival over one way when at most Γ of its links take their deviation: who is late enters the next link late, so
 *
 *   A(l, k) = max { A(l−1, k) + time_l(A(l−1, k)),  A(l−1, k−1) + time_l(A(l−1, k−1)) + d_l }
 *
 * Exact where nobody is overtaken: a later entry never arrives sooner, so the latest arrival per count of deviations is all that matters.
 * Symbol → identifier: Γ → `budget`, d → `deviationMinutes`, A(·, k) → `latest[k]`.
 */
import { Refusal } from '../../../base/errors.ts';
import { minutesAt, type LinkTimes } from './link-times.ts';

/** @param deviationMinutes [arc], not negative. @throws Refusal `out-of-range` for a budget that is no whole number. */
export function worstArrival(
  times: LinkTimes,
  deviationMinutes: Float64Array,
  arcs: readonly number[],
  departMinute: number,
  budget: number,
): number {
  requireBudget(budget);
  const used = Math.min(budget, arcs.length);
  const latest = new Float64Array(used + 1).fill(departMinute);
  for (const arc of arcs)
    for (let k = used; k >= 0; k--) {
      const onTime = latest[k]! + minutesAt(times, arc, latest[k]!);
      const before = k > 0 ? latest[k - 1]! : -Infinity;
      const late = k > 0 ? before + minutesAt(times, arc, before) + deviationMinutes[arc]! : -Infinity;
      latest[k] = Math.max(onTime, late);
    }
  return latest[used]!;
}

export function requireBudget(budget: number): void {
  if (!(Number.isInteger(budget) && budget >= 0))
    throw new Refusal('out-of-range', {
      what: 'A budget of late links',
      value: budget,
      range: 'a whole number from 0 up',
    });
}
