/**
 * The day that is best for owner and users together, over mixtures of known truck days: the welfare problem with every truck's day made convex
 * (Dantzig and Wolfe 1960), and all rows of the grids as they are.
 *
 *   minimise  Σ dispatch cost + Σ fee u + Σ θ_j (way + wear of day j)
 *   Σ_{j of class c} θ_j = m_c;   net power at a connection = Σ θ_j x_j;   Σ |x_j| θ_j ≤ P̄ u;   places, charge as in marginal/day-master.ts
 *
 * With z its optimum over the known days and v_c the best day of class c at its duals, no day costs less than z − Σ m_c max(0, v_c − σ_c).
 */
import { ProgramBuilder, type Column, type LinearProgram, type Row, type Term } from '../../program/program.ts';
import { busOf, namedConnections } from './connections.ts';
import { drivesOnBattery } from './driving.ts';
import { addGrids } from './grid.ts';
import type { ClassDay } from './marginal/day-master.ts';
import { addPlaces } from './marginal/add-places.ts';
import { neededMwh, wayAndWear } from './marginal/day-costs.ts';
import type { MasterPrices } from './marginal/master-prices.ts';
import { evenPrice } from './marginal/priced-day.ts';
import type { TruckClass } from './marginal/truck-classes.ts';
import type { SmsProblem } from './problem.ts';

export interface WelfareMaster {
  program: LinearProgram;
  /** Share of each day; and what is missing for the rows to hold. */
  read: (columns: Float64Array) => { shares: number[]; missing: number };
  price: (rowDuals: Float64Array) => MasterPrices;
}

/** USD per truck or MWh that is missing. */
const missingUsd = 1e5;

export function buildWelfareMaster(
  problem: SmsProblem,
  classes: readonly TruckClass[],
  days: readonly ClassDay[],
): WelfareMaster {
  const program = new ProgramBuilder(`${problem.name}: welfare of mixtures`);
  const { slotHours } = problem;
  const missing: Column[] = [];
  const gap = (name: string, sign: number): Term => {
    const column = program.addColumn({ name: `missing: ${name}`, lower: 0, upper: Infinity, cost: missingUsd });
    missing.push(column);
    return [column, sign];
  };
  const shares = days.map((day) =>
    program.addColumn({ name: `day ${day.id}`, lower: 0, upper: Infinity, cost: wayAndWear(problem, classes, day) }),
  );
  const ofClass = (c: number, amount: (day: ClassDay) => number): Term[] =>
    days.flatMap((day, j): Term[] => (day.class === c ? [[shares[j]!, amount(day)]] : []));
  const classRows = classes.map(({ truck, members }, c) => {
    const name = `trucks like ${truck.id}`;
    const terms = [...ofClass(c, () => 1), gap(name, 1)];
    return program.addRow({ name, lower: members.length, upper: members.length, terms });
  });
  const chargeRows = drivesOnBattery(problem)
    ? classes.map(({ truck, members }, c) => {
        const name = `charge of trucks like ${truck.id}`;
        const terms = [...ofClass(c, (day) => neededMwh(problem, truck, day)), gap(name, -1)];
        return program.addRow({ name, lower: -Infinity, upper: members.length * truck.initialMwh, terms });
      })
    : [];
  const stays = days.flatMap((day, j) =>
    day.path.flatMap((arc) => {
      const place = problem.terminals[arc.from]!;
      if (arc.kind !== 'stay' || place.kind !== 'station') return [];
      const [grid, slot] = [place.grid, arc.fromSlot];
      const bus = namedConnections(problem, grid)[0] === null ? null : busOf(problem, arc.from);
      return [{ column: shares[j]!, terminal: arc.from, grid, slot, bus, netMw: day.netMw[slot]! }];
    }),
  );
  const places = addPlaces(program, problem, stays);
  const at = (grid: number, bus: number | null, slot: number): string => `${grid} ${bus ?? ''} ${slot}`;
  const here = Map.groupBy(stays, ({ grid, bus, slot }) => at(grid, bus, slot));
  const fleetMw = problem.trucks.reduce((sum, { powerMw }) => sum + powerMw, 0);
  const nets = new Map<string, { net: Column; row: Row }>();
  const fees = new Map<string, Row>();
  problem.grids.forEach(({ activityFeeUsd }, grid) => {
    for (let slot = 0; slot < problem.slots; slot++) {
      const connections = namedConnections(problem, grid);
      for (const bus of connections) {
        const key = at(grid, bus, slot);
        const net = program.addColumn({ name: `net power at ${key}`, lower: -Infinity, upper: Infinity });
        const terms = (here.get(key) ?? []).map(({ column, netMw }): Term => [column, -netMw]);
        const row = program.addRow({ name: `net power at ${key}`, lower: 0, upper: 0, terms: [[net, 1], ...terms] });
        nets.set(key, { net, row });
      }
      if (activityFeeUsd === 0) continue;
      const name = `rented at ${grid} ${slot}`;
      const rented = program.addColumn({ name, lower: 0, upper: 1, cost: activityFeeUsd });
      const used = connections.flatMap((bus) => here.get(at(grid, bus, slot)) ?? []);
      const terms = used.map(({ column, netMw }): Term => [column, Math.abs(netMw)]);
      fees.set(
        `${grid} ${slot}`,
        program.addRow({ name, lower: -Infinity, upper: 0, terms: [[rented, -fleetMw], ...terms] }),
      );
    }
  });
  const truckSupply = (grid: number, slot: number, wanted: number | null = null): Term[] =>
    namedConnections(problem, grid).flatMap((bus): Term[] =>
      wanted === null || bus === wanted ? [[nets.get(at(grid, bus, slot))!.net, 1]] : [],
    );
  addGrids({ program, problem, costWeight: 1, truckSupply });
  return {
    program: program.compile(),
    read: (columns) => ({
      shares: shares.map((column) => columns[column]!),
      missing: missing.reduce((sum, column) => sum + columns[column]!, 0),
    }),
    price: (duals) => ({
      truckUsd: classRows.map((row) => -duals[row]!),
      chargeUsdPerMwh: classes.map((_, c) => -(duals[chargeRows[c] ?? -1] ?? 0)),
      stay: (c, terminal, slot) => {
        const place = problem.terminals[terminal]!;
        const { truck } = classes[c]!;
        if (place.kind === 'depot')
          return { presentUsd: 0, charge: evenPrice(truck, 0), discharge: evenPrice(truck, 0) };
        const bus = namedConnections(problem, place.grid)[0] === null ? null : busOf(problem, terminal);
        const worthUsd = -duals[nets.get(at(place.grid, bus, slot))!.row]!;
        const full = places.get(`${terminal} ${slot}`);
        const fee = fees.get(`${place.grid} ${slot}`);
        const wearUsd = slotHours * truck.degradationUsdPerMwh;
        const usedUsd = (fee === undefined ? 0 : duals[fee]!) - wearUsd;
        return {
          presentUsd: full === undefined ? 0 : duals[full]!,
          charge: evenPrice(truck, usedUsd - worthUsd),
          discharge: evenPrice(truck, usedUsd + worthUsd),
        };
      },
      corners: null,
    }),
  };
}
