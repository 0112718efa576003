/**
 * Routes of the trucks as integer flow through their time-space networks.
 *
 *   Σ out x_k − Σ in x_k = 1 at (start, 0), −1 at (end, T), 0 elsewhere,   x_k ∈ {0, 1}
 *   Σ_k x_k,stay(i,t) ≤ capacity_i at stations
 *   w_{k,g,t} = Σ_{stations i of g} x_k,stay(i,t)                           presence
 *   identical trucks k < k':  Σ_t Σ_i (i + 1)(t + 1) x_k,stay(i,t) ≤ the same of k'     any order of them is one of these
 */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { busOf } from './connections.ts';
import { shareAhead, tripMwh } from './driving.ts';
import type { EnergyAhead } from './fleet.ts';
import { legsOf } from './itinerary.ts';
import { networkOf, type Arc, type RoutedTruck, type WayProblem } from './network.ts';
import type { Leg } from './plan.ts';
import type { SmsProblem } from './problem.ts';

/** Trucks that differ in nothing but their id are twins: their order does not matter. */
export interface RouteProblem extends WayProblem {
  grids: readonly unknown[];
  trucks: readonly RoutedTruck[];
}

export interface RoutingOptions {
  /** What each USD of travel and holding weighs in the objective. */
  costWeight: number;
  /** How a slot of the routes is called in names. */
  slotOf: (slot: number) => number;
}

export interface RouteColumns {
  /** The network of each truck [truck], with one column per arc. */
  flows: ArcFlow[][];
  /** w [truck][grid][slot], as a sum; no term where the truck cannot be. */
  presence: Term[][][][];
  /** Travel and holding cost, USD. */
  cost: Term[];
  read: (valueOf: (column: Column) => number) => Leg[][];
  /** Terms that add up to `legs` when these routes are driven, and to less otherwise. */
  same: (routes: Leg[][]) => { terms: Term[]; legs: number };
}

export interface Routing extends RouteColumns {
  /** Presence at one connection of a grid. */
  presenceAt: (truck: number, connection: { grid: number; bus: number }, slot: number) => Term[];
  /** What the way ahead takes from the batteries. */
  ahead: EnergyAhead;
}

/** A truck without any path makes the program infeasible by its own row. */
export function addRouting(program: ProgramBuilder, problem: SmsProblem): Routing {
  const networks = problem.trucks.map((truck) => networkOf(problem, truck));
  const routes = addRoutes(program, problem, networks);
  return {
    ...routes,
    presenceAt: (truck, { grid, bus }, slot) =>
      routes.flows[truck]!.flatMap(({ arc, column }): Term[] => {
        const stays = arc.kind === 'stay' && arc.fromSlot === slot && gridAt(problem, arc.from) === grid;
        return stays && busOf(problem, arc.from) === bus ? [[column, 1]] : [];
      }),
    ahead: (k, slot) => ({
      constant: 0,
      terms: routes.flows[k]!.flatMap(({ arc, column }): Term[] => {
        const mwh = arc.kind === 'stay' ? 0 : tripMwh(problem, problem.trucks[k]!, arc) * shareAhead(arc, slot);
        return mwh > 0 ? [[column, mwh]] : [];
      }),
    }),
  };
}

/** @param networks the arcs of each truck [truck]. */
export function addRoutes(
  program: ProgramBuilder,
  problem: RouteProblem,
  networks: readonly Arc[][],
  { costWeight, slotOf }: RoutingOptions = { costWeight: 0, slotOf: (slot) => slot },
): RouteColumns {
  const flows = problem.trucks.map((truck, k) =>
    networks[k]!.map((arc) => ({
      arc,
      column: program.addColumn({
        name: arcName(problem, truck, arc, slotOf),
        lower: 0,
        upper: 1,
        cost: costWeight * arc.costUsd,
        kind: 'integer',
      }),
    })),
  );
  flows.forEach((own, k) => addFlow(program, problem, problem.trucks[k]!, own, slotOf));
  addCapacity(program, problem, flows.flat(), slotOf);
  addOrder(program, problem, flows);
  return {
    flows,
    presence: flows.map((own) =>
      problem.grids.map((_, g) =>
        Array.from({ length: problem.slots }, (_, slot) =>
          own
            .filter(({ arc }) => arc.kind === 'stay' && arc.fromSlot === slot && gridAt(problem, arc.from) === g)
            .map(({ column }): Term => [column, 1]),
        ),
      ),
    ),
    cost: flows.flat().map(({ arc, column }): Term => [column, arc.costUsd]),
    read: (valueOf) =>
      flows.map((own) => legsOf(own.filter(({ column }) => valueOf(column) > 0.5).map(({ arc }) => arc))),
    same: (routes) => {
      const terms = flows.flatMap((own, k) =>
        own.filter(({ arc }) => covers(routes[k]!, arc)).map(({ column }): Term => [column, 1]),
      );
      return { terms, legs: terms.length };
    },
  };
}

