/**
 * Solves a day of operation. With trucks of the operator's own the whole program is too large to search at once, so two things go on side by side:
 * routes are found on the day in steps (models/v2g/coarse-day.ts) and the day is solved in full on them; and the whole program is
 * searched for the bound that tells how far any other routes could do better. Routes it finds on the way are taken where they are cheaper.
 */
import { CancelSource, type CancelSignal } from '../../base/cancel.ts';
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import { coarseDay } from '../../models/v2g/coarse-day.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { fixRoutes } from '../../models/v2g/truck-routes.ts';
import type { TruckSchedule } from '../../models/v2g/schedule.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import { plainSlot, type SlotName } from './conflict-words.ts';
import { plainOf } from './near-plan.ts';
import { solveV2g, type PlannedAnswer, type V2gAnswer } from './solve-v2g.ts';
import { answerOf } from './v2g-answer.ts';

/** The search for better routes ends when none can save more than this share. */
export const routeGap = 0.03;
const coarse = { relativeGap: 0.01, mostSeconds: 30, share: 0.5 };

/** @throws Refusal `case-bad` when the problem contradicts itself. */
export async function solveDay(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName = plainSlot,
): Promise<V2gAnswer> {
  if (!problem.trucks || problem.trucks.trucks.length === 0) return solveV2g(problem, solver, options, slotName);
  const proof = new Proof(problem, plainOf(solver), options);
  const first = await onGoodRoutes(problem, solver, options);
  if (first === 'none') {
    await proof.end();
    return solveV2g(problem, solver, options, slotName);
  }
  if (first === 'no-time') return onFoundRoutes(problem, proof, solver, options, slotName);
  proof.found(first.schedule.objective);
  const outcome = await proof.ended;
  const better = await onRoutesOf(problem, outcome, first, solver, options);
  return within(better ?? first, proof.bound, options);
}

/** The plan with the gap that the bound of the whole proves. */
function within(best: PlannedAnswer, proven: number, { relativeGap }: SolveOptions): PlannedAnswer {
  const { objective } = best.schedule;
  const bound = Math.min(objective, proven);
  const gap = (objective - bound) / Math.max(1e-9, Math.abs(objective));
  return { ...best, kind: gap <= relativeGap ? 'optimal' : 'feasible', bound, gap };
}

/** Time was over before the day in steps, or the day on its routes, had a plan: the routes that the search of the whole found in its own time, if any. */
async function onFoundRoutes(
  problem: V2gProblem,
  proof: Proof,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName,
): Promise<V2gAnswer> {
  const outcome = await proof.alone();
  const built = buildV2g(problem);
  // Why there is none is a question of its own, and soon answered.
  if (outcome.kind === 'infeasible') return solveV2g(problem, solver, options, slotName);
  if (!('solution' in outcome)) return answerOf(problem, built, outcome, slotName);
  const routes = built.read(outcome.solution).trucks!;
  const answer = await onRoutes(problem, routes, problem.trucks!.slotsPerStep, solver, options);
  if (answer.kind === 'infeasible') return solveV2g(problem, solver, options, slotName);
  if (!('schedule' in answer)) return answer;
  return within(answer, proof.bound, options);
}

/** 'none': the day in steps has no plan, or the day itself none on its routes; 'no-time': none was found in time. */
async function onGoodRoutes(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
): Promise<PlannedAnswer | 'none' | 'no-time'> {
  // Limits of the feeder are those of single slots; the day itself is held to them.
  const { network: _network, mesh: _mesh, ...plain } = problem;
  const inSteps = buildV2g(coarseDay(plain));
  const { onProgress: _, ...quiet } = options;
  const outcome = await plainOf(solver).solve(inSteps.program, {
    ...quiet,
    relativeGap: coarse.relativeGap,
    timeLimitSeconds: Math.min(coarse.mostSeconds, coarse.share * options.timeLimitSeconds),
    explainInfeasibility: 'no',
  });
  if (!('solution' in outcome)) return outcome.kind === 'failed' ? 'no-time' : 'none';
  const answer = await onRoutes(problem, inSteps.read(outcome.solution).trucks!, 1, solver, quiet);
  if ('schedule' in answer) return answer;
  return answer.kind === 'failed' ? 'no-time' : 'none';
}

