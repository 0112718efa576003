/**
 * Full recourse within the time of one plan: which units to switch on when everything else is dispatched once the whole day is known (models/v2g/two-stage-v2g.ts),
 * what that costs at worst, between which bounds, and the worst day found. It begins from the plan it is to beat where there is one.
 */
import { twoStageV2g } from '../../models/v2g/two-stage-v2g.ts';
import type { GasUnit, V2gProblem } from '../../models/v2g/problem.ts';
import { readName } from '../../models/v2g/names.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { TwoStageProgram } from '../../robust/two-stage/two-stage-program.ts';
import { solveTwoStage, type TwoStageRound, type TwoStageStart } from '../../robust/two-stage/column-and-constraint.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { timedTwoStageSolver } from './two-stage-solver.ts';

/** 1 on, 0 off [gas unit][slot]; null for a unit that is not committed. */
export type Commitments = ((0 | 1)[] | null)[];

export interface RecourseRound extends TwoStageRound {
  /** In the solver so far. */
  seconds: number;
}

export interface FoundRecourse {
  kind: 'found';
  /** The least worst-case cost lies between. */
  lower: number;
  upper: number;
  rounds: RecourseRound[];
  seconds: number;
  /** The dearest day found for the decisions: total deviation [slot], kW, and what it costs who knows it; null where none was found in time. */
  worst: { deviationKw: number[]; cost: number } | null;
  on: Commitments;
}

/** `problem`: why there is nothing, in words. */
export type FullRecourse = FoundRecourse | { kind: 'none'; problem: string; seconds: number };

export interface FullRecourseStart {
  /** A plan of the same day under another rule of recourse: what it costs at worst bounds what full recourse costs. */
  schedule?: V2gSchedule | undefined;
  /** Told after each step of a round. */
  onRound?: (round: RecourseRound) => void;
}

export const fullRecourseSets =
  'Full recourse is computed for intervals, budgets, past days and similar days, whose worst day is one of finitely many, and not on branch flow.';

export async function fullRecourse(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  { schedule, onRound = () => undefined }: FullRecourseStart = {},
): Promise<FullRecourse> {
  const stages = twoStageV2g(problem);
  if (stages === null) return { kind: 'none', problem: fullRecourseSets, seconds: 0 };
  const timed = timedTwoStageSolver(solver, options);
  const rounds: RecourseRound[] = [];
  const answer = await solveTwoStage(stages, timed, {
    relativeGap: options.relativeGap,
    ...(schedule ? { start: startFrom(problem, stages, schedule) } : {}),
    onRound: (round) => {
      const told = { ...round, seconds: timed.seconds };
      rounds[round.round] = told;
      onRound(told);
    },
  });
  const { seconds } = timed;
  if (answer === null) return { kind: 'none', problem: 'The time was not enough for a first round.', seconds };
  const { lower, upper, worst, decisions } = answer;
  return {
    kind: 'found',
    lower,
    upper,
    rounds: rounds.filter((round) => round !== undefined),
    seconds,
    worst: worst && { deviationKw: worst.day, cost: worst.cost },
    on: onOf(problem, stages, decisions),
  };
}

/** The problem with its committed units held as decided. */
export const withCommitment = (problem: V2gProblem, on: Commitments): V2gProblem => ({
  ...problem,
  gas: problem.gas.map((unit, k) => (on[k] ? { ...unit, onAt: on[k] } : unit)),
});

function onOf({ gas, slots }: V2gProblem, { program }: TwoStageProgram, decisions: Float64Array): Commitments {
  const byUnit = new Map(gas.map((unit) => [unit.id, new Array<0 | 1>(slots).fill(0)]));
  program.columnNames.forEach((name, column) => {
    const parts = readName(name);
    if (parts?.kind !== 'gas' || parts.what !== 'on' || parts.slot === null) return;
    byUnit.get(parts.id)![parts.slot] = decisions[column]! > 0.5 ? 1 : 0;
  });
  return gas.map((unit) => (unit.commitment === 'committed' ? byUnit.get(unit.id)! : null));
}

/** Decisions of a schedule as columns of the stages. */
export function decisionsOf({ gas }: V2gProblem, { program }: TwoStageProgram, on: Commitments): Float64Array {
  const unitOf = new Map(gas.map((unit, k) => [unit.id, { unit, on: on[k] ?? null }]));
  return Float64Array.from(program.columnNames, (name) => {
    const parts = readName(name);
    if (parts?.kind !== 'gas' || parts.slot === null) return 0;
    const own = unitOf.get(parts.id);
    if (!own?.on) return 0;
    const now = own.on[parts.slot]!;
    const before = own.on[parts.slot - 1] ?? stateBefore(own.unit, now);
    if (parts.what === 'on') return now;
    if (parts.what === 'start') return Math.max(0, now - before);
    return parts.what === 'stop' ? Math.max(0, before - now) : 0;
  });
}

const stateBefore = ({ initial: { state } }: GasUnit, now: number): number =>
  state === 'free' ? now : state === 'on' ? 1 : 0;

function startFrom(problem: V2gProblem, stages: TwoStageProgram, schedule: V2gSchedule): TwoStageStart {
  const on = commitmentsOf(problem, schedule);
  return { decisions: decisionsOf(problem, stages, on), upper: schedule.objective, days: [] };
}

export const commitmentsOf = ({ gas }: V2gProblem, schedule: V2gSchedule): Commitments =>
  gas.map((unit, k) =>
    unit.commitment === 'committed' ? schedule.gas[k]!.on.map((on): 0 | 1 => (on > 0.5 ? 1 : 0)) : null,
  );

/** The day without the rows of its feeder, where a plan kept its limits without them. */
export const besideNetwork = (problem: V2gProblem): V2gProblem =>
  problem.network?.model === 'lindistflow'
    ? { ...problem, network: { ...problem.network, model: 'unconstrained' } }
    : problem;
