/**
 * The users' true answer to prices and routes: the least cost θ; among answers within rounding of θ the one that is best or worst for the
 * owner; and with its integers fixed the exact corner of that tie, because a row "cost ≤ θ + δ" alone would let the answer drift by δ.
 */
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { moneyOf } from '../../models/sms/money.ts';
import type { Reply } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { buildUsers, leastCost, type UsersSetting } from '../../models/sms/users.ts';
import { withFixedIntegers } from '../../program/fix-integers.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';

export type UsersAnswer =
  | { kind: 'answered'; reply: Reply; usersCostUsd: number; marginUsd: number }
  | { kind: 'cancelled' }
  | { kind: 'failed'; problem: string };

/** Answers within this of the least cost are equally good. */
const tieUsd = 1e-6;
/** Weight of the owner's margin when the corner of a tie is taken: too small to move the users from their least cost. */
const cornerWeight = 1e-6;

/**
 * @param curves the grids by their cost curves [grid][slot]: much smaller, and the dispatch of the reply is then left empty; null: by all
 *   their rows.
 */
export async function usersAnswer(
  problem: SmsProblem,
  setting: UsersSetting,
  solver: Solver,
  options: SolveOptions,
  curves: CostCurve[][] | null = null,
): Promise<UsersAnswer> {
  // "Keep the best so far" ends the search for decisions; an answer cut short would be none, and leave nothing to keep.
  const { stopSignal: _, ...whole } = options;
  const exact = { ...whole, relativeGap: Math.min(options.relativeGap, 1e-9) };
  const least = buildUsers(problem, setting, leastCost, curves);
  const first = await solver.solve(least.program, exact);
  if (first.kind === 'cancelled' || first.kind === 'feasible') return { kind: 'cancelled' };
  if (first.kind !== 'optimal') return { kind: 'failed', problem: `the users' answer is ${first.kind}` };
  const valued = (columns: Float64Array) => {
    const reply = least.read(columns);
    const { usersCostUsd, marginUsd } = moneyOf(problem, setting, reply);
    return { kind: 'answered' as const, reply, usersCostUsd, marginUsd };
  };
  const plain = valued(first.solution.columns);
  const towards = problem.ties === 'optimistic' ? -1 : 1;
  const mostCostUsd = Math.max(first.solution.objective, plain.usersCostUsd) + tieUsd;
  const tied = buildUsers(problem, setting, { costWeight: 0, marginWeight: towards, mostCostUsd }, curves);
  const second = await solver.solve(tied.program, exact);
  if (second.kind === 'cancelled' || second.kind === 'feasible') return { kind: 'cancelled' };
  if (second.kind !== 'optimal') return plain;
  const corner = { costWeight: 1, marginWeight: towards * cornerWeight, mostCostUsd: Infinity };
  const cornered = buildUsers(problem, setting, corner, curves);
  const third = await solver.solve(withFixedIntegers(cornered.program, second.solution.columns), exact);
  return third.kind === 'optimal' ? valued(third.solution.columns) : valued(second.solution.columns);
}
