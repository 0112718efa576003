/**
 * Prices and routes of shared mobile storage by reformulation and decomposition (Zeng and An 2014; docs/method/sms.md): the owner's program
 * proposes a decision and proves an upper bound; the users' true answer to it is a lower bound and a new pattern for the owner's program.
 * It ends when the bounds meet, or when it is stopped, with the best decision so far and its proven gap.
 */
import { assemblePlan, settingOf, wayCostUsd } from '../models/sms/assemble-plan.ts';
import { firstPatterns } from '../models/sms/first-patterns.ts';
import { buildMaster } from '../models/sms/master.ts';
import { dispatchCostUsd } from '../models/sms/money.ts';
import { networkOf } from '../models/sms/network.ts';
import { patternKey, patternOf, withoutTrucks, type Pattern } from '../models/sms/pattern.ts';
import type { OwnerDecision, Reply, SmsPlan, SmsRound } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import { requireValidSms } from '../models/sms/require-valid.ts';
import { balanceDuals, extremePrograms, worthRanges, type WorthRange } from '../models/sms/worth.ts';
import type { SolveOptions, Solver } from '../solver/solver.ts';
import { usersAnswer } from './users-answer.ts';

export type SmsAnswer =
  | {
      kind: 'optimal' | 'feasible';
      plan: SmsPlan;
      /** No decision can bring the owner more. */
      upperBoundUsd: number;
      /** (bound − profit) / max(1, |profit|) */
      gap: number;
      rounds: SmsRound[];
    }
  | { kind: 'infeasible'; why: string; rounds: SmsRound[] }
  | { kind: 'cancelled'; rounds: SmsRound[] }
  | { kind: 'failed'; problem: string; rounds: SmsRound[] };

/**
 * What the owner's profit weighs in the objective of users who break ties against the owner: below this they count two answers as equal.
 * Two answers of the users that differ by less than this share of the owner's profit are rare in money with cents.
 */
const harmWeight = 1e-5;
/** Bounds within this of each other (relative, at least to 1 USD) have met. */
const meeting = 1e-6;
const mostRounds = 500;

interface Search {
  problem: SmsProblem;
  solver: Solver;
  options: SolveOptions;
  patterns: Pattern[];
  known: OwnerDecision[];
  best: { decision: OwnerDecision; reply: Reply; profitUsd: number } | null;
  /** The users' cost when they rent nothing; null where a truck must be charged to meet its final energy. */
  idleCostUsd: number | null;
  worthRanges: WorthRange[][];
  upperBoundUsd: number;
  rounds: SmsRound[];
}

/**
 * `options` hold for the whole search; `relativeGap` for the owner's program of each round.
 * @throws Refusal `case-bad` when the problem contradicts itself.
 */
export async function solveSms(
  problem: SmsProblem,
  solver: Solver,
  options: SolveOptions,
  onRound: (round: SmsRound) => void = () => undefined,
): Promise<SmsAnswer> {
  requireValidSms(problem);
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  const stranded = problem.trucks.find((truck) => networkOf(problem, truck).length === 0);
  if (stranded) return { kind: 'infeasible', why: strandedWords(problem, stranded.id), rounds: [] };
  const alone = await gridsAlone(problem, solver, options);
  if (alone.kind !== 'known') return { ...alone, rounds: [] };
  const { aloneUsd } = alone;
  const canIdle = problem.trucks.every((truck) => truck.initialMwh >= truck.finalMinMwh);
  const idleCostUsd = canIdle ? aloneUsd.reduce((sum, usd) => sum + usd, 0) : null;
  const search: Search = {
    problem,
    solver,
    options,
    patterns: [],
    known: [],
    best: null,
    idleCostUsd,
    worthRanges: alone.ranges,
    upperBoundUsd: Infinity,
    rounds: [],
  };
  for (let round = 1; round <= mostRounds; round++) {
    const left = options.timeLimitSeconds - elapsed();
    if (left <= 0) break;
    const step = await takeStep(search, left);
    if (step.kind === 'failed' || step.kind === 'infeasible') return { ...step, rounds: search.rounds };
    const { best, upperBoundUsd, patterns } = search;
    const line: SmsRound = {
      round,
      upperBoundUsd,
      profitUsd: step.profitUsd,
      incumbentUsd: best?.profitUsd ?? null,
      patterns: patterns.length,
      elapsedSeconds: elapsed(),
    };
    search.rounds.push(line);
    onRound(line);
    if (step.kind === 'stopped' || haveMet(search)) break;
    // An owner who trusts the users to rent finds good routes first; from then on users may do whatever often pays.
    if (round === 1) patterns.push(...firstPatterns(problem, alone.worth));
  }
  const { best, rounds } = search;
  if (best === null) return { kind: 'cancelled', rounds };
  const upperBoundUsd = Math.max(search.upperBoundUsd, best.profitUsd);
  return {
    kind: haveMet(search) ? 'optimal' : 'feasible',
    plan: assemblePlan(problem, best.decision, best.reply, aloneUsd),
    upperBoundUsd,
    gap: (upperBoundUsd - best.profitUsd) / Math.max(1, Math.abs(best.profitUsd)),
    rounds,
  };
}

type Alone =
  | { kind: 'known'; aloneUsd: number[]; worth: number[][]; ranges: WorthRange[][] }
  | { kind: 'cancelled' }
  | { kind: 'failed'; problem: string };

