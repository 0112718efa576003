/** What the set of whole days behind a plan promised and did not keep, for the list of what needs a decision. */
import type { DaySetFit } from '../../uncertainty/day-set.ts';
import { percent, type Exception } from '../exception.ts';

const whatHeld = {
  interval: 'intervals',
  limit: 'slots',
  day: 'whole days',
} as const;

/** Red when it holds less than promised, a note when it is wider than it says; nothing where the two agree. */
export function daySetExceptions({ kind, evidence }: DaySetFit): Exception[] {
  const { guarantee, measured, verdict } = evidence;
  if (verdict !== 'breaks' && verdict !== 'exceeds') return [];
  const { share } = guarantee.event === 'day' ? measured.wholeDay : measured.limits;
  const broken = verdict === 'breaks';
  return [
    {
      level: broken ? 1 : 3,
      code: broken ? 'set-broken' : 'set-wider',
      cause: `The ${kind} set is meant to hold ${percent(guarantee.probability ?? 0)} of ${whatHeld[guarantee.event]}; it held ${percent(share)} on ${measured.days} held-out days`,
      fromSlot: null,
      toSlot: null,
      consequence: broken
        ? 'The set does not keep its promise. Choose another kind, window or coverage, and plan again.'
        : 'The set is wider than it claims; the plan pays for more safety than asked.',
      action: { label: broken ? 'Mend the set' : 'Look at the sets', screen: 'uncertainty' },
      count: 1,
    },
  ];
}
