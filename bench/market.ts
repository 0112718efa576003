/**
 * Robust Bellman updates by exact laws against linear programs solved by HiGHS: `node bench/market.ts`.
 *
 * (a) One slot of the recursion at 100 price states and 10 actions, all 1,000 worst expectations and the best action of every state:
 *     `robustValues` against one program per expectation, each handed to HiGHS as finished arrays. Both must agree to 1e-7.
 * (b) One state's update at 100 states and 100 actions, every kind of set; the reference is the L1 set of the same run. Published for
 *     one s-rectangular update of this size (Ho, Petrik and Wiesemann): L1 0.73 ms, CPLEX 113, Gurobi 203; KL 2.1 ms, MOSEK 1,530.
 */
import loadHighs, { type Highs } from 'highs';
import { seededRandom, type Random } from '../src-main/base/random.ts';
import { reward, type MarketProblem } from '../src-main/models/market/problem.ts';
import { robustValues } from '../src-main/models/market/robust-values.ts';
import { ProgramBuilder, type LinearProgram } from '../src-main/program/program.ts';
import { sortStates, type Ambiguity } from '../src-main/robust/ambiguity/ambiguity.ts';
import { worstLaw } from '../src-main/robust/ambiguity/worst-law.ts';
import { recordPairs, type BenchPair } from './record.ts';

const states = 100;
const actions = 10;
type Polyhedral = { kind: 'interval' | 'l1'; radius: number };

/** A law with about a tenth of its states never seen. */
function randomLaw(random: Random): number[] {
  const weights = Array.from({ length: states }, () => (random.uniform() < 0.1 ? 0 : random.uniform()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Two slots: the update of the first meets values that differ by state. */
function marketOf(ambiguity: Ambiguity): MarketProblem {
  const random = seededRandom(11);
  const rows = Array.from({ length: states }, () => randomLaw(random));
  const prices = Array.from({ length: states }, () => 80 + 50 * random.normal());
  return {
    name: 'bench',
    currency: 'EUR',
    slots: 2,
    pricePerMwh: [prices, prices],
    transition: [rows, rows],
    ambiguity: [rows.map(() => ambiguity), rows.map(() => ({ kind: 'nominal' }))],
    storage: {
      energyLevels: actions,
      stepKwh: 100,
      maxStepsPerSlot: actions - 1,
      efficiency: 0.95,
      degradationPerMwh: 8,
      terminalPerMwh: 60,
      requiredLevel: 0,
      shortfallPerMwh: 0,
      buyFeePerMwh: 0,
      saleShare: 1,
    },
    start: { priceState: 0, level: 0 },
  };
}

/** min Σ p v over the set, as arrays. */
function rowProgram({ kind, radius }: Polyhedral, law: readonly number[], values: ArrayLike<number>): LinearProgram {
  const builder = new ProgramBuilder('row');
  const boxed = kind === 'interval';
  const columns = law.map((share, j) =>
    builder.addColumn({
      name: `p${j}`,
      lower: boxed ? Math.max(0, share - radius) : 0,
      upper: boxed ? Math.min(1, share + radius) : 1,
      cost: values[j]!,
    }),
  );
  builder.addRow({ name: 'mass', lower: 1, upper: 1, terms: columns.map((column) => [column, 1]) });
  if (boxed) return builder.compile();
  const off = law.map((_, j) => builder.addColumn({ name: `off${j}`, lower: 0, upper: 2, cost: 0 }));
  law.forEach((share, j) => {
    builder.addRow({ name: `over${j}`, lower: -Infinity, upper: share, terms: [[columns[j]!, 1], [off[j]!, -1]] }); // prettier-ignore
    builder.addRow({ name: `under${j}`, lower: share, upper: Infinity, terms: [[columns[j]!, 1], [off[j]!, 1]] }); // prettier-ignore
  });
  builder.addRow({ name: 'all', lower: 0, upper: radius, terms: off.map((column) => [column, 1]) });
  return builder.compile();
}

function solveRow(highs: Highs, program: LinearProgram): number {
  const { starts, indices, values, columnCount, rowCount } = program;
  return highs.withModel(
    {
      numCols: columnCount,
      numRows: rowCount,
      offset: 0,
      colCost: program.cost,
      colLower: program.columnLower,
      colUpper: program.columnUpper,
      rowLower: program.rowLower,
      rowUpper: program.rowUpper,
      matrix: { format: 'csc', numRows: rowCount, numCols: columnCount, starts, indices, values },
    },
    (model) => {
      model.options.set({ output_flag: false });
      model.run();
      return model.getObjectiveValue();
    },
  );
}

const highs = await loadHighs();

const againstPrograms = (set: Polyhedral): BenchPair => {
  const problem = marketOf(set);
  const last: MarketProblem = { ...problem, slots: 1 };
  const { storage, pricePerMwh, transition } = problem;
  const after = robustValues({ ...last, ambiguity: [problem.ambiguity[1]!] }).value[0]!;
  const valuesAt = (level: number): number[] =>
    Array.from({ length: states }, (_, state) => after[state * actions + level]!);
  const programs = transition[0]!.map((law) =>
    Array.from({ length: actions }, (_, level) => rowProgram(set, law, valuesAt(level))),
  );
  let ours: ArrayLike<number> = [];
  return {
    name: `robust Bellman update, ${set.kind}, ${states} states × ${actions} actions`,
    ours: 'exact laws',
    reference: 'one HiGHS program per law',
    rounds: 5,
    // Two slots of the recursion, of which one is nominal: more than one update.
    runOurs: () => (ours = robustValues(problem).value[0]!),
    runReference: () => {
      const expected = programs.map((row) => row.map((program) => solveRow(highs, program)));
      for (let state = 0; state < states; state++)
        for (let level = 0; level < actions; level++) {
          let best = -Infinity;
          for (let next = 0; next < actions; next++)
            best = Math.max(best, reward(storage, pricePerMwh[0]![state]!, next - level) + expected[state]![next]!);
          const difference = Math.abs(best - ours[state * actions + level]!);
          if (!(difference <= 1e-7 * Math.max(1, Math.abs(best))))
            throw new Error(`${set.kind}: ${best} by programs, off by ${difference}`);
        }
    },
  };
};

/** One state, 100 actions with values of their own: sort and answer each. */
const oneState = (ambiguity: Ambiguity): (() => void) => {
  const random = seededRandom(7);
  const nominal = randomLaw(random);
  const columns = Array.from({ length: 100 }, () => Float64Array.from({ length: states }, () => random.normal()));
  const law = new Float64Array(states);
  const order = new Uint16Array(states);
  return () => {
    for (let again = 0; again < repeats; again++)
      for (const values of columns) worstLaw(ambiguity, { nominal, values, order: sortStates(values, order) }, law);
  };
};

/** Short work is timed many times over; the record holds the time of all. */
const repeats = 20;
const l1: Polyhedral = { kind: 'l1', radius: 0.3 };
const sets: Ambiguity[] = [
  { kind: 'interval', radius: 0.01 },
  { kind: 'likelihood', radius: 0.05 },
  { kind: 'entropy', radius: 0.05 },
  { kind: 'ellipsoid', radius: 0.3 },
];

await recordPairs('market', [
  againstPrograms({ kind: 'interval', radius: 0.01 }),
  againstPrograms(l1),
  ...sets.map((set): BenchPair => ({
    name: `one state's update, ${set.kind}, ${states} states × 100 actions, ${repeats} times`,
    ours: set.kind,
    reference: 'l1 by sorting',
    rounds: 9,
    runOurs: oneState(set),
    runReference: oneState(l1),
  })),
]);
