/**
 * The owner's program: routes (routing.ts), one price per grid and slot from the menu, and a copy of the users' primal that may pick any
 * answer the seen patterns allow. It knows only some of the users' alternatives, so its optimum is an upper bound of the owner's profit.
 *
 *   maximise  Σ Δ p_m E_{g,t,m} − Σ Δ degradation (ch + dis) − travel − holding
 *   Σ_m z_{g,t,m} = 1,  Σ_m E_{g,t,m} = Σ_k (ch + dis),  E_{g,t,m} ≤ P̄ z_{g,t,m}            price × power, exact on the menu
 *   ch + dis ≤ P w_{k,g,t},  ch + dis ≤ P u_{g,t},  Σ_g ch ≤ P b_{k,t},  Σ_g dis ≤ P (1 − b_{k,t})
 *   cost = dispatch + Σ fee u + Σ Δ p_m E + ε Σ Δ (p_m E − degradation (ch + dis))
 *   cost ≤ cost without renting;  cost ≤ cost of each pattern seen (pattern-block.ts)
 *   decisions whose true answer is known are cut off: Σ (1 − x) + Σ (1 − z) ≥ 1 over their arcs and the prices that matter
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { activityName, addEnergy, supplyOf, type ActivityColumn } from './fleet.ts';
import { addGrid } from './grid.ts';
import { presenceOf } from './itinerary.ts';
import { addPatternBlock } from './pattern-block.ts';
import type { Pattern } from './pattern.ts';
import type { OwnerDecision } from './plan.ts';
import type { SmsProblem } from './problem.ts';
import { addRouting, type Routing } from './routing.ts';
import type { WorthRange } from './worth.ts';

export interface MasterKnowledge {
  patterns: readonly Pattern[];
  /** Decisions that were evaluated and are not to be proposed again. */
  excluded: readonly OwnerDecision[];
  /** The users' cost when they rent nothing; null where a truck must be charged to meet its final energy. */
  idleCostUsd: number | null;
  /** Range of what a MW is worth [grid][slot]. */
  worth: WorthRange[][];
  /** ε: 0, or small and positive for users who harm the owner where it costs them nothing. */
  marginWeight: number;
}

export interface MasterProgram {
  program: LinearProgram;
  read: (columns: Float64Array) => OwnerDecision;
}

export function buildMaster(problem: SmsProblem, knowledge: MasterKnowledge): MasterProgram {
  const program = new ProgramBuilder(`${problem.name}: owner`);
  const routing = addRouting(program, problem);
  const priceColumns = addMenu(program, problem);
  const activities = addActivities(program, problem, routing);
  addEnergy(program, problem, activities, routing.ahead);
  const stage = { program, problem, costWeight: 0, truckSupply: supplyOf(activities) };
  const dispatch = problem.grids.flatMap((_, g) => addGrid(stage, g).cost);
  const fees = addChoices(program, problem, activities);
  const rent = addRent(program, problem, priceColumns, activities);
  const wear = activities.map(({ column, truck }): Term => {
    return [column, problem.slotHours * problem.trucks[truck]!.degradationUsdPerMwh];
  });
  const cost = (name: string, terms: Term[]): Column => addSum(program, name, terms);
  const spent = cost('users: cost', [...dispatch, ...fees, ...rent]);
  const profit = cost('owner: profit', [...rent, ...negated(wear), ...negated(routing.cost)]);
  const objective = program.addColumn({ name: 'owner: loss', lower: -Infinity, upper: Infinity, cost: 1 });
  program.addRow({
    name: 'owner: loss',
    lower: 0,
    upper: 0,
    terms: [
      [objective, 1],
      [profit, 1],
    ],
  });
  if (knowledge.idleCostUsd !== null)
    program.addRow({
      name: 'users: may rent nothing',
      lower: -Infinity,
      upper: knowledge.idleCostUsd,
      terms: [[spent, 1]],
    });

  const weight = knowledge.marginWeight;
  const minimised =
    weight === 0
      ? spent
      : cost('users: cost and harm', [
          [spent, 1],
          ...[...rent, ...negated(wear)].map(([c, usd]): Term => [c, weight * usd]),
        ]);
  const block = {
    program,
    problem,
    presence: routing.presence,
    ahead: routing.ahead,
    priceColumns,
    usersCost: minimised,
    marginWeight: weight,
    worth: knowledge.worth,
    mostCostUsd: mostCost(problem),
  };
  knowledge.patterns.forEach((pattern, i) => addPatternBlock(block, pattern, `pattern ${i + 1}`));
  knowledge.excluded.forEach((decision, i) => exclude(program, problem, routing, priceColumns, decision, i));
  return {
    program: program.compile(),
    read: (columns) => ({
      priceUsdPerMwh: priceColumns.map((slots, g) =>
        slots.map((levels, slot) => {
          const chosen = levels.findIndex((z) => columns[z]! > 0.5);
          return problem.priceMenuUsdPerMwh[g]![slot]![Math.max(0, chosen)]!;
        }),
      ),
      routes: routing.read((column) => columns[column]!),
    }),
  };
}

