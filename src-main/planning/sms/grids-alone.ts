/** The grids before any truck: what they pay, and what a MW is worth to them. */
import { dispatchCostUsd } from '../../models/sms/money.ts';
import { withoutTrucks } from '../../models/sms/pattern.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { withoutSharing } from '../../models/sms/reserve-sharing.ts';
import { balanceDuals, extremePrograms, worthRanges, type WorthRange } from '../../models/sms/worth.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';

export type Alone =
  | { kind: 'known'; aloneUsd: number[]; worth: number[][]; ranges: WorthRange[][] }
  | { kind: 'cancelled' }
  | { kind: 'failed'; problem: string };

/** What the grids pay without any truck, and where wanted what a MW is worth to them there and at the extremes of what trucks can do. */
export async function gridsAlone(
  problem: SmsProblem,
  solver: Solver,
  options: SolveOptions,
  wanted: 'cost' | 'worth',
): Promise<Alone> {
  const base = withoutTrucks(problem);
  const programs = wanted === 'worth' ? [base.program, ...extremePrograms(problem)] : [base.program];
  const outcomes = await solver.solveSequence(programs, { ...options, method: 'simplex', explainInfeasibility: 'no' });
  const duals: number[][][] = [];
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.kind === 'cancelled' || outcome.kind === 'feasible') return { kind: 'cancelled' };
    if (outcome.kind !== 'optimal') return { kind: 'failed', problem: `the grids without trucks are ${outcome.kind}` };
    duals.push(balanceDuals(problem, programs[i]!, outcome.solution.rowDuals));
  }
  const [first] = outcomes;
  if (first?.kind !== 'optimal') return { kind: 'cancelled' };
  const costs = base.read(first.solution.columns).map((dispatch, g) => dispatchCostUsd(problem, g, dispatch));
  const apart = problem.reserveSharing ? await gridsAlone(withoutSharing(problem), solver, options, 'cost') : null;
  if (apart !== null && apart.kind !== 'known') return apart;
  return {
    kind: 'known',
    aloneUsd: apart === null ? costs : sharedEqually(apart.aloneUsd, costs),
    worth: duals[0]!,
    ranges: wanted === 'worth' ? worthRanges(problem, duals[1]!, duals[2]!) : [],
  };
}

/** What grids save by holding reserve for each other, trucks or not, is shared equally, so that none pays more than apart. */
function sharedEqually(apartUsd: readonly number[], togetherUsd: readonly number[]): number[] {
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, usd) => total + usd, 0);
  const savedUsd = (sum(apartUsd) - sum(togetherUsd)) / apartUsd.length;
  return apartUsd.map((usd) => usd - savedUsd);
}
