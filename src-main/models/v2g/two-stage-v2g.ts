/**
 * The scheduling problem with recourse in full: units are switched on and off beforehand, everything else is dispatched once the whole day of
 * deviations is known, the split between supply and EV pool too. No rule of recourse can cost less; no operator can do it, for it
 * knows the evening in the morning.
 *
 * Only the total deviation of a slot meets the power balance, so the second stage faces ξ_t = β_t u_t with Σ u ≤ Γ, or the totals of stated days
 * (robust/two-stage).
 */
import type { Deviations, TwoStageProgram } from '../../robust/two-stage/two-stage-program.ts';
import type { HullSet } from '../../uncertainty/day-set.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { buildV2g, worstDeviation, type BuildOptions } from './build-v2g.ts';
import { balanceName, readName } from './names.ts';
import type { V2gProblem } from './problem.ts';
import { slotsAtOnce } from './slots-at-once.ts';

const decidedBefore = new Set(['on', 'start', 'stop']);
/** What can answer in a slot without a battery's other slots, and so for any length of time. */
const answers: { kind: NonNullable<ReturnType<typeof readName>>['kind']; what: RegExp }[] = [
  { kind: 'gas', what: /^(output|cost segment \d+)$/ },
  { kind: 'grid', what: /^(purchase|sale)$/ },
  { kind: 'wind', what: /^output$/ },
];
/** Above the dearest remedy per kW and slot, losses of a store on the way there and back included. */
const shortageFactor = 3;

/** Null where the worst day of the problem's set is neither a choice of slots (intervals, budgets) nor one of stated days (hulls), and on branch flow. */
export function twoStageV2g(problem: V2gProblem, options: BuildOptions = {}): TwoStageProgram | null {
  const largest = worstDeviation(problem);
  const deviations = deviationsOf(problem, largest);
  if (deviations === null) return null;
  const { program: atWorst } = buildV2g(splitFree(problem, largest), { ownRows: new Set(), ...options });
  // The worst day is found from prices, which cones have none of in the dual of linear rows.
  if (atWorst.cones.length > 0) return null;
  const rowAt = new Map(atWorst.rowNames.map((name, row) => [name, row]));
  const rows = largest.map((_, slot) => rowAt.get(balanceName(slot))!);
  const program = { ...atWorst, rowLower: atWorst.rowLower.slice(), rowUpper: atWorst.rowUpper.slice() };
  rows.forEach((row, slot) => {
    program.rowLower[row]! -= largest[slot]!;
    program.rowUpper[row]! -= largest[slot]!;
  });
  const firstStage = new Uint8Array(program.columnCount);
  const answering = largest.map((): number[] => []);
  program.columnNames.forEach((name, column) => {
    const parts = readName(name);
    if (parts?.kind === 'gas' && decidedBefore.has(parts.what)) firstStage[column] = 1;
    else if (
      parts &&
      parts.slot !== null &&
      answers.some(({ kind, what }) => kind === parts.kind && what.test(parts.what))
    )
      answering[parts.slot]!.push(column);
  });
  const dearest = program.cost.reduce(
    (most, cost, column) => (firstStage[column] === 1 ? most : Math.max(most, Math.abs(cost))),
    1,
  );
  return { program, firstStage, rows, deviations, answering, shortagePrice: shortageFactor * dearest };
}

/** What is expected may always happen, so it is a day of every hull. */
function deviationsOf(problem: V2gProblem, largest: number[]): Deviations | null {
  // Below one slot the budget is in β_t already: the worst slot of the set deviates by that part of itself.
  const atOnce = slotsAtOnce(problem);
  if (atOnce !== null) return { kind: 'budget', largest, atOnce };
  const { set } = problem.uncertainty;
  if (set?.kind !== 'scenarios' && set?.kind !== 'support') return null;
  return { kind: 'days', days: [largest.map(() => 0), ...hullDays(totalSet(set, problem.slots) as HullSet)] };
}

const hullDays = ({ centre, points, scale }: HullSet): number[][] =>
  points.map((point) => point.map((value, slot) => centre[slot]! + scale * (value - centre[slot]!)));

/**
 * Every slot at its worst with the split free: the rows then ask for D_t + β_t of supply and φ_t, what the pool takes. Without β_t in them they
 * are the rows of the day as expected, with φ_t as what the pool gives once the day is known, on the same account of energy as a plan. By car, the trajectory of the worst day
 * is that of the day that came: a share decided beforehand is one of its answers. Cars share what stands by (standby.ts), which only ever lets the bound be lower.
 */
function splitFree(problem: V2gProblem, largest: number[]): V2gProblem {
  return {
    ...problem,
    recourse: problem.charging === 'coordinated' ? 'optimal' : problem.recourse,
    responders: 'pool',
    poolAccount: (problem.poolAccount ?? 'published') === 'published' ? 'published' : 'by-car',
    uncertainty: {
      components: [{ id: 'total', name: 'Total', kind: 'load', halfWidthKw: largest }],
      protection: 1,
    },
  };
}