const negated = (terms: readonly Term[]): Term[] => terms.map(([column, value]): Term => [column, -value]);

function addSum(program: ProgramBuilder, name: string, terms: readonly Term[]): Column {
  const sum = program.addColumn({ name, lower: -Infinity, upper: Infinity });
  program.addRow({ name, lower: 0, upper: 0, terms: [[sum, -1], ...terms] });
  return sum;
}

function addMenu(program: ProgramBuilder, problem: SmsProblem): Column[][][] {
  return problem.priceMenuUsdPerMwh.map((slots, g) =>
    slots.map((menu, slot) => {
      const name = `grid ${problem.grids[g]!.id}: price, slot ${slot}`;
      const levels = menu.map((_, m) =>
        program.addColumn({ name: `${name}, level ${m}`, lower: 0, upper: 1, kind: 'integer' }),
      );
      program.addRow({ name, lower: 1, upper: 1, terms: levels.map((level): Term => [level, 1]) });
      return levels;
    }),
  );
}

function addActivities(program: ProgramBuilder, problem: SmsProblem, { presence }: Routing): ActivityColumn[] {
  return presence.flatMap((grids, truck) =>
    grids.flatMap((slots, grid) =>
      slots.flatMap((here, slot) => {
        if (here.length === 0) return [];
        const { powerMw } = problem.trucks[truck]!;
        const own = (['charge', 'discharge'] as const).map((direction): ActivityColumn => {
          const activity = { truck, grid, slot, direction };
          const name = activityName(problem, activity);
          return { ...activity, column: program.addColumn({ name, lower: 0, upper: powerMw }) };
        });
        program.addRow({
          name: `truck ${problem.trucks[truck]!.id}: present at grid ${problem.grids[grid]!.id}, slot ${slot}`,
          lower: -Infinity,
          upper: 0,
          terms: [
            ...own.map(({ column }): Term => [column, 1]),
            ...here.map(([arc, one]): Term => [arc, -powerMw * one]),
          ],
        });
        return own;
      }),
    ),
  );
}

/** @returns fees, USD. */
function addChoices(program: ProgramBuilder, problem: SmsProblem, activities: readonly ActivityColumn[]): Term[] {
  const binary = (name: string): Column => program.addColumn({ name, lower: 0, upper: 1, kind: 'integer' });
  for (const own of Map.groupBy(activities, ({ truck, slot }) => `${truck} ${slot}`).values()) {
    const { id, powerMw } = problem.trucks[own[0]!.truck]!;
    const at = `slot ${own[0]!.slot}`;
    const charges = binary(`truck ${id}: charges, ${at}`);
    const sum = (direction: string): Term[] =>
      own.filter((activity) => activity.direction === direction).map(({ column }): Term => [column, 1]);
    const cap = (name: string, upper: number, terms: Term[]): void => {
      program.addRow({ name: `truck ${id}: ${name}, ${at}`, lower: -Infinity, upper, terms });
    };
    cap('charging', 0, [...sum('charge'), [charges, -powerMw]]);
    cap('discharging', powerMw, [...sum('discharge'), [charges, powerMw]]);
  }
  return [...Map.groupBy(activities, ({ grid, slot }) => `${grid} ${slot}`).values()].map((own): Term => {
    const { grid, slot } = own[0]!;
    const { id, activityFeeUsd } = problem.grids[grid]!;
    const rents = binary(`grid ${id}: rents, slot ${slot}`);
    for (const [truck, pair] of Map.groupBy(own, (activity) => activity.truck))
      program.addRow({
        name: `truck ${problem.trucks[truck]!.id}: rented by grid ${id}, slot ${slot}`,
        lower: -Infinity,
        upper: 0,
        terms: [...pair.map(({ column }): Term => [column, 1]), [rents, -problem.trucks[truck]!.powerMw]],
      });
    return [rents, activityFeeUsd];
  });
}

