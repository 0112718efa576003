/** What routes mean slot by slot: where each truck is, at which grid, and what the way costs. */
import { busOf, namedConnections } from './connections.ts';
import type { Arc } from './network.ts';
import type { Leg } from './plan.ts';
import type { SmsProblem } from './problem.ts';

/** Terminal where the truck spends the slot; null while it drives. */
export function terminalBySlot(problem: SmsProblem, legs: readonly Leg[]): (number | null)[] {
  const places = new Array<number | null>(problem.slots).fill(null);
  for (const leg of legs) if (leg.kind === 'stay') places.fill(leg.terminal, leg.fromSlot, leg.untilSlot);
  return places;
}

/** [truck][slot]: the grid at whose station the truck stands, else null. */
export function presenceOf(problem: SmsProblem, routes: readonly Leg[][]): (number | null)[][] {
  return routes.map((legs) =>
    terminalBySlot(problem, legs).map((terminal) => {
      const place = terminal === null ? null : problem.terminals[terminal]!;
      return place?.kind === 'station' ? place.grid : null;
    }),
  );
}

/** [truck][slot]: the bus at which the truck is connected, where its grid has several connections; else null. */
export const busesOf = (problem: SmsProblem, routes: readonly Leg[][]): (number | null)[][] =>
  routes.map((legs) =>
    terminalBySlot(problem, legs).map((terminal) => {
      const place = terminal === null ? null : problem.terminals[terminal]!;
      if (place?.kind !== 'station' || namedConnections(problem, place.grid)[0] === null) return null;
      return busOf(problem, terminal!);
    }),
  );

export function wayCosts(problem: SmsProblem, legs: readonly Leg[]): { travelUsd: number; holdingUsd: number } {
  let travelUsd = 0;
  let holdingUsd = 0;
  for (const leg of legs)
    if (leg.kind === 'travel') travelUsd += problem.travelCostUsd[leg.from]![leg.to]![leg.fromSlot]!;
    else holdingUsd += problem.holdCostUsdPerSlot[leg.terminal]! * (leg.untilSlot - leg.fromSlot);
  return { travelUsd, holdingUsd };
}

/** Arcs in order of time as legs; neighbouring stays become one. */
export function legsOf(arcs: readonly Arc[]): Leg[] {
  const legs: Leg[] = [];
  for (const { kind, from, to, fromSlot, untilSlot } of arcs) {
    const last = legs.at(-1);
    if (kind === 'travel') legs.push({ kind, from, to, fromSlot, untilSlot });
    else if (last?.kind === 'stay') last.untilSlot = untilSlot;
    else legs.push({ kind, terminal: from, fromSlot, untilSlot });
  }
  return legs;
}
