/**
 * The solver room against HiGHS itself, and a sweep with against without basis reuse: `node bench/solver.ts`.
 *
 * (a) One program through the pool (copy to a thread, solve, bring back) against the same arrays given to HiGHS in this thread.
 * (b) 25 right-hand sides through `solveSequence` against 25 solves from scratch, on one thread each.
 * (c) Model build and solve, from the problem as data to the schedule, against HiGHS on the finished matrix.
 * Programs: the reference scheduling case (100 cars, 48 slots), a tiny one to show the fixed cost, a covering program, and the same
 * case with every car's charge and discharge kept apart by a binary in one slot.
 */
import loadHighs, { type Highs } from 'highs';
import { buildV2g } from '../src-main/models/v2g/build-v2g.ts';
import { zhou2017Problem } from '../src-main/models/v2g/case-zhou2017.ts';
import type { ExclusivePair } from '../src-main/models/v2g/device.ts';
import type { LinearProgram } from '../src-main/program/program.ts';
import { covering, twoColumns } from '../src-main/solver/fixtures/programs.ts';
import { createSolverPool } from '../src-main/solver/pool.ts';
import { defaultSolveOptions, type SolveOutcome } from '../src-main/solver/solver.ts';
import { recordPairs, type BenchPair } from './record.ts';

const sweepLength = 25;
const options = { ...defaultSolveOptions, explainInfeasibility: 'no' as const };

function scheduling(protection: number, exclusive: readonly ExclusivePair[] = []): LinearProgram {
  const problem = zhou2017Problem();
  const uncertainty = { ...problem.uncertainty, protection };
  return buildV2g({ ...problem, uncertainty }, { exclusive }).program;
}

function solveDirectly(highs: Highs, program: LinearProgram): number {
  return highs.withModel(
    {
      numCols: program.columnCount,
      numRows: program.rowCount,
      offset: program.offset,
      colCost: program.cost,
      colLower: program.columnLower,
      colUpper: program.columnUpper,
      rowLower: program.rowLower,
      rowUpper: program.rowUpper,
      matrix: {
        format: 'csc',
        numRows: program.rowCount,
        numCols: program.columnCount,
        starts: program.starts,
        indices: program.indices,
        values: program.values,
      },
      ...(program.integrality.length > 0 ? { integrality: Int32Array.from(program.integrality) } : {}),
    },
    (model) => {
      model.options.set({ output_flag: false, random_seed: options.seed, mip_rel_gap: options.relativeGap });
      model.run();
      model.getSolution();
      return model.getObjectiveValue();
    },
  );
}

const objectiveOf = (outcome: SolveOutcome): number => ('solution' in outcome ? outcome.solution.objective : NaN);

function requireSame(name: string, ours: readonly number[], reference: readonly number[]): void {
  ours.forEach((value, i) => {
    if (!(Math.abs(value - reference[i]!) <= 1e-5 * Math.max(1, Math.abs(value))))
      throw new Error(`${name}: objective ${value} here, ${reference[i]} there`);
  });
}

const highs = await loadHighs();
const pool = createSolverPool({ workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url), size: 1 });

const handOver = (name: string, program: LinearProgram, rounds: number): BenchPair => {
  let ours = NaN;
  let reference = NaN;
  return {
    name: `hand-over and solve, ${name} (${program.rowCount} rows, ${program.columnCount} columns)`,
    ours: 'pool',
    reference: 'HiGHS directly',
    rounds,
    runOurs: async () => (ours = objectiveOf(await pool.solve(program, options))),
    runReference: () => {
      reference = solveDirectly(highs, program);
      requireSame(name, [ours], [reference]);
    },
  };
};

const buildAndSolve = (rounds: number): BenchPair => {
  const problem = { ...zhou2017Problem() };
  problem.uncertainty = { ...problem.uncertainty, protection: 4 };
  const { program } = buildV2g(problem);
  let ours = NaN;
  return {
    name: `model build, solve and schedule, scheduling case (${program.rowCount} rows, ${program.columnCount} columns)`,
    ours: 'build, pool and read back',
    reference: 'HiGHS on the finished matrix',
    rounds,
    runOurs: async () => {
      const built = buildV2g(problem);
      const outcome = await pool.solve(built.program, options);
      if ('solution' in outcome) ours = built.read(outcome.solution).objective;
    },
    runReference: () => requireSame('model build', [ours], [solveDirectly(highs, program)]),
  };
};

const sweep = (name: string, programs: readonly LinearProgram[], rounds: number): BenchPair => {
  let ours: number[] = [];
  return {
    name: `sweep of ${programs.length}, ${name}`,
    ours: 'one sequence, basis kept',
    reference: 'each from scratch',
    rounds,
    runOurs: async () => (ours = (await pool.solveSequence(programs, options)).map(objectiveOf)),
    runReference: async () => {
      const cold: number[] = [];
      for (const program of programs) cold.push(objectiveOf(await pool.solve(program, options)));
      requireSame(name, ours, cold);
    },
  };
};

const steps = Array.from({ length: sweepLength }, (_, k) => 1 - k / (sweepLength - 1));
const oneDirectionAt20h = zhou2017Problem().evs.map((_, index): ExclusivePair => ({ kind: 'ev', index, slot: 16 }));

try {
  await recordPairs('solver', [
    handOver('two columns', twoColumns(), 25),
    handOver('covering', covering(400, 900, 5), 9),
    handOver('scheduling case', scheduling(4), 7),
    handOver('scheduling case with integers', scheduling(4, oneDirectionAt20h), 5),
    buildAndSolve(7),
    sweep(
      'covering',
      steps.map((share) => covering(150, 300, 4, 0.5 + share)),
      7,
    ),
    sweep(
      'scheduling case along the protection',
      steps.map((share) => scheduling(6 * share)),
      3,
    ),
  ]);
} finally {
  await pool.dispose();
}
