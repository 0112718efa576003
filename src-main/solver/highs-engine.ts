/**
 * HiGHS in WebAssembly, one instance per thread: blocking solves of one program or of a sequence of programs of one shape.
 * It runs inside a worker; nothing else loads HiGHS.
 */
import loadHighs, { type Highs, type HighsCallbackMap, type Model, type ModelStatusCode } from 'highs';
import { firstTangents, partViolation } from '../program/conic-part.ts';
import { differences } from '../program/patch.ts';
import type { LinearProgram } from '../program/program.ts';
import { findConflict } from './conflict.ts';
import { createHighsModel, isMixedInteger, patchModel, startFrom } from './highs-model.ts';
import { addTangents, dropSlackTangents, meetCones } from './meet-cones.ts';
import { meetConesMixed, type MixedCones } from './meet-cones-mixed.ts';
import { wishes, type BareProgram, type TaskOptions, type ThreadOutcome } from './messages.ts';
import { readOutcome, readStatistics } from './outcome.ts';
import type { ConeStatistics } from './solver.ts';
import { watchRun, type Watch, type Watcher } from './watch.ts';

export interface SequenceWatcher extends Watcher {
  onStarted(index: number): void;
  onOutcome(index: number, outcome: ThreadOutcome): void;
}

export interface HighsEngine {
  /** "HiGHS 1.15.1 (WebAssembly)". */
  readonly version: string;
  /**
   * Solves the programs one after the other on one model, keeping the basis (or, with integers, offering the last solution as
   * a start). Once the watcher's flag carries a wish, what has not begun is `cancelled`.
   * @throws Error when HiGHS refuses an input or breaks; the engine should not be used after that.
   */
  solve(programs: readonly BareProgram[], options: TaskOptions, watcher: SequenceWatcher): void;
}

/** Above this many rows and columns a cold linear program goes to the interior-point method when the choice is free. */
const largeProgram = 100_000;

/**
 * Below this a linear program runs unwatched: a call out of WebAssembly at every simplex iteration costs 9 µs, a fifth of the whole
 * solve at this size. There is no solution to bring back before its end, so a cancel loses nothing by killing the thread.
 */
const watchedProgram = 20_000;

/** HiGHS: no scaling before the simplex method. */
const unscaled = 0;
/** Its own choice. */
const scaledAsUsual = 2;
/** HiGHS: what is feasible stays so; new columns are what is not yet best. */
const primalSimplex = 4;

/** How far the worth of an interior point and that of its duals may lie apart, relatively. */
const interiorGap = 1e-7;

type Algorithm = 'choose' | 'simplex' | 'interior' | 'interior-with-basis';

export async function loadHighsEngine(): Promise<HighsEngine> {
  const ignore = (): void => undefined;
  const highs = await loadHighs({ print: ignore, printErr: ignore });
  const version = `HiGHS ${highs.version.string} (WebAssembly)`;
  return { version, solve: (programs, options, watcher) => solveAll(highs, version, programs, options, watcher) };
}

function solveAll(
  highs: Highs,
  version: string,
  programs: readonly BareProgram[],
  options: TaskOptions,
  watcher: SequenceWatcher,
): void {
  const solver = new SequenceSolver(highs, version, options, watcher);
  try {
    programs.forEach((program, index) => {
      if (Atomics.load(watcher.flag, 0) !== wishes.goOn && index > 0) {
        watcher.onOutcome(index, {
          kind: 'cancelled',
          statistics: { solver: version, seconds: 0, iterations: 0, nodes: 0 },
        });
        return;
      }
      const started = (): void => watcher.onStarted(index);
      watcher.onOutcome(index, solver.next(program, programs.length - index > 1, started));
    });
  } finally {
    solver.dispose();
  }
}

class SequenceSolver {
  readonly #highs: Highs;
  readonly #version: string;
  readonly #options: TaskOptions;
  readonly #watcher: Watcher;
  /** The model as it stands, and the program whose numbers it holds. */
  #model: Model | null = null;
  #held: BareProgram | null = null;
  #lastColumns: Float64Array | null = null;
  /** The model's numbers are no longer those of `#held`. */
  #altered = false;

  constructor(highs: Highs, version: string, options: TaskOptions, watcher: Watcher) {
    this.#highs = highs;
    this.#version = version;
    this.#options = options;
    this.#watcher = watcher;
  }