/** What the grids pay without any truck, and what a MW is worth to them there and at the extremes of what trucks can do. */
async function gridsAlone(problem: SmsProblem, solver: Solver, options: SolveOptions): Promise<Alone> {
  const base = withoutTrucks(problem);
  const programs = [base.program, ...extremePrograms(problem)];
  const outcomes = await solver.solveSequence(programs, { ...options, method: 'simplex', explainInfeasibility: 'no' });
  const duals: number[][][] = [];
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.kind === 'cancelled' || outcome.kind === 'feasible') return { kind: 'cancelled' };
    if (outcome.kind !== 'optimal') return { kind: 'failed', problem: `the grids without trucks are ${outcome.kind}` };
    duals.push(balanceDuals(problem, programs[i]!, outcome.solution.rowDuals));
  }
  const [first] = outcomes;
  if (first?.kind !== 'optimal') return { kind: 'cancelled' };
  return {
    kind: 'known',
    aloneUsd: base.read(first.solution.columns).map((dispatch, g) => dispatchCostUsd(problem, g, dispatch)),
    worth: duals[0]!,
    ranges: worthRanges(problem, duals[1]!, duals[2]!),
  };
}

type Step =
  | { kind: 'went-on' | 'stopped'; profitUsd: number | null }
  | { kind: 'infeasible'; why: string }
  | { kind: 'failed'; problem: string };

async function takeStep(search: Search, timeLimitSeconds: number): Promise<Step> {
  const { problem, solver, patterns, known, idleCostUsd, worthRanges: worth } = search;
  const options = { ...search.options, timeLimitSeconds, explainInfeasibility: 'no' as const };
  const marginWeight = problem.ties === 'pessimistic' ? harmWeight : 0;
  const master = buildMaster(problem, { patterns, excluded: known, idleCostUsd, worth, marginWeight });
  const outcome = await solver.solve(master.program, options);
  switch (outcome.kind) {
    case 'failed':
      return { kind: 'failed', problem: outcome.problem };
    case 'unbounded':
      return { kind: 'failed', problem: 'the owner could earn without end' };
    case 'cancelled':
      return { kind: 'stopped', profitUsd: null };
    case 'infeasible':
      if (search.best === null)
        return {
          kind: 'infeasible',
          why: 'No routes serve every truck within the places at stations and its final energy.',
        };
      // Every other decision is known or cannot be: the best known one is the best.
      search.upperBoundUsd = search.best.profitUsd;
      return { kind: 'stopped', profitUsd: null };
    case 'optimal':
    case 'feasible':
      break;
  }
  if (Number.isFinite(outcome.bound))
    search.upperBoundUsd = Math.min(search.upperBoundUsd, boundWith(search, -outcome.bound));
  if (haveMet(search)) return { kind: 'stopped', profitUsd: null };
  const decision = master.read(outcome.solution.columns);
  const proposed = await evaluate(search, decision, options);
  if (proposed.kind !== 'evaluated') return proposed;
  const { pattern, profitUsd } = proposed;
  if (patterns.some((seen) => patternKey(seen) === patternKey(pattern))) known.push(decision);
  else patterns.push(pattern);
  // The proposal was priced for users who overlook something; one price everywhere on the same routes is often the better plan.
  for (const level of oneLevelEach(problem)) {
    if (haveMet(search)) break;
    const simpler = await evaluate(search, { ...decision, level }, options);
    if (simpler.kind !== 'evaluated') return simpler;
  }
  const stopped = outcome.kind === 'feasible' && outcome.why === 'cancelled';
  return { kind: stopped ? 'stopped' : 'went-on', profitUsd };
}

type Evaluation =
  | { kind: 'evaluated'; profitUsd: number; pattern: Pattern }
  | { kind: 'stopped'; profitUsd: null }
  | { kind: 'failed'; problem: string };

/** The users' true answer to a decision; kept where it is the best so far. */
async function evaluate(search: Search, decision: OwnerDecision, options: SolveOptions): Promise<Evaluation> {
  const { problem, solver } = search;
  const setting = settingOf(problem, decision);
  const answer = await usersAnswer(problem, setting, solver, options);
  if (answer.kind === 'cancelled') return { kind: 'stopped', profitUsd: null };
  if (answer.kind === 'failed') return answer;
  const { reply } = answer;
  const profitUsd = answer.marginUsd - wayCostUsd(problem, decision);
  if (search.best === null || profitUsd > search.best.profitUsd) search.best = { decision, reply, profitUsd };
  return { kind: 'evaluated', profitUsd, pattern: patternOf(setting.presence, reply) };
}

/** Price levels [grid][slot]: the lowest everywhere, the next everywhere, and so on; where a menu is shorter, its last. */
function oneLevelEach(problem: SmsProblem): number[][][] {
  const longest = Math.max(...problem.priceMenuUsdPerMwh.flat().map((menu) => menu.length));
  return Array.from({ length: longest }, (_, m) =>
    problem.priceMenuUsdPerMwh.map((slots) => slots.map((menu) => Math.min(m, menu.length - 1))),
  );
}

/** Decisions cut off because their answer is known may be the best there is. */
const boundWith = (search: Search, bound: number): number => Math.max(bound, search.best?.profitUsd ?? -Infinity);

const haveMet = ({ best, upperBoundUsd }: Search): boolean =>
  best !== null && upperBoundUsd - best.profitUsd <= meeting * Math.max(1, Math.abs(best.profitUsd));

function strandedWords(problem: SmsProblem, id: string): string {
  const truck = problem.trucks.find((other) => other.id === id)!;
  const [from, to] = [truck.start, truck.end].map((terminal) => problem.terminals[terminal]!.id);
  return `Truck ${id} cannot get from ${from} to ${to} within the day.`;
}
