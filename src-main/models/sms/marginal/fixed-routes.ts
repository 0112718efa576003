/** The owner's best day on given routes at marginal revenue: what each truck does, exactly; integers only choose pieces of the revenue. */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../../program/program.ts';
import { activityName, addEnergy, knownAhead, nothingAhead, type ActivityColumn, type Direction } from '../fleet.ts';
import { mayIdle, highestPrice } from '../prices.ts';
import type { SmsProblem } from '../problem.ts';
import type { UsersSetting } from '../users.ts';
import type { CostCurve } from './cost-curve.ts';
import { forcedRentUsd } from './forced-rent.ts';
import { addRevenue } from './revenue-rows.ts';

/** What the trucks do. */
export interface FleetPowers {
  /** [truck][slot] */
  chargeMw: number[][];
  dischargeMw: number[][];
  /** Beyond the way ahead. */
  energyMwh: number[][];
  /** [grid][slot] */
  netMw: number[][];
}

export interface FixedRoutes {
  program: LinearProgram;
  read: (columns: Float64Array) => FleetPowers;
}

/** Where routes bring the trucks [truck][slot], grid or null, and what their way takes. */
export type FleetPlaces = Pick<UsersSetting, 'presence' | 'buses' | 'driving'>;

/** Minimised is wear less rent. */
export function buildFixedRoutes(
  problem: SmsProblem,
  curves: CostCurve[][],
  { presence, driving }: FleetPlaces,
): FixedRoutes {
  const program = new ProgramBuilder(`${problem.name}: given routes`);
  const { slotHours } = problem;
  const activities = presence.flatMap((slots, truck) =>
    slots.flatMap((grid, slot) =>
      grid === null
        ? []
        : (['charge', 'discharge'] as const).map((direction): ActivityColumn => {
            const { powerMw, degradationUsdPerMwh } = problem.trucks[truck]!;
            const activity = { truck, grid, slot, direction };
            const name = activityName(problem, activity);
            const cost = slotHours * degradationUsdPerMwh;
            return { ...activity, column: program.addColumn({ name, lower: 0, upper: powerMw, cost }) };
          }),
    ),
  );
  const energy = addEnergy(program, problem, activities, driving ? knownAhead(driving) : nothingAhead);
  for (const own of Map.groupBy(activities, ({ truck, slot }) => `${truck} ${slot}`).values()) {
    const { truck, slot } = own[0]!;
    const terms = own.map(({ column }): Term => [column, 1]);
    const name = `truck ${problem.trucks[truck]!.id}: power, slot ${slot}`;
    program.addRow({ name, lower: -Infinity, upper: problem.trucks[truck]!.powerMw, terms });
  }
  const rents: Term[] = [];
  const revenues: Term[] = [];
  const savings: Term[] = [];
  for (const [place, own] of Map.groupBy(activities, ({ grid, slot }) => `${grid} ${slot}`)) {
    const { grid, slot } = own[0]!;
    const mostMw = own.reduce((sum, { truck }) => sum + problem.trucks[truck]!.powerMw / 2, 0);
    const here = program.addColumn({ name: `someone at ${place}`, lower: 1, upper: 1 });
    const { revenue, saving } = addRevenue(program, {
      place,
      curve: curves[grid]![slot]!,
      net: own.map(({ column, direction }): Term => [column, direction === 'discharge' ? 1 : -1]),
      present: [[here, 1]],
      reachMw: [mostMw],
      range: { fromMw: -Infinity, toMw: Infinity },
    });
    revenues.push(...revenue);
    savings.push(...saving);
    const rent = program.addColumn({ name: `rent at ${place}`, lower: 0, upper: Infinity, cost: -1 });
    rents.push([rent, 1]);
    const capUsd = slotHours * highestPrice(problem, grid, slot);
    const capped = own.map(({ column }): Term => [column, -capUsd]);
    program.addRow({ name: `price cap at ${place}`, lower: -Infinity, upper: 0, terms: [[rent, 1], ...capped] });
    const feeUsd = problem.grids[grid]!.activityFeeUsd;
    if (feeUsd === 0) continue;
    const rented = program.addColumn({ name: `rented at ${place}`, lower: 0, upper: 1, kind: 'integer' });
    savings.push([rented, -feeUsd]);
    const used = own.map(({ column }): Term => [column, 1]);
    program.addRow({ name: `fee at ${place}`, lower: -Infinity, upper: 0, terms: [...used, [rented, -mostMw]] });
  }
  const forcedUsd = forcedRentUsd(problem, curves);
  program.addRow({ name: 'rents', lower: -Infinity, upper: forcedUsd, terms: [...rents, ...revenues.map(opposite)] });
  if (mayIdle(problem)) {
    const terms = [...rents, ...savings.map(opposite)];
    program.addRow({ name: 'users may rent nothing', lower: -Infinity, upper: 0, terms });
  }
  return { program: program.compile(), read: (columns) => readPowers(problem, activities, energy, columns) };
}

const opposite = ([column, value]: Term): Term => [column, -value];

export function readPowers(
  problem: SmsProblem,
  activities: readonly ActivityColumn[],
  energy: readonly Column[][],
  columns: Float64Array,
): FleetPowers {
  const zeros = (rows: readonly unknown[]): number[][] => rows.map(() => new Array<number>(problem.slots).fill(0));
  const powers: Record<Direction, number[][]> = { charge: zeros(problem.trucks), discharge: zeros(problem.trucks) };
  const netMw = zeros(problem.grids);
  for (const { truck, grid, slot, direction, column } of activities) {
    const mw = Math.max(0, columns[column]!);
    powers[direction][truck]![slot]! += mw;
    netMw[grid]![slot]! += direction === 'discharge' ? mw : -mw;
  }
  const energyMwh = energy.map((own) => own.map((column) => columns[column]!));
  return { chargeMw: powers.charge, dischargeMw: powers.discharge, energyMwh, netMw };
}
