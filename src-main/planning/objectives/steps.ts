/** The steps of an order of objectives, and how far one may be left behind for the next. */
import type { Goal, ObjectiveKind } from '../../models/v2g/objectives.ts';

/** What one step optimises: a sum of objectives, each times its `per`, and by how much those before may give way. */
export interface Step {
  minimise: Goal['minimise'];
  tolerance: number;
}

export const cheapest: Step = { minimise: [{ objective: 'cost', per: 1 }], tolerance: 0 };

/** Nothing but the cost. */
export const isCheapest = ({ minimise }: Step): boolean => minimise.length === 1 && minimise[0]!.objective === 'cost';

/** Of the plans that are as good in everything named, the cheapest. */
export const withCostLast = (steps: readonly Step[]): Step[] =>
  steps.length > 0 && isCheapest(steps.at(-1)!) ? [...steps] : [...steps, cheapest];

/** Cost is a column of its own only where it is kept: minimised, it is what it always was. */
export function ownColumns(steps: readonly Step[]): ObjectiveKind[] {
  const isKept = (objective: ObjectiveKind, at: number): boolean => objective !== 'cost' || at < steps.length - 1;
  return [
    ...new Set(
      steps.flatMap(({ minimise }, at) =>
        minimise.filter(({ objective }) => isKept(objective, at)).map(({ objective }) => objective),
      ),
    ),
  ];
}

/** Room for the solver's rounding where nothing may give way, as a share of the value. */
const rounding = 1e-6;

/** How far a value may be left behind. */
export const givingWay = (value: number, tolerance: number): number =>
  tolerance * Math.abs(value) + rounding * Math.max(1, Math.abs(value));