export interface ArcFlow {
  arc: Arc;
  column: Column;
}

const gridAt = (problem: RouteProblem, terminal: number): number | null => {
  const place = problem.terminals[terminal]!;
  return place.kind === 'station' ? place.grid : null;
};

type SlotOf = RoutingOptions['slotOf'];

function arcName(problem: RouteProblem, truck: RoutedTruck, arc: Arc, slotOf: SlotOf): string {
  const from = problem.terminals[arc.from]!.id;
  const what = arc.kind === 'stay' ? `stay at ${from}` : `travel ${from} to ${problem.terminals[arc.to]!.id}`;
  return `truck ${truck.id}: ${what}, slot ${slotOf(arc.fromSlot)}`;
}

function addFlow(
  program: ProgramBuilder,
  problem: RouteProblem,
  truck: RoutedTruck,
  flows: readonly ArcFlow[],
  slotOf: SlotOf,
): void {
  const nodes = new Map<string, { terminal: number; slot: number; terms: Term[] }>();
  const at = (terminal: number, slot: number): Term[] => {
    const key = `${terminal} ${slot}`;
    const node = nodes.get(key) ?? { terminal, slot, terms: [] };
    nodes.set(key, node);
    return node.terms;
  };
  at(truck.start, 0);
  at(truck.end, problem.slots);
  for (const { arc, column } of flows) {
    at(arc.from, arc.fromSlot).push([column, 1]);
    at(arc.to, arc.untilSlot).push([column, -1]);
  }
  for (const { terminal, slot, terms } of nodes.values()) {
    const supply =
      terminal === truck.start && slot === 0 ? 1 : terminal === truck.end && slot === problem.slots ? -1 : 0;
    const name = `truck ${truck.id}: route at ${problem.terminals[terminal]!.id}, slot ${slotOf(slot)}`;
    program.addRow({ name, lower: supply, upper: supply, terms });
  }
}

function addCapacity(program: ProgramBuilder, problem: RouteProblem, flows: readonly ArcFlow[], slotOf: SlotOf): void {
  problem.terminals.forEach((terminal, i) => {
    if (terminal.kind === 'depot' || terminal.truckCapacity >= problem.trucks.length) return;
    for (let slot = 0; slot < problem.slots; slot++) {
      const here = flows.filter(({ arc }) => arc.kind === 'stay' && arc.from === i && arc.fromSlot === slot);
      const terms = here.map(({ column }): Term => [column, 1]);
      program.addRow({
        name: `station ${terminal.id}: places, slot ${slotOf(slot)}`,
        lower: 0,
        upper: terminal.truckCapacity,
        terms,
      });
    }
  });
}

function addOrder(program: ProgramBuilder, problem: RouteProblem, flows: readonly ArcFlow[][]): void {
  const weight = (own: readonly ArcFlow[], sign: number): Term[] =>
    own.flatMap(({ arc, column }): Term[] =>
      arc.kind === 'stay' ? [[column, sign * (arc.from + 1) * (arc.fromSlot + 1)]] : [],
    );
  problem.trucks.forEach((truck, k) => {
    const next = problem.trucks.findIndex((other, l) => l > k && isTwin(truck, other));
    if (next < 0) return;
    const terms = [...weight(flows[k]!, 1), ...weight(flows[next]!, -1)];
    program.addRow({ name: `truck ${truck.id}: before its twin`, lower: -Infinity, upper: 0, terms });
  });
}

const isTwin = (a: RoutedTruck, b: RoutedTruck): boolean =>
  JSON.stringify({ ...a, id: '' }) === JSON.stringify({ ...b, id: '' });

const covers = (legs: readonly Leg[], arc: Arc): boolean =>
  legs.some((leg) =>
    leg.kind === 'stay'
      ? arc.kind === 'stay' &&
        leg.terminal === arc.from &&
        leg.fromSlot <= arc.fromSlot &&
        arc.untilSlot <= leg.untilSlot
      : arc.kind === 'travel' && leg.from === arc.from && leg.to === arc.to && leg.fromSlot === arc.fromSlot,
  );
