/**
 * The day on which owner and users together are best off: no rents, one will.
 *
 *   minimise  Σ dispatch cost (grid.ts) + Σ fee u_{g,t} + Σ Δ c_k (ch + dis) + travel + holding
 *   ch + dis ≤ P w_{k,g,t},  ch + dis ≤ P u_{g,t},  ch ≤ P b_{k,t},  dis ≤ P (1 − b_{k,t});  routes (routing.ts), energy (fleet.ts)
 *
 * Rents only pass between owner and users, so no prices bring the two together more than this.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { namedConnections } from './connections.ts';
import { activityName, addEnergy, supplyOf, type ActivityColumn } from './fleet.ts';
import { addGrids } from './grid.ts';
import { readPowers, type FleetPowers } from './marginal/fixed-routes.ts';
import type { Leg } from './plan.ts';
import type { SmsProblem } from './problem.ts';
import { addRouting } from './routing.ts';

export interface WelfareDay {
  routes: Leg[][];
  /** Charged and discharged [grid][slot], MWh. */
  throughputMwh: number[][];
  powers: FleetPowers;
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
  const connections = problem.grids.flatMap((_, grid) => namedConnections(problem, grid).map((bus) => ({ grid, bus })));
  problem.trucks.forEach((truck, k) => {
    for (let slot = 0; slot < slots; slot++) {
      const charges = binary(`truck ${truck.id}: charges, slot ${slot}`, 0);
      for (const { grid, bus } of connections) {
        const present = bus === null ? routing.presence[k]![grid]![slot]! : routing.presenceAt(k, { grid, bus }, slot);
        if (present.length === 0) continue;
        const [charge, discharge] = (['charge', 'discharge'] as const).map((direction): ActivityColumn => {
          const activity = { truck: k, grid, slot, direction, ...(bus === null ? {} : { bus }) };
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
          const name = `truck ${truck.id}: ${what}, place ${grid} ${bus ?? ''} ${slot}`;
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
      }
    }
  });
  const energy = addEnergy(program, problem, activities, routing.ahead);
  const stage = { program, problem, costWeight: 1, truckSupply: supplyOf(activities) };
  addGrids(stage);
  return {
    program: program.compile(),
    read: (columns) => {
      const throughputMwh = problem.grids.map(() => new Array<number>(slots).fill(0));
      for (const { grid, slot, column } of activities)
        throughputMwh[grid]![slot]! += slotHours * Math.max(0, columns[column]!);
      const powers = readPowers(problem, activities, energy, columns);
      return { routes: routing.read((column) => columns[column]!), throughputMwh, powers };
    },
  };
}

/** Routes of least travel and holding cost, whatever the trucks do on them. */
export function buildCheapestRoutes(problem: SmsProblem): {
  program: LinearProgram;
  read: (columns: Float64Array) => Leg[][];
} {
  const program = new ProgramBuilder(`${problem.name}: cheapest routes`);
  const routing = addRouting(program, problem);
  const ways = program.addColumn({ name: 'travel and holding', lower: -Infinity, upper: Infinity, cost: 1 });
  program.addRow({ name: 'travel and holding', lower: 0, upper: 0, terms: [[ways, -1], ...routing.cost] });
  addEnergy(program, problem, [], routing.ahead);
  return { program: program.compile(), read: (columns) => routing.read((column) => columns[column]!) };
}
