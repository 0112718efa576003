/**
 * The least change of one number with which a day can be planned, to a step.
 *
 * One linear program along the path between the programs at both ends finds the least share of the way with a solution, and among those the
 * cheapest. Where the program at the value found lies on that path, every on/off decision comes out whole and nothing runs both ways, the
 * solution is a plan and the value is the answer. Where on/off decisions have coefficients that change on the way, the path is gone once more
 * with the decisions found; a step less must then be ruled out. Else a day is planned at the value: with a plan the search goes on below
 * it, without one above it, on the path of what is left. A number that bends its bounds on the way (the protection, the energy at departure)
 * comes on a straight path once the way is short. What even that leaves open is halved.
 */
import { buildV2g, type BuiltV2g } from '../../models/v2g/build-v2g.ts';
import { findSimultaneous } from '../../models/v2g/exclusive.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { isOnPath, outweighingStepPrice, programAlongPath } from '../../program/along-path.ts';
import { isWhole, withFixedIntegers } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { solveV2g } from '../plan/solve-v2g.ts';

export interface Change {
  /** The problem with the number at a value; null at a value that cannot be. */
  problemAt: (value: number) => V2gProblem | null;
  /** From a value without a plan towards one that is as lax as can be. */
  from: number;
  to: number;
  /** Where the path begins when it cannot at `from`: there is a state between them, such as on and off. */
  pathFrom?: number;
  /** Values are whole multiples of this, and `to` itself. */
  step: number;
}

const pathRounds = 8;
const halvings = 8;

/** Null when even `to` allows no plan, or nothing was found in the time given. */
export async function leastChange(change: Change, solver: Solver, options: SolveOptions): Promise<number | null> {
  return new Search(change, solver, options).run();
}

/** Every on/off decision at its value in a solution. */
type Commitment = Float64Array;

type OnPath =
  /** No straight path between the two. */
  | { kind: 'unlike' }
  | { kind: 'none' }
  /** `isLeast`: nothing nearer has a plan. `isPlan`: the solution found is one. `isSteady`: no coefficient changes on the way. */
  | { kind: 'found'; value: number; isLeast: boolean; isPlan: boolean; isSteady: boolean; commitment: Commitment };

class Search {
  readonly #change: Change;
  readonly #solver: Solver;
  readonly #options: SolveOptions;
  /** Known to have no plan, and known to have one; null until one is known. */
  #without: number;
  #withPlan: number | null = null;
  readonly #built = new Map<number, BuiltV2g | null>();

  constructor(change: Change, solver: Solver, options: SolveOptions) {
    this.#change = change;
    this.#solver = solver;
    // Any plan will do as a proof, cheap or not.
    this.#options = { ...options, explainInfeasibility: 'no', relativeGap: 0.5, scaling: 'off' };
    this.#without = change.from;
  }

