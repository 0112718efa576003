/**
 * Trucks of the operator's own on their time-space network: a route in steps (../sms/routing.ts), and energy that travels with it. Every arc
 * carries energy of its own, so that half a truck here and half a truck there cannot hand each other anything (Sun et al. 2018; it is what
 * makes the relaxation strong).
 *
 *   node (place, step):  Σ energy of arcs in, less what the way took (+ initial at the start) = Σ energy of arcs out
 *   min x ≤ energy of an arc ≤ max x; on a way that takes w: (min + w) x ≤ energy
 *   stay at place s, slot t of the step:  e_t = e_{t−1} + η_c c_t Δ − d_t Δ / η_d,   min x ≤ e_t ≤ max x,   c_t + d_t ≤ M_s x
 *   several trucks at s:  |Σ_k (d_k,t − c_k,t)| ≤ L_s
 *   at the end of the day: energy ≥ final minimum
 *   cost: trips and standing by arc, wear on charge and on discharge, energy bought and sold elsewhere
 *
 * Only what is exchanged at a station enters the power balance. Symbols: x → `flow`, M → `mostKw`, L → `powerKw` of the place.
 */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { pathArcs } from '../sms/network.ts';
import { addRoutes, type ArcFlow } from '../sms/routing.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { addExclusion } from './exclusive.ts';
import type { OwnTruck, TruckFleet } from './mobile.ts';
import { truckName } from './names.ts';
import type { TruckSchedule } from './schedule.ts';
import { readTruck, routeProblem, tripKwh, truckCost } from './truck-routes.ts';

export interface TruckDevice extends Device<{ trucks?: TruckSchedule[] }> {
  /** [truck] */
  stands: TruckStand[][];
}

/** One truck at one place that is no depot, in one slot in which it can be there. */
export interface TruckStand {
  truck: OwnTruck;
  place: number;
  slot: number;
  /** 1 while it stands there. */
  flow: Column;
  charge: Column;
  discharge: Column;
  /** After the slot; 0 when it is not there. */
  energy: Column;
  mostKw: number;
}

export function addTrucks(stage: Stage): TruckDevice {
  const { program, problem } = stage;
  const fleet = problem.trucks;
  if (!fleet) return { stands: [], supply: perSlot(problem, () => []), read: () => ({ answer: {}, cost: {} }) };
  const routes = routeProblem(fleet, problem.slots);
  const networks = routes.trucks.map((truck) => pathArcs(routes, truck));
  const routing = addRoutes(program, routes, networks, { costWeight: 1, slotOf: (step) => step * fleet.slotsPerStep });
  const carried = fleet.trucks.map((truck, k) =>
    addCarriedEnergy(stage, fleet, { truck, index: k }, routing.flows[k]!),
  );
  const stands = carried.map((own) => own.stands);
  addPlacePower(program, fleet, stands.flat());
  const atStation = Map.groupBy(
    stands.flat().filter(({ place }) => fleet.places[place]!.kind === 'station'),
    ({ slot }) => slot,
  );
  return {
    stands,
    supply: perSlot(problem, (slot) => (atStation.get(slot) ?? []).flatMap(given)),
    read: (valueOf) => {
      const steps = routing.read(valueOf);
      const trucks = fleet.trucks.map(({ id }, k) => {
        const power = { id, ...zeros(problem.slots) };
        for (const { slot, charge, discharge } of stands[k]!) {
          power.chargeKw[slot]! += valueOf(charge);
          power.dischargeKw[slot]! += valueOf(discharge);
        }
        for (const [slot, terms] of carried[k]!.energy.entries())
          power.energyKwh[slot] = terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), 0);
        return readTruck(fleet, problem.slots, steps[k]!, power);
      });
      return { answer: { trucks }, cost: truckCost(fleet, trucks, problem.slotHours) };
    },
  };
}

const zeros = (slots: number): Pick<TruckSchedule, 'chargeKw' | 'dischargeKw' | 'energyKwh'> => {
  const none = (): number[] => new Array<number>(slots).fill(0);
  return { chargeKw: none(), dischargeKw: none(), energyKwh: none() };
};

/** Power given at the place, as terms. */
export const given = ({ charge, discharge }: TruckStand): Term[] => [
  [discharge, 1],
  [charge, -1],
];

interface Indexed {
  truck: OwnTruck;
  index: number;
}

