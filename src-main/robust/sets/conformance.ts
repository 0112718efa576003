/**
 * What every kind of set must prove, on random sets and random rows. `describeDaySet` registers the tests of one kind.
 *
 *   support:     the adversary's value is the support function found a second way (the set's own rows by the solver; a closed form for
 *                ellipsoids), and its point is a member
 *   counterpart: its optimum is the optimum of cutting planes by the adversary; at it the adversary breaks no row
 *   size:        a smaller size parameter never has a larger worst case
 *   totals:      the set of sums over components has the worst case of the whole set with equal coefficients
 */
import fc from 'fast-check';
import { totalSet } from '../../uncertainty/total-set.ts';
import type { ConvexSet, EllipsoidSet } from '../../uncertainty/day-set.ts';
import { demand, near, stage, type RandomProgram, type TestDoor } from '../conformance.ts';
import { solveByCuts, type SolveToOptimum } from '../cutting-plane.ts';
import { evaluate } from '../../program/affine.ts';
import { rowAt } from '../uncertain-row.ts';
import { coneTolerance } from './counterpart-ellipsoid.ts';
import { ellipsoidContains, setProgram, type PolyhedralSet } from './membership.ts';
import { setAdversary, setWorstCase } from './set-adversary.ts';
import { addSetCounterpart } from './set-counterpart.ts';

export interface DaySetUnderTest {
  /** Sets over `coordinates` = 2 slots × components. */
  sets: (coordinates: number) => fc.Arbitrary<ConvexSet>;
  /** The same set with its size at a share of itself. */
  sized: (set: ConvexSet, share: number) => ConvexSet;
  solve: SolveToOptimum;
}

const slots = 2;
/** The solver itself keeps a row to within 1e-7. */
const cutTolerance = 3e-7;

export const number = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100);
export const numbers = (length: number, min: number, max: number) =>
  fc.array(number(min, max), { minLength: length, maxLength: length });

const isEllipsoid = (set: ConvexSet): set is EllipsoidSet => set.kind === 'ellipsoid' || set.kind === 'moment';

async function contains(set: ConvexSet, point: readonly number[], solve: SolveToOptimum): Promise<boolean> {
  if (isEllipsoid(set)) return ellipsoidContains(set, point);
  const { program } = setProgram(
    set,
    point.map(() => 0),
    point,
  );
  return solve(program).then(
    () => true,
    () => false,
  );
}

async function secondSupport(set: ConvexSet, coefficients: readonly number[], solve: SolveToOptimum) {
  if (!isEllipsoid(set)) {
    const { program } = setProgram(
      set as PolyhedralSet,
      coefficients.map((value) => -value),
    );
    return -(await solve(program)).objective;
  }
  const dot = (row: readonly number[]) => row.reduce((sum, value, j) => sum + value * coefficients[j]!, 0);
  const parts = [...set.factors.map(dot), ...set.spread.map((value, j) => value * coefficients[j]!)];
  return dot(set.centre) + set.radius * Math.hypot(...parts);
}

export function describeDaySet(door: TestDoor, name: string, subject: DaySetUnderTest): void {
  const { solve } = subject;
  const instance = fc.integer({ min: 1, max: 3 }).chain((components) => {
    const coordinates = components * slots;
    const row = fc.record({
      demand: number(0, 20),
      yields: numbers(2, 0, 3),
      constants: numbers(coordinates, -2, 2),
      slopes: fc.array(numbers(2, -0.5, 0.5), { minLength: coordinates, maxLength: coordinates }),
    });
    return fc.record({
      set: subject.sets(coordinates),
      random: fc.record({
        halfWidths: fc.constant<number[]>([]),
        costs: numbers(2, 1, 5),
        rows: fc.array(row, { minLength: 1, maxLength: 2 }),
      }),
    });
  });
  const forAll = (prove: (set: ConvexSet, random: RandomProgram) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(instance, ({ set, random }) => prove(set, random)),
      { numRuns: 40, seed: 20040101 },
    );
  const byCounterpart = async (set: ConvexSet, random: RandomProgram) => {
    const { program, rows } = stage(random);
    for (const row of rows) addSetCounterpart(program, row, set);
    return { ...(await solve(program.compile())), rows };
  };

  door.describe(`${name} day set`, () => {
    door.it('has the support function of its definition, and an adversary inside', () =>
      forAll(async (set, random) => {
        const coefficients = random.rows[0]!.constants;
        const point = setAdversary(set, coefficients);
        const value = setWorstCase(set, coefficients);
        const second = await secondSupport(set, coefficients, solve);
        demand(near(value, second), () => `adversary ${value}, definition ${second}`);
        demand(await contains(set, point, solve), () => `adversary left the set: ${point.join(', ')}`);
        const away = Math.abs(value) + 1;
        const outside = point.map((kw, j) => kw + (coefficients[j]! === 0 ? 0 : away / coefficients[j]!));
        if (coefficients.some((each) => each !== 0))
          demand(!(await contains(set, outside, solve)), () => `a point beyond the worst counts as inside`);
      }),
    );
    door.it('has the optimum of the cutting planes, and leaves its adversary nothing to break', () =>
      forAll(async (set, random) => {
        const whole = await byCounterpart(set, random);
        const { program, rows } = stage(random);
        const adversary = (coefficients: readonly number[]) => setAdversary(set, coefficients);
        const cut = await solveByCuts(
          program,
          rows.map((row) => ({ row, adversary })),
          solve,
          { tolerance: cutTolerance },
        );
        // Cutting planes begin with ξ = 0, which need not be a member; it never binds where the set holds it.
        demand(cut.objective >= whole.objective - 1e-6 * (1 + whole.objective), () => `cuts below the counterpart`);
        if (await contains(set, new Array<number>(random.rows[0]!.constants.length).fill(0), solve))
          demand(near(whole.objective, cut.objective), () => `counterpart ${whole.objective}, cuts ${cut.objective}`);
        for (const row of whole.rows) {
          const worst = rowAt(row, adversary(row.uncertain.map((each) => evaluate(each, whole.columns))));
          const breach = evaluate({ terms: worst.terms, constant: -worst.upper }, whole.columns);
          demand(breach <= 2 * coneTolerance, () => `${row.name} broken by ${breach}`);
        }
      }),
    );
    door.it('never shrinks as its size grows', () =>
      forAll(async (set, random) => {
        for (const { constants } of random.rows) {
          const [small, large] = [0.4, 0.9].map((share) => setWorstCase(subject.sized(set, share), constants));
          const whole = setWorstCase(set, constants);
          demand(small! <= large! + 1e-9 && large! <= whole + 1e-9, () => `${small}, ${large}, ${whole}`);
        }
        return Promise.resolve();
      }),
    );
    door.it('has the same worst case summed over components', () =>
      forAll(async (set, random) => {
        const ofSlot = random.costs.slice(0, slots);
        const all = random.rows[0]!.constants.map((_, j) => ofSlot[j % slots]!);
        const whole = setWorstCase(set, all);
        const total = setWorstCase(totalSet(set, slots), ofSlot);
        demand(near(whole, total), () => `whole ${whole}, totals ${total}`);
        return Promise.resolve();
      }),
    );
  });
}
