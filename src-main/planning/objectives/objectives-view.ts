/** What a plan was made for and is worth by each objective: as the screens read it. */
import type { ObjectiveAnswer, ObjectiveKind, Objectives } from '../../models/v2g/objectives.ts';
import { acLossKwh, objectiveValues, quadraticGeneration } from '../../verify/objective-values.ts';
import type { PlanRecord } from '../ports.ts';

export interface ObjectivesView {
  /** Null: the cost alone. */
  wish: Objectives | null;
  /** By the re-check, whatever the plan was made for; money, kWh, kW, %. */
  values: { objective: ObjectiveKind; value: number }[];
  steps: ObjectiveAnswer['steps'];
  ranges: NonNullable<ObjectiveAnswer['ranges']>;
  /** Generation by the quadratic cost itself, and by how much its chords may lie above it at most; null where no unit is quadratic. */
  quadratic: { exact: number; mostAbove: number } | null;
  /** What an AC power flow of the plan loses, kWh; null without a feeder. */
  acLossKwh: number | null;
}

export function objectivesView({ problem, schedule }: PlanRecord): ObjectivesView {
  const { exact, mostAbove } = quadraticGeneration(problem, schedule);
  const { objectives: told } = schedule;
  return {
    wish: problem.objectives ?? null,
    values: Object.entries(objectiveValues(problem, schedule)).map(([objective, value]) => ({
      objective: objective as ObjectiveKind,
      value,
    })),
    steps: told?.steps ?? [],
    ranges: told?.ranges ?? [],
    quadratic: mostAbove > 0 ? { exact, mostAbove } : null,
    acLossKwh: problem.network ? acLossKwh(problem, schedule, problem.network) : null,
  };
}
