/** The best decision so far, and all that was tried: every decision is valued by the users' true answer to it. */
import { settingOf, wayCostUsd } from '../models/sms/assemble-plan.ts';
import type { OwnerDecision, Reply } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import type { UsersSetting } from '../models/sms/users.ts';
import type { SolveOptions, Solver } from '../solver/solver.ts';
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

export class Incumbents {
  best: Incumbent | null = null;
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
    const answer = await usersAnswer(problem, setting, this.#solver, options);
    if (answer.kind === 'cancelled') return { kind: 'stopped' };
    if (answer.kind === 'failed') return answer;
    const { reply } = answer;
    this.#routes.add(JSON.stringify(decision.routes));
    const profitUsd = answer.marginUsd - wayCostUsd(problem, decision);
    if (profitUsd > this.profitUsd) this.best = { decision, reply, profitUsd };
    return { kind: 'evaluated', profitUsd, reply, setting };
  }
}
