/**
 * The owner's best day over what is left of every truck's network (day-rooms.ts), as one mixed-integer program. Energy is carried arc by arc:
 *
 *   maximise  r − way − wear
 *   x_k a unit flow over the arcs left, x ∈ {0, 1};   e_a at the start of arc a, least_a x_a ≤ e_a ≤ most_a x_a
 *   into a node  Σ (e_a + η_c Δ ch_a − Δ dis_a / η_d) = Σ e_a out of it;   ch_a + dis_a ≤ P x_a at stations
 *   R by revenue-hull.ts with the piece chosen;   the sum of rents r, fees, places as in day-master.ts
 *
 * Where the arcs left are those of all days worth enough, no owner earns more than its optimum, or than what "enough" stands for.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../../program/program.ts';
import { tripMwh } from '../driving.ts';
import { highestPrice, mayIdle } from '../prices.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import type { CostCurve } from './cost-curve.ts';
import { placesAt } from './curve-program.ts';
import { forcedRentUsd } from './forced-rent.ts';
import type { DayRoom } from './day-rooms.ts';
import { powerGroups } from './power-groups.ts';
import type { TruckDay } from './priced-day.ts';
import { addRevenueChoice } from './revenue-hull.ts';
import type { TruckClass } from './truck-classes.ts';

export interface CoreProgram {
  /** Minimised is what the owner does not earn. */
  program: LinearProgram;
  /** [truck] */
  read: (columns: Float64Array) => TruckDay[];
}

export interface CoreInput {
  problem: SmsProblem;
  curves: CostCurve[][];
  classes: readonly TruckClass[];
  /** [truck] */
  rooms: readonly (readonly DayRoom[])[];
}

interface RoomColumns {
  room: DayRoom;
  truck: number;
  group: number;
  used: Column;
  energy: Column;
  /** At stations, where the direction is possible. */
  charge: Column | null;
  discharge: Column | null;
}

export function buildCoreProgram(input: CoreInput): CoreProgram {
  const { problem, curves, classes, rooms } = input;
  const program = new ProgramBuilder(`${problem.name}: core`);
  const groups = powerGroups(problem, classes, 'by-kind');
  const fleet = problem.trucks.map((truck, k) => {
    const c = classes.findIndex(({ members }) => members.includes(k));
    const own = rooms[k]!.map((room) => addRoom(program, problem, { room, truck: k, group: groups.groupOf[c]! }));
    addFlow(program, problem, truck, own);
    return own;
  });
  const stays = fleet
    .flat()
    .filter(({ room: { arc } }) => stationOf(problem, arc.from) !== null && arc.kind === 'stay');
  addPlaces(program, problem, stays);
  addRevenue(program, problem, { curves, reachMw: groups.reachMw, stays });
  return { program: program.compile(), read: (columns) => fleet.map((own) => readDay(problem, own, columns)) };
}

const stationOf = (problem: SmsProblem, terminal: number): number | null => {
  const place = problem.terminals[terminal]!;
  return place.kind === 'station' ? place.grid : null;
};

function addRoom(
  program: ProgramBuilder,
  problem: SmsProblem,
  { room, truck: k, group }: Pick<RoomColumns, 'room' | 'truck' | 'group'>,
): RoomColumns {
  const truck = problem.trucks[k]!;
  const { arc, leastMwh, mostMwh } = room;
  const name = (what: string): string =>
    `truck ${truck.id}: ${what}, ${arc.kind} ${arc.from} to ${arc.to}, slot ${arc.fromSlot}`;
  const used = program.addColumn({ name: name('arc'), lower: 0, upper: 1, cost: arc.costUsd, kind: 'integer' });
  const energy = program.addColumn({ name: name('energy'), lower: 0, upper: mostMwh });
  const limit = (what: string, terms: Term[]): void => {
    program.addRow({ name: name(what), lower: -Infinity, upper: 0, terms });
  };
  limit('most energy', [
    [energy, 1],
    [used, -mostMwh],
  ]);
  limit('least energy', [
    [energy, -1],
    [used, leastMwh],
  ]);
  const wearUsd = problem.slotHours * truck.degradationUsdPerMwh;
  const works = arc.kind === 'stay' && stationOf(problem, arc.from) !== null;
  const power = (what: string, may: boolean): Column | null =>
    may && works ? program.addColumn({ name: name(what), lower: 0, upper: truck.powerMw, cost: wearUsd }) : null;
  const [charge, discharge] = [power('charge', room.mayCharge), power('discharge', room.mayDischarge)];
  const made = { room, truck: k, group, used, energy, charge, discharge };
  const after = energyAfter(problem, truck, made);
  if (charge !== null) limit('most energy after', [...after, [used, -truck.capacityMwh]]);
  if (discharge !== null)
    limit('least energy after', [...after.map(([column, value]): Term => [column, -value]), [used, truck.minMwh]]);
  const powers = [charge, discharge].filter((column) => column !== null);
  if (powers.length > 0) limit('power', [...powers.map((column): Term => [column, 1]), [used, -truck.powerMw]]);
  return made;
}

/** Energy when the arc ends. */
function energyAfter(problem: SmsProblem, truck: Truck, { energy, charge, discharge }: RoomColumns): Term[] {
  const terms: Term[] = [[energy, 1]];
  if (charge !== null) terms.push([charge, truck.chargeEfficiency * problem.slotHours]);
  if (discharge !== null) terms.push([discharge, -problem.slotHours / truck.dischargeEfficiency]);
  return terms;
}

