/**
 * Cones of a program with integers, by outer approximation: a search on the rows and tangents so far gives integers and a bound; with the integers
 * fixed the cones are met on what is left, warm and to their tolerance, which gives a solution; its tangents sharpen the next search, which starts
 * from that solution. It ends when solution and bound are within the gap, or when a search keeps the cones by itself.
 *
 * A search costs seconds and a round with fixed integers milliseconds: so the tangents that only the last digits of a solution need are found in
 * the latter. Source: Duran and Grossmann 1986.
 */
import type { Highs, Model, ModelStatusCode } from 'highs';
import { boundingTangents, partViolation } from '../program/conic-part.ts';
import { addTangents, dropSlackTangents, type LinearCones } from './meet-cones.ts';
import { relativeGap, type BareProgram } from './messages.ts';
import type { ConeStatistics, Solution } from './solver.ts';

/** Searches after which the solution at hand is the answer: two or three are usual. */
const mostSearches = 60;

export interface MixedRuns {
  /** One search on the model as it stands; called with its integers in place. */
  search: () => ModelStatusCode;
  /** Meets the cones on the model without integers. */
  meetLinear: () => LinearCones;
  /** A solution that keeps rows, integers and cones. */
  onSolution: (solution: Solution, bound: number) => void;
}

export interface MixedCones {
  /** Of the last search. */
  status: ModelStatusCode;
  cones: ConeStatistics;
  /** The best solution that keeps the cones, where it is not the model's own, and what is proven of it. */
  found: { solution: Solution; bound: number } | null;
  /** Nodes of all searches. */
  nodes: number;
}

/** @param gap relative gap of solution and bound at which it is done. */
export function meetConesMixed(
  highs: Highs,
  model: Model,
  program: BareProgram,
  gap: number,
  runs: MixedRuns,
): MixedCones {
  const code = highs.constants.modelStatus;
  const cones: ConeStatistics = { rounds: 0, tangents: 0, largestViolation: Infinity };
  let best: Solution | null = null;
  let bound = -Infinity;
  let bounded = false;
  let nodes = 0;
  // Tangents that hold the relaxation, or the best with some choice of the integers, stay for good.
  let kept = model.getDimensions().numRows;
  const end = (status: ModelStatusCode): MixedCones => ({
    status,
    cones,
    nodes,
    found: best && { solution: best, bound: Number.isFinite(bound) ? bound : NaN },
  });
  for (let searches = 0; searches < mostSearches; searches++) {
    const status = runs.search();
    cones.rounds++;
    nodes += Math.max(0, Number(model.info.get('mip_node_count')));
    if (status === code.unbounded && !bounded) {
      bounded = true;
      cones.tangents += addTangents(model, program, program.cones.flatMap(boundingTangents));
      continue;
    }
    const proven = Number(model.info.get('mip_dual_bound'));
    if (Number.isFinite(proven)) bound = Math.max(bound, proven);
    // Tangents that leave nothing beside the solution at hand have proven it.
    if (status === code.infeasible && best !== null) return end(code.optimal);
    if (status !== code.optimal) return end(status);
    const { colValue } = model.getSolution();
    const violation = largestViolation(program, colValue);
    if (violation <= 1) {
      cones.largestViolation = Math.max(0, ...program.cones.map((cone) => partViolation(cone, colValue)));
      // The search's own solution is the better one: it has the least cost of all that keep the tangents.
      best = null;
      return end(status);
    }
    const before = kept;
    const met = withIntegersFixed(model, program, colValue, () => {
      const linear = runs.meetLinear();
      // What holds the bound of a settled solution is slack at it.
      kept = linear.met?.settled === false ? dropSlackTangents(model, kept) : model.getDimensions().numRows;
      return { cones: linear.cones, solution: linear.met?.solution ?? null };
    });
    cones.rounds += met.cones.rounds;
    cones.tangents += met.cones.tangents;
    if (met.solution !== null && (best === null || met.solution.objective < best.objective)) {
      best = met.solution;
      cones.largestViolation = met.cones.largestViolation;
      runs.onSolution(best, bound);
    }
    if (best !== null && relativeGap(best.objective, bound) <= gap) return end(code.optimal);
    // Fixed integers that add no tangent would be found again.
    if (kept === before) break;
    if (best !== null) model.setSolution({ colValue: best.columns });
  }
  return end(code.iterationLimit);
}

/** In units of each cone's own tolerance; at most 1 where all are kept. */
const largestViolation = (program: BareProgram, columns: ArrayLike<number>): number =>
  Math.max(0, ...program.cones.map((cone) => partViolation(cone, columns) / cone.tolerance));

function withIntegersFixed<Result>(
  model: Model,
  program: BareProgram,
  columns: Float64Array,
  solve: () => Result,
): Result {
  const integers = Int32Array.from(
    [...program.integrality.keys()].filter((column) => program.integrality[column] !== 0),
  );
  const fixed = { kind: 'set', indices: integers } as const;
  const values = Float64Array.from(integers, (column) => Math.round(columns[column]!));
  model.clearIntegrality();
  model.changeColsBounds(fixed, values, values);
  const result = solve();
  model.changeColsBounds(fixed, boundsOf(integers, program.columnLower), boundsOf(integers, program.columnUpper));
  model.changeColsIntegrality(
    { kind: 'range', from: 0, to: program.columnCount - 1 },
    Int32Array.from(program.integrality),
  );
  return result;
}

const boundsOf = (columns: Int32Array, bounds: Float64Array): Float64Array =>
  Float64Array.from(columns, (column) => bounds[column]!);
