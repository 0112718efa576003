/** The best decision so far, and all that was tried: every decision is valued by the users' true answer to it. */
import { settingOf, wayCostUsd } from '../../models/sms/assemble-plan.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { buildCurveProgram } from '../../models/sms/marginal/curve-program.ts';
import type { OwnerDecision, Reply } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { UsersSetting } from '../../models/sms/users.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { usersAnswer } from './users-answer.ts';

export interface Incumbent {
  decision: OwnerDecision;
  reply: Reply;
  profitUsd: number;
}

export type Evaluation =
  | { kind: 'evaluated'; profitUsd: number; reply: Reply; setting: UsersSetting }
  | { kind: 'stopped' }
  | { kind: 'failed'; problem: string };

/** The dispatch of a plan that is at hand is worth this wait, whatever the time limit. */
const finishSeconds = 30;

export class Incumbents {
  best: Incumbent | null = null;
  /** Where they are known the users are asked by these; the dispatch is then completed at the end. */
  curves: CostCurve[][] | null = null;
  readonly #problem: SmsProblem;
  readonly #solver: Solver;
  readonly #routes = new Set<string>();

  constructor(problem: SmsProblem, solver: Solver) {
    this.#problem = problem;
    this.#solver = solver;
  }

  get profitUsd(): number {
    return this.best?.profitUsd ?? -Infinity;
  }
  /** Different routes of the fleet that were answered. */
  get routes(): number {
    return this.#routes.size;
  }

  async evaluate(decision: OwnerDecision, options: SolveOptions): Promise<Evaluation> {
    const problem = this.#problem;
    const setting = settingOf(problem, decision);
    const answer = await usersAnswer(problem, setting, this.#solver, options, this.curves);
    if (answer.kind === 'cancelled') return { kind: 'stopped' };
    if (answer.kind === 'failed') return answer;
    const { reply } = answer;
    this.#routes.add(JSON.stringify(decision.routes));
    const profitUsd = answer.marginUsd - wayCostUsd(problem, decision);
    if (profitUsd > this.profitUsd) this.best = { decision, reply, profitUsd };
    return { kind: 'evaluated', profitUsd, reply, setting };
  }

  /** Fills in what the grids do at the trucks' powers of the best; false when it was cancelled. */
  async completeDispatch(options: SolveOptions): Promise<boolean> {
    const { best, curves } = this;
    if (best === null || curves === null) return true;
    const problem = this.#problem;
    const { presence } = settingOf(problem, best.decision);
    const netMw = problem.grids.map(() => new Array<number>(problem.slots).fill(0));
    presence.forEach((slots, k) =>
      slots.forEach((grid, slot) => {
        if (grid !== null) netMw[grid]![slot]! += best.reply.dischargeMw[k]![slot]! - best.reply.chargeMw[k]![slot]!;
      }),
    );
    const { at, dispatch } = buildCurveProgram(problem);
    const { signal: _signal, stopSignal: _stopSignal, ...quiet } = options;
    const finish = { ...quiet, timeLimitSeconds: finishSeconds, method: 'simplex' as const };
    const outcome = await this.#solver.solve(at(netMw), finish);
    if (outcome.kind !== 'optimal') return false;
    const grids = dispatch(outcome.solution.columns).map((own, g) => ({ ...own, active: best.reply.grids[g]!.active }));
    this.best = { ...best, reply: { ...best.reply, grids } };
    return true;
  }
}
