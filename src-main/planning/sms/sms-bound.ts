/**
 * The owner's bound by branch and price: mixtures of truck days, new days found at the prices of the mixture, and a cut in two where the
 * mixture is not a decision. Every step lowers the proven bound or proposes routes; it can be stopped after any.
 */
import { branchesOf, withRow } from '../../models/sms/marginal/branching.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import type { ClassDay } from '../../models/sms/marginal/day-master.ts';
import type { TruckDay } from '../../models/sms/marginal/priced-day.ts';
import { truckClasses, type TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { Helpers } from '../helpers/helpers.ts';
import { bestCut, cutTrials } from './best-cut.ts';
import { BoundAim } from './bound-aim.ts';
import { boundBranch, boundStages, type BoundNode, type BranchState, type NodeOutcome } from './bound-branch.ts';
import { DayPricers } from './day-pricers.ts';
import { DayStore } from './day-store.ts';
import { startCore, type BoundProof, type RunningCore } from './sms-core.ts';
import type { SmsTuning } from './sms-tuning.ts';

export interface BoundSearch {
  problem: SmsProblem;
  curves: CostCurve[][];
  solver: Solver;
  helpers: Helpers;
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

/** The core begins when so much of the gap is still to be gained from prices. */
const nearShare = 0.1;

export async function boundSms(search: BoundSearch): Promise<BoundOutcome> {
  const { problem, tuning } = search;
  const classes =
    tuning.symmetry === 'classes'
      ? truckClasses(problem)
      : problem.trucks.map((truck, k): TruckClass => ({ truck, members: [k] }));
  const stages = boundStages(problem, search.curves, classes, tuning);
  const trucks = classes.map(({ truck }) => truck);
  const pricers = new DayPricers(search.helpers, { problem, trucks, parts: stages.map(({ parts }) => parts) });
  return searchTree(search, { classes, stages, pricers }).finally(() => pricers.close());
}

async function searchTree(
  search: BoundSearch,
  { classes, stages, pricers }: Pick<BranchState, 'classes' | 'stages' | 'pricers'>,
): Promise<BoundOutcome> {
  const { problem, isOver, incumbentUsd, onStep, tuning } = search;
  const days = classes.flatMap(({ members }, c) =>
    members.flatMap((truck): ClassDay[] =>
      search.firstDays && tuning.firstDays === 'improved' ? [{ ...search.firstDays[truck]!, class: c, id: truck }] : [],
    ),
  );
  const aim = new BoundAim(incumbentUsd, search.options.relativeGap, tuning.rooms === 'on' ? 'several' : 'one');
  const state: BranchState = {
    ...search,
    classes,
    stages,
    pricers,
    days: new DayStore(problem, classes, days),
    aim,
  };
  let open: BoundNode[] = [{ rows: [], boundUsd: Infinity, basis: null, prices: null, rooms: null }];
  /** Branches that prove what is aimed at, to be gone on with when the aim is lower. */
  let parked: BoundNode[] = [];
  const working = new Map<BoundNode, Promise<NodeOutcome>>();
  /** Bounds of branches that are decisions, or were left. */
  let closedUsd = -Infinity;
  let coreUsd = Infinity;
  const core: { running: RunningCore | null } = { running: null };
  let branches = 0;
  const provenUsd = (): number => {
    const treeUsd = Math.max(closedUsd, ...[...open, ...parked, ...working.keys()].map(({ boundUsd }) => boundUsd));
    return Math.max(Math.min(treeUsd, coreUsd), incumbentUsd());
  };
  const report = (): void => onStep({ boundUsd: provenUsd(), days: state.days.size, branches });
  /** Nothing is left to do in the branch, or nothing at this aim. */
  const leave = (node: BoundNode): void => {
    if (aim.isEnough(node.boundUsd) || (node.rooms === null && !aim.isMet(node.boundUsd)))
      closedUsd = Math.max(closedUsd, node.boundUsd);
    else parked.push(node);
  };
  const tellsWork = typeof stages.at(-1)!.revenue !== 'string';
  let rootProof: BoundProof | null = null;
  const atRoot = (proof: BoundProof, mixtureUsd: number): void => {
    rootProof = proof;
    // Where work is told apart finer prices lower the bound sooner, and the core would take a processor from them.
    if (tellsWork) return;
    const isNear = proof.boundUsd - mixtureUsd <= nearShare * (proof.boundUsd - incumbentUsd());
    if (core.running !== null || tuning.core === 'off' || !isNear || isOver() || aim.isEnough(proof.boundUsd)) return;
    core.running = startCore({
      ...search,
      classes,
      searches: state.stages.at(-1)!.searches,
      proof: () => rootProof ?? proof,
      onBound,
    });
  };
  const work = async (node: BoundNode): Promise<NodeOutcome> => {
    const result = await boundBranch(state, node, (proof, mixtureUsd) => {
      if (node.rows.length === 0) atRoot(proof, mixtureUsd);
      report();
    });
    const isLeft = node.rows.length > 0 ? aim.isMet(node.boundUsd) : aim.isEnough(node.boundUsd);
    const mixture = result.kind === 'bounded' && !isLeft ? result.mixture : null;
    const cuts = mixture === null ? [] : branchesOf(problem, search.curves, mixture, node.rows);
    // Still of the bounds that are proven: it works until its halves are open.
    const halves = await bestCut(cuts, cutTrials(state, node, mixture?.days ?? []));
    branches++;
    working.delete(node);
    if (result.kind !== 'bounded') return result;
    if (halves === null) leave(node);
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
  while (open.length + working.size + parked.length > 0 && !isOver()) {
    const met = open.filter(({ boundUsd }) => aim.isMet(boundUsd));
    open = open.filter(({ boundUsd }) => !aim.isMet(boundUsd));
    met.forEach(leave);
    if (open.length + working.size === 0) {
      if (!aim.lower(provenUsd())) break;
      // What was left out for the aim before may be above the next.
      open = parked.map((node) => ({ ...node, rooms: null }));
      parked = [];
      continue;
    }
    open.sort((a, b) => b.boundUsd - a.boundUsd);
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
