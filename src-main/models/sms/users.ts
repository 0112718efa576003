/**
 * The users' problem: the grids answer jointly to prices p and to where the trucks stand.
 *
 *   minimise  dispatch cost (grid.ts) + Σ fee u_{g,t} + Σ Δ p_{g,t} (ch + dis)
 *   ch + dis ≤ P u_{g,t},  ch ≤ P b_{k,t},  dis ≤ P (1 − b_{k,t}),  u, b ∈ {0, 1};  energy (fleet.ts)
 *
 * The same rows serve three goals: the least cost θ; among answers that cost at most θ + δ the best or worst for the owner; and, with
 * integers fixed, the exact corner of that tie by a small weight on the owner's margin.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { namedConnections } from './connections.ts';
import type { Driving } from './driving.ts';
import {
  activityName,
  addEnergy,
  knownAhead,
  nothingAhead,
  supplyOf,
  type ActivityColumn,
  type Direction,
} from './fleet.ts';
import { addGrids, type GridColumns } from './grid.ts';
import type { CostCurve } from './marginal/cost-curve.ts';
import { addCurveGrid } from './marginal/curve-grid.ts';
import type { Reply } from './plan.ts';
import type { SmsProblem } from './problem.ts';

export interface UsersSetting {
  /** [grid][slot] */
  priceUsdPerMwh: number[][];
  /** [truck][slot]: grid, or null where the truck cannot be used. */
  presence: (number | null)[][];
  /** [truck][slot]: bus of the connection, where some grid has several; else left out. */
  buses?: (number | null)[][];
  /** Left out: driving takes nothing from the batteries. */
  driving?: Driving;
}

export interface UsersGoal {
  /** Weight of the users' cost and of the owner's margin (rent − degradation) in what is minimised. */
  costWeight: number;
  marginWeight: number;
  /** The users' cost may not exceed this; Infinity: no limit. */
  mostCostUsd: number;
}

export interface UsersProgram {
  program: LinearProgram;
  read: (columns: Float64Array) => Reply;
}

export const leastCost: UsersGoal = { costWeight: 1, marginWeight: 0, mostCostUsd: Infinity };

/** @param curves the grids by their cost curves [grid][slot], where they are known; null: by all their rows. */
export function buildUsers(
  problem: SmsProblem,
  setting: UsersSetting,
  goal: UsersGoal,
  curves: CostCurve[][] | null = null,
): UsersProgram {
  const program = new ProgramBuilder(`${problem.name}: users`);
  const { slotHours } = problem;
  const rent: Term[] = [];
  const connected = problem.grids.map((_, g) => namedConnections(problem, g)[0]);
  const activities = setting.presence.flatMap((slots, truck) =>
    slots.flatMap((grid, slot) => {
      if (grid === null) return [];
      const price = setting.priceUsdPerMwh[grid]![slot]!;
      const margin = price - problem.trucks[truck]!.degradationUsdPerMwh;
      return (['charge', 'discharge'] as const).map((direction): ActivityColumn => {
        const bus = connected[grid] === null ? {} : { bus: setting.buses![truck]![slot]! };
        const activity = { truck, grid, slot, direction, ...bus };
        const column = program.addColumn({
          name: activityName(problem, activity),
          lower: 0,
          upper: problem.trucks[truck]!.powerMw,
          cost: slotHours * (goal.costWeight * price + goal.marginWeight * margin),
        });
        rent.push([column, slotHours * price]);
        return { ...activity, column };
      });
    }),
  );
  const { driving } = setting;
  const energy = addEnergy(program, problem, activities, driving ? knownAhead(driving) : nothingAhead);
  const stage = { program, problem, costWeight: goal.costWeight, truckSupply: supplyOf(activities) };
  const grids = curves ? problem.grids.map((_, g) => addCurveGrid(stage, g, curves[g]!)) : addGrids(stage);
  const fees = addChoices(program, problem, activities, goal.costWeight);
  if (goal.mostCostUsd < Infinity)
    program.addRow({
      name: 'the users pay no more than they must',
      lower: -Infinity,
      upper: goal.mostCostUsd,
      terms: [...grids.flatMap(({ cost }) => cost), ...fees, ...rent],
    });
  const compiled = program.compile();
  return {
    program: compiled,
    read: (columns) => readReply(problem, compiled, { columns, activities, energy, grids, driving }),
  };
}

