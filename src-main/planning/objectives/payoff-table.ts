/**
 * The payoff table: for each objective the cheapest plan that is best in it, and what that plan is worth by every other. The objective's own value is
 * its best; the worst value it has in another row is its nadir, as far as the table shows one (with three objectives or more the true nadir may lie
 * beyond). Source: Mavrotas 2009, lexicographic payoff tables.
 *
 * Rows whose programs have the same columns begin at one plan of least cost. Those that see what is planned need rows of every car (models/v2g/standby.ts) and
 * are twice the size, so they are kept apart.
 */
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import { senseOf, type ObjectiveKind } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { plainSlot, type SlotName } from '../plan/conflict-words.ts';
import { buildOptions, nothingKnown } from '../plan/solve-in-rounds.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { findLeastCost } from './least-cost.ts';
import { solveInOrder, type Start } from './solve-in-order.ts';
import { withCostLast } from './steps.ts';

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
  for (const group of groupsOf(problem, kinds)) {
    const start = await startOf(problem, group, solver, { ...options, explainInfeasibility: 'no' });
    for (const objective of group) {
      const steps = withCostLast([{ minimise: [{ objective, per: 1 }], tolerance: 0 }]);
      const answer = await solveInOrder(problem, steps, solver, options, slotName, start);
      rows.set(objective, answer);
      onRow({ objective, answer });
    }
  }
  return kinds.map((objective) => ({ objective, answer: rows.get(objective)! }));
}

/** The deviation sees what is planned, and the loss on a feeder has tangents. */
function groupsOf({ network }: V2gProblem, kinds: readonly ObjectiveKind[]): ObjectiveKind[][] {
  const isApart = (kind: ObjectiveKind): boolean =>
    kind === 'deviation' || (kind === 'loss' && network !== undefined && network.model !== 'unconstrained');
  const together = kinds.filter((kind) => !isApart(kind));
  return [together, ...kinds.filter(isApart).map((kind) => [kind])].filter((group) => group.length > 0);
}

/** Null where it is not worth the while, or there is none in time: each row then finds its own, and says what is wrong. */
async function startOf(
  problem: V2gProblem,
  group: readonly ObjectiveKind[],
  solver: Solver,
  options: SolveOptions,
): Promise<Start | null> {
  if (group.length < 2) return null;
  const over = group.filter((objective) => objective !== 'cost');
  const aimed: Parameters<typeof findLeastCost>[1] = (goal) =>
    buildV2g({ ...problem, goal: { over, ...goal } }, buildOptions(nothingKnown));
  const cheapest = await findLeastCost(problem, aimed, 'relaxed', solver, options);
  return 'built' in cheapest ? { over, cheapest } : null;
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
