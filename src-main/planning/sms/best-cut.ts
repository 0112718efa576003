/**
 * Which cut of a branch lowers its bound most, by trying (strong branching: Applegate, Bixby, Chvátal and Cook 1995): the mixture again with either half,
 * of the days and corners known, from where it was found. New days would bring some of the loss back, so what a half loses here is its most, and only
 * the order of the cuts is taken from it.
 */
import { withRow, type Halves } from '../../models/sms/marginal/branching.ts';
import type { BranchRow, ClassDay } from '../../models/sms/marginal/day-master.ts';
import { basisFor } from '../../program/basis.ts';
import { mixtureOf, type BoundNode, type BranchState } from './bound-branch.ts';

/** How much farther than in a mixture prices of work may move in a trial. */
const freer = 8;
/** A half that loses nothing counts as this share of what is asked for, so that the other half still tells. */
const leastShare = 0.01;
/** Cuts tried side by side. */
const atOnce = 2;

export interface CutTrials {
  /** Cuts that are tried. */
  most: number;
  /** No half need lose more, USD; above 0. */
  enoughUsd: number;
  isOver: () => boolean;
  /** What the mixture brings with one row more, USD; NaN where that is not known, −Infinity where it is then empty. */
  profitUsd: (row: BranchRow | null) => Promise<number>;
}

/** The cut whose halves lose most, as a product; the first that loses enough in both ends the search. @param cuts most promising first. */
export async function bestCut(cuts: readonly Halves[], trials: CutTrials): Promise<Halves | null> {
  const { enoughUsd, isOver, profitUsd } = trials;
  const tried = cuts.slice(0, trials.most);
  if (tried.length < 2 || isOver()) return cuts[0] ?? null;
  const wholeUsd = await profitUsd(null);
  const lossUsd = async (row: BranchRow): Promise<number> => {
    const lost = wholeUsd - (await profitUsd(row));
    return Math.min(enoughUsd, Math.max(leastShare * enoughUsd, lost));
  };
  const scores: number[] = [];
  while (scores.length < tried.length && !isOver() && !scores.includes(enoughUsd * enoughUsd)) {
    const some = tried.slice(scores.length, scores.length + atOnce);
    const losses = await Promise.all(some.map(([one, other]) => Promise.all([lossUsd(one), lossUsd(other)])));
    scores.push(...losses.map(([one, other]) => one * other));
  }
  // One that is not known is never better than another.
  const best = scores.reduce((at, score, i) => (score > (scores[at] || 0) ? i : at), 0);
  return tried[best]!;
}

/** @param days of the mixture that is cut. */
export function cutTrials(state: BranchState, node: BoundNode, days: readonly ClassDay[]): CutTrials {
  const { tuning, solver, options, stages, isOver } = state;
  const usdByRow = node.prices?.usdByRow;
  const near = usdByRow ? { usdByRow, withinUsd: freer * tuning.nearUsd } : null;
  const { revenue } = stages.at(-1)!;
  const from = node.basis;
  return {
    most: tuning.cutsTried,
    enoughUsd: Math.max(1e-6, node.boundUsd - state.aim.usd),
    isOver,
    profitUsd: async (row) => {
      const rows = row === null ? node.rows : withRow(node.rows, row);
      const { program } = mixtureOf(state, { revenue, days, rows, near });
      const warm = { from: from && basisFor(program, from), by: 'dual' as const };
      const outcome = await solver.solve(program, { ...options, method: 'simplex', explainInfeasibility: 'no', warm });
      if (outcome.kind === 'infeasible') return -Infinity;
      return outcome.kind === 'optimal' ? -outcome.solution.objective : NaN;
    },
  };
}
