/**
 * What a set must prove that is a chance constraint and no set of days, on random balls and random rows:
 *
 *   level:       the worst law, found by a transport program, breaks the level with probability ε and not less; the adversary's point reaches it
 *   counterpart: its optimum is that of all subsets of given-up samples, each by cutting planes of the worst laws; at it no law breaks the row more often; the CVaR
 *                form of the same ball never costs less
 *   size:        a smaller ball or a larger risk never has a larger level
 *   totals:      the set of sums over components has the level of the whole set with equal coefficients
 */
import fc from 'fast-check';
import { evaluate } from '../../program/affine.ts';
import { ProgramBuilder, type Term } from '../../program/program.ts';
import type { UncertaintySet, WassersteinExactSet } from '../../uncertainty/day-set.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { demand, near, stage, type RandomProgram, type TestDoor } from '../conformance.ts';
import type { SolveToOptimum } from '../cutting-plane.ts';
import { solveBySubsets } from '../fixtures/chance-by-subsets.ts';
import { number, numbers } from './conformance.ts';
import { setAdversary, setWorstCase } from './set-adversary.ts';
import { addSetCounterpart } from './set-counterpart.ts';

const slots = 2;

/** Largest probability that a law of the ball gives to losses beyond the level. */
async function worstProbability(
  losses: readonly number[],
  level: number,
  steepest: number,
  radius: number,
  solve: SolveToOptimum,
): Promise<number> {
  const program = new ProgramBuilder('transport');
  const carried = losses.map((loss, i): Term => {
    const mass = program.addColumn({ name: `mass ${i}`, lower: 0, upper: 1 / losses.length, cost: -1 });
    return [mass, Math.max(0, level - loss) / steepest];
  });
  program.addRow({ name: 'ball', lower: -Infinity, upper: radius, terms: carried });
  return -(await solve(program.compile())).objective;
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, j) => sum + value * other[j]!, 0);
const steepestOf = (coefficients: readonly number[]): number => Math.max(...coefficients.map(Math.abs));

export function describeChanceSet(door: TestDoor, name: string, solve: SolveToOptimum): void {
  const instance = fc.integer({ min: 1, max: 2 }).chain((components) => {
    const coordinates = components * slots;
    return fc.record({
      set: fc
        .record({
          points: fc.array(numbers(coordinates, -3, 3), { minLength: 2, maxLength: 5 }),
          risk: number(0.1, 0.7),
          radius: number(0.05, 1),
        })
        .map((parts): WassersteinExactSet => ({ kind: 'wasserstein-exact', ...parts })),
      random: fc.record({
        halfWidths: fc.constant<number[]>([]),
        costs: numbers(2, 1, 5),
        rows: fc.array(
          fc.record({
            demand: number(0, 20),
            yields: numbers(2, 0, 3),
            constants: numbers(coordinates, -2, 2),
            slopes: fc.array(numbers(2, -0.5, 0.5), { minLength: coordinates, maxLength: coordinates }),
          }),
          { minLength: 1, maxLength: 1 },
        ),
      }),
    });
  });
  const forAll = (numRuns: number, prove: (set: WassersteinExactSet, random: RandomProgram) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(instance, ({ set, random }) => prove(set, random)),
      { numRuns, seed: 20220101 },
    );
  const byCounterpart = async (set: UncertaintySet, random: RandomProgram) => {
    const { program, rows } = stage(random);
    for (const row of rows) addSetCounterpart(program, row, set);
    return { ...(await solve(program.compile())), row: rows[0]! };
  };

  door.describe(`${name} chance set`, () => {
    door.it('has a level that the worst law breaks with just the accepted probability', () =>
      forAll(40, async (set, random) => {
        const coefficients = random.rows[0]!.constants;
        const steepest = steepestOf(coefficients);
        if (steepest === 0) return;
        const level = setWorstCase(set, coefficients);
        const losses = set.points.map((point) => dot(point, coefficients));
        const probability = await worstProbability(losses, level, steepest, set.radius, solve);
        demand(near(probability, set.risk), () => `probability ${probability} at the level of ${set.risk}`);
        const reached = dot(setAdversary(set, coefficients), coefficients);
        demand(near(reached, level), () => `the adversary reaches ${reached} of ${level}`);
      }),
    );
    door.it('has the optimum of all subsets by cuts, breaks no more often, and costs no more than by CVaR', () =>
      forAll(20, async (set, random) => {
        const whole = await byCounterpart(set, random);
        const staged = () => {
          const { program, rows } = stage(random);
          return { program, row: rows[0]! };
        };
        const subsets = await solveBySubsets(staged, set, solve);
        demand(near(whole.objective, subsets.objective), () => `${whole.objective}, subsets ${subsets.objective}`);
        const coefficients = whole.row.uncertain.map((share) => evaluate(share, whole.columns));
        const room = whole.row.upper - evaluate({ terms: whole.row.terms, constant: 0 }, whole.columns);
        const level = setWorstCase(set, coefficients);
        demand(level <= room + 1e-5, () => `level ${level}, room ${room}`);
        const safe = await byCounterpart({ ...set, kind: 'wasserstein' }, random);
        demand(whole.objective <= safe.objective + 1e-5, () => `${whole.objective} above CVaR's ${safe.objective}`);
      }),
    );
    door.it('never shrinks as its ball grows or its risk falls', () =>
      forAll(40, (set, { rows }) => {
        const { constants } = rows[0]!;
        const whole = setWorstCase(set, constants);
        for (const smaller of [
          { ...set, radius: 0.5 * set.radius },
          { ...set, risk: Math.min(0.99, 1.3 * set.risk) },
        ]) {
          const level = setWorstCase(smaller, constants);
          demand(level <= whole + 1e-9, () => `${level} of the smaller, ${whole} of the whole`);
        }
        return Promise.resolve();
      }),
    );
    door.it('has the same level summed over components', () =>
      forAll(40, (set, random) => {
        const ofSlot = random.costs.slice(0, slots);
        const all = random.rows[0]!.constants.map((_, j) => ofSlot[j % slots]!);
        const [whole, total] = [setWorstCase(set, all), setWorstCase(totalSet(set, slots), ofSlot)];
        demand(near(whole, total), () => `whole ${whole}, totals ${total}`);
        return Promise.resolve();
      }),
    );
  });
}
