/** What full recourse was proven to cost, for reading in a terminal. */
import type { PlanPayload } from '../../contract/plan.ts';
import { number, percent } from './table.ts';

export function recourseFacts({ currency, recourse: { full } }: PlanPayload): (readonly [string, string])[] {
  if (!full) return [];
  const { lower, upper, rounds, seconds, plan, affine, worst } = full;
  const money = (value: number): string => `${number(value, 2)} ${currency}`;
  return [
    ['full recourse', `at least ${money(lower)}, at most ${money(upper)}, gap ${percent((upper - lower) / Math.abs(upper), 3)}, ${number(rounds, 0)} rounds in ${number(seconds, 1)} s`], // prettier-ignore
    ...(worst ? [['  worst day found', `costs ${money(worst.cost)} who knows it`] as const] : []),
    ['  this plan, by shares', `${money(plan)} at worst, ${percent((plan - lower) / Math.abs(plan), 2)} above the least`], // prettier-ignore
    ...(affine === null ? [] : [['  shares of the EV pool', money(affine)] as const]),
  ];
}
