/**
 * Settles anew among some cars what they charge, discharge and stand by with, so that none is overfull, and leaves all else of the day as it is: in every
 * slot the cars together give at worst what they gave, and stand by with what they stood by with.
 *
 *   minimise  Σ throughput (c + d) + discharge price d                       over c, d, b, e and k of the cars,  0 ≤ d + b ≤ discharge
 *   e_t = e_{t−1} + η c Δ − d Δ / η ≤ max     k_t = k_{t−1} + η c Δ − (d + b) Δ / η ≥ min     k_{b−1} + u ≥ required
 *   Σ (d + b − c) and Σ b as they were, slot by slot, and by aggregator where it has common limits
 *
 * Whatever comes out keeps every limit of the day at the cost it says; the schedule it started from, of a relaxation (standby.ts), cost no more. Where
 * the costs are one, it is an optimum.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { connection } from './connection.ts';
import { perSlot } from './device.ts';
import type { Ev, V2gProblem } from './problem.ts';
import type { V2gSchedule } from './schedule.ts';
import { findOverfull } from './split-standby.ts';

export interface StandbySettlement {
  program: LinearProgram;
  read: (columns: Float64Array) => V2gSchedule;
}

type PlannedEv = V2gSchedule['evs'][number];

interface CarColumns {
  index: number;
  ev: Ev;
  from: number;
  charge: Column[];
  discharge: Column[];
  standby: Column[];
}

/** Helpers for each overfull car, and a few besides. */
const helpersPerCar = 2;
const helpersBesides = 16;

/** The overfull cars, and of those that are there when they stand by the ones that could stand by with most more. */
export function carsToSettle(problem: V2gProblem, schedule: V2gSchedule): number[] {
  const overfull = findOverfull(problem, schedule);
  const isOverfull = new Set(overfull);
  const isWanted = perSlot(problem, (slot) => overfull.some((index) => schedule.evs[index]!.standbyKw![slot]! > 0));
  const helpers = problem.evs.flatMap((ev, index) => {
    const { standbyKw } = schedule.evs[index]!;
    if (isOverfull.has(index) || standbyKw === undefined) return [];
    const { from, until } = connection(ev, problem.slots);
    const freeKw = perSlot(problem, (slot) =>
      isWanted[slot]! && from <= slot && slot < until ? ev.dischargeKw - standbyKw[slot]! : 0,
    ).reduce((sum, kw) => sum + kw, 0);
    return freeKw > 0 ? [{ index, freeKw }] : [];
  });
  helpers.sort((a, b) => b.freeKw - a.freeKw);
  const wanted = helpers.slice(0, helpersPerCar * overfull.length + helpersBesides);
  return [...overfull, ...wanted.map(({ index }) => index)].sort((a, b) => a - b);
}

export const sharingCars = (_problem: V2gProblem, { evs }: V2gSchedule): number[] =>
  evs.flatMap(({ standbyKw }, index) => (standbyKw === undefined ? [] : [index]));

export function settleStandby(problem: V2gProblem, schedule: V2gSchedule, cars: readonly number[]): StandbySettlement {
  const program = new ProgramBuilder(`${problem.name}: standby of ${cars.length} cars`);
  const columns = cars.map((index) => addCar(program, problem, index, schedule.evs[index]!));
  for (const group of groupsOf(problem, columns))
    for (let slot = 0; slot < problem.slots; slot++) keepTogether(program, schedule, group, slot);
  const compiled = program.compile();
  return { program: compiled, read: (values) => withCars(problem, schedule, columns, compiled, values) };
}

function addCar(program: ProgramBuilder, problem: V2gProblem, index: number, planned: PlannedEv): CarColumns {
  const { slotHours, throughputPerKwh, dischargePerKwh } = problem;
  const ev = problem.evs[index]!;
  const { from, until } = connection(ev, problem.slots);
  const own: CarColumns = { index, ev, from, charge: [], discharge: [], standby: [] };
  let plannedBefore: Column | null = null;
  let worstBefore: Column | null = null;
  for (let slot = from; slot < until; slot++) {
    const name = (what: string): string => `standby of car ${index}: ${what}, slot ${slot}`;
    const power = (what: string, upper: number, perKwh: number): Column =>
      program.addColumn({ name: name(what), lower: 0, upper, cost: perKwh * slotHours });
    const charge = power('charge', ev.chargeKw, throughputPerKwh);
    const discharge = power('discharge', ev.dischargeKw, throughputPerKwh + dischargePerKwh);
    const standby = power('standby', ev.dischargeKw, 0);
    const energy: Column = program.addColumn({ name: name('energy'), lower: ev.minKwh, upper: ev.maxKwh });
    const atWorst: Column = program.addColumn({ name: name('energy at worst'), lower: ev.minKwh, upper: Infinity });
    const balance = (what: string, after: Column, before: Column | null, out: readonly Column[]): void => {
      const start = before === null ? ev.initialKwh : 0;
      const terms: Term[] = [
        [after, 1],
        [charge, -ev.efficiency * slotHours],
        ...out.map((column): Term => [column, slotHours / ev.efficiency]),
      ];
      if (before !== null) terms.push([before, -1]);
      program.addRow({ name: name(what), lower: start, upper: start, terms });
    };
    balance('balance', energy, plannedBefore, [discharge]);
    balance('balance at worst', atWorst, worstBefore, [discharge, standby]);
    program.addRow({
      name: name('discharge at worst'),
      lower: -Infinity,
      upper: ev.dischargeKw,
      terms: [
        [discharge, 1],
        [standby, 1],
      ],
    });
    own.charge.push(charge);
    own.discharge.push(discharge);
    own.standby.push(standby);
    [plannedBefore, worstBefore] = [energy, atWorst];
  }
  if (worstBefore !== null)
    program.addRow({
      name: `standby of car ${index}: energy needed at departure`,
      lower: ev.requiredKwh - planned.unmetKwh,
      upper: Infinity,
      terms: [[worstBefore, 1]],
    });
  return own;
}

