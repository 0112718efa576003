/** Prices to ask on given routes, made from prices at the margin of what the users accept. */
import { isContinuous, lowestPrice } from '../prices.ts';
import type { SmsProblem } from '../problem.ts';
import type { FleetPowers } from './fixed-routes.ts';

/** Below the margin users who break ties against the owner still do as wished, USD/MWh; more where more is wished. */
const shadeUsdPerMwh = 1e-3;

/**
 * At the margin; cheaper by the activity fee, which leaves the users what they pay for it; both a little below where ties are broken
 * against the owner. With a menu the next level below, and the nearest.
 */
export function priceCandidates(problem: SmsProblem, margin: readonly number[][], powers: FleetPowers): number[][][] {
  const mapped = (of: (price: number, grid: number, slot: number) => number): number[][] =>
    margin.map((slots, g) => slots.map((price, t) => Math.max(lowestPrice(problem, g, t), of(price, g, t))));
  const usedMw = problem.grids.map((_, g) =>
    Array.from({ length: problem.slots }, (__, t) => Math.abs(powers.netMw[g]![t]!)),
  );
  const afterFee = mapped((price, g, t) => {
    const mw = usedMw[g]![t]!;
    return mw > 1e-6 ? price - problem.grids[g]!.activityFeeUsd / (problem.slotHours * mw) : price;
  });
  const hasFee = problem.grids.some(({ activityFeeUsd }) => activityFeeUsd > 0);
  const wished = hasFee ? [margin.map((slots) => [...slots]), afterFee] : [margin.map((slots) => [...slots])];
  if (isContinuous(problem)) {
    if (problem.ties === 'optimistic') return wished;
    const mostMw = Math.max(...usedMw.flat(), 1e-6);
    const shade = (g: number, t: number): number => shadeUsdPerMwh * (1 + usedMw[g]![t]! / mostMw);
    return wished.map((prices) =>
      prices.map((slots, g) => slots.map((price, t) => Math.max(lowestPrice(problem, g, t), price - shade(g, t)))),
    );
  }
  const onMenu = (choose: (menu: readonly number[], price: number) => number) =>
    wished.map((prices) =>
      prices.map((slots, g) => slots.map((price, t) => choose(problem.priceMenuUsdPerMwh[g]![t]!, price))),
    );
  return [
    ...onMenu((menu, price) => Math.max(Math.min(...menu), ...menu.filter((level) => level <= price + 1e-9))),
    ...onMenu((menu, price) =>
      menu.reduce((best, level) => (Math.abs(level - price) < Math.abs(best - price) ? level : best)),
    ),
  ];
}
