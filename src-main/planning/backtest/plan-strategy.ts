/** A strategy's plan for a day, from what was known at its gate; perfect foresight alone is given the day itself. */
import type { CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { slotLabel } from '../../base/horizon.ts';
import { runThrough } from '../../base/steps.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { Solver } from '../../solver/solver.ts';
import type { SetKind } from '../../uncertainty/day-set.ts';
import type { RealDay } from '../../verify/realised-day.ts';
import { buildProblem, withoutV2g, type DayInputs, type Recourse } from '../plan/build-problem.ts';
import type { FittedDay } from '../sets/fit-day.ts';
import { fitDayKind } from '../sets/fit-sets.ts';
import { judgeDial, type DialJudgement } from '../protection/judge-dial.ts';
import { leastSize } from '../protection/least-size.ts';
import { solveEach } from '../protection/size-point.ts';
import { sizedDay } from '../protection/sized-day.ts';
import { operationSolve } from '../operation-solve.ts';
import { solveOnNetwork } from '../network/solve-on-network.ts';
import { failureOf } from '../plan/chance-form.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { testAgainst } from '../plan/test-plan.ts';
import { perfectForesight } from './perfect-foresight.ts';
import type { Strategy } from './strategy.ts';

export interface PlannedDay {
  fitted: FittedDay;
  /** At no set in particular; `set` holds intervals only. */
  inputs: DayInputs;
  /** Coverage the intervals were fitted to, and so the sets of whole days. */
  nominal: number;
}

export interface StrategyPlan {
  problem: V2gProblem;
  schedule: V2gSchedule;
  protection: number | null;
  /** NaN where nothing is proven. */
  gap: number;
  /** Of the chance dial: whether its target was kept; where not, the safest size that was solved is played. Null for other strategies. */
  dial: DialJudgement | null;
}

export interface StrategySolve {
  solver: Solver;
  timeLimitSeconds: number;
  signal: CancelSignal;
}

/** @throws Refusal `plan-infeasible`, `solver-failed`, `cancelled`, `too-little-history`, `bad-request` for an α above the components */
export async function planStrategy(
  strategy: Strategy,
  day: PlannedDay,
  real: RealDay,
  solve: StrategySolve,
): Promise<StrategyPlan> {
  switch (strategy.kind) {
    case 'budget': {
      requireWithin(strategy.protection, day);
      const { protection } = strategy;
      return { ...(await solved(budgetProblem(day, strategy), day, solve)), protection, dial: null };
    }
    case 'set':
      return { ...(await solved(setProblem(day, strategy.set), day, solve)), protection: null, dial: null };
    case 'without-v2g': {
      requireWithin(strategy.protection, day);
      const { protection } = strategy;
      // Without a network to know its losses they are the share of the site.
      const problem = withoutV2g(budgetProblem(offNetwork(day), { protection }));
      return { ...(await solved(problem, day, solve)), protection, dial: null };
    }
    case 'perfect': {
      // No limit of the feeder and none of its losses: nothing that is carried out can cost less.
      const { network: _, mesh: __, ...problem } = budgetProblem(day, { protection: 0 });
      return { ...(await solved(perfectForesight(problem, real), day, solve)), protection: null, dial: null };
    }
    case 'dial':
      return dialled(1 / strategy.days, strategy.set, day, solve);
  }
}

const budgetProblem = (
  { inputs }: PlannedDay,
  {
    protection,
    slotProtection,
    recourse = 'affine',
  }: { protection: number; slotProtection?: number | undefined; recourse?: Recourse },
): V2gProblem => buildProblem(inputs, { set: 'budget', protection, slotProtection }, recourse);

function offNetwork(day: PlannedDay): PlannedDay {
  const { network: _, mesh: __, ...inputs } = day.inputs;
  return { ...day, inputs };
}

const setProblem = (day: PlannedDay, kind: Exclude<SetKind, 'budget'>): V2gProblem =>
  buildProblem(withSet(day, kind), { set: kind });

/** The inputs of the day, with the set of whole days where the kind is one. */
function withSet({ inputs, fitted, nominal }: PlannedDay, kind: SetKind): DayInputs {
  const daySet = runThrough(fitDayKind(fitted.inputs, inputs.set, { set: kind, nominal }));
  return daySet === null ? inputs : { ...inputs, set: { ...inputs.set, daySet } };
}

function requireWithin(protection: number, { inputs }: PlannedDay): void {
  const most = inputs.set.components.length;
  if (protection > most)
    throw new Refusal('bad-request', {
      call: 'backtest',
      problem: `protection ${protection} is above ${most}, the number of components`,
    });
}

const optionsOf = ({ timeLimitSeconds, signal }: StrategySolve) => ({
  ...operationSolve,
  timeLimitSeconds,
  explainInfeasibility: 'no' as const,
  signal,
});

async function solved(
  problem: V2gProblem,
  { inputs }: PlannedDay,
  solve: StrategySolve,
): Promise<Omit<StrategyPlan, 'protection' | 'dial'>> {
  const { answer } = await solveOnNetwork(problem, solve.solver, optionsOf(solve), (slot) =>
    slotLabel(inputs.horizon, slot),
  );
  if (solve.signal.cancelled) throw new Refusal('cancelled', { what: 'The back-test' });
  return { problem, ...scheduleOf(problem, answer, inputs.horizon.day) };
}

function scheduleOf(problem: V2gProblem, answer: V2gAnswer, day: string): { schedule: V2gSchedule; gap: number } {
  switch (answer.kind) {
    case 'optimal':
    case 'feasible':
      return { schedule: answer.schedule, gap: answer.gap };
    case 'infeasible':
      throw new Refusal('plan-infeasible', { day, why: 'no schedule keeps all limits.', conflict: [] });
    case 'cancelled':
      throw new Refusal('cancelled', { what: 'The back-test' });
    case 'failed':
      throw new Refusal('solver-failed', { problem: failureOf(problem, answer.problem) });
  }
}

/**
 * The least size of a set measured short on at most `target` of the days it was not fitted from; where none is that good, the safest that was solved, and
 * the plan says so.
 */
async function dialled(target: number, kind: SetKind, day: PlannedDay, solve: StrategySolve): Promise<StrategyPlan> {
  const { horizon } = day.inputs;
  const inputs = withSet(day, kind);
  const { set } = inputs;
  const sized = sizedDay(inputs, { set: kind, protection: set.components.length });
  const tried = new Map<number, V2gAnswer>();
  const measure = (sizes: readonly number[]) =>
    solveEach(sized, sizes, async (size) => {
      const problem = sized.at(size);
      const { answer } = await solveOnNetwork(problem, solve.solver, optionsOf(solve));
      if (solve.signal.cancelled) throw new Refusal('cancelled', { what: 'The back-test' });
      tried.set(size, answer);
      if (!('schedule' in answer)) return { size, share: NaN, state: answer.kind };
      const test = testAgainst(problem, answer.schedule, { set, kind, seed: operationSolve.seed });
      return { size, share: test.anyViolation.share, state: 'solved' as const };
    });
  const { chosen, points } = await leastSize(sized.scale, target, measure);
  const safest = points
    .filter(({ share }) => !Number.isNaN(share))
    .reduce<(typeof points)[number] | null>((best, point) => (best && best.share <= point.share ? best : point), null);
  const { size } = chosen ?? safest ?? points[0]!;
  const protection = kind === 'budget' ? size : null;
  const problem = sized.at(size);
  const dial = judgeDial(points, chosen?.size ?? null);
  return { problem, protection, dial, ...scheduleOf(problem, tried.get(size)!, horizon.day) };
}
