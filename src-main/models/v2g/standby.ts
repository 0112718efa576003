/**
 * Cars whose plan and worst day are one trajectory of the program: c charged, d′ discharged on the day on which every slot is at its worst, k the
 * energy then. What of d′ is not planned but stands by is decided for the cars of an aggregator together,
 *
 *   0 ≤ S_{a,t} ≤ Σ_{i of a, connected} d′_{i,t},      in the balance Σ (d′ − c) − S,      and a kWh that stands by costs nothing
 *
 * and is split afterwards (split-standby.ts): b_{i,t} ≤ d′_{i,t}, Σ b = S. Planned are c and d = d′ − b, with the energy e_t = k_t + (Δ/η) Σ_{τ ≤ t} b_τ.
 *
 * It is the pool by car (pool-by-car.ts) less what that never needs. The balance supply + Σ (d − c) = D + β − φ with φ = Σ f is
 * supply + Σ (d′ − c′) = D + β, so a kW charged above c′ earns nothing: it costs throughput and fills the battery. And where c = c′ the rows of the
 * plan follow from those of the worst day, all but e ≤ max. Of that the program knows the ends of some parts m of the day, B_{i,m} = Δ Σ_{t in m} b_{i,t}:
 *
 *   k_i(end of m) + Σ_{n ≤ m} B_{i,n} / η ≤ max_i     B_{i,m} ≤ Δ Σ_{t in m} d′_{i,t}     Σ_{i of a} B_{i,m} = Δ Σ_{t in m} S_{a,t}
 *
 * So it is a relaxation, and its optimum is that of the pool by car as soon as a split keeps e ≤ max. Where the cars as they are have none, they are
 * settled anew (settle-standby.ts), and where that fails get rows of their own (planning/plan/solve-in-rounds.ts).
 *
 * Not for networks, services and the deviation from renewables, whose rows see what is planned, nor for chargers that may lose efficiency, nor for a share that is fixed.
 */
import type { Column, Term } from '../../program/program.ts';
import { lossOf } from './coefficients.ts';
import { perSlot, type Stage } from './device.ts';
import type { EvColumns } from './ev.ts';
import { isKeptByCar } from './kept-by-car.ts';
import { aggregatorName, evName } from './names.ts';
import { expectsOffPlan } from './off-plan.ts';
import type { V2gProblem } from './problem.ts';

/** S [aggregator][slot]; null where no car of it is connected. */
export type StandbyColumns = (Column | null)[][];

/** Length of the parts of the day at whose ends the energy kept by standing by is known. */
const partHours = 4;

/** Whether cars of the problem may share what stands by. */
export const mayShareStandby = (problem: V2gProblem): boolean =>
  isKeptByCar(problem) &&
  problem.recourse === 'optimal' &&
  !expectsOffPlan(problem) &&
  (!problem.network || problem.network.model === 'unconstrained') &&
  !problem.mesh &&
  !problem.services &&
  !goalSeesPlan(problem) &&
  problem.aggregators.every(({ id }) => lossOf(problem, 'aggregator', id) === 0);

/** A goal that sees what is planned: a kW charged beyond the worst day takes up a surplus, so it may be worth something. */
const goalSeesPlan = ({ goal }: V2gProblem): boolean => goal?.over.includes('deviation') ?? false;

/** @param evs the cars that share it. */
export function addStandby(stage: Stage, evs: readonly EvColumns[]): StandbyColumns {
  const { program, problem } = stage;
  const price = (problem.throughputPerKwh + problem.dischargePerKwh) * problem.slotHours;
  return problem.aggregators.map(({ id }, aggregator) => {
    const own = evs.filter(({ ev }) => ev.aggregator === aggregator && ev.dischargeKw > 0);
    const bySlot = perSlot(problem, (slot): Column | null => {
      const connected = own.filter(({ from, until }) => from <= slot && slot < until);
      if (connected.length === 0) return null;
      const most = connected.reduce((kw, { ev }) => kw + ev.dischargeKw, 0);
      const standby = program.addColumn({
        name: aggregatorName(id, 'standby', slot),
        lower: 0,
        upper: most,
        cost: -price,
      });
      program.addRow({
        name: aggregatorName(id, 'no more standby than discharge at worst', slot),
        lower: 0,
        upper: Infinity,
        terms: [...connected.map((car): Term => [car.discharge[slot - car.from]!, 1]), [standby, -1]],
      });
      return standby;
    });
    addParts(stage, own, bySlot, (what, slot) => aggregatorName(id, what, slot));
    return bySlot;
  });
}

/** What the cars of one aggregator keep in their batteries by standing by, part by part of the day. */
function addParts(
  { program, problem }: Stage,
  evs: readonly EvColumns[],
  standby: readonly (Column | null)[],
  name: (what: string, slot: number) => string,
): void {
  const { slots, slotHours } = problem;
  const length = Math.max(1, Math.round(partHours / slotHours));
  const kept = evs.map((): Term[] => []);
  for (let begin = 0; begin < slots; begin += length) {
    const end = Math.min(slots, begin + length);
    const sum = standby.slice(begin, end).flatMap((column): Term[] => (column === null ? [] : [[column, -slotHours]]));
    evs.forEach((car, index) => {
      const [from, until] = [Math.max(car.from, begin), Math.min(car.until, end)];
      if (from >= until) return;
      const of = (what: string): string => evName(car.ev.id, what, until - 1);
      const part = program.addColumn({ name: of('standby so far'), lower: 0, upper: Infinity });
      kept[index]!.push([part, 1 / car.ev.efficiency]);
      sum.push([part, 1]);
      program.addRow({
        name: of('no more standby so far than discharge at worst'),
        lower: 0,
        upper: Infinity,
        terms: [
          ...car.discharge.slice(from - car.from, until - car.from).map((column): Term => [column, slotHours]),
          [part, -1],
        ],
      });
      program.addRow({
        name: of('most energy, with its standby'),
        lower: -Infinity,
        upper: car.ev.maxKwh,
        terms: [[car.energy[until - 1 - car.from]!, 1], ...kept[index]!],
      });
    });
    if (sum.length > 0) program.addRow({ name: name('standby so far', end - 1), lower: 0, upper: 0, terms: sum });
  }
}
