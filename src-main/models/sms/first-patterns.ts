/**
 * Patterns that the owner's program knows before it has seen any answer: every truck charges wherever power is cheap without trucks and
 * discharges wherever it is dear. They are answers to every route, so that the first bounds are not those of an owner without users.
 */
import type { Activity } from './fleet.ts';
import type { Pattern } from './pattern.ts';
import type { SmsProblem } from './problem.ts';

/** Shares of all places (grid, slot) that count as cheap, and as dear. */
const shares = [0.2, 0.35, 0.5];

/** @param worth what one MW more costs without trucks [grid][slot]. */
export function firstPatterns(problem: SmsProblem, worth: readonly number[][]): Pattern[] {
  const byWorth = worth
    .flatMap((slots, grid) => slots.map((usd, slot) => ({ grid, slot, usd })))
    .toSorted((a, b) => a.usd - b.usd);
  const doing = (some: typeof byWorth, direction: Activity['direction']): Activity[] =>
    problem.trucks.flatMap((_, truck) => some.map(({ grid, slot }) => ({ truck, grid, slot, direction })));
  return shares.map((share) => {
    const count = Math.floor(share * byWorth.length);
    const cheap = byWorth.slice(0, count);
    const dear = byWorth.slice(byWorth.length - count);
    return [...doing(cheap, 'charge'), ...doing(dear, 'discharge')];
  });
}