/** @returns the slots at places, and the terms that add up to the truck's energy after each slot. */
function addCarriedEnergy(
  stage: Stage,
  fleet: TruckFleet,
  { truck, index }: Indexed,
  flows: readonly ArcFlow[],
): { stands: TruckStand[]; energy: Term[][] } {
  const { program, problem } = stage;
  const { slotsPerStep } = fleet;
  const stands: TruckStand[] = [];
  const energy = perSlot(problem, (): Term[] => []);
  const nodes = new Map<string, { place: number; step: number; terms: Term[] }>();
  const at = (place: number, step: number): Term[] => {
    const key = `${place} ${step}`;
    const node = nodes.get(key) ?? { place, step, terms: [] };
    nodes.set(key, node);
    return node.terms;
  };
  at(truck.start, 0);
  at(truck.end, problem.slots / slotsPerStep);
  for (const { arc, column: flow } of flows) {
    const first = arc.fromSlot * slotsPerStep;
    const what = arc.kind === 'stay' ? `on arrival at` : `on the way from ${fleet.places[arc.from]!.id} to`;
    const carried = addEnergy(
      program,
      truck,
      flow,
      truckName(truck.id, `energy ${what} ${fleet.places[arc.to]!.id}`, first),
    );
    at(arc.from, arc.fromSlot).push([carried, 1]);
    const takenKwh = arc.kind === 'travel' ? tripKwh(fleet, truck, arc) : 0;
    const drivenSlots = (arc.untilSlot - arc.fromSlot) * slotsPerStep;
    if (takenKwh > 0)
      program.addRow({
        name: truckName(
          truck.id,
          `energy for the way from ${fleet.places[arc.from]!.id} to ${fleet.places[arc.to]!.id}`,
          first,
        ),
        lower: 0,
        upper: Infinity,
        terms: [
          [carried, 1],
          [flow, -truck.minKwh - takenKwh],
        ],
      });
    let last = carried;
    for (let slot = first; slot < arc.untilSlot * slotsPerStep; slot++) {
      if (arc.kind === 'stay' && fleet.places[arc.from]!.kind !== 'depot') {
        const stand = addStand(stage, fleet, { truck, index }, { place: arc.from, slot, flow, before: last });
        stands.push(stand);
        last = stand.energy;
      }
      energy[slot]!.push([last, 1]);
      if (takenKwh > 0) energy[slot]!.push([flow, (-takenKwh * (slot + 1 - first)) / drivenSlots]);
    }
    at(arc.to, arc.untilSlot).push([last, -1], ...(takenKwh > 0 ? [[flow, takenKwh] as const] : []));
  }
  for (const { place, step, terms } of nodes.values()) {
    const isStart = place === truck.start && step === 0;
    const isEnd = place === truck.end && step === problem.slots / slotsPerStep;
    const what = isEnd ? 'energy needed at the end' : `energy through ${fleet.places[place]!.id}`;
    program.addRow({
      name: truckName(truck.id, what, step * slotsPerStep),
      lower: isStart ? truck.initialKwh : isEnd ? -Infinity : 0,
      upper: isStart ? truck.initialKwh : isEnd ? -truck.finalMinKwh : 0,
      terms,
    });
  }
  return { stands, energy };
}

/** min x ≤ energy ≤ max x. */
function addEnergy(program: ProgramBuilder, { minKwh, maxKwh }: OwnTruck, flow: Column, name: string): Column {
  const column = program.addColumn({ name, lower: 0, upper: maxKwh });
  const within = (what: string, terms: Term[]): void => {
    program.addRow({ name: `${name} ${what}`, lower: -Infinity, upper: 0, terms });
  };
  within('at most', [
    [column, 1],
    [flow, -maxKwh],
  ]);
  within('at least', [
    [column, -1],
    [flow, minKwh],
  ]);
  return column;
}

function addStand(
  { program, problem, isExclusive }: Stage,
  { places }: TruckFleet,
  { truck, index }: Indexed,
  { place, slot, flow, before }: { place: number; slot: number; flow: Column; before: Column },
): TruckStand {
  const { id, kind, powerKw, chargePerKwh, dischargePerKwh } = places[place]!;
  const name = (what: string): string => truckName(truck.id, `${what} at ${id}`, slot);
  const mostKw = Math.min(truck.powerKw, powerKw);
  const elsewhere = kind === 'elsewhere';
  const power = (what: string, upper: number, perKwh: number): Column => {
    const cost = (truck.degradationPerKwh + perKwh) * problem.slotHours;
    return program.addColumn({ name: name(what), lower: 0, upper, cost });
  };
  const charge = power('charge', mostKw, elsewhere ? chargePerKwh : 0);
  const sells = elsewhere && dischargePerKwh === null ? 0 : mostKw;
  const discharge = power('discharge', sells, elsewhere ? -(dischargePerKwh ?? 0) : 0);
  const energy = addEnergy(program, truck, flow, name('energy'));
  program.addRow({
    name: name('energy balance'),
    lower: 0,
    upper: 0,
    terms: [
      [energy, 1],
      [before, -1],
      [charge, -truck.chargeEfficiency * problem.slotHours],
      [discharge, problem.slotHours / truck.dischargeEfficiency],
    ],
  });
  program.addRow({
    name: name('power'),
    lower: -Infinity,
    upper: 0,
    terms: [
      [charge, 1],
      [discharge, 1],
      [flow, -mostKw],
    ],
  });
  if (isExclusive({ kind: 'truck', index, slot }))
    addExclusion(program, { inward: charge, inwardLimit: mostKw, outward: discharge, outwardLimit: sells }, name);
  return { truck, place, slot, flow, charge, discharge, energy, mostKw };
}

/** Whether the trucks that fit at a place can together exceed its power. */
export function isScarce({ places, trucks }: TruckFleet, place: number): boolean {
  const { powerKw, truckCapacity } = places[place]!;
  const strongest = trucks.map((truck) => truck.powerKw).sort((a, b) => b - a);
  const together = strongest.slice(0, truckCapacity).reduce((sum, kw) => sum + kw, 0);
  return Math.min(truckCapacity, trucks.length) > 1 && together > powerKw;
}

function addPlacePower(program: ProgramBuilder, fleet: TruckFleet, stands: readonly TruckStand[]): void {
  for (const here of Map.groupBy(stands, ({ place, slot }) => `${place} ${slot}`).values()) {
    const { place, slot } = here[0]!;
    if (!isScarce(fleet, place)) continue;
    const { id, powerKw } = fleet.places[place]!;
    const terms = here.flatMap(given);
    program.addRow({ name: `station ${id}: power, slot ${slot}`, lower: -powerKw, upper: powerKw, terms });
  }
}
