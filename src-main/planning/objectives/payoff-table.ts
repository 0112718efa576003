/**
 * The payoff table: for each objective the cheapest plan that is best in it, and what that plan is worth by every other. The objective's own value is
 * its best; the worst value it has in another row is its nadir, as far as the table shows one (with three objectives or more the true nadir may lie
 * beyond). Source: Mavrotas 2009, lexicographic payoff tables.
 *
 * The least cost comes first; then all other objectives by themselves, and the cost of each with its best kept: two sequences of programs of one shape, each
 * warm-started from the one before. Rows whose plan runs a pair both ways or leaves a unit half on are solved alone.
 */
import { buildV2g, type BuiltV2g } from '../../models/v2g/build-v2g.ts';
import { findSimultaneous } from '../../models/v2g/exclusive.ts';
import { senseOf, type Goal, type ObjectiveAnswer, type ObjectiveKind } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { isWhole } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import { plainSlot, type SlotName } from '../plan/conflict-words.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { givingWay, solveInOrder, unmetLimit, withCostLast } from './solve-in-order.ts';

export interface PayoffRow {
  objective: ObjectiveKind;
  answer: V2gAnswer;
}

/** @param onRow called as each row is known, in any order. */
export async function payoffTable(
  problem: V2gProblem,
  kinds: readonly ObjectiveKind[],
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName = plainSlot,
  onRow: (row: PayoffRow) => void = () => undefined,
): Promise<PayoffRow[]> {
  const rows = new Map<ObjectiveKind, V2gAnswer>();
  const settle = (objective: ObjectiveKind, answer: V2gAnswer): void => {
    rows.set(objective, answer);
    onRow({ objective, answer });
  };
  const warm = await inSequence(problem, kinds, solver, { ...options, explainInfeasibility: 'no' });
  for (const [objective, answer] of warm) settle(objective, answer);
  for (const objective of kinds) {
    if (rows.has(objective)) continue;
    const steps = withCostLast([{ minimise: [{ objective, per: 1 }], tolerance: 0 }]);
    settle(objective, await solveInOrder(problem, steps, solver, options, slotName));
  }
  return kinds.map((objective) => ({ objective, answer: rows.get(objective)! }));
}

/** Rows that came out as plans. */
async function inSequence(
  problem: V2gProblem,
  kinds: readonly ObjectiveKind[],
  solver: Solver,
  options: SolveOptions,
): Promise<Map<ObjectiveKind, V2gAnswer>> {
  const over = kinds.filter((objective) => objective !== 'cost');
  const found = new Map<ObjectiveKind, V2gAnswer>();
  const cost = [{ objective: 'cost' as const, per: 1 }];
  const leastCost = aimed(problem, { over, minimise: cost, keep: [] });
  const [cheapest] = await solver.solveSequence([relaxed(leastCost)], options);
  if (cheapest!.kind !== 'optimal') return found;
  const unmet = problem.unmetPerKwh === null ? {} : { unmetAtMost: unmetLimit(leastCost.read(cheapest!.solution)) };
  const alone = over.map((objective) =>
    aimed(problem, { over, minimise: [{ objective, per: 1 }], keep: [], ...unmet }),
  );
  const first = await solver.solveSequence(alone.map(relaxed), options);
  const second: { objective: ObjectiveKind; reached: number; kept: number; built: BuiltV2g }[] = [];
  over.forEach((objective, k) => {
    const outcome = first[k]!;
    if (outcome.kind !== 'optimal') return;
    const reached = alone[k]!.read(outcome.solution).objectives!.values[objective]!;
    const kept = reached + senseOf(objective) * givingWay(reached, 0);
    const goal: Goal = { over, minimise: cost, keep: [{ objective, value: kept }], ...unmet };
    second.push({ objective, reached, kept, built: aimed(problem, goal) });
  });
  const last = await solver.solveSequence(
    second.map(({ built }) => relaxed(built)),
    options,
  );
  const settle = (
    objective: ObjectiveKind,
    steps: ObjectiveAnswer['steps'],
    built: BuiltV2g,
    outcome: SolveOutcome,
  ) => {
    const answer = planOf(problem, built, outcome);
    if (answer === null) return;
    const { schedule } = answer;
    const ofCost = { objective: 'cost' as const, reached: schedule.totalCost, kept: null };
    schedule.objectives = {
      ...schedule.objectives!,
      steps: [...steps, ofCost],
      ...(objective === 'cost' ? {} : unmet),
    };
    found.set(objective, answer);
  };
  if (kinds.includes('cost')) settle('cost', [], leastCost, cheapest!);
  second.forEach(({ objective, reached, kept, built }, k) =>
    settle(objective, [{ objective, reached, kept }], built, last[k]!),
  );
  return found;
}

const aimed = (problem: V2gProblem, goal: Goal): BuiltV2g => buildV2g({ ...problem, goal });

/** Without integers, and without the constant of the cost: programs of a sequence differ in numbers only. */
const relaxed = ({ program }: BuiltV2g): LinearProgram => ({ ...program, integrality: new Uint8Array(0), offset: 0 });

function planOf(problem: V2gProblem, built: BuiltV2g, outcome: SolveOutcome) {
  if (outcome.kind !== 'optimal' || !isWhole(built.program, outcome.solution.columns)) return null;
  const schedule = built.read(outcome.solution);
  if (findSimultaneous(problem, schedule).length > 0) return null;
  const { gap, statistics } = outcome;
  return { kind: 'optimal' as const, schedule, bound: schedule.objective, gap, statistics };
}

export interface ObjectiveRange {
  objective: ObjectiveKind;
  best: number;
  nadir: number;
}

/** Best and nadir of each objective over the rows that have a plan. */
export function rangesOf(rows: readonly PayoffRow[], kinds: readonly ObjectiveKind[]): ObjectiveRange[] {
  const known = rows.flatMap(({ answer }) => ('schedule' in answer ? [answer.schedule.objectives!.values] : []));
  return kinds.map((objective) => {
    const values = known.map((row) => row[objective]!);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return senseOf(objective) > 0 ? { objective, best: least, nadir: most } : { objective, best: most, nadir: least };
  });
}