  async run(): Promise<number | null> {
    const { from, to, pathFrom = from } = this.#change;
    for (let round = 0; round < pathRounds && !this.#isCancelled; round++) {
      const start = this.#without === from ? pathFrom : this.#without;
      const found = await this.#alongPath(start, this.#withPlan ?? to, null);
      if (found.kind === 'unlike') break;
      if (found.kind === 'none') return this.#withPlan;
      const { value } = found;
      if (value === this.#withPlan) return value;
      if (found.isPlan) {
        this.#withPlan = value;
        if (found.isLeast || this.#isNextTo(value)) return value;
        continue;
      }
      const committed = found.isSteady ? null : await this.#alongPath(start, this.#withPlan ?? to, found.commitment);
      if (committed?.kind === 'found' && committed.isPlan) {
        this.#withPlan = committed.value;
        if (this.#isNextTo(committed.value) || (await this.#isRuledOut(this.#oneStepLess(committed.value))))
          return committed.value;
      }
      if (await this.#allows(value)) {
        this.#withPlan = value;
        if (found.isLeast || this.#isNextTo(value)) return value;
      } else if (value === to) return null;
      else if (value === this.#without) break;
      else this.#without = value;
    }
    return this.#halve();
  }

  get #isCancelled(): boolean {
    return this.#options.signal?.cancelled ?? false;
  }

  #isNextTo(value: number): boolean {
    return Math.abs(value - this.#without) <= this.#change.step * (1 + 1e-9);
  }

  #oneStepLess(value: number): number {
    const { from, to, step } = this.#change;
    return value - Math.sign(to - from) * step;
  }

  async #allows(value: number): Promise<boolean> {
    const problem = this.#change.problemAt(value);
    if (problem === null) return false;
    const answer = await solveV2g(problem, this.#solver, this.#options);
    return answer.kind === 'optimal' || answer.kind === 'feasible';
  }

  /** Without a thought for whole decisions or opposite flows: what has no solution then has none at all. */
  async #isRuledOut(value: number): Promise<boolean> {
    const built = this.#builtAt(value);
    if (built === null) return true;
    const relaxed = { ...built.program, integrality: new Uint8Array(0) };
    return (await this.#solver.solve(relaxed, this.#options)).kind === 'infeasible';
  }

  #builtAt(value: number): BuiltV2g | null {
    const known = this.#built.get(value);
    if (known !== undefined) return known;
    const problem = this.#change.problemAt(value);
    const built = problem === null ? null : buildV2g(problem);
    this.#built.set(value, built);
    return built;
  }

  /**
   * With a commitment, coefficients of on/off decisions may change along the path. Without one they are those of the lax end, and whole
   * decisions are not asked for: what is found is then no more than what is needed.
   */
  async #alongPath(from: number, to: number, commitment: Commitment | null): Promise<OnPath> {
    const programAt = (value: number): LinearProgram | null => {
      const program = this.#builtAt(value)?.program ?? null;
      return program === null || commitment === null ? program : withFixedIntegers(program, commitment);
    };
    const [start, last] = [programAt(from), programAt(to)];
    if (start === null || last === null) return { kind: 'unlike' };
    const first = commitment === null ? { ...start, values: last.values } : start;
    const path = pathOf(first, last);
    if (path === null) return { kind: 'unlike' };
    const outcome = await this.#solver.solve({ ...path, integrality: new Uint8Array(0) }, this.#options);
    if (outcome.kind === 'infeasible') return { kind: 'none' };
    if (outcome.kind !== 'optimal') return { kind: 'unlike' };
    const { columns } = outcome.solution;
    const isAt = (value: number): boolean => {
      const program = programAt(value);
      return program !== null && isOnPath(program, first, last, (value - from) / (to - from));
    };
    const share = Math.min(1, Math.max(0, columns[path.columnCount - 1]!));
    const value = this.#rounded(from + share * (to - from));
    return {
      kind: 'found',
      value,
      isLeast: value === from || isAt(this.#oneStepLess(value)),
      isPlan: isAt(value) && isWhole(last, columns) && this.#keepsApart(value, columns),
      isSteady: start.values.every((coefficient, at) => coefficient === last.values[at]),
      commitment: columns,
    };
  }

  /** Whether nothing runs both ways in a solution of the path. */
  #keepsApart(value: number, columns: Float64Array): boolean {
    const schedule = this.#builtAt(value)!.read({ columns, objective: 0 });
    return findSimultaneous(this.#change.problemAt(value)!, schedule).length === 0;
  }

  async #halve(): Promise<number | null> {
    const { to } = this.#change;
    if (this.#withPlan === null) {
      if (this.#isCancelled || !(await this.#allows(to))) return null;
      this.#withPlan = to;
    }
    for (let round = 0; round < halvings && !this.#isCancelled; round++) {
      const middle = this.#rounded((this.#without + this.#withPlan) / 2);
      if (middle === this.#withPlan || middle === this.#without) break;
      if (await this.#allows(middle)) this.#withPlan = middle;
      else this.#without = middle;
    }
    return this.#withPlan;
  }

  /** Up to the next multiple of the step on the far side, but not beyond the end. */
  #rounded(value: number): number {
    const { from, to, step } = this.#change;
    const outward = Math.sign(to - from);
    const steps = (value / step) * outward;
    const rounded = Number((Math.ceil(steps - 1e-6) * step * outward).toPrecision(12));
    return outward * rounded > outward * to ? to : rounded;
  }
}

function pathOf(first: LinearProgram, last: LinearProgram): LinearProgram | null {
  try {
    return programAlongPath(first, last, outweighingStepPrice(first, last));
  } catch {
    // The two ends differ in shape.
    return null;
  }
}
