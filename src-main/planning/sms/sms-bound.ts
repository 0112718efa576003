/**
 * The owner's bound by branch and price: mixtures of truck days, new days found at the prices of the mixture, and a cut in two where the
 * mixture is not a decision. Every step lowers the proven bound or proposes routes; it can be stopped after any.
 */
import { branchesOf, withRow, type Mixture } from '../../models/sms/marginal/branching.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { dayLevels } from '../../models/sms/marginal/day-levels.ts';
import { buildDayMaster, type BranchRow, type ClassDay } from '../../models/sms/marginal/day-master.ts';
import { pricedDay, type DaySearch, type TruckDay } from '../../models/sms/marginal/priced-day.ts';
import { truckClasses, type TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import { networkOf } from '../../models/sms/network.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { SmsTuning } from './sms-tuning.ts';

export interface BoundSearch {
  problem: SmsProblem;
  curves: CostCurve[][];
  solver: Solver;
  options: SolveOptions;
  tuning: SmsTuning;
  /** Days to begin with [truck]; null where none are known. */
  firstDays: readonly TruckDay[] | null;
  /** No more time: the best bound so far is kept. */
  isOver: () => boolean;
  /** Best true profit so far; branches that cannot beat it are left. */
  incumbentUsd: () => number;
  /** Days of the fleet whose routes are worth trying [truck]. */
  tryDays: (days: TruckDay[]) => Promise<void>;
  /** Called when the bound or the search has moved on. */
  onStep: (step: { boundUsd: number; days: number; branches: number }) => void;
}

export type BoundOutcome =
  { kind: 'bounded'; boundUsd: number } | { kind: 'infeasible' } | { kind: 'failed'; problem: string };

interface Node {
  rows: BranchRow[];
  boundUsd: number;
}

interface State extends BoundSearch {
  classes: TruckClass[];
  searches: DaySearch[];
  days: ClassDay[];
  /** Mixtures solved so far, and the last one that each day was in. */
  masters: number;
  lastUse: Map<ClassDay, number>;
}

/** A day that brings less than this more is none, USD. */
const leastGainUsd = 1e-6;

export async function boundSms(search: BoundSearch): Promise<BoundOutcome> {
  const { problem, isOver, incumbentUsd, onStep } = search;
  const classes = truckClasses(problem);
  const searches = classes.map(({ truck }): DaySearch => {
    const levels = dayLevels(truck, problem.slots, problem.slotHours);
    return { problem, truck, network: networkOf(problem, truck), levels };
  });
  const days = classes.flatMap(({ members }, c) =>
    members.flatMap((truck): ClassDay[] => (search.firstDays ? [{ ...search.firstDays[truck]!, class: c }] : [])),
  );
  const state: State = { ...search, classes, searches, days, masters: 0, lastUse: new Map() };
  let open: Node[] = [{ rows: [], boundUsd: Infinity }];
  const working = new Set<Node>();
  /** Bounds of branches that are decisions, or were left. */
  let closedUsd = -Infinity;
  let branches = 0;
  const provenUsd = (): number =>
    Math.max(closedUsd, ...[...open, ...working].map(({ boundUsd }) => boundUsd), incumbentUsd());
  const report = (): void => onStep({ boundUsd: provenUsd(), days: state.days.length, branches });
  const close = (boundUsd: number): void => {
    closedUsd = Math.max(closedUsd, boundUsd);
  };
  const work = async (node: Node): Promise<NodeOutcome> => {
    const result = await boundNode(state, node, report);
    branches++;
    working.delete(node);
    if (result.kind !== 'bounded') return result;
    const halves =
      result.mixture === null || isBeaten(search, node.boundUsd)
        ? null
        : branchesOf(problem, search.curves, result.mixture, node.rows);
    if (halves === null) close(node.boundUsd);
    else open.push(...halves.map((row) => ({ rows: withRow(node.rows, row), boundUsd: node.boundUsd })));
    return result;
  };
  while (open.length > 0 && !isOver()) {
    open = open.filter((node) => {
      if (isBeaten(search, node.boundUsd)) close(node.boundUsd);
      return !isBeaten(search, node.boundUsd);
    });
    open.sort((a, b) => b.boundUsd - a.boundUsd);
    const next = open.splice(0, search.tuning.width);
    for (const node of next) working.add(node);
    forgetOldDays(state);
    const results = await Promise.all(next.map(work));
    const failed = results.find((result) => result.kind === 'failed');
    if (failed) return failed;
    if (branches === 1 && results[0]?.kind === 'empty') return { kind: 'infeasible' };
    report();
  }
  return { kind: 'bounded', boundUsd: provenUsd() };
}

/** A day that was in no mixture for so many of them is forgotten; it is found again when it matters. */
const oldAge = 60;

function forgetOldDays(state: State): void {
  state.days = state.days.filter((day) => state.masters - (state.lastUse.get(day) ?? state.masters) <= oldAge);
}

const isBeaten = ({ incumbentUsd, options }: BoundSearch, boundUsd: number): boolean => {
  const best = incumbentUsd();
  return best > -Infinity && boundUsd - best <= options.relativeGap * Math.max(1, Math.abs(best));
};

type NodeOutcome =
  /** Null where it was stopped. */
  { kind: 'bounded'; mixture: Mixture | null } | { kind: 'empty' } | { kind: 'failed'; problem: string };

interface Centre {
  duals: Float64Array;
  valueUsd: number;
}

/** Lowers the bound of the branch until its mixture is best, it is beaten, or time is over. */
async function boundNode(state: State, node: Node, report: () => void): Promise<NodeOutcome> {
  const { problem, curves, classes, searches, solver, options, isOver, tuning } = state;
  const { inertia, earlyShare, revenue } = tuning;
  let centre: Centre | null = null;
  /** The bound by the prices of this branch alone: those of the branch before may be lower, but guide to nothing. */
  let leastUsd = Infinity;
  for (let round = 0; ; round++) {
    const days = [...state.days];
    const master = buildDayMaster({ problem, curves, classes, days, branch: node.rows, revenue });
    const outcome = await solver.solve(master.program, { ...options, method: 'simplex', explainInfeasibility: 'no' });
    const stopped: NodeOutcome = { kind: 'bounded', mixture: null };
    if (outcome.kind === 'cancelled' || outcome.kind === 'feasible') return stopped;
    if (outcome.kind === 'infeasible') return { kind: 'empty' };
    if (outcome.kind !== 'optimal') return { kind: 'failed', problem: `the owner's bound is ${outcome.kind}` };
    const { columns, rowDuals, objective } = outcome.solution;
    const point = master.read(columns);
    const now = ++state.masters;
    days.forEach((day, j) => {
      if (point.shares[j]! > 1e-9) state.lastUse.set(day, now);
    });
    let found = 0;
    const known = new Set(days.map(dayKey));
    /** What no owner exceeds, by duals of that value; new days are kept. */
    const price = (duals: Float64Array, valueUsd: number): number => {
      const prices = master.price(duals);
      let mostUsd = -valueUsd;
      classes.forEach(({ members }, c) => {
        const best = pricedDay(
          searches[c]!,
          (terminal, slot) => prices.stay(c, terminal, slot),
          prices.chargeUsdPerMwh[c]!,
        );
        const gainUsd = best === null ? 0 : best.valueUsd - prices.truckUsd[c]!;
        mostUsd += members.length * Math.max(0, gainUsd);
        if (best === null || gainUsd <= leastGainUsd) return;
        const day: ClassDay = { ...best.day, class: c };
        // The solver's rounding may promise a gain by a day that is in the mixture already.
        if (known.has(dayKey(day))) return;
        known.add(dayKey(day));
        state.days.push(day);
        state.lastUse.set(day, now);
        found++;
      });
      return mostUsd;
    };
    const take = (duals: Float64Array, valueUsd: number): void => {
      const mostUsd = price(duals, valueUsd);
      if (centre === null || mostUsd < leastUsd) centre = { duals, valueUsd };
      leastUsd = Math.min(leastUsd, mostUsd);
      node.boundUsd = Math.min(node.boundUsd, mostUsd);
    };
    // Mixed duals are feasible where both are, and their value is at least the mixture of both.
    if (centre !== null) {
      const { duals, valueUsd }: Centre = centre;
      const mixed: Float64Array = rowDuals.map((dual, row) => inertia * duals[row]! + (1 - inertia) * dual);
      take(mixed, inertia * valueUsd + (1 - inertia) * objective);
    }
    take(rowDuals, objective);
    report();
    const done = node.boundUsd - point.profitUsd <= 1e-7 * Math.max(1, Math.abs(node.boundUsd)) || found === 0;
    if (done && point.missing > 1e-6) return { kind: 'empty' };
    if (done || (point.missing < 1e-9 && round % 10 === 9)) await state.tryDays(roundedDays(state, days, point.shares));
    const mixture = { days, ...point };
    if (done || isBeaten(state, node.boundUsd)) return { kind: 'bounded', mixture };
    // The last of a bound takes longest; two branches lower it sooner.
    const openUsd = node.boundUsd - Math.max(state.incumbentUsd(), point.profitUsd - Math.abs(point.profitUsd));
    const isNear = point.missing < 1e-9 && node.boundUsd - point.profitUsd <= earlyShare * openUsd;
    if (isNear && branchesOf(problem, curves, mixture, node.rows) !== null) {
      await state.tryDays(roundedDays(state, days, point.shares));
      return { kind: 'bounded', mixture };
    }
    if (isOver()) return stopped;
  }
}

const dayKey = ({ class: own, path, netMw, firstMwh }: ClassDay): string =>
  `${own}|${firstMwh}|${path.map(({ from, to }) => `${from}.${to}`).join()}|${netMw.map((mw) => mw.toFixed(6)).join()}`;

/** For every truck the day with the largest share that is not yet given to another. */
function roundedDays({ problem, classes }: State, days: readonly ClassDay[], shares: readonly number[]): TruckDay[] {
  const left = [...shares];
  const rounded: TruckDay[] = [];
  classes.forEach(({ members }, c) => {
    for (const truck of members) {
      let best = -1;
      days.forEach((day, j) => {
        if (day.class === c && (best < 0 || left[j]! > left[best]!)) best = j;
      });
      left[best]! -= 1;
      rounded[truck] = days[best]!;
    }
  });
  return problem.trucks.map((_, k) => rounded[k]!);
}