/** @param slotsPerStep of the routes given. */
async function onRoutes(
  problem: V2gProblem,
  routes: readonly TruckSchedule[],
  slotsPerStep: number,
  solver: Solver,
  options: SolveOptions,
): Promise<V2gAnswer> {
  const { onProgress: _, ...quiet } = options;
  const trucks = fixRoutes(problem.trucks!, routes, slotsPerStep);
  return solveV2g({ ...problem, trucks }, solver, { ...quiet, explainInfeasibility: 'no' });
}

/** What the search for the bound found, solved in full on its routes; null where that is no better. */
async function onRoutesOf(
  problem: V2gProblem,
  outcome: SolveOutcome,
  known: PlannedAnswer,
  solver: Solver,
  options: SolveOptions,
): Promise<PlannedAnswer | null> {
  if (!('solution' in outcome) || outcome.solution.objective > known.schedule.objective - 1e-6) return null;
  const routes = buildV2g(problem).read(outcome.solution).trucks!;
  const answer = await onRoutes(problem, routes, problem.trucks!.slotsPerStep, solver, options);
  return 'schedule' in answer && answer.schedule.objective < known.schedule.objective ? answer : null;
}

/** The search of the whole program, stopped once its bound is near enough to what is known. */
class Proof {
  bound = -Infinity;
  readonly ended: Promise<SolveOutcome>;
  readonly #stop = new CancelSource();
  readonly #outer: CancelSignal[];
  readonly #report: NonNullable<SolveOptions['onProgress']>;
  #known = Infinity;
  #isAlone = false;

  constructor(problem: V2gProblem, solver: Solver, options: SolveOptions) {
    const { stopSignal, signal, onProgress, ...rest } = options;
    this.#outer = [signal, stopSignal].filter((one) => one !== undefined);
    this.#report = onProgress ?? (() => undefined);
    this.ended = this.#run(problem, solver, { ...rest, relativeGap: Math.max(routeGap, options.relativeGap) });
    for (const outer of this.#outer) outer.onCancel(() => this.#judge());
  }

  /** From now on it is enough to come near this objective. */
  found(objective: number): void {
    this.#known = objective;
    this.#judge();
  }

  /** Nothing else is searched any more: a wish to stop is one for this search. */
  alone(): Promise<SolveOutcome> {
    this.#isAlone = true;
    this.#judge();
    return this.ended;
  }

  async end(): Promise<void> {
    this.#stop.cancel();
    await this.ended;
  }

  async #run(problem: V2gProblem, solver: Solver, options: SolveOptions): Promise<SolveOutcome> {
    const { program } = buildV2g(problem);
    const outcome = await solver.solve(program, {
      ...options,
      explainInfeasibility: 'no',
      signal: this.#stop,
      onProgress: (progress) => {
        if (progress.bound > this.bound) this.bound = progress.bound;
        const incumbent = Math.min(this.#known, Number.isNaN(progress.incumbent) ? Infinity : progress.incumbent);
        const gap = (incumbent - this.bound) / Math.max(1e-9, Math.abs(incumbent));
        const known = Number.isFinite(incumbent);
        this.#report({ ...progress, incumbent: known ? incumbent : NaN, gap: known ? gap : NaN });
        this.#judge();
      },
    });
    if ('solution' in outcome && outcome.bound > this.bound) this.bound = outcome.bound;
    return outcome;
  }

  #judge(): void {
    const isKnown = this.#known !== Infinity;
    const near = isKnown && this.#known - this.bound <= routeGap * Math.abs(this.#known);
    const unwanted = (isKnown || this.#isAlone) && this.#outer.some(({ cancelled }) => cancelled);
    if (near || unwanted) this.#stop.cancel();
  }
}
