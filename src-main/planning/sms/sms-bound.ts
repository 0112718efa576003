/**
 * The owner's bound by branch and price: mixtures of truck days, new days found at the prices of the mixture, and a cut in two where the
 * mixture is not a decision. Every step lowers the proven bound or proposes routes; it can be stopped after any.
 */
import { branchesOf, withRow, type Mixture } from '../../models/sms/marginal/branching.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { dayLevels } from '../../models/sms/marginal/day-levels.ts';
import {
  buildDayMaster,
  type BranchRow,
  type ClassDay,
  type RevenueDetail,
} from '../../models/sms/marginal/day-master.ts';
import { pricedDay, type DaySearch, type TruckDay } from '../../models/sms/marginal/priced-day.ts';
import { roundedDays } from '../../models/sms/marginal/rounded-days.ts';
import { truckClasses, type TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import { networkOf } from '../../models/sms/network.ts';
import { basisFor, namedBasis, type NamedBasis } from '../../program/basis.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { startCore, type BoundProof, type RunningCore } from './sms-core.ts';
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
  secondsLeft: () => number;
  /** Best true profit so far; branches that cannot beat it are left. */
  incumbentUsd: () => number;
  /** Days of the best decision [truck]; null before the first. */
  bestDays: () => TruckDay[] | null;
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
  /** Where its last mixture was found, or that of the branch before. */
  basis: NamedBasis | null;
}

interface State extends BoundSearch {
  classes: TruckClass[];
  searches: DaySearch[];
  days: ClassDay[];
  /** Days found so far. */
  found: number;
  /** Mixtures solved so far, and the last one that each day was in. */
  masters: number;
  lastUse: Map<ClassDay, number>;
}

/** A day that brings less than this more is none, USD. */
const leastGainUsd = 1e-6;

