/** Eyes on a running solve: progress at most ten times a second, every better solution, and the shared wish to stop. */
import type { Highs, HighsCallbackMap } from 'highs';
import { relativeGap, wishes, type Incumbent } from './messages.ts';
import type { SolveProgress } from './solver.ts';

export interface Watcher {
  onProgress(progress: SolveProgress): void;
  onIncumbent(incumbent: Incumbent): void;
  /** One Int32 with a value of `wishes`. */
  flag: Int32Array;
}

export interface Watch {
  callbacks: HighsCallbackMap;
  /** The same without taking solutions: for auxiliary runs whose solutions are no answers. */
  withoutSolutions: HighsCallbackMap;
  /** A solution that was found between two runs. */
  foundSolution(incumbent: Incumbent): void;
  elapsedSeconds(): number;
  /** The wish that stopped the run; `goOn` when the run ended by itself or was overdue. */
  stoppedBy(): number;
}

const progressIntervalMs = 100;
/** HiGHS checks its own limit; this is asked where it was seen not to. */
const overdueSeconds = 0.5;

const finiteOrNaN = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? value : NaN;

/** @param accepts whether a better solution is one of the program, not only of the rows that stand for its cones so far. */
export function watchRun(
  highs: Highs,
  watcher: Watcher,
  timeLimitSeconds: number,
  accepts: (columns: Float64Array) => boolean,
): Watch {
  const type = highs.constants.callbackType;
  const startedAt = performance.now();
  let reportedAt = -Infinity;
  let stoppedBy: number = wishes.goOn;
  let hasSolution = false;
  const elapsedSeconds = () => (performance.now() - startedAt) / 1000;
  const report = (phase: SolveProgress['phase'], incumbent: number, bound: number, iterations: number): void => {
    const now = performance.now();
    if (now - reportedAt < progressIntervalMs) return;
    reportedAt = now;
    watcher.onProgress({
      phase,
      elapsedSeconds: elapsedSeconds(),
      incumbent,
      bound,
      gap: relativeGap(incumbent, bound),
      iterations: Math.max(0, iterations),
    });
  };
  const stopIfWished = (event: { interrupt(): void }): void => {
    const wish = Atomics.load(watcher.flag, 0);
    if (wish === wishes.cancel || (wish === wishes.keepBest && hasSolution)) {
      stoppedBy = wish;
      event.interrupt();
    } else if (elapsedSeconds() > timeLimitSeconds + overdueSeconds) event.interrupt();
  };
  const withoutSolutions: HighsCallbackMap = {
    [type.simplexInterrupt]: (event) => {
      stopIfWished(event);
      report('linear', NaN, NaN, event.data.simplex_iteration_count ?? 0);
    },
    [type.ipmInterrupt]: (event) => {
      stopIfWished(event);
      report('linear', NaN, NaN, event.data.ipm_iteration_count ?? 0);
    },
    [type.mipInterrupt]: (event) => {
      stopIfWished(event);
      const { mip_primal_bound: incumbent, mip_dual_bound: bound, mip_total_lp_iterations: iterations } = event.data;
      report('search', finiteOrNaN(incumbent), finiteOrNaN(bound), Number(iterations ?? 0n));
    },
  };
  const callbacks: HighsCallbackMap = {
    ...withoutSolutions,
    [type.mipImprovingSolution]: (event) => {
      const { mip_solution: columns, objective_function_value: objective, mip_dual_bound: bound } = event.data;
      if (columns === undefined || objective === undefined || !accepts(columns)) return;
      hasSolution = true;
      watcher.onIncumbent({ columns, objective, bound: finiteOrNaN(bound) });
    },
  };
  const foundSolution = (incumbent: Incumbent): void => {
    hasSolution = true;
    watcher.onIncumbent(incumbent);
  };
  report('presolve', NaN, NaN, 0);
  return { callbacks, withoutSolutions, foundSolution, elapsedSeconds, stoppedBy: () => stoppedBy };
}
