/**
 * What every uncertainty set must prove about its counterpart and its adversary. A set's test calls `describeSet` with its parts.
 *
 * On random programs with one or two uncertain rows, feasible at a price by construction:
 *   the counterpart's optimum is the cutting-plane optimum; at that optimum the adversary breaks no row; protection 0 is the nominal
 *   program; full protection is the box; the optimum never falls when the protection rises.
 */
import fc from 'fast-check';
import { ProgramBuilder, type Term } from '../program/program.ts';
import { solveByCuts, type SolveToOptimum } from './cutting-plane.ts';
import { evaluate } from '../program/affine.ts';
import { rowAt, type UncertainRow } from './uncertain-row.ts';

export interface SetAtProtection {
  adversary: (coefficients: readonly number[]) => number[];
  contains: (realisation: readonly number[]) => boolean;
  addCounterpart: (program: ProgramBuilder, row: UncertainRow) => void;
}

export interface SetUnderTest {
  /** The set over components of these half widths, at a protection between 0 and their number. */
  at: (halfWidths: readonly number[], protection: number) => SetAtProtection;
  solve: SolveToOptimum;
}

/** What a test runner offers; passed in so that this room depends on none. */
export interface TestDoor {
  describe: (name: string, body: () => void) => void;
  it: (name: string, body: () => Promise<void>) => void;
}

export interface RandomProgram {
  halfWidths: number[];
  costs: number[];
  rows: { demand: number; yields: number[]; constants: number[]; slopes: number[][] }[];
}

const randomProgram: fc.Arbitrary<RandomProgram> = fc
  .record({ components: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ components, columns }) => {
    const number = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((x) => x / 100);
    const numbers = (length: number, min: number, max: number) =>
      fc.array(number(min, max), { minLength: length, maxLength: length });
    const row = fc.record({
      demand: number(0, 20),
      yields: numbers(columns, 0, 3),
      constants: numbers(components, -2, 2),
      slopes: fc.array(numbers(columns, -0.5, 0.5), { minLength: components, maxLength: components }),
    });
    return fc.record({
      halfWidths: numbers(components, 0, 4),
      costs: numbers(columns, 1, 5),
      rows: fc.array(row, { minLength: 1, maxLength: 2 }),
    });
  });

/** Minimise Σ cost·x + 50·Σ shortfall where every row asks yields·x + shortfall ≥ demand + Σ_j (constant_j + slope_j·x) ξ_j. */
export function stage(random: RandomProgram): { program: ProgramBuilder; rows: UncertainRow[] } {
  const program = new ProgramBuilder('conformance');
  const columns = random.costs.map((cost, k) => program.addColumn({ name: `x${k}`, lower: 0, upper: 10, cost }));
  const rows = random.rows.map(({ demand, yields, constants, slopes }, index): UncertainRow => {
    const shortfall = program.addColumn({ name: `shortfall ${index}`, lower: 0, upper: Infinity, cost: 50 });
    return {
      name: `demand ${index}`,
      terms: [...columns.map((column, k): Term => [column, -yields[k]!]), [shortfall, -1]],
      uncertain: constants.map((constant, j) => ({
        constant,
        terms: columns.map((column, k): Term => [column, slopes[j]![k]!]),
      })),
      upper: -demand,
    };
  });
  return { program, rows };
}

export function demand(holds: boolean, complaint: () => string): void {
  if (!holds) throw new Error(complaint());
}
export const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a) + Math.abs(b));

/** Registers the conformance tests of one set. */
export function describeSet(door: TestDoor, name: string, subject: SetUnderTest): void {
  const counterpart = async (random: RandomProgram, protection: number) => {
    const set = subject.at(random.halfWidths, protection);
    const { program, rows } = stage(random);
    for (const row of rows) set.addCounterpart(program, row);
    const { objective, columns } = await subject.solve(program.compile());
    return { set, rows, objective, columns };
  };
  const byCuts = async (random: RandomProgram, adversary: SetAtProtection['adversary']) => {
    const { program, rows } = stage(random);
    return solveByCuts(
      program,
      rows.map((row) => ({ row, adversary })),
      subject.solve,
    );
  };
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const forAll = (prove: (random: RandomProgram, protection: number, other: number) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(randomProgram, share, share, (random, first, second) =>
        prove(random, first * random.halfWidths.length, second * random.halfWidths.length),
      ),
      { numRuns: 60, seed: 20170601 },
    );

  door.describe(`${name} set`, () => {
    door.it('has the optimum of the cutting planes', () =>
      forAll(async (random, protection) => {
        const whole = await counterpart(random, protection);
        const cut = await byCuts(random, whole.set.adversary);
        demand(near(whole.objective, cut.objective), () => `counterpart ${whole.objective}, cuts ${cut.objective}`);
      }),
    );
    door.it('leaves its adversary nothing to break, and the adversary stays in the set', () =>
      forAll(async (random, protection) => {
        const { set, rows, columns } = await counterpart(random, protection);
        for (const row of rows) {
          const realisation = set.adversary(row.uncertain.map((expression) => evaluate(expression, columns)));
          demand(set.contains(realisation), () => `adversary left the set: ${realisation.join(', ')}`);
          const worst = rowAt(row, realisation);
          const breach = evaluate({ terms: worst.terms, constant: -worst.upper }, columns);
          demand(breach <= 1e-6, () => `${row.name} broken by ${breach}`);
        }
      }),
    );
    door.it('is the nominal program at protection 0 and the box at full protection', () =>
      forAll(async (random) => {
        const nothing = await byCuts(random, () => random.halfWidths.map(() => 0));
        const corner = await byCuts(random, (f) => random.halfWidths.map((width, j) => (f[j]! < 0 ? -width : width)));
        const low = await counterpart(random, 0);
        const high = await counterpart(random, random.halfWidths.length);
        demand(
          near(low.objective, nothing.objective),
          () => `protection 0: ${low.objective}, not ${nothing.objective}`,
        );
        demand(near(high.objective, corner.objective), () => `full: ${high.objective}, not ${corner.objective}`);
      }),
    );
    door.it('never gets cheaper with more protection', () =>
      forAll(async (random, first, second) => {
        const low = await counterpart(random, Math.min(first, second));
        const high = await counterpart(random, Math.max(first, second));
        demand(high.objective >= low.objective - 1e-6, () => `${low.objective} at less, ${high.objective} at more`);
      }),
    );
  });
}
