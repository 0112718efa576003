/**
 * Second-order cones on a solver that knows rows only: solve, add the tangent of every cone that the solution breaks, solve again from
 * the last basis, until none is broken by more than its tolerance (Kelley's cutting planes). The optimum of the last program is a lower
 * bound of the true one.
 *
 * Solutions of early rounds jump from corner to corner, and tangents at corners say little about the optimum between them. So each cone also
 * gets its tangent at a running mean of the solutions, where that cuts the present one off: a tangent is valid wherever it is laid. For a
 * norm of dozens of axes this halves the rounds. Source: Kelley 1960; stabilised as by Ben-Ameur and Neto 2007.
 */
import type { Highs, Model, ModelStatusCode } from 'highs';
import { axisTangents, coneViolation, tangentAt, type SecondOrderCone, type Tangent } from '../program/cone.ts';
import type { BareProgram } from './messages.ts';
import type { ConeStatistics } from './solver.ts';

/** Rounds after which the search is given up: forty times what feeders of a hundred buses need. */
const mostRounds = 1000;
/** Weight of the present solution in the running mean. */
const meanStep = 0.3;
/** A tangent further than this from the solution, as a share of one and its right-hand side, holds nothing. */
const slackShare = 1e-6;

/**
 * @param run solves the model as it stands; called once per round.
 * @returns the status of the last run, and how the cones were met.
 */
export function meetCones(
  highs: Highs,
  model: Model,
  program: BareProgram,
  run: () => ModelStatusCode,
): { status: ModelStatusCode; cones: ConeStatistics } {
  const code = highs.constants.modelStatus;
  const cones: ConeStatistics = { rounds: 0, tangents: 0, largestViolation: Infinity };
  let bounded = false;
  let mean: Float64Array | null = null;
  while (cones.rounds < mostRounds) {
    const status = run();
    cones.rounds++;
    let tangents: Tangent[];
    if (status === code.unbounded && !bounded) {
      bounded = true;
      tangents = program.cones.flatMap(axisTangents);
    } else if (status === code.optimal) {
      const { colValue } = model.getSolution();
      const broken = program.cones.map((cone) => ({ cone, by: coneViolation(cone, colValue) }));
      cones.largestViolation = Math.max(0, ...broken.map(({ by }) => by));
      const steady = movedTowards(mean, colValue);
      tangents = broken.flatMap(({ cone, by }) => (by > cone.tolerance ? cutsOff(cone, colValue, steady) : []));
      mean = steady ?? colValue.slice();
    } else return { status, cones };
    if (tangents.length === 0) return { status, cones };
    cones.tangents += addTangents(model, program, tangents);
  }
  return { status: code.iterationLimit, cones };
}

/**
 * Drops the tangents, rows from `first` on, that the model's present solution leaves slack: hundreds are needed to find an optimum, and a
 * few hold it. A search has the fewer rows to carry.
 *
 * @returns the number of rows that are left.
 */
export function dropSlackTangents(model: Model, first: number): number {
  const rows = model.getDimensions().numRows;
  if (rows <= first) return rows;
  const { upper } = model.getRows({ kind: 'range', from: first, to: rows - 1 });
  const { rowValue } = model.getSolution();
  const slack = Int32Array.from(upper.keys())
    .filter((at) => upper[at]! - rowValue[first + at]! > slackShare * (1 + Math.abs(upper[at]!)))
    .map((at) => first + at);
  if (slack.length > 0) model.deleteRows({ kind: 'set', indices: slack });
  return rows - slack.length;
}

/** The running mean of the solutions; null before the second. */
const movedTowards = (mean: Float64Array | null, point: Float64Array): Float64Array | null =>
  mean === null ? null : mean.map((value, column) => (1 - meanStep) * value + meanStep * point[column]!);

/** Tangents of a broken cone that the point lies beyond: its own, and that at a steadier point. Without a norm the bound itself is broken. */
function cutsOff(cone: SecondOrderCone, point: Float64Array, steady: Float64Array | null): Tangent[] {
  const own = tangentAt(cone, point);
  if (own === null) return axisTangents(cone);
  const other = steady && tangentAt(cone, steady);
  return other && beyond(other, point) > cone.tolerance / 2 ? [own, other] : [own];
}

/** By how much a point lies beyond a tangent. */
const beyond = ({ terms, upper }: Tangent, columns: ArrayLike<number>): number =>
  terms.reduce((sum, [column, coefficient]) => sum + coefficient * columns[column]!, 0) - upper;

/** @returns how many rows were added. */
export function addTangents(model: Model, program: BareProgram, tangents: readonly Tangent[]): number {
  const starts = Int32Array.from({ length: tangents.length + 1 }, () => 0);
  tangents.forEach(({ terms }, row) => (starts[row + 1] = starts[row]! + terms.length));
  model.addRows({
    lower: new Float64Array(tangents.length).fill(-Infinity),
    upper: Float64Array.from(tangents, ({ upper }) => upper),
    matrix: {
      format: 'csr',
      numRows: tangents.length,
      numCols: program.columnCount,
      starts,
      indices: Int32Array.from(tangents.flatMap(({ terms }) => terms.map(([column]) => column))),
      values: Float64Array.from(tangents.flatMap(({ terms }) => terms.map(([, coefficient]) => coefficient))),
    },
  });
  return tangents.length;
}
