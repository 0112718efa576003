/** What every adapter of `Solver` must do. Called from the adapter's own test file. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelSource } from '../base/cancel.ts';
import type { Basis } from '../program/basis.ts';
import { ProgramBuilder, type LinearProgram } from '../program/program.ts';
import {
  covering,
  disc,
  knapsack,
  marketSplit,
  missedDisc,
  parityConflict,
  plantedConflict,
  twoColumns,
  unbounded,
} from './fixtures/programs.ts';
import { bestVertex, smallProgram } from './fixtures/vertices.ts';
import {
  defaultSolveOptions,
  type SolveOptions,
  type SolveOutcome,
  type SolveProgress,
  type Solver,
} from './solver.ts';

type Kind = SolveOutcome['kind'];

/** The outcome, known to be of this kind. */
export function as<Wanted extends Kind>(
  outcome: SolveOutcome | undefined,
  kind: Wanted,
): Extract<SolveOutcome, { kind: Wanted }> {
  if (outcome?.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(outcome).slice(0, 400)}`);
  return outcome as Extract<SolveOutcome, { kind: Wanted }>;
}

/** Every bound, row and integrality holds, and the objective is the one of these columns. */
export function expectFeasible(program: LinearProgram, outcome: SolveOutcome): void {
  if (!('solution' in outcome)) throw new Error(`no solution in ${outcome.kind}`);
  const { columns, rows, objective } = outcome.solution;
  const tolerance = 1e-6;
  const activity = new Float64Array(program.rowCount);
  let value = program.offset;
  columns.forEach((amount, column) => {
    value += program.cost[column]! * amount;
    expect(amount).toBeGreaterThanOrEqual(program.columnLower[column]! - tolerance);
    expect(amount).toBeLessThanOrEqual(program.columnUpper[column]! + tolerance);
    if (program.integrality[column] === 1) expect(Math.abs(amount - Math.round(amount))).toBeLessThan(1e-5);
    for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
      activity[program.indices[at]!]! += program.values[at]! * amount;
  });
  activity.forEach((amount, row) => {
    expect(amount).toBeGreaterThanOrEqual(program.rowLower[row]! - 1e-5);
    expect(amount).toBeLessThanOrEqual(program.rowUpper[row]! + 1e-5);
    expect(rows[row]).toBeCloseTo(amount, 5);
  });
  expect(columns.length).toBe(program.columnCount);
  expect(objective).toBeCloseTo(value, 5);
}

export function describeSolver(name: string, createSolver: () => Solver): void {
  describe(`Solver: ${name}`, () => {
    let solver: Solver;
    beforeAll(() => {
      solver = createSolver();
    });
    afterAll(() => solver.dispose());
    const options = (changes: Partial<SolveOptions> = {}): SolveOptions => ({ ...defaultSolveOptions, ...changes });

    it.each(['choose', 'simplex', 'interior'] as const)(
      'solves a linear program by %s, offset and dual included',
      async (method) => {
        const outcome = as(await solver.solve(twoColumns(), options({ method })), 'optimal');
        expect(outcome.solution.objective).toBeCloseTo(84, 6);
        expect([...outcome.solution.columns].map((value) => +value.toFixed(5))).toEqual([4, 2]);
        expect(outcome.solution.rowDuals[0]).toBeCloseTo(-2, 5);
        expect(outcome.bound).toBeCloseTo(84, 6);
        expect(outcome.gap).toBe(0);
        expect(outcome.statistics.solver).toBe(solver.version);
        expectFeasible(twoColumns(), outcome);
      },
    );

    it('a row dual is the change of the objective per unit of right-hand side', async () => {
      const low = as(await solver.solve(twoColumns(6), options()), 'optimal').solution;
      const high = as(await solver.solve(twoColumns(6.5), options()), 'optimal').solution;
      expect((high.objective - low.objective) / 0.5).toBeCloseTo(low.rowDuals[0]!, 6);
    });

    it('leaves the caller its program', async () => {
      const program = twoColumns();
      await solver.solve(program, options());
      expect(program).toEqual(twoColumns());
    });

    it('solves a program without columns, and one without rows', async () => {
      const empty = new ProgramBuilder('empty');
      empty.addOffset(7);
      expect(as(await solver.solve(empty.compile(), options()), 'optimal').solution.objective).toBe(7);
      const rowless = new ProgramBuilder('rowless');
      rowless.addColumn({ name: 'x', lower: 2, upper: 3, cost: 5 });
      expect(as(await solver.solve(rowless.compile(), options()), 'optimal').solution.objective).toBe(10);
      const impossible = new ProgramBuilder('impossible');
      impossible.addRow({ name: 'nothing is one', lower: 1, upper: 1, terms: [] });
      expect(as(await solver.solve(impossible.compile(), options()), 'infeasible').conflict).toEqual([
        'nothing is one',
      ]);
    });

    it('meets a cone that alone bounds the program', async () => {
      const outcome = as(await solver.solve(disc(10), options()), 'optimal');
      expect(outcome.solution.objective).toBeCloseTo(-10 * Math.SQRT2, 6);
      expect(Math.hypot(...outcome.solution.columns)).toBeLessThanOrEqual(10 + 1e-7);
      expect(outcome.solution.rows.length).toBe(1);
      expect(outcome.statistics.cones!.tangents).toBeGreaterThan(0);
      expect(outcome.statistics.cones!.largestViolation).toBeLessThanOrEqual(1e-7);
    });

    it('meets a cone with an integer column', async () => {
      const outcome = as(await solver.solve(disc(10, 'integer'), options()), 'optimal');
      expect(outcome.solution.objective).toBeCloseTo(-7 - Math.sqrt(51), 5);
    });

    it('meets cones with integer columns at the best of all choices of the integers', async () => {
      // min −x·c − y·k with ‖x‖ ≤ Σ y_i r_i and at most two of four y: the optimum by hand for every choice of y.
      const [gains, radii, prices] = [
        [3, 1, 2],
        [1, 2.5, 3, 4.2],
        [1.2, 4.8, 7.9, 13.1],
      ];
      const program = new ProgramBuilder('choose two');
      const x = gains!.map((gain, i) => program.addColumn({ name: `x ${i}`, lower: -9, upper: 9, cost: -gain }));
      const y = prices!.map((cost, i) =>
        program.addColumn({ name: `y ${i}`, lower: 0, upper: 1, cost, kind: 'integer' }),
      );
      program.addRow({ name: 'two', lower: -Infinity, upper: 2, terms: y.map((column) => [column, 1] as const) });
      program.addCone({
        name: 'reach',
        norm: x.map((column) => ({ terms: [[column, 1] as const], constant: 0 })),
        bound: { terms: y.map((column, i) => [column, radii![i]!] as const), constant: 0.5 },
        tolerance: 1e-7,
      });
      let best = Infinity;
      for (let choice = 0; choice < 16; choice++) {
        const taken = radii!.map((_, i) => (choice >> i) & 1);
        if (taken.reduce((sum, one) => sum + one, 0) > 2) continue;
        const reach = 0.5 + taken.reduce((sum, one, i) => sum + one * radii![i]!, 0);
        best = Math.min(
          best,
          taken.reduce((sum, one, i) => sum + one * prices![i]!, 0) - reach * Math.hypot(...gains!),
        );
      }
      const outcome = as(await solver.solve(program.compile(), options()), 'optimal');
      expect(outcome.solution.objective).toBeCloseTo(best, 5);
      expect(outcome.bound).toBeLessThanOrEqual(outcome.solution.objective + 1e-6);
      expect(Number.isSafeInteger(outcome.statistics.nodes)).toBe(true);
      expect(outcome.statistics.nodes).toBeLessThan(1e6);
    });

    it('says that nothing lies where the cone is missed', async () => {
      expect((await solver.solve(missedDisc(10, 11), options())).kind).toBe('infeasible');
    });

    it('follows a cone along a sequence', async () => {
      const outcomes = await solver.solveSequence([disc(10), disc(10), disc(3)], options());
      expect(outcomes.map((outcome) => +as(outcome, 'optimal').solution.objective.toFixed(5))).toEqual([
        -14.14214, -14.14214, -4.24264,
      ]);
    });

    it('goes on from a basis in few steps, and from a senseless one all the same', async () => {
      const before = as(
        await solver.solve(covering(60, 120, 4), options({ warm: { from: null, by: 'primal' } })),
        'optimal',
      );
      const { basis } = before.solution;
      const again = (from: Basis) =>
        solver.solve(covering(60, 120, 4, 1.01), options({ method: 'simplex', warm: { from, by: 'dual' } }));
      const cold = as(await solver.solve(covering(60, 120, 4, 1.01), options({ method: 'simplex' })), 'optimal');
      const warm = as(await again(basis!), 'optimal');
      expect(warm.solution.objective).toBeCloseTo(cold.solution.objective, 6);
      expect(warm.statistics.iterations).toBeLessThan(cold.statistics.iterations / 2);
      const everythingBasic = { columns: new Int32Array(120).fill(1), rows: new Int32Array(60).fill(1) };
      for (const senseless of [everythingBasic, { columns: new Int32Array(3), rows: new Int32Array(1) }])
        expect(as(await again(senseless), 'optimal').solution.objective).toBeCloseTo(cold.solution.objective, 6);
      expect(cold.solution.basis).toBeUndefined();
    });
    it('finds the best 0/1 knapsack, as enumeration does', async () => {
      const values = [9, 7, 11, 4, 13, 8, 5, 10, 6, 12];
      const weights = [4, 3, 5, 2, 7, 4, 3, 5, 3, 6];
      let best = 0;
      for (let set = 0; set < 1 << values.length; set++) {
        const taken = values.map((_, i) => (set >> i) & 1);
        const weight = taken.reduce((sum, take, i) => sum + take * weights[i]!, 0);
        if (weight <= 17)
          best = Math.max(
            best,
            taken.reduce((sum, take, i) => sum + take * values[i]!, 0),
          );
      }
      const program = knapsack(values, weights, 17);
      const outcome = as(await solver.solve(program, options()), 'optimal');
      expect(outcome.solution.objective).toBeCloseTo(-best, 6);
      expect(outcome.bound).toBeCloseTo(-best, 3);
      expect(outcome.solution.rowDuals.length).toBe(0);
      expectFeasible(program, outcome);
    });

    it.each(['continuous', 'integer'] as const)('tells unbounded from infeasible (%s)', async (kind) => {
      expect((await solver.solve(unbounded(kind), options())).kind).toBe('unbounded');
    });

    it('names exactly the planted conflict', async () => {
      const outcome = as(await solver.solve(plantedConflict(), options()), 'infeasible');
      expect(outcome.conflict.toSorted()).toEqual(['bound of x0', 'cap', 'need']);
    });

    it('names a conflict that only integrality makes', async () => {
      expect(as(await solver.solve(parityConflict(), options()), 'infeasible').conflict).toEqual(['parity']);
    });

    it('names nothing when not asked', async () => {
      const outcome = await solver.solve(plantedConflict(), options({ explainInfeasibility: 'no' }));
      expect(as(outcome, 'infeasible').conflict).toEqual([]);
    });

    it('stops at the time limit with the best solution and its gap', async () => {
      const program = marketSplit();
      const seen: SolveProgress[] = [];
      const outcome = as(
        await solver.solve(program, options({ timeLimitSeconds: 0.7, onProgress: (progress) => seen.push(progress) })),
        'feasible',
      );
      expect(outcome.why).toBe('time-limit');
      expectFeasible(program, outcome);
      expect(outcome.bound).toBeGreaterThanOrEqual(1000 - 1e-6);
      expect(outcome.gap).toBeCloseTo((outcome.solution.objective - outcome.bound) / outcome.solution.objective, 9);
      expect(outcome.gap).toBeGreaterThan(0);
      const last = seen.filter(({ phase }) => phase === 'search').at(-1);
      expect(last?.incumbent).toBeGreaterThanOrEqual(outcome.solution.objective - 1e-6);
      expect(last?.bound).toBeLessThanOrEqual(outcome.bound + 1e-6);
      expect(seen.length).toBeLessThanOrEqual(12);
    });

    it('says so when time runs out before a first solution', async () => {
      const outcome = await solver.solve(
        covering(800, 1600, 5),
        options({ timeLimitSeconds: 1e-4, method: 'simplex' }),
      );
      expect(as(outcome, 'failed').problem).toMatch(/time/);
    });

    it.each(['signal', 'stopSignal'] as const)(
      'answers %s with the best so far, before its time is over',
      async (kind) => {
        const source = new CancelSource();
        const outcome = await solver.solve(
          marketSplit(),
          options({
            [kind]: source,
            onProgress: ({ incumbent }) => {
              if (!Number.isNaN(incumbent)) source.cancel();
            },
          }),
        );
        expect(as(outcome, 'feasible').why).toBe('cancelled');
        expectFeasible(marketSplit(), outcome);
      },
    );

    it('a stop before the first solution waits for it, a cancel does not', async () => {
      const source = new CancelSource();
      source.cancel();
      const kept = as(await solver.solve(marketSplit(), options({ stopSignal: source })), 'feasible');
      expect(kept.why).toBe('cancelled');
      expect((await solver.solve(marketSplit(), options({ signal: source }))).kind).toBe('cancelled');
    });

    it('ends a long linear program on a cancel, without an answer', async () => {
      const source = new CancelSource();
      const seen: SolveProgress[] = [];
      const onProgress = (progress: SolveProgress): void => {
        seen.push(progress);
        source.cancel();
      };
      const program = covering(2000, 5000, 6);
      const outcome = await solver.solve(program, options({ signal: source, method: 'simplex', onProgress }));
      expect(outcome.kind).toBe('cancelled');
      expect(seen.length).toBeGreaterThan(0);
    });

    it('reports the progress of a large linear program', async () => {
      const seen: SolveProgress[] = [];
      const program = covering(400, 20_000, 2);
      const outcome = await solver.solve(program, options({ onProgress: (progress) => seen.push(progress) }));
      expect(outcome.kind).toBe('optimal');
      expect(seen.some(({ phase, iterations }) => phase === 'linear' && iterations > 0)).toBe(true);
    });

    it('serves the next program after a cancel', async () => {
      expect((await solver.solve(twoColumns(), options())).kind).toBe('optimal');
    });

    it.each(['choose', 'interior'] as const)('a sequence gives what one by one gives (%s)', async (method) => {
      const scales = [1.6, 1.3, 1, 1.2, 40, 0.8];
      const programs = scales.map((scale) => covering(60, 120, 4, scale));
      const order: number[] = [];
      const together = await solver.solveSequence(programs, options({ method, explainInfeasibility: 'no' }), (index) =>
        order.push(index),
      );
      expect(order).toEqual([0, 1, 2, 3, 4, 5]);
      for (const [index, program] of programs.entries()) {
        const alone = await solver.solve(program, options({ explainInfeasibility: 'no' }));
        expect(together[index]!.kind).toBe(alone.kind);
        if (alone.kind !== 'optimal') continue;
        expect(as(together[index], 'optimal').solution.objective).toBeCloseTo(alone.solution.objective, 4);
        expectFeasible(program, alone);
      }
      expect(together.map(({ kind }) => kind)).toContain('infeasible');
    });

    it('a sequence with changed coefficients, costs and bounds, and with integers', async () => {
      const programs = [17, 9, 25].map((capacity) => knapsack([9, 7, 11, capacity], [4, 3, capacity / 5, 2], capacity));
      const together = await solver.solveSequence(programs, options());
      for (const [index, program] of programs.entries()) {
        const alone = as(await solver.solve(program, options()), 'optimal');
        expect(as(together[index], 'optimal').solution.objective).toBeCloseTo(alone.solution.objective, 6);
      }
    });

    it('a cancelled sequence keeps what is done', async () => {
      const source = new CancelSource();
      const programs = [marketSplit(14, 2), marketSplit(14, 2), marketSplit(14, 2)];
      const outcomes = await solver.solveSequence(programs, options({ signal: source }), (index) => {
        if (index === 0) source.cancel();
      });
      expect(outcomes[0]!.kind).toBe('optimal');
      expect(outcomes).toHaveLength(3);
      expect(outcomes[2]!.kind).toBe('cancelled');
    });

    it('agrees with vertex enumeration and with its own duals on small programs', async () => {
      await fc.assert(
        fc.asyncProperty(smallProgram, async (program) => {
          const expected = bestVertex(program);
          const outcome = await solver.solve(program, options({ explainInfeasibility: 'no' }));
          if (expected === null) {
            expect(outcome.kind).toBe('infeasible');
            return;
          }
          const { solution } = as(outcome, 'optimal');
          expect(solution.objective).toBeCloseTo(expected, 5);
          expectFeasible(program, outcome);
          expect(dualObjective(program, solution.rowDuals)).toBeCloseTo(solution.objective, 5);
        }),
        { numRuns: 60, seed: 1 },
      );
    });
  });
}

/** Lagrangian value of the row duals: equals the optimum when they are right (strong duality, finite column bounds). */
function dualObjective(program: LinearProgram, duals: Float64Array): number {
  let value = program.offset;
  duals.forEach((dual, row) => {
    if (Math.abs(dual) > 1e-9) value += dual * (dual > 0 ? program.rowLower[row]! : program.rowUpper[row]!);
  });
  for (let column = 0; column < program.columnCount; column++) {
    let reduced = program.cost[column]!;
    for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
      reduced -= program.values[at]! * duals[program.indices[at]!]!;
    value += reduced * (reduced > 0 ? program.columnLower[column]! : program.columnUpper[column]!);
  }
  return value;
}
