/**
 * Of the plans that cost the same, the one nearest to a plan that stands: a what-if then moves nothing without need.
 *
 *   second solve:  minimise cost + ε Δ Σ_{r,t} |p_{r,t} − p⁰_{r,t}|        p: net power of a unit, of the grid, of all cars of an aggregator
 *
 * The first solve asks for cost alone and stands as the proof of it. The second goes on from its basis with on/off decisions as found, and
 * counts only when it costs no more than the gap a day is solved to. ε is below every price that is worth moving for. The distances are columns and
 * rows of their own and are taken off again: what comes back is a solution of the program that was given, at its own cost. With the distances of the first solution
 * basic it keeps all rows of the second, so that the primal simplex method has a few steps to walk; the dual one would have to walk thousands.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { aggregatorName, evName, gasName, gridName, storageName, windName } from '../../models/v2g/names.ts';
import { basisWithDistances, withDistances, type Distance } from '../../program/distances.ts';
import { withFixedIntegers } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';

/** ε, in the site's currency per kWh moved. */
const pricePerKwhMoved = 2e-5;

/** A solver of plans near one that stands; `plain` solves without regard for it, as a search whose solution is no plan yet is to be. */
export interface NearSolver extends Solver {
  readonly plain: Solver;
}

/** What to search with where only the cost counts. */
export const plainOf = (solver: Solver | NearSolver): Solver => ('plain' in solver ? solver.plain : solver);

export function nearPlan(solver: Solver, problem: V2gProblem, schedule: V2gSchedule): NearSolver {
  const powers = powersOf(problem, schedule);
  return {
    plain: solver,
    version: solver.version,
    solve: (program, options) => solveNear(solver, program, powers, pricePerKwhMoved * problem.slotHours, options),
    solveSequence: (programs, options, onOutcome) => solver.solveSequence(programs, options, onOutcome),
    dispose: () => solver.dispose(),
  };
}

/** Σ sign · column is a power of the plan that stands, in kW. */
interface Power {
  terms: { name: string; sign: 1 | -1 }[];
  kw: number;
}

function powersOf(problem: V2gProblem, schedule: V2gSchedule): Power[] {
  const slots = Array.from({ length: problem.slots }, (_, slot) => slot);
  const plus = (name: string): Power['terms'][number] => ({ name, sign: 1 });
  const minus = (name: string): Power['terms'][number] => ({ name, sign: -1 });
  const { grid } = schedule;
  return slots.flatMap((slot): Power[] => [
    ...schedule.gas.map(({ id, outputKw }) => ({ terms: [plus(gasName(id, 'output', slot))], kw: outputKw[slot]! })),
    ...schedule.wind.map(({ id, outputKw }) => ({ terms: [plus(windName(id, 'output', slot))], kw: outputKw[slot]! })),
    ...schedule.storage.map(({ id, chargeKw, dischargeKw }) => ({
      terms: [plus(storageName(id, 'discharge', slot)), minus(storageName(id, 'charge', slot))],
      kw: dischargeKw[slot]! - chargeKw[slot]!,
    })),
    ...(grid === null
      ? []
      : [
          {
            terms: [plus(gridName('purchase', slot)), minus(gridName('sale', slot))],
            kw: grid.importKw[slot]! - grid.exportKw[slot]!,
          },
        ]),
    ...problem.aggregators.map(({ id: aggregatorId }, aggregator) => {
      const own = schedule.evs.filter((_ev, i) => problem.evs[i]!.aggregator === aggregator);
      return {
        terms: [
          ...own.flatMap(({ id }) => [plus(evName(id, 'charge', slot)), minus(evName(id, 'discharge', slot))]),
          // Where cars share what stands by, their discharge is that of the worst day.
          plus(aggregatorName(aggregatorId, 'standby', slot)),
        ],
        kw: own.reduce((sum, { chargeKw, dischargeKw }) => sum + chargeKw[slot]! - dischargeKw[slot]!, 0),
      };
    }),
  ]);
}

async function solveNear(
  solver: Solver,
  program: LinearProgram,
  powers: readonly Power[],
  price: number,
  options: SolveOptions,
): Promise<SolveOutcome> {
  // Tangents of a cone would have to be found anew for the second solve.
  if (program.cones.length > 0) return solver.solve(program, options);
  const distances = distancesOf(program, powers);
  const mixed = program.integrality.length > 0;
  const first = mixed ? await solver.solve(program, options) : null;
  if (first !== null && !('solution' in first)) return first;
  const linear = first === null ? program : withFixedIntegers(program, first.solution.columns);
  const named = first === null ? options : { ...options, explainInfeasibility: 'no' as const };
  const cheapest = await solver.solve(linear, { ...named, warm: { from: null, by: 'dual' } });
  const proven = first ?? cheapest;
  const nearest =
    cheapest.kind === 'optimal' ? await solveNearest(solver, linear, distances, price, cheapest, options) : null;
  if (!('solution' in proven) || nearest?.kind !== 'optimal') return proven;
  const near = withoutDistances(program, nearest);
  if (!('solution' in near)) return proven;
  const statistics = {
    ...proven.statistics,
    seconds: proven.statistics.seconds + nearest.statistics.seconds,
    iterations: proven.statistics.iterations + nearest.statistics.iterations,
  };
  const extra = near.solution.objective - proven.solution.objective;
  const scale = Math.max(1e-9, Math.abs(near.solution.objective));
  if (extra > options.relativeGap * scale) return { ...proven, statistics };
  const gap = proven.gap + Math.max(0, extra) / scale;
  return { ...proven, solution: near.solution, gap, statistics };
}

/** From the cheapest, the nearest that costs the same. */
function solveNearest(
  solver: Solver,
  linear: LinearProgram,
  distances: readonly Distance[],
  price: number,
  { solution: { columns, basis } }: Extract<SolveOutcome, { kind: 'optimal' }>,
  options: SolveOptions,
): Promise<SolveOutcome> {
  const from = basis === undefined ? null : basisWithDistances(basis, distances, columns);
  return solver.solve(withDistances(linear, distances, price), {
    ...options,
    method: from === null ? options.method : 'simplex',
    explainInfeasibility: 'no',
    warm: { from, by: 'primal' },
  });
}

function distancesOf({ columnNames }: LinearProgram, powers: readonly Power[]): Distance[] {
  const columnAt = new Map(columnNames.map((name, column) => [name, column]));
  return powers.flatMap(({ terms, kw }) => {
    const found = terms.flatMap(({ name, sign }) => {
      const column = columnAt.get(name);
      return column === undefined ? [] : [[column, sign] as const];
    });
    return found.length === 0 ? [] : [{ terms: found, from: kw }];
  });
}

function withoutDistances(program: LinearProgram, outcome: SolveOutcome): SolveOutcome {
  if (!('solution' in outcome)) return outcome;
  const { columns, rows, rowDuals } = outcome.solution;
  const own = columns.slice(0, program.columnCount);
  const objective = own.reduce((sum, value, column) => sum + value * program.cost[column]!, program.offset);
  return {
    ...outcome,
    solution: {
      objective,
      columns: own,
      rows: rows.slice(0, program.rowCount),
      rowDuals: rowDuals.slice(0, program.rowCount),
    },
  };
}
