/**
 * The time-space network of one truck: nodes (terminal, slot boundary), arcs "stay" and "travel", pruned to what can be reached from the
 * truck's start and from where its end can still be reached, and to what is demanded of where it stands. Sources: Sun et al. 2018; Yao et al. 2018.
 */
import { drivesOnBattery, drivingBudgetMwh, tripMwh } from './driving.ts';
import type { PlaceRule, SmsProblem, Truck } from './problem.ts';

/** What routes need to know of a problem, whatever the trucks do where they stand. */
export type WayProblem = Pick<
  SmsProblem,
  'slots' | 'terminals' | 'travelSlots' | 'travelCostUsd' | 'holdCostUsdPerSlot'
>;
export type RoutedTruck = Pick<Truck, 'id' | 'start' | 'end' | 'places'>;

export interface Arc {
  kind: 'stay' | 'travel';
  from: number;
  to: number;
  fromSlot: number;
  untilSlot: number;
  costUsd: number;
}

/** Arcs on some path from (start, 0) to (end, slots), ordered by departure; empty when there is no such path. */
export function networkOf(problem: SmsProblem, truck: Truck): Arc[] {
  const arcs = pathArcs(problem, truck);
  return drivesOnBattery(problem) ? withinCharge(problem, truck, arcs) : arcs;
}

/** The same, whatever the way takes from the battery. */
export function pathArcs(problem: WayProblem, truck: RoutedTruck): Arc[] {
  const arcs = allArcs(problem).filter((arc) => (truck.places ?? []).every((rule) => obeys(arc, rule)));
  const reached = grid(problem);
  reached[truck.start]![0] = true;
  for (const arc of arcs) if (reached[arc.from]![arc.fromSlot]) reached[arc.to]![arc.untilSlot] = true;
  const leads = grid(problem);
  leads[truck.end]![problem.slots] = true;
  for (const arc of arcs.toReversed()) if (leads[arc.to]![arc.untilSlot]) leads[arc.from]![arc.fromSlot] = true;
  return arcs.filter((arc) => reached[arc.from]![arc.fromSlot] && leads[arc.to]![arc.untilSlot]);
}

/** Arcs on some path that takes no more than the truck's driving may. @param arcs ordered by departure. */
function withinCharge(problem: SmsProblem, truck: Truck, arcs: readonly Arc[]): Arc[] {
  const budgetMwh = drivingBudgetMwh(truck) + 1e-9;
  const taken = (arc: Arc): number => (arc.kind === 'stay' ? 0 : tripMwh(problem, truck, arc));
  const table = (): number[][] => problem.terminals.map(() => new Array<number>(problem.slots + 1).fill(Infinity));
  const [until, after] = [table(), table()];
  until[truck.start]![0] = 0;
  after[truck.end]![problem.slots] = 0;
  for (const arc of arcs) {
    const mwh = until[arc.from]![arc.fromSlot]! + taken(arc);
    until[arc.to]![arc.untilSlot] = Math.min(until[arc.to]![arc.untilSlot]!, mwh);
  }
  for (const arc of arcs.toReversed()) {
    const mwh = after[arc.to]![arc.untilSlot]! + taken(arc);
    after[arc.from]![arc.fromSlot] = Math.min(after[arc.from]![arc.fromSlot]!, mwh);
  }
  return arcs.filter(
    (arc) => until[arc.from]![arc.fromSlot]! + taken(arc) + after[arc.to]![arc.untilSlot]! <= budgetMwh,
  );
}

function obeys(arc: Arc, { kind, terminals, fromSlot, untilSlot }: PlaceRule): boolean {
  if (arc.untilSlot <= fromSlot || arc.fromSlot >= untilSlot) return true;
  const stands = arc.kind === 'stay' && terminals.includes(arc.from);
  return kind === 'only' ? stands : !stands;
}

const grid = (problem: WayProblem): boolean[][] =>
  problem.terminals.map(() => new Array<boolean>(problem.slots + 1).fill(false));

function allArcs(problem: WayProblem): Arc[] {
  const arcs: Arc[] = [];
  for (let slot = 0; slot < problem.slots; slot++)
    for (let from = 0; from < problem.terminals.length; from++)
      for (let to = 0; to < problem.terminals.length; to++) {
        if (from === to) {
          const costUsd = problem.holdCostUsdPerSlot[from]!;
          arcs.push({ kind: 'stay', from, to, fromSlot: slot, untilSlot: slot + 1, costUsd });
          continue;
        }
        const time = problem.travelSlots[from]![to]![slot]!;
        if (time === null || slot + time > problem.slots) continue;
        const costUsd = problem.travelCostUsd[from]![to]![slot]!;
        arcs.push({ kind: 'travel', from, to, fromSlot: slot, untilSlot: slot + time, costUsd });
      }
  return arcs;
}