/** Renting and direction; @returns the fees, USD. */
function addChoices(
  program: ProgramBuilder,
  problem: SmsProblem,
  activities: readonly ActivityColumn[],
  costWeight: number,
): Term[] {
  const fees: Term[] = [];
  const binary = (name: string, cost: number): Column =>
    program.addColumn({ name, lower: 0, upper: 1, cost, kind: 'integer' });
  for (const [place, own] of Map.groupBy(activities, ({ grid, slot }) => `${grid} ${slot}`)) {
    const { grid, slot } = own[0]!;
    const { id, activityFeeUsd } = problem.grids[grid]!;
    const rents = binary(`grid ${id}: rents, slot ${slot}`, costWeight * activityFeeUsd);
    fees.push([rents, activityFeeUsd]);
    for (const [truck, pair] of Map.groupBy(own, (activity) => activity.truck)) {
      const { id: name, powerMw } = problem.trucks[truck]!;
      const charges = binary(`truck ${name}: charges, slot ${slot}`, 0);
      const cap = (what: string, upper: number, terms: Term[]): void => {
        program.addRow({ name: `truck ${name}: ${what}, place ${place}`, lower: -Infinity, upper, terms });
      };
      const column = (direction: Direction): Column =>
        pair.find((activity) => activity.direction === direction)!.column;
      cap('rented', 0, [
        [column('charge'), 1],
        [column('discharge'), 1],
        [rents, -powerMw],
      ]);
      cap('charging', 0, [
        [column('charge'), 1],
        [charges, -powerMw],
      ]);
      cap('discharging', powerMw, [
        [column('discharge'), 1],
        [charges, powerMw],
      ]);
    }
  }
  return fees;
}

/** Power below this is rounding: no truck is active for a watt. */
const leastMw = 1e-7;

interface Parts {
  columns: Float64Array;
  activities: ActivityColumn[];
  energy: Column[][];
  driving: Driving | undefined;
  grids: GridColumns[];
}

function readReply(
  problem: SmsProblem,
  program: LinearProgram,
  { columns, activities, energy, driving, grids }: Parts,
): Reply {
  const valueOf = (column: Column): number =>
    Math.max(program.columnLower[column]!, Math.min(program.columnUpper[column]!, columns[column]!));
  const power = (direction: Direction): number[][] =>
    problem.trucks.map((_, truck) => {
      const slots = new Array<number>(problem.slots).fill(0);
      for (const activity of activities)
        if (activity.truck === truck && activity.direction === direction) {
          const megawatts = valueOf(activity.column);
          slots[activity.slot] = megawatts > leastMw ? megawatts : 0;
        }
      return slots;
    });
  const chargeMw = power('charge');
  const dischargeMw = power('discharge');
  const isActive = (grid: number, slot: number): boolean =>
    activities.some(
      (own) =>
        own.grid === grid &&
        own.slot === slot &&
        (chargeMw[own.truck]![slot]! > 0 || dischargeMw[own.truck]![slot]! > 0),
    );
  return {
    chargeMw,
    dischargeMw,
    energyMwh: energy.map((own, k) => own.map((column, slot) => valueOf(column) + (driving?.aheadMwh[k]![slot] ?? 0))),
    grids: grids.map((own, g) => ({
      ...own.read(valueOf),
      active: Array.from({ length: problem.slots }, (_, slot) => isActive(g, slot)),
    })),
  };
}