function addFlow(program: ProgramBuilder, problem: SmsProblem, truck: Truck, own: readonly RoomColumns[]): void {
  const nodes = new Map<string, { flow: Term[]; energy: Term[] }>();
  const at = (terminal: number, slot: number) => {
    const key = `${terminal} ${slot}`;
    const node = nodes.get(key) ?? { flow: [], energy: [] };
    nodes.set(key, node);
    return node;
  };
  const start = at(truck.start, 0);
  const end = at(truck.end, problem.slots);
  for (const columns of own) {
    const { arc } = columns.room;
    const [from, to] = [at(arc.from, arc.fromSlot), at(arc.to, arc.untilSlot)];
    from.flow.push([columns.used, 1]);
    from.energy.push([columns.energy, 1]);
    to.flow.push([columns.used, -1]);
    to.energy.push(...energyAfter(problem, truck, columns).map(([column, value]): Term => [column, -value]));
  }
  for (const [key, node] of nodes) {
    const supply = node === start ? 1 : node === end ? -1 : 0;
    if (node === start)
      // What the way takes is not there to work with (driving.ts).
      for (const { room, used } of own)
        if (room.arc.kind === 'travel') node.energy.push([used, tripMwh(problem, truck, room.arc)]);
    const [lower, upper] =
      node === start
        ? [truck.initialMwh, truck.initialMwh]
        : node === end
          ? [-truck.capacityMwh, -Math.max(truck.minMwh, truck.finalMinMwh)]
          : [0, 0];
    program.addRow({ name: `truck ${truck.id}: route at ${key}`, lower: supply, upper: supply, terms: node.flow });
    program.addRow({ name: `truck ${truck.id}: energy at ${key}`, lower, upper, terms: node.energy });
  }
}

function addPlaces(program: ProgramBuilder, problem: SmsProblem, stays: readonly RoomColumns[]): void {
  for (const [key, here] of Map.groupBy(stays, ({ room: { arc } }) => `${arc.from} ${arc.fromSlot}`)) {
    const station = problem.terminals[here[0]!.room.arc.from]!;
    if (station.kind === 'depot' || here.length <= station.truckCapacity) continue;
    const terms = here.map(({ used }): Term => [used, 1]);
    program.addRow({ name: `places at ${key}`, lower: -Infinity, upper: station.truckCapacity, terms });
  }
}

function addRevenue(
  program: ProgramBuilder,
  problem: SmsProblem,
  { curves, reachMw, stays }: { curves: CostCurve[][]; reachMw: number[][]; stays: readonly RoomColumns[] },
): void {
  const [revenues, savings, caps]: [Term[], Term[], Term[]] = [[], [], []];
  const active = stays.filter(({ charge, discharge }) => charge !== null || discharge !== null);
  const byPlace = Map.groupBy(active, ({ room: { arc } }) => `${stationOf(problem, arc.from)!} ${arc.fromSlot}`);
  for (const [place, here] of byPlace) {
    const [grid, slot] = place.split(' ').map(Number) as [number, number];
    const inGroups = (of: (own: RoomColumns) => Term[]): Term[][] =>
      reachMw.map((_, group) => here.filter((own) => own.group === group).flatMap(of));
    const power =
      (sign: number) =>
      (own: RoomColumns): Term[] => [
        ...(own.charge === null ? [] : [[own.charge, sign] as const]),
        ...(own.discharge === null ? [] : [[own.discharge, 1] as const]),
      ];
    const trucksHere = reachMw.map(
      (_, group) => new Set(here.filter((own) => own.group === group).map(({ truck }) => truck)).size,
    );
    const { revenue, saving } = addRevenueChoice(program, {
      place,
      curve: curves[grid]![slot]!,
      net: inGroups(power(-1)),
      present: inGroups(({ used }) => [[used, 1]]),
      reachMw: reachMw.map((reach, group) => reach.slice(0, trucksHere[group])),
      places: placesAt(problem, grid),
      range: { fromMw: -Infinity, toMw: Infinity },
    });
    revenues.push(...revenue);
    savings.push(...saving);
    const used = here.flatMap(power(1));
    const capUsd = problem.slotHours * highestPrice(problem, grid, slot);
    caps.push(...used.map(([column, mw]): Term => [column, capUsd * mw]));
    const feeUsd = problem.grids[grid]!.activityFeeUsd;
    if (feeUsd === 0) continue;
    const rented = program.addColumn({ name: `rented at ${place}`, lower: 0, upper: 1, kind: 'integer' });
    savings.push([rented, -feeUsd]);
    const mostMw = reachMw.reduce((sum, reach) => sum + (reach.at(-1) ?? 0), 0);
    program.addRow({ name: `fee at ${place}`, lower: -Infinity, upper: 0, terms: [...used, [rented, -mostMw]] });
  }
  // Rents are asked where they find room, so that only their sum counts.
  const rent = program.addColumn({ name: 'rents', lower: 0, upper: Infinity, cost: -1 });
  const most = (name: string, upper: number, terms: readonly Term[]): void => {
    const others = terms.map(([column, value]): Term => [column, -value]);
    program.addRow({ name: `rents by ${name}`, lower: -Infinity, upper, terms: [[rent, 1], ...others] });
  };
  most('marginal revenue', forcedRentUsd(problem, curves), revenues);
  most('highest prices', 0, caps);
  if (mayIdle(problem)) most('what users save', 0, savings);
}

function readDay(problem: SmsProblem, own: readonly RoomColumns[], columns: Float64Array): TruckDay {
  const driven = own.filter(({ used }) => columns[used]! > 0.5);
  driven.sort((a, b) => a.room.arc.fromSlot - b.room.arc.fromSlot);
  const netMw = new Array<number>(problem.slots).fill(0);
  for (const { room, charge, discharge } of driven)
    netMw[room.arc.fromSlot] =
      (discharge === null ? 0 : columns[discharge]!) - (charge === null ? 0 : columns[charge]!);
  return { path: driven.map(({ room }) => room.arc), netMw };
}