/** Cars of aggregators with common limits by aggregator, all others together. */
function groupsOf({ aggregators }: V2gProblem, cars: readonly CarColumns[]): CarColumns[][] {
  const groups = new Map<number, CarColumns[]>();
  for (const car of cars) {
    const { chargeLimitKwAt, dischargeLimitKwAt } = aggregators[car.ev.aggregator]!;
    const group = chargeLimitKwAt || dischargeLimitKwAt ? car.ev.aggregator : -1;
    groups.set(group, [...(groups.get(group) ?? []), car]);
  }
  return [...groups.values()];
}

function keepTogether(program: ProgramBuilder, schedule: V2gSchedule, cars: readonly CarColumns[], slot: number): void {
  const present = cars.filter(({ from, charge }) => from <= slot && slot < from + charge.length);
  if (present.length === 0) return;
  const keep = (
    what: string,
    termsOf: (car: CarColumns, at: number) => Term[],
    kwOf: (of: PlannedEv) => number,
  ): void => {
    const kw = present.reduce((sum, { index }) => sum + kwOf(schedule.evs[index]!), 0);
    const terms = present.flatMap((car) => termsOf(car, slot - car.from));
    const name = `standby of cars with ${present[0]!.index}: ${what}, slot ${slot}`;
    program.addRow({ name, lower: kw, upper: kw, terms });
  };
  const standbyKw = (of: PlannedEv): number => of.standbyKw?.[slot] ?? 0;
  keep('standby together', ({ standby }, at) => [[standby[at]!, 1]], standbyKw);
  keep(
    'given together at worst',
    ({ charge, discharge, standby }, at) => [
      [discharge[at]!, 1],
      [standby[at]!, 1],
      [charge[at]!, -1],
    ],
    (of) => of.dischargeKw[slot]! + standbyKw(of) - of.chargeKw[slot]!,
  );
}

/** The schedule with the cars as settled, and what that makes of its cost. */
function withCars(
  problem: V2gProblem,
  schedule: V2gSchedule,
  cars: readonly CarColumns[],
  program: LinearProgram,
  values: Float64Array,
): V2gSchedule {
  const { slotHours } = problem;
  const evs = [...schedule.evs];
  for (const { index, ev, from, charge, discharge, standby } of cars) {
    const inPlace = (columns: readonly Column[]): number[] =>
      perSlot(problem, (slot) => {
        const column = columns[slot - from];
        if (slot < from || column === undefined) return 0;
        return Math.min(program.columnUpper[column]!, Math.max(0, values[column]!));
      });
    const [chargeKw, dischargeKw, standbyKw] = [inPlace(charge), inPlace(discharge), inPlace(standby)];
    let kwh = ev.initialKwh;
    const energyKwh = perSlot(problem, (slot) => {
      if (slot < from || slot >= from + charge.length) return 0;
      kwh += slotHours * (ev.efficiency * chargeKw[slot]! - dischargeKw[slot]! / ev.efficiency);
      return kwh;
    });
    evs[index] = { ...evs[index]!, chargeKw, dischargeKw, standbyKw, energyKwh };
  }
  const dischargedKwh = (of: readonly PlannedEv[]): number => slotHours * sumOf(of, ({ dischargeKw }) => dischargeKw);
  const chargedKwh = (of: readonly PlannedEv[]): number => slotHours * sumOf(of, ({ chargeKw }) => chargeKw);
  const moreOut = dischargedKwh(evs) - dischargedKwh(schedule.evs);
  const moreIn = chargedKwh(evs) - chargedKwh(schedule.evs);
  const evDischarge = schedule.cost.evDischarge + moreOut * problem.dischargePerKwh;
  const extra = moreOut * problem.dischargePerKwh;
  return {
    ...schedule,
    evs,
    cost: { ...schedule.cost, evDischarge },
    totalCost: schedule.totalCost + extra,
    objective: schedule.objective + extra + (moreIn + moreOut) * problem.throughputPerKwh,
  };
}

const sumOf = (evs: readonly PlannedEv[], of: (ev: PlannedEv) => readonly number[]): number =>
  evs.reduce((sum, ev) => sum + of(ev).reduce((kw, each) => kw + each, 0), 0);