/** @returns rent, USD: price × power as one column per level. */
function addRent(
  program: ProgramBuilder,
  problem: SmsProblem,
  priceColumns: readonly Column[][][],
  activities: readonly ActivityColumn[],
): Term[] {
  return [...Map.groupBy(activities, ({ grid, slot }) => `${grid} ${slot}`).values()].flatMap((own) => {
    const { grid, slot } = own[0]!;
    const mostMw = [...new Set(own.map(({ truck }) => truck))].reduce((sum, k) => sum + problem.trucks[k]!.powerMw, 0);
    const name = `grid ${problem.grids[grid]!.id}: rented power, slot ${slot}`;
    const powers = priceColumns[grid]![slot]!.map((level, m) => {
      const power = program.addColumn({ name: `${name}, level ${m}`, lower: 0, upper: mostMw });
      const terms: Term[] = [
        [power, 1],
        [level, -mostMw],
      ];
      program.addRow({ name: `${name}, only at level ${m}`, lower: -Infinity, upper: 0, terms });
      return power;
    });
    program.addRow({
      name,
      lower: 0,
      upper: 0,
      terms: [...powers.map((power): Term => [power, 1]), ...own.map(({ column }): Term => [column, -1])],
    });
    return powers.map((power, m): Term => [power, problem.slotHours * problem.priceMenuUsdPerMwh[grid]![slot]![m]!]);
  });
}

/** Prices matter only where a truck stands. */
function exclude(
  program: ProgramBuilder,
  problem: SmsProblem,
  routing: Routing,
  priceColumns: readonly Column[][][],
  { routes, priceUsdPerMwh }: OwnerDecision,
  index: number,
): void {
  const { terms, legs } = routing.same(routes);
  const places = new Set<string>();
  const prices = presenceOf(problem, routes).flatMap((slots) =>
    slots.flatMap((grid, slot): Term[] => {
      if (grid === null || places.has(`${grid} ${slot}`)) return [];
      places.add(`${grid} ${slot}`);
      const level = problem.priceMenuUsdPerMwh[grid]![slot]!.indexOf(priceUsdPerMwh[grid]![slot]!);
      return [[priceColumns[grid]![slot]![level]!, 1]];
    }),
  );
  program.addRow({
    name: `decision ${index + 1} is known`,
    lower: -Infinity,
    upper: legs + prices.length - 1,
    terms: [...terms, ...prices],
  });
}

/**
 * Serving nothing, dumping everything and paying for every truck at full power costs at least as much as anything sensible.
 * What is earned at negative import prices counts twice, so that the bound also covers a gain that is given up.
 */
function mostCost(problem: SmsProblem): number {
  const fleetMw = problem.trucks.reduce((sum, truck) => sum + truck.powerMw, 0);
  let cost = 0;
  problem.grids.forEach((grid, g) => {
    for (let slot = 0; slot < problem.slots; slot++) {
      cost += 2 * problem.slotHours * Math.max(0, -grid.importUsdPerMwh[slot]!) * grid.importCapMw;
      const rent = Math.max(...problem.priceMenuUsdPerMwh[g]![slot]!);
      cost += problem.slotHours * (grid.unservedUsdPerMwh * (grid.loadMw[slot]! + fleetMw) + rent * fleetMw);
      cost += problem.slotHours * grid.dumpUsdPerMwh * (grid.windMw[slot]! + fleetMw);
      cost += problem.slotHours * grid.emergencyReserveUsdPerMw * grid.downsideMarginMw[slot]! + grid.activityFeeUsd;
    }
  });
  return cost;
}
