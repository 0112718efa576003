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
import type { Tangent } from '../program/cone.ts';
import { boundingTangents, partBox, partTangents, partViolation } from '../program/conic-part.ts';
import { relativeGap, type BareProgram } from './messages.ts';
import { readSolution } from './outcome.ts';
import type { ConeStatistics, Solution } from './solver.ts';

/** Rounds after which the search is given up: forty times what feeders of a hundred buses need. */
const mostRounds = 1000;
/** Weight of the present solution in the running mean. */
const meanStep = 0.3;
/** A tangent further than this from the solution, as a share of one and its right-hand side, holds nothing. */
const slackShare = 1e-6;
/** Settling begins when a round moves the bound by less than this share of the gap that is asked for, and again at a quarter of it. */
const settleShare = 0.4;
/** How far the curved quantities of a tree may move when a solution is settled: a tangent misses a fraction of its square. */
const settle = { reach: 2e-3, shrink: 0.25, grow: 8, mostRounds: 8, share: 0.02 };

export interface LinearCones {
  /** Of the last run that was not held in a box. */
  status: ModelStatusCode;
  cones: ConeStatistics;
  /** A solution that keeps all cones and what is proven of it; null where none was found. */
  met: { solution: Solution; bound: number; settled: boolean } | null;
}

/**
 * @param run solves the model as it stands; called once per round.
 * @param gap relative distance of solution and bound at which trees of cones need not be followed further.
 */
export function meetCones(
  highs: Highs,
  model: Model,
  program: BareProgram,
  gap: number,
  run: () => ModelStatusCode,
): LinearCones {
  const code = highs.constants.modelStatus;
  const cones: ConeStatistics = { rounds: 0, tangents: 0, largestViolation: Infinity };
  const boxes: number[] = [];
  const end = (status: ModelStatusCode, met: LinearCones['met']): LinearCones => {
    if (boxes.length > 0) model.deleteRows({ kind: 'set', indices: Int32Array.from(boxes) });
    return { status, cones, met };
  };
  let bounded = false;
  let mean: Float64Array | null = null;
  let met: LinearCones['met'] = null;
  let bound = -Infinity;
  let enough = settleShare * gap;
  while (cones.rounds < mostRounds) {
    const status = run();
    cones.rounds++;
    if (status === code.unbounded && !bounded) {
      bounded = true;
      cones.tangents += addTangents(model, program, program.cones.flatMap(boundingTangents));
      continue;
    }
    if (status !== code.optimal) return end(status, met);
    const solution = readSolution(model, program);
    const found = brokenAt(program, solution.columns, mean);
    if (met === null) cones.largestViolation = found.largestViolation;
    if (found.kept) {
      cones.largestViolation = found.largestViolation;
      return end(status, { solution, bound: solution.objective, settled: false });
    }
    mean = movedTowards(mean, solution.columns);
    cones.tangents += addTangents(model, program, found.tangents);
    const moved = (solution.objective - bound) / Math.max(1e-9, Math.abs(solution.objective));
    bound = solution.objective;
    if (moved <= enough) {
      enough /= 4;
      const settled = settleNear(highs, model, program, solution, { run, cones, boxes });
      if (settled && (met === null || settled.objective < met.solution.objective)) {
        cones.largestViolation = brokenAt(program, settled.columns, null).largestViolation;
        met = { solution: settled, bound, settled: true };
      }
    }
    if (met !== null) met = { ...met, bound };
    if (met !== null && relativeGap(met.solution.objective, bound) <= gap) return end(status, met);
  }
  return end(code.iterationLimit, met);
}

/**
 * A solution that keeps the cones, next to one that breaks them a little: what the trees draw is held in a box around it, in which tangents miss
 * next to nothing, so that two or three rounds end where the cones hold. Null where the box leaves no room, or there is no tree.
 */
function settleNear(
  highs: Highs,
  model: Model,
  program: BareProgram,
  near: Solution,
  { run, cones, boxes }: { run: () => ModelStatusCode; cones: ConeStatistics; boxes: number[] },
): Solution | null {
  let columns = near.columns;
  let { reach } = settle;
  for (let round = 0; round < settle.mostRounds; round++) {
    const box = program.cones.flatMap((part) => partBox(part, columns, reach));
    if (box.length === 0) return null;
    const first = model.getDimensions().numRows;
    addRows(model, program, box);
    const rows = Int32Array.from(box, (_, row) => first + row);
    boxes.push(...rows);
    const status = run();
    cones.rounds++;
    const optimal = status === highs.constants.modelStatus.optimal;
    const solution = optimal ? readSolution(model, program) : null;
    // The rows stay until the end, without bounds: to take them out would lose the basis.
    const free = new Float64Array(box.length).fill(Infinity);
    model.changeRowsBounds(
      { kind: 'set', indices: rows },
      free.map(() => -Infinity),
      free,
    );
    if (solution === null) {
      if (status !== highs.constants.modelStatus.infeasible) return null;
      reach *= settle.grow;
      continue;
    }
    const { tangents, kept } = brokenAt(program, solution.columns, null, settle.share);
    // Prices are those of the program without the box.
    if (kept) return { ...solution, rowDuals: near.rowDuals };
    cones.tangents += addTangents(model, program, tangents);
    columns = solution.columns;
    reach *= settle.shrink;
  }
  return null;
}

/** @param share of its tolerance by which a part must be exceeded to get a tangent. */
function brokenAt(
  program: BareProgram,
  columns: Float64Array,
  mean: Float64Array | null,
  share = 1,
): { tangents: Tangent[]; largestViolation: number; kept: boolean } {
  const steady = mean && movedTowards(mean, columns);
  const broken = program.cones.map((part) => ({ part, by: partViolation(part, columns) }));
  return {
    largestViolation: Math.max(0, ...broken.map(({ by }) => by)),
    kept: broken.every(({ part, by }) => by <= part.tolerance),
    tangents: broken.flatMap(({ part, by }) =>
      by > share * part.tolerance ? partTangents(part, columns, { steady, share }) : [],
    ),
  };
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

/** The running mean of the solutions. */
const movedTowards = (mean: Float64Array | null, point: Float64Array): Float64Array =>
  mean === null ? point.slice() : mean.map((value, column) => (1 - meanStep) * value + meanStep * point[column]!);

/** @returns how many rows were added. */
export function addTangents(model: Model, program: BareProgram, tangents: readonly Tangent[]): number {
  addRows(
    model,
    program,
    tangents.map((tangent) => ({ ...tangent, lower: -Infinity })),
  );
  return tangents.length;
}

function addRows(model: Model, program: BareProgram, rows: readonly (Tangent & { lower: number })[]): void {
  const starts = Int32Array.from({ length: rows.length + 1 }, () => 0);
  rows.forEach(({ terms }, row) => (starts[row + 1] = starts[row]! + terms.length));
  model.addRows({
    lower: Float64Array.from(rows, ({ lower }) => lower),
    upper: Float64Array.from(rows, ({ upper }) => upper),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: program.columnCount,
      starts,
      indices: Int32Array.from(rows.flatMap(({ terms }) => terms.map(([column]) => column))),
      values: Float64Array.from(rows.flatMap(({ terms }) => terms.map(([, coefficient]) => coefficient))),
    },
  });
}