  /** `onStarted` is called when the program has been handed over and the time limit begins. */
  next(program: BareProgram, moreFollow: boolean, onStarted: () => void): ThreadOutcome {
    const warm = this.#model !== null;
    const model = this.#modelFor(program);
    onStarted();
    const watch = watchRun(this.#highs, this.#watcher, this.#options.timeLimitSeconds, (columns) =>
      program.cones.every((cone) => partViolation(cone, columns) <= cone.tolerance),
    );
    const algorithm = this.#algorithm(program, warm, moreFollow);
    const { status, cones, found, nodes } = this.#runToCones(model, program, watch, algorithm);
    const own = readStatistics(model, isMixedInteger(program), this.#version, watch.elapsedSeconds());
    // The last run of a program with cones and integers may have had none of the latter, and no count of nodes.
    const statistics = nodes === null ? own : { ...own, nodes };
    const outcome = readOutcome({
      highs: this.#highs,
      withBasis: this.#options.warm !== undefined && takesBasis(program),
      model,
      program,
      status,
      stoppedBy: watch.stoppedBy(),
      statistics: cones === null ? statistics : { ...statistics, cones },
      found,
    });
    this.#lastColumns = isMixedInteger(program) && 'solution' in outcome ? outcome.solution.columns.slice() : null;
    return outcome.kind === 'infeasible' ? { ...outcome, conflict: this.#explain(program, watch) } : outcome;
  }

  dispose(): void {
    this.#model?.dispose();
    this.#model = null;
    this.#held = null;
    this.#altered = false;
  }

  #modelFor(program: BareProgram): Model {
    // The tangents of one program's cones say nothing of another's.
    if (this.#altered || (this.#held !== null && !sameCones(this.#held, program))) this.dispose();
    if (this.#model !== null && this.#held !== null) {
      // Names do not take part in a patch.
      const named = (bare: BareProgram): LinearProgram => ({ ...bare, columnNames: [], rowNames: [] });
      patchModel(this.#model, differences(named(this.#held), named(program)));
      if (isMixedInteger(program) && this.#lastColumns !== null)
        this.#model.setSolution({ colValue: this.#lastColumns });
    } else {
      this.#model = createHighsModel(this.#highs, program);
      const first = program.cones.flatMap(firstTangents);
      if (first.length > 0) addTangents(this.#model, program, first);
      const from = this.#options.warm?.from ?? null;
      if (from !== null && takesBasis(program)) startFrom(this.#model, from);
    }
    this.#held = program;
    return this.#model;
  }

  #algorithm(program: BareProgram, warm: boolean, moreFollow: boolean): Algorithm {
    // For HiGHS any other solver means: drop the integrality.
    if (isMixedInteger(program)) return 'choose';
    const begins = warm || (this.#options.warm?.from && this.#options.method === 'choose' && takesBasis(program));
    if (begins || this.#options.method === 'simplex') return 'simplex';
    if (this.#options.method === 'crossover') return 'interior-with-basis';
    const large = program.columnCount + program.rowCount > largeProgram;
    if (this.#options.method === 'choose' && !large) return 'choose';
    return moreFollow || this.#options.warm !== undefined ? 'interior-with-basis' : 'interior';
  }

  #runToCones(
    model: Model,
    program: BareProgram,
    watch: Watch,
    algorithm: Algorithm,
  ): { status: ModelStatusCode; cones: ConeStatistics | null; nodes: number | null } & Pick<MixedCones, 'found'> {
    if (program.cones.length === 0)
      return { status: this.#run(model, program, watch, algorithm), cones: null, found: null, nodes: null };
    if (!isMixedInteger(program)) {
      const { status, cones, met } = this.#meet(model, program, watch, algorithm);
      // Boxes taken out leave the model unsolved, so the solution is read from what was met.
      return { status, cones, found: met, nodes: null };
    }
    const before = this.#meetRelaxed(model, program, watch);
    const linear: BareProgram = { ...program, integrality: new Uint8Array(0) };
    const { status, cones, found, nodes } = meetConesMixed(this.#highs, model, program, this.#options.relativeGap, {
      search: () => {
        if (this.#altered) this.#restoreCosts(model, program);
        return this.#run(model, program, watch, 'choose');
      },
      meetLinear: () => this.#meet(model, linear, watch, 'simplex'),
      // A copy: what is reported is handed over to another thread.
      onSolution: ({ columns, objective }, bound) =>
        watch.foundSolution({ columns: columns.slice(), objective, bound }),
    });
    const rounds = cones.rounds + before.rounds;
    return { status, cones: { ...cones, rounds, tangents: cones.tangents + before.tangents }, found, nodes };
  }

  /**
   * Tangents hold with and without integers, and a round of the linear relaxation is warm while a search begins anew: so the cones are met on
   * the relaxation first, and the search has few left to meet.
   */
  #meetRelaxed(model: Model, program: BareProgram, watch: Watch): ConeStatistics {
    model.clearIntegrality();
    const linear: BareProgram = { ...program, integrality: new Uint8Array(0) };
    const { met, cones } = this.#meet(model, linear, watch, 'choose');
    if (met !== null && !met.settled) dropSlackTangents(model, program.rowCount);
    model.changeColsIntegrality(everyColumn(program), Int32Array.from(program.integrality));
    return cones;
  }

  #meet(model: Model, program: BareProgram, watch: Watch, algorithm: Algorithm) {
    // Rounds after the first start from the basis of the one before, which only the simplex method can.
    let next: Algorithm = algorithm === 'interior' ? 'interior-with-basis' : algorithm;
    return meetCones(this.#highs, model, program, this.#options.relativeGap, () => {
      if (this.#altered) this.#restoreCosts(model, program);
      const status = this.#run(model, program, watch, next);
      next = isMixedInteger(program) ? 'choose' : 'simplex';
      return status;
    });
  }

  #restoreCosts(model: Model, program: BareProgram): void {
    model.changeColsCost(everyColumn(program), program.cost);
    this.#altered = false;
  }

  #run(model: Model, program: BareProgram, watch: Watch, algorithm: Algorithm): ModelStatusCode {
    const code = this.#highs.constants.modelStatus;
    const { timeLimitSeconds, relativeGap, seed, scaling, warm } = this.#options;
    const run = (chosen: Algorithm, callbacks: HighsCallbackMap, scale = scaling): ModelStatusCode => {
      model.options.set({
        output_flag: false,
        time_limit: Math.max(0, timeLimitSeconds - watch.elapsedSeconds()),
        mip_rel_gap: relativeGap,
        random_seed: seed,
        solver: chosen === 'choose' || chosen === 'simplex' ? chosen : 'ipm',
        run_crossover: chosen === 'interior' ? 'off' : 'on',
        simplex_scale_strategy: scale === 'off' ? unscaled : scaledAsUsual,
        ...(warm?.from && warm.by === 'primal' ? { simplex_strategy: primalSimplex } : {}),
      });
      model.zeroAllClocks();
      return model.run(callbacks).modelStatus;
    };
    const size = program.columnCount + program.rowCount;
    const callbacks = isMixedInteger(program) || size > watchedProgram ? watch.callbacks : {};
    let status = run(algorithm, callbacks);
    const asked = this.#options.method === 'interior' && algorithm === 'interior';
    if (status === code.unknown && asked && this.#isNearlyOptimal(model)) return code.optimal;
    if (algorithm.startsWith('interior') && (status === code.unknown || status === code.solveError))
      status = run('simplex', callbacks);
    // A warm start may end in doubt after many tangents, above all without scaling: once more from nothing.
    if (status === code.unknown && algorithm === 'simplex') {
      model.clearSolver();
      status = run('choose', callbacks, 'choose');
    }
    if (status !== code.unboundedOrInfeasible) return status;
    // Without costs the program cannot be unbounded, so that a solution of it tells the two apart. It is no incumbent.
    this.#altered = true;
    model.changeColsCost(everyColumn(program), new Float64Array(program.columnCount));
    const costless = run('choose', watch.withoutSolutions);
    const found = model.info.get('primal_solution_status') === this.#highs.constants.solutionStatus.feasible;
    return found ? code.unbounded : costless;
  }

  /**
   * Interior points end within the gap and a little off the corners, which HiGHS holds against some of their duals. Where the solution is feasible and its worth is that of
   * its duals nothing is missing for who asked for interior points: to begin anew by the simplex method takes ten times as long.
   */
  #isNearlyOptimal(model: Model): boolean {
    const isFeasible = model.info.get('primal_solution_status') === this.#highs.constants.solutionStatus.feasible;
    const apart = Number(model.info.get('primal_dual_objective_error'));
    return isFeasible && apart >= 0 && apart <= interiorGap;
  }

  #explain(program: BareProgram, watch: Watch) {
    const none = { rows: [], columns: [] };
    if (this.#options.explainInfeasibility === 'no' || Atomics.load(this.#watcher.flag, 0) !== wishes.goOn) return none;
    const elapsedSeconds = watch.elapsedSeconds();
    this.#watcher.onProgress({ phase: 'explain', elapsedSeconds, incumbent: NaN, bound: NaN, gap: NaN, iterations: 0 });
    return findConflict(this.#highs, program, this.#options, this.#watcher.flag);
  }
}

const takesBasis = (program: BareProgram): boolean => !isMixedInteger(program) && program.cones.length === 0;

const everyColumn = (program: BareProgram) => ({ kind: 'range', from: 0, to: program.columnCount - 1 }) as const;
const sameCones = (a: BareProgram, b: BareProgram): boolean =>
  a.cones === b.cones || JSON.stringify(a.cones) === JSON.stringify(b.cones);
