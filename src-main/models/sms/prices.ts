/** Which rental prices the owner may ask: from a menu, or any up to a cap. */
import type { SmsProblem } from './problem.ts';

export const isContinuous = (problem: SmsProblem): boolean => problem.priceCapUsdPerMwh !== undefined;

/** With a cap; a menu says itself what its least is. */
export const lowestPrice = (problem: SmsProblem, grid: number, slot: number): number =>
  problem.priceFloorUsdPerMwh?.[grid]![slot] ?? 0;

export function highestPrice(problem: SmsProblem, grid: number, slot: number): number {
  const cap = problem.priceCapUsdPerMwh?.[grid]![slot];
  return cap ?? Math.max(...problem.priceMenuUsdPerMwh[grid]![slot]!);
}

/** Prices to try where only a few can be: the menu, or even steps up to the cap. */
export function offeredPrices(problem: SmsProblem, grid: number, slot: number, steps: number): number[] {
  const cap = problem.priceCapUsdPerMwh?.[grid]![slot];
  if (cap === undefined) return problem.priceMenuUsdPerMwh[grid]![slot]!;
  return Array.from({ length: steps + 1 }, (_, i) => (cap * i) / steps);
}

/** No truck must be charged to meet its final energy. */
export const mayIdle = (problem: SmsProblem): boolean =>
  problem.trucks.every(({ initialMwh, finalMinMwh }) => initialMwh >= finalMinMwh);
