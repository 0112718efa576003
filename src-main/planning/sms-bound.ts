/**
 * The owner's bound by branch and price: mixtures of truck days, new days found at the prices of the mixture, and a cut in two where the
 * mixture is not a decision. Every step lowers the proven bound or proposes routes; it can be stopped after any.
 */
import { branchesOf, withRow } from '../models/sms/marginal/branching.ts';
import type { CostCurve } from '../models/sms/marginal/cost-curve.ts';
import { dayLevels } from '../models/sms/marginal/day-levels.ts';
import { buildDayMaster, type BranchRow, type ClassDay } from '../models/sms/marginal/day-master.ts';
import { pricedDay, type DaySearch, type TruckDay } from '../models/sms/marginal/priced-day.ts';
import { truckClasses, type TruckClass } from '../models/sms/marginal/truck-classes.ts';
import { networkOf } from '../models/sms/network.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import type { LinearProgram } from '../program/program.ts';
import type { SolveOptions, Solver } from '../solver/solver.ts';

export interface BoundSearch {
  problem: SmsProblem;
  curves: CostCurve[][];
  solver: Solver;
  options: SolveOptions;
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
  const state: State = { ...search, classes, searches, days };
  let open: Node[] = [{ rows: [], boundUsd: Infinity }];
  /** Bounds of branches that are decisions, or were left. */
  let closedUsd = -Infinity;
  let branches = 0;
  while (open.length > 0 && !isOver()) {
    open.sort((a, b) => b.boundUsd - a.boundUsd);
    const node = open.shift()!;
    if (isBeaten(search, node.boundUsd)) {
      closedUsd = Math.max(closedUsd, node.boundUsd);
      continue;
    }
    const others = Math.max(closedUsd, ...open.map(({ boundUsd }) => boundUsd));
    const result = await boundNode(state, node, (boundUsd) => {
      onStep({ boundUsd: Math.max(boundUsd, others), days: state.days.length, branches });
    });
    branches++;
    if (result.kind === 'failed') return result;
    if (result.kind === 'empty') {
      if (node.rows.length === 0) return { kind: 'infeasible' };
      continue;
    }
    const { boundUsd, shares } = result;
    if (shares === null || isBeaten(search, boundUsd)) {
      // Stopped within: what is known of it is its bound.
      closedUsd = Math.max(closedUsd, boundUsd);
      continue;
    }
    const halves = branchesOf(problem, search.curves, state.days, shares, node.rows);
    if (halves === null) closedUsd = Math.max(closedUsd, boundUsd);
    else open.push(...halves.map((row) => ({ rows: withRow(node.rows, row), boundUsd })));
    open = open.filter((other) => {
      if (!isBeaten(search, other.boundUsd)) return true;
      closedUsd = Math.max(closedUsd, other.boundUsd);
      return false;
    });
    onStep({
      boundUsd: Math.max(closedUsd, ...open.map((other) => other.boundUsd)),
      days: state.days.length,
      branches,
    });
  }
  const boundUsd = Math.max(closedUsd, ...open.map((other) => other.boundUsd));
  return { kind: 'bounded', boundUsd: Math.max(boundUsd, incumbentUsd()) };
}

const isBeaten = ({ incumbentUsd, options }: BoundSearch, boundUsd: number): boolean => {
  const best = incumbentUsd();
  return best > -Infinity && boundUsd - best <= options.relativeGap * Math.max(1, Math.abs(best));
};

type NodeOutcome =
  | { kind: 'bounded'; boundUsd: number; shares: number[] | null }
  | { kind: 'empty' }
  | { kind: 'failed'; problem: string };

interface Centre {
  duals: Float64Array;
  valueUsd: number;
}

/** How much of the best prices so far goes into the next, so that they do not swing. */
const inertia = 0.6;

async function boundNode(state: State, node: Node, onBound: (boundUsd: number) => void): Promise<NodeOutcome> {
  const { problem, curves, classes, searches, days, solver, options, isOver } = state;
  let boundUsd = node.boundUsd;
  let centre: Centre | null = null;
  for (let round = 0; ; round++) {
    const master = buildDayMaster({ problem, curves, classes, days, branch: node.rows });
    const outcome = await solver.solve(relaxed(master.program), {
      ...options,
      method: 'simplex',
      explainInfeasibility: 'no',
    });
    if (outcome.kind === 'cancelled' || outcome.kind === 'feasible') return { kind: 'bounded', boundUsd, shares: null };
    if (outcome.kind === 'infeasible') return { kind: 'empty' };
    if (outcome.kind !== 'optimal') return { kind: 'failed', problem: `the owner's bound is ${outcome.kind}` };
    const { columns, rowDuals, objective } = outcome.solution;
    const point = master.read(columns);
    const known = days.length;
    const price = (duals: Float64Array, valueUsd: number): number => {
      const prices = master.price(duals);
      let mostUsd = -valueUsd;
      classes.forEach(({ members }, c) => {
        const found = pricedDay(searches[c]!, (terminal, slot) => prices.stay(c, terminal, slot));
        if (found === null) return;
        const gainUsd = found.valueUsd - prices.truckUsd[c]!;
        mostUsd += members.length * Math.max(0, gainUsd);
        if (gainUsd > leastGainUsd) days.push({ ...found.day, class: c });
      });
      return mostUsd;
    };
    // Mixed duals are feasible where both are, and their value is at least the mixture of both.
    if (centre !== null) {
      const { duals, valueUsd } = centre as Centre;
      const mixed: Float64Array = rowDuals.map(
        (dual: number, row: number) => inertia * duals[row]! + (1 - inertia) * dual,
      );
      const mixedUsd: number = inertia * valueUsd + (1 - inertia) * objective;
      const mostUsd = price(mixed, mixedUsd);
      if (mostUsd < boundUsd) centre = { duals: mixed, valueUsd: mixedUsd };
      boundUsd = Math.min(boundUsd, mostUsd);
    }
    const mostUsd = price(rowDuals, objective);
    if (centre === null || mostUsd < boundUsd) centre = { duals: rowDuals, valueUsd: objective };
    boundUsd = Math.min(boundUsd, mostUsd);
    onBound(boundUsd);
    const done = boundUsd - point.profitUsd <= 1e-7 * Math.max(1, Math.abs(boundUsd)) || days.length === known;
    if (done && point.missing > 1e-6) return { kind: 'empty' };
    if (done || (point.missing < 1e-9 && round % 10 === 9)) await state.tryDays(roundedDays(state, point.shares));
    if (isBeaten(state, boundUsd)) return { kind: 'bounded', boundUsd, shares: point.shares };
    if (done) return { kind: 'bounded', boundUsd, shares: point.shares };
    if (isOver()) return { kind: 'bounded', boundUsd, shares: null };
  }
}

const relaxed = (program: LinearProgram): LinearProgram => ({ ...program, integrality: new Uint8Array(0) });

/** For every truck the day with the largest share that is not yet given to another. */
function roundedDays({ problem, classes, days }: State, shares: readonly number[]): TruckDay[] {
  const left = [...shares, ...new Array<number>(days.length - shares.length).fill(0)];
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
