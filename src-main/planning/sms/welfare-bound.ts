/**
 * The least that owner and users together can pay, from below: mixtures of truck days (models/sms/welfare-master.ts), new days found at the
 * prices of the mixture. It can be stopped after any step, with the bound proven so far.
 */
import { dayLevels } from '../../models/sms/marginal/day-levels.ts';
import type { ClassDay } from '../../models/sms/marginal/day-master.ts';
import { pricedDay, type DaySearch, type TruckDay } from '../../models/sms/marginal/priced-day.ts';
import { roundedDays } from '../../models/sms/marginal/rounded-days.ts';
import { truckClasses } from '../../models/sms/marginal/truck-classes.ts';
import { networkOf } from '../../models/sms/network.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { buildWelfareMaster } from '../../models/sms/welfare-master.ts';
import { basisFor, namedBasis, type Basis, type NamedBasis } from '../../program/basis.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';

export interface WelfareBoundSearch {
  problem: SmsProblem;
  solver: Solver;
  options: () => SolveOptions;
  /** Days to begin with [truck]; null where none are known. */
  firstDays: readonly TruckDay[] | null;
  isOver: () => boolean;
  onBound: (leastUsd: number) => void;
}

export type WelfareBoundEnd =
  /** The days that the last mixture holds most of [truck]; null where none was found. */
  { kind: 'bounded'; days: TruckDay[] | null } | { kind: 'failed'; problem: string };

/** How much of the best duals so far goes into the next, so that they do not swing. */
const inertia = 0.5;
/** A day that brings less than this more is none, USD. */
const leastGainUsd = 1e-6;

export async function boundWelfare(search: WelfareBoundSearch): Promise<WelfareBoundEnd> {
  const { problem, solver, options, isOver, onBound } = search;
  const classes = truckClasses(problem);
  const searches = classes.map(({ truck }): DaySearch => ({
    problem,
    truck,
    network: networkOf(problem, truck),
    levels: dayLevels(truck, problem.slots, problem.slotHours),
  }));
  const days: ClassDay[] = classes.flatMap(({ members }, c) =>
    members.flatMap((k): ClassDay[] => (search.firstDays ? [{ ...search.firstDays[k]!, class: c, id: k }] : [])),
  );
  let lastId = problem.trucks.length;
  let basis: NamedBasis | null = null;
  let leastUsd = -Infinity;
  let centre: { duals: Float64Array; valueUsd: number; boundUsd: number } | null = null;
  let found: TruckDay[] | null = null;
  while (!isOver()) {
    const master = buildWelfareMaster(problem, classes, days);
    const from: Basis | null = basis && basisFor(master.program, basis);
    const warm = { from, by: 'primal' as const };
    const outcome = await solver.solve(master.program, { ...options(), method: 'simplex', warm });
    if (outcome.kind === 'failed') return { kind: 'failed', problem: outcome.problem };
    if (outcome.kind !== 'optimal') break;
    const { columns, rowDuals, objective } = outcome.solution;
    basis = outcome.solution.basis ? namedBasis(master.program, outcome.solution.basis) : null;
    const point = master.read(columns);
    const before = days.length;
    /** What no day costs less than, by duals of that value; new days are kept. */
    const take = (duals: Float64Array, valueUsd: number): void => {
      const prices = master.price(duals);
      let boundUsd = valueUsd;
      classes.forEach(({ members }, c) => {
        const best = pricedDay(searches[c]!, (place, slot) => prices.stay(c, place, slot), prices.chargeUsdPerMwh[c]!);
        if (best === null) return;
        const gainUsd = best.valueUsd - prices.truckUsd[c]!;
        boundUsd -= members.length * Math.max(0, gainUsd);
        if (gainUsd > leastGainUsd) days.push({ ...best.day, class: c, id: lastId++ });
      });
      if (centre === null || boundUsd > centre.boundUsd) centre = { duals, valueUsd, boundUsd };
      if (boundUsd <= leastUsd) return;
      leastUsd = boundUsd;
      onBound(leastUsd);
    };
    if (centre !== null) {
      const best: { duals: Float64Array; valueUsd: number } = centre;
      const mixed = rowDuals.map((dual, row) => inertia * best.duals[row]! + (1 - inertia) * dual);
      take(mixed, inertia * best.valueUsd + (1 - inertia) * objective);
    }
    take(rowDuals, objective);
    if (point.missing < 1e-6) found = roundedDays(problem, classes, days.slice(0, before), point.shares);
    const isClose = objective - leastUsd <= 1e-6 * Math.max(1, Math.abs(objective));
    if (days.length === before || isClose) break;
  }
  return { kind: 'bounded', days: found };
}
