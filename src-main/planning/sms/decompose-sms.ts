/**
 * Prices and routes from a menu by reformulation and decomposition (Zeng and An 2014; docs/method/sms.md): the owner's program proposes a
 * decision and proves an upper bound; the users' true answer to it is a lower bound and a new pattern for the owner's program. Exact for
 * fees, ramps and ties, and for small days only.
 */
import { firstPatterns } from '../../models/sms/first-patterns.ts';
import { buildMaster } from '../../models/sms/master.ts';
import { patternKey, patternOf, type Pattern } from '../../models/sms/pattern.ts';
import type { OwnerDecision } from '../../models/sms/plan.ts';
import { mayIdle } from '../../models/sms/prices.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { WorthRange } from '../../models/sms/worth.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { Incumbents } from './sms-incumbent.ts';

/**
 * What the owner's profit weighs in the objective of users who break ties against the owner: below this they count two answers as equal.
 * Two answers of the users that differ by less than this share of the owner's profit are rare in money with cents.
 */
const harmWeight = 1e-5;
const mostRounds = 500;

export interface Decomposition {
  problem: SmsProblem;
  solver: Solver;
  options: SolveOptions;
  incumbents: Incumbents;
  /** What the grids pay without any truck [grid], and what a MW is worth to them, there and at most and least. */
  aloneUsd: readonly number[];
  worth: number[][];
  worthRanges: WorthRange[][];
  secondsLeft: () => number;
  /** The proven bound, lowered in place. */
  bound: { usd: number };
  haveMet: () => boolean;
  onRound: (profitUsd: number | null, patterns: number) => void;
}

export type DecompositionEnd =
  { kind: 'ended' } | { kind: 'infeasible'; why: string } | { kind: 'failed'; problem: string };

interface Search extends Decomposition {
  patterns: Pattern[];
  known: OwnerDecision[];
}

export async function decomposeSms(given: Decomposition): Promise<DecompositionEnd> {
  const search: Search = { ...given, patterns: [], known: [] };
  const { problem, patterns, haveMet, secondsLeft, onRound } = search;
  for (let round = 1; round <= mostRounds; round++) {
    const left = secondsLeft();
    if (left <= 0) break;
    const step = await takeStep(search, left);
    if (step.kind === 'failed' || step.kind === 'infeasible') return step;
    onRound(step.profitUsd, patterns.length);
    if (step.kind === 'stopped' || haveMet()) break;
    // An owner who trusts the users to rent finds good routes first; from then on users may do whatever often pays.
    if (round === 1) patterns.push(...firstPatterns(problem, search.worth));
  }
  return { kind: 'ended' };
}

type Step =
  | { kind: 'went-on' | 'stopped'; profitUsd: number | null }
  | { kind: 'infeasible'; why: string }
  | { kind: 'failed'; problem: string };

async function takeStep(search: Search, timeLimitSeconds: number): Promise<Step> {
  const { problem, solver, patterns, known, incumbents, bound, haveMet } = search;
  const options = { ...search.options, timeLimitSeconds, explainInfeasibility: 'no' as const };
  const master = buildMaster(problem, {
    patterns,
    excluded: known,
    idleCostUsd: mayIdle(problem) ? search.aloneUsd.reduce((sum, usd) => sum + usd, 0) : null,
    worth: search.worthRanges,
    marginWeight: problem.ties === 'pessimistic' ? harmWeight : 0,
  });
  const outcome = await solver.solve(master.program, options);
  switch (outcome.kind) {
    case 'failed':
      return { kind: 'failed', problem: outcome.problem };
    case 'unbounded':
      return { kind: 'failed', problem: 'the owner could earn without end' };
    case 'cancelled':
      return { kind: 'stopped', profitUsd: null };
    case 'infeasible':
      if (incumbents.best === null) return { kind: 'infeasible', why: crowdedWords };
      // Every other decision is known or cannot be: the best known one is the best.
      bound.usd = incumbents.profitUsd;
      return { kind: 'stopped', profitUsd: null };
    case 'optimal':
    case 'feasible':
      break;
  }
  // Decisions cut off because their answer is known may be the best there is.
  if (Number.isFinite(outcome.bound)) bound.usd = Math.min(bound.usd, Math.max(-outcome.bound, incumbents.profitUsd));
  if (haveMet()) return { kind: 'stopped', profitUsd: null };
  const decision = master.read(outcome.solution.columns);
  const proposed = await incumbents.evaluate(decision, options);
  if (proposed.kind === 'failed') return proposed;
  if (proposed.kind === 'stopped') return { kind: 'stopped', profitUsd: null };
  const { profitUsd } = proposed;
  const pattern = patternOf(proposed.setting.presence, proposed.reply);
  if (patterns.some((seen) => patternKey(seen) === patternKey(pattern))) known.push(decision);
  else patterns.push(pattern);
  // The proposal was priced for users who overlook something; one price everywhere on the same routes is often the better plan.
  for (const priceUsdPerMwh of oneLevelEach(problem)) {
    if (haveMet()) break;
    const simpler = await incumbents.evaluate({ ...decision, priceUsdPerMwh }, options);
    if (simpler.kind === 'failed') return simpler;
    if (simpler.kind === 'stopped') return { kind: 'stopped', profitUsd };
  }
  const stopped = outcome.kind === 'feasible' && outcome.why === 'cancelled';
  return { kind: stopped ? 'stopped' : 'went-on', profitUsd };
}

export const crowdedWords = 'No routes serve every truck within the places at stations and its final energy.';

/** Prices [grid][slot]: the lowest of each menu, the next of each, and so on; where a menu is shorter, its last. */
function oneLevelEach(problem: SmsProblem): number[][][] {
  const longest = Math.max(...problem.priceMenuUsdPerMwh.flat().map((menu) => menu.length));
  return Array.from({ length: longest }, (_, m) =>
    problem.priceMenuUsdPerMwh.map((slots) => slots.map((menu) => menu[Math.min(m, menu.length - 1)]!)),
  );
}
