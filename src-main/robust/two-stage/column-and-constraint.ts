/**
 * Column-and-constraint generation: the master's decisions are judged by the worst scenario, which becomes a copy of the second stage in the
 * master, until what the master expects and what the worst scenario costs agree. Ends, for U has finitely many vertices. Every round
 * gives a lower bound (master) and an upper one (its decisions at their worst). Source: Zeng and Zhao 2013.
 */
import type { LinearProgram } from '../../program/program.ts';
import { scenarioMaster } from './scenario-master.ts';
import type { TwoStageProgram } from './two-stage-program.ts';
import { worstScenarioProgram } from './worst-scenario.ts';

export interface BoundedSolution {
  columns: Float64Array;
  objective: number;
  /** Proven lower bound of the minimum. */
  bound: number;
}

/** Null when cancelled or out of time without a solution. */
export type SolveBounded = (program: LinearProgram) => Promise<BoundedSolution | null>;

export interface TwoStageAnswer {
  /** The optimum lies between. */
  lower: number;
  upper: number;
  rounds: number;
  /** ξ [slot] of the worst scenario for the best decisions. */
  worst: number[];
  /** Columns of the first stage, in the order of the program; others 0. */
  decisions: Float64Array;
}

/**
 * @param mostRounds stops there with the bounds reached.
 * @returns null when not even the first round was solved.
 */
export async function solveTwoStage(
  stages: TwoStageProgram,
  solve: SolveBounded,
  { relativeGap = 1e-6, mostRounds = 30 } = {},
): Promise<TwoStageAnswer | null> {
  const { program, firstStage, largest } = stages;
  const scenarios: number[][] = [largest.map(() => 0)];
  let best: TwoStageAnswer | null = null;
  for (let round = 1; round <= mostRounds; round++) {
    const master = await solve(scenarioMaster(stages, scenarios));
    if (master === null) return best;
    const decisions = new Float64Array(program.columnCount);
    let at = 0;
    for (let column = 0; column < program.columnCount; column++)
      if (firstStage[column] === 1) {
        const value = master.columns[at++]!;
        decisions[column] = program.integrality[column] === 1 ? Math.round(value) : value;
      }
    const judge = worstScenarioProgram(stages, decisions);
    const found = await solve(judge.program);
    if (found === null) return best;
    const worst = judge.read(found.columns);
    // A maximum stated as a minimum: its proven bound is the dearest that a scenario can be.
    const upper = Math.min(best?.upper ?? Infinity, -found.bound);
    const lower = Math.max(best?.lower ?? -Infinity, master.bound);
    const improved: boolean = best === null || -found.bound <= best.upper;
    best = {
      lower,
      upper,
      rounds: round,
      worst: improved ? worst : best!.worst,
      decisions: improved ? decisions : best!.decisions,
    };
    const known = scenarios.some((scenario) => scenario.every((value, slot) => value === worst[slot]));
    if (known || upper - lower <= relativeGap * Math.max(1, Math.abs(upper))) return best;
    scenarios.push(worst);
  }
  return best;
}
