/**
 * The day on which owner and users together are best off: no rents, one will.
 *
 *   minimise  Σ dispatch cost (grid.ts) + Σ fee u_{g,t} + Σ Δ c_k (ch + dis) + travel + holding
 *   ch + dis ≤ P w_{k,g,t},  ch + dis ≤ P u_{g,t},  ch ≤ P b_{k,t},  dis ≤ P (1 − b_{k,t});  routes (routing.ts), energy (fleet.ts)
 *
 * Rents only pass between owner and users, so no prices bring the two together more than this.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { activityName, addEnergy, supplyOf, type ActivityColumn } from './fleet.ts';
import { addGrid } from './grid.ts';
import type { Leg } from './plan.ts';
import type { SmsProblem } from './problem.ts';
import { addRouting } from './routing.ts';

export interface WelfareDay {
  routes: Leg[][];
  /** Charged and discharged [grid][slot], MWh. */
  throughputMwh: number[][];
}

export interface WelfareProgram {
  /** Its objective is the cost of owner and users together, USD. */
  program: LinearProgram;
  read: (columns: Float64Array) => WelfareDay;
}

export function buildWelfare(problem: SmsProblem): WelfareProgram {
  const program = new ProgramBuilder(`${problem.name}: welfare`);
  const { slotHours, slots } = problem;
  const routing = addRouting(program, problem);
  const ways = program.addColumn({ name: 'travel and holding', lower: -Infinity, upper: Infinity, cost: 1 });
  program.addRow({ name: 'travel and holding', lower: 0, upper: 0, terms: [[ways, -1], ...routing.cost] });
  const binary = (name: string, cost: number): Column =>
    program.addColumn({ name, lower: 0, upper: 1, cost, kind: 'integer' });
  const rented = problem.grids.map(({ id, activityFeeUsd }) =>
    Array.from({ length: slots }, (_, slot) =>
      activityFeeUsd === 0 ? null : binary(`grid ${id}: rents, slot ${slot}`, activityFeeUsd),
    ),
  );
  const activities: ActivityColumn[] = [];
  problem.trucks.forEach((truck, k) => {
    for (let slot = 0; slot < slots; slot++) {
      const charges = binary(`truck ${truck.id}: charges, slot ${slot}`, 0);
      problem.grids.forEach((_, grid) => {
        const present = routing.presence[k]![grid]![slot]!;
        if (present.length === 0) return;
        const [charge, discharge] = (['charge', 'discharge'] as const).map((direction): ActivityColumn => {
          const activity = { truck: k, grid, slot, direction };
          const name = activityName(problem, activity);
          const cost = slotHours * truck.degradationUsdPerMwh;
          return { ...activity, column: program.addColumn({ name, lower: 0, upper: truck.powerMw, cost }) };
        }) as [ActivityColumn, ActivityColumn];
        activities.push(charge, discharge);
        const both: Term[] = [
          [charge.column, 1],
          [discharge.column, 1],
        ];
        const cap = (what: string, upper: number, terms: Term[]): void => {
          const name = `truck ${truck.id}: ${what}, place ${grid} ${slot}`;
          program.addRow({ name, lower: -Infinity, upper, terms });
        };
        cap('present', 0, [...both, ...present.map(([column, one]): Term => [column, -truck.powerMw * one])]);
        cap('charging', 0, [
          [charge.column, 1],
          [charges, -truck.powerMw],
        ]);
        cap('discharging', truck.powerMw, [
          [discharge.column, 1],
          [charges, truck.powerMw],
        ]);
        const rents = rented[grid]![slot]!;
        if (rents !== null) cap('rented', 0, [...both, [rents, -truck.powerMw]]);
      });
    }
  });
  addEnergy(program, problem, activities, routing.ahead);
  const stage = { program, problem, costWeight: 1, truckSupply: supplyOf(activities) };
  problem.grids.forEach((_, g) => addGrid(stage, g));
  return {
    program: program.compile(),
    read: (columns) => {
      const throughputMwh = problem.grids.map(() => new Array<number>(slots).fill(0));
      for (const { grid, slot, column } of activities)
        throughputMwh[grid]![slot]! += slotHours * Math.max(0, columns[column]!);
      return { routes: routing.read((column) => columns[column]!), throughputMwh };
    },
  };
}
