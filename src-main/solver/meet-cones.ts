/**
 * Second-order cones on a solver that knows rows only: solve, add the tangent of every cone that the solution breaks, solve again from
 * the last basis, until none is broken by more than its tolerance (Kelley's cutting planes). The optimum of the last program is a lower
 * bound of the true one.
 */
import type { Highs, Model, ModelStatusCode } from 'highs';
import { axisTangents, coneViolation, tangentAt, type Tangent } from '../program/cone.ts';
import type { BareProgram } from './messages.ts';
import type { ConeStatistics } from './solver.ts';

/** Rounds after which the search is given up: forty times what feeders of a hundred buses need. */
const mostRounds = 1000;

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
      tangents = broken.flatMap(({ cone, by }) => (by > cone.tolerance ? (tangentAt(cone, colValue) ?? []) : []));
    } else return { status, cones };
    if (tangents.length === 0) return { status, cones };
    cones.tangents += tangents.length;
    addTangents(model, program, tangents);
  }
  return { status: code.iterationLimit, cones };
}

function addTangents(model: Model, program: BareProgram, tangents: readonly Tangent[]): void {
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
}