export async function boundSms(search: BoundSearch): Promise<BoundOutcome> {
  const { problem, isOver, incumbentUsd, onStep, tuning } = search;
  const classes =
    tuning.symmetry === 'classes'
      ? truckClasses(problem)
      : problem.trucks.map((truck, k): TruckClass => ({ truck, members: [k] }));
  const searches = classes.map(({ truck }): DaySearch => {
    const levels = dayLevels(truck, problem.slots, problem.slotHours);
    return { problem, truck, network: networkOf(problem, truck), levels };
  });
  const days = classes.flatMap(({ members }, c) =>
    members.flatMap((truck): ClassDay[] =>
      search.firstDays && tuning.firstDays === 'improved' ? [{ ...search.firstDays[truck]!, class: c, id: truck }] : [],
    ),
  );
  const state: State = {
    ...search,
    classes,
    searches,
    days,
    found: problem.trucks.length,
    masters: 0,
    lastUse: new Map(),
  };
  let open: Node[] = [{ rows: [], boundUsd: Infinity, basis: null }];
  const working = new Map<Node, Promise<NodeOutcome>>();
  /** Bounds of branches that are decisions, or were left. */
  let closedUsd = -Infinity;
  let coreUsd = Infinity;
  const core: { running: RunningCore | null } = { running: null };
  let branches = 0;
  const provenUsd = (): number => {
    const treeUsd = Math.max(closedUsd, ...[...open, ...working.keys()].map(({ boundUsd }) => boundUsd));
    return Math.max(Math.min(treeUsd, coreUsd), incumbentUsd());
  };
  const report = (): void => onStep({ boundUsd: provenUsd(), days: state.days.length, branches });
  const close = (boundUsd: number): void => {
    closedUsd = Math.max(closedUsd, boundUsd);
  };
  let rootProof: BoundProof | null = null;
  const atRoot = (proof: BoundProof, mixtureUsd: number): void => {
    rootProof = proof;
    const isNear = proof.boundUsd - mixtureUsd <= nearShare * (proof.boundUsd - incumbentUsd());
    if (core.running !== null || tuning.core === 'off' || !isNear || isOver() || isBeaten(search, proof.boundUsd))
      return;
    core.running = startCore({ ...state, proof: () => rootProof ?? proof, onBound });
  };
  const work = async (node: Node): Promise<NodeOutcome> => {
    const result = await boundNode(state, node, (proof, mixtureUsd) => {
      if (node.rows.length === 0) atRoot(proof, mixtureUsd);
      report();
    });
    branches++;
    working.delete(node);
    if (result.kind !== 'bounded') return result;
    const halves =
      result.mixture === null || isBeaten(search, node.boundUsd)
        ? null
        : branchesOf(problem, search.curves, result.mixture, node.rows);
    if (halves === null) close(node.boundUsd);
    else open.push(...halves.map((row) => ({ ...node, rows: withRow(node.rows, row) })));
    report();
    return result;
  };
  const onBound = (boundUsd: number): void => {
    coreUsd = Math.min(coreUsd, boundUsd);
    report();
  };
  const end = async (outcome: BoundOutcome): Promise<BoundOutcome> => {
    await core.running?.stop();
    await Promise.all(working.values());
    return outcome;
  };
  while (open.length + working.size > 0 && !isOver()) {
    open = open.filter((node) => {
      if (isBeaten(search, node.boundUsd)) close(node.boundUsd);
      return !isBeaten(search, node.boundUsd);
    });
    open.sort((a, b) => b.boundUsd - a.boundUsd);
    forgetOldDays(state);
    // While the core may yet prove all, branches leave the processor to it.
    const width = core.running?.isProving() ? 1 : tuning.width;
    for (const node of open.splice(0, width - working.size)) working.set(node, work(node));
    if (working.size === 0) break;
    const result = await Promise.race(working.values());
    if (result.kind === 'failed') return end(result);
    if (branches === 1 && result.kind === 'empty') return end({ kind: 'infeasible' });
  }
  await end({ kind: 'bounded', boundUsd: NaN });
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

interface Centre extends BoundProof {
  duals: Float64Array;
  valueUsd: number;
}

/** The core begins when so much of the gap is still to be gained from prices. */
const nearShare = 0.1;
/** The first branch goes on with the tighter revenue when its prices leave so much of the bound. */
const roughShare = 0.02;
/** How much less the first branch may leave. */
const rootShare = 0.2;

/** Lowers the bound of the branch until its mixture is best, it is beaten, or time is over. */
async function boundNode(
  state: State,
  node: Node,
  /** Called with what the branch proves, and what its mixture brings; −Infinity where that is not yet possible. */
  onRound: (proof: BoundProof, mixtureUsd: number) => void,
): Promise<NodeOutcome> {
  const { problem, curves, classes, searches, solver, options, isOver, tuning } = state;
  const { inertia } = tuning;
  const isRoot = node.rows.length === 0;
  // The tighter the revenue, the larger the program: while prices are far off, the smaller one brings them nearer sooner.
  let revenue: RevenueDetail = isRoot && tuning.revenue === 'by-kind' ? 'by-trucks' : tuning.revenue;
  // The core leaves out what the first branch's prices can spare.
  const share = isRoot && tuning.core === 'on' ? tuning.earlyShare * rootShare : tuning.earlyShare;
  /** The best prices of this branch alone: those of the branch before may bound lower, but guide to nothing. */
  let centre: Centre | null = null;
  for (let round = 0; ; round++) {
    const days = [...state.days];
    const master = buildDayMaster({ problem, curves, classes, days, branch: node.rows, revenue });
    const from = node.basis === null || tuning.start === 'nothing' ? null : basisFor(master.program, node.basis);
    const outcome = await solver.solve(master.program, {
      ...options,
      method: 'simplex',
      explainInfeasibility: 'no',
      warm: { from, by: 'primal' },
    });
    const stopped: NodeOutcome = { kind: 'bounded', mixture: null };
    if (outcome.kind === 'cancelled' || outcome.kind === 'feasible') return stopped;
    if (outcome.kind === 'infeasible') return { kind: 'empty' };
    if (outcome.kind !== 'optimal') return { kind: 'failed', problem: `the owner's bound is ${outcome.kind}` };
    const { columns, rowDuals, objective, basis } = outcome.solution;
    node.basis = basis ? namedBasis(master.program, basis) : null;
    const point = master.read(columns);
    const now = ++state.masters;
    days.forEach((day, j) => {
      if (point.shares[j]! > 1e-9) state.lastUse.set(day, now);
    });
    let found = 0;
    const known = new Set(days.map(dayKey));
    /** What no owner exceeds, by duals of that value; new days are kept. */
    const price = (duals: Float64Array, valueUsd: number): BoundProof => {
      const prices = master.price(duals);
      const bestUsd: number[] = [];
      let boundUsd = -valueUsd;
      classes.forEach(({ members }, c) => {
        const best = pricedDay(
          searches[c]!,
          (terminal, slot) => prices.stay(c, terminal, slot),
          prices.chargeUsdPerMwh[c]!,
        );
        const gainUsd = best === null ? 0 : best.valueUsd - prices.truckUsd[c]!;
        bestUsd.push(best?.valueUsd ?? -Infinity);
        boundUsd += members.length * Math.max(0, gainUsd);
        if (best === null || gainUsd <= leastGainUsd) return;
        const day: ClassDay = { ...best.day, class: c, id: state.found++ };
        // The solver's rounding may promise a gain by a day that is in the mixture already.
        if (known.has(dayKey(day))) return;
        known.add(dayKey(day));
        state.days.push(day);
        state.lastUse.set(day, now);
        found++;
      });
      return { boundUsd, prices, bestUsd };
    };
    const take = (duals: Float64Array, valueUsd: number): Centre => {
      const proof = price(duals, valueUsd);
      node.boundUsd = Math.min(node.boundUsd, proof.boundUsd);
      return centre !== null && centre.boundUsd <= proof.boundUsd ? centre : { ...proof, duals, valueUsd };
    };
    // Mixed duals are feasible where both are, and their value is at least the mixture of both.
    if (centre !== null) {
      const { duals, valueUsd }: Centre = centre;
      const mixed: Float64Array = rowDuals.map((dual, row) => inertia * duals[row]! + (1 - inertia) * dual);
      centre = take(mixed, inertia * valueUsd + (1 - inertia) * objective);
    }
    centre = take(rowDuals, objective);
    const isRough = revenue !== tuning.revenue;
    onRound(centre, isRough || point.missing > 1e-6 ? -Infinity : point.profitUsd);
    const leftUsd = node.boundUsd - point.profitUsd;
    if (isRough && (found === 0 || leftUsd <= roughShare * Math.abs(node.boundUsd))) {
      revenue = tuning.revenue;
      // Its duals are of other rows.
      centre = null;
      if (!isOver()) continue;
    }
    const done = leftUsd <= 1e-7 * Math.max(1, Math.abs(node.boundUsd)) || found === 0;
    if (done && point.missing > 1e-6) return { kind: 'empty' };
    if (done || (point.missing < 1e-9 && round % 10 === 9))
      await state.tryDays(roundedDays(problem, classes, days, point.shares));
    const mixture = { days, ...point };
    if (done || isBeaten(state, node.boundUsd)) return { kind: 'bounded', mixture };
    // The last of a bound takes longest; two branches lower it sooner.
    const openUsd = node.boundUsd - Math.max(state.incumbentUsd(), point.profitUsd - Math.abs(point.profitUsd));
    const isNear = point.missing < 1e-9 && leftUsd <= share * openUsd;
    if (isNear && branchesOf(problem, curves, mixture, node.rows) !== null) {
      await state.tryDays(roundedDays(problem, classes, days, point.shares));
      return { kind: 'bounded', mixture };
    }
    if (isOver()) return stopped;
  }
}

const dayKey = ({ class: own, path, netMw, firstMwh }: ClassDay): string =>
  `${own}|${firstMwh}|${path.map(({ from, to }) => `${from}.${to}`).join()}|${netMw.map((mw) => mw.toFixed(6)).join()}`;
