/**
 * "The users' cost is at most that of pattern π": one row of the owner's program per pattern seen, with the dual of the users' linear
 * program at π (Zeng and An 2014).
 *
 *   cost ≤ max { dual objective − Σ_j P v_j } + Σ_{g,t in π} fee f_{g,t} + R Σ_k s_k
 *   activity j of truck k at (g, t):  λ, σ part − v_j ≤ Δ Σ_m p_m z_{g,t,m} (1 + ε) − ε Δ degradation + M_j (1 − w_{k,g,t})
 *   f_{g,t} ≤ 1,  f_{g,t} ≤ Σ_{k active in π} w_{k,g,t}                                    a fee only where a truck is present
 *   s_k = 1 only where π cannot bring truck k to its final energy: Σ_{charges j of k} η_c Δ P w_j ≤ (need_k − tiny) s_k + reach_k (1 − s_k)
 *
 * v_j prices the power limit P w: it costs P v where the truck is present, and where it is absent the equation falls away. M_j is the largest
 * left-hand side for duals in their ranges: λ by worth.ts; a value of energy s = −σ is tied at an optimal corner to 0 or to an activity,
 * s = η_d (λ/Δ − p) or s = (λ/Δ + p)/η_c, which bounds it. ε is the weight of the owner's margin (ties).
 */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { addDual } from '../../program/dual.ts';
import { energyBalanceName, energyPerMw, type Activity } from './fleet.ts';
import { balanceName } from './grid.ts';
import { patternProgram, type Pattern } from './pattern.ts';
import type { SmsProblem } from './problem.ts';
import type { WorthRange } from './worth.ts';

export interface BlockStage {
  program: ProgramBuilder;
  problem: SmsProblem;
  /** [truck][grid][slot], as a sum. */
  presence: Term[][][][];
  /** [grid][slot][level] */
  priceColumns: Column[][][];
  /** What the users minimise at the owner's proposal. */
  usersCost: Column;
  /** ε: weight of the owner's margin in what the users minimise. */
  marginWeight: number;
  /** Range of the duals of the balances [grid][slot]. */
  worth: WorthRange[][];
  /** A cost the users never exceed, whatever is decided. */
  mostCostUsd: number;
}

export function addPatternBlock(stage: BlockStage, seen: Pattern, name: string): void {
  const { program, problem, presence, usersCost } = stage;
  const pattern = seen.filter(({ truck, grid, slot }) => presence[truck]![grid]![slot]!.length > 0);
  const { primal, activities } = patternProgram(problem, pattern);
  const { bounds, least, most } = dualRanges(stage);
  const indexed = new Map(activities.map((activity) => [activity.column as number, activity]));
  const limits: Term[] = [];
  const dual = addDual(program, primal, {
    name,
    bounds,
    extra: (column) => {
      const activity = indexed.get(column);
      if (!activity) return null;
      const { truck, grid, slot } = activity;
      const { powerMw, degradationUsdPerMwh } = problem.trucks[truck]!;
      const limit = program.addColumn({ name: `${name}: power limit ${column}`, lower: 0, upper: Infinity });
      limits.push([limit, powerMw]);
      const rents = stage.priceColumns[grid]![slot]!.map((level, m): Term => {
        const price = problem.priceMenuUsdPerMwh[grid]![slot]![m]!;
        return [level, -problem.slotHours * (price + stage.marginWeight * (price - degradationUsdPerMwh))];
      });
      const absent = largestDual(stage, activity, { least, most });
      const here = presence[truck]![grid]![slot]!.map(([arc, one]): Term => [arc, absent * one]);
      return { terms: [[limit, -1], ...rents, ...here], relief: absent };
    },
  });
  const fees = addFees(stage, pattern, name);
  program.addRow({
    name: `${name}: the users do no worse`,
    lower: -Infinity,
    upper: dual.constant,
    terms: [
      [usersCost, 1],
      ...[...dual.objective, ...fees].map(([column, worth]): Term => [column, -worth]),
      ...limits,
      ...addShortfalls(stage, pattern, name),
    ],
  });
}

interface Ranges {
  /** Least and greatest value of a MWh in the truck, USD [truck]. */
  least: number[];
  most: number[];
  bounds: (rowName: string) => WorthRange | null;
}

function dualRanges({ problem, marginWeight, worth }: BlockStage): Ranges {
  const usersPrices = problem.priceMenuUsdPerMwh.flat(2).map((price) => (1 + marginWeight) * price);
  const highest = Math.max(...usersPrices);
  const wear = marginWeight * Math.max(0, ...problem.trucks.map((truck) => truck.degradationUsdPerMwh));
  const lowest = Math.min(...usersPrices) - wear;
  const dearest = Math.max(...worth.flat().map(({ upper }) => upper)) / problem.slotHours;
  const cheapest = Math.min(...worth.flat().map(({ lower }) => lower)) / problem.slotHours;
  const least = problem.trucks.map(({ chargeEfficiency, dischargeEfficiency }) =>
    Math.min(0, dischargeEfficiency * (cheapest - highest), (cheapest + lowest) / chargeEfficiency),
  );
  const most = problem.trucks.map(({ chargeEfficiency, dischargeEfficiency }) =>
    Math.max(0, dischargeEfficiency * (dearest - lowest), (dearest + highest) / chargeEfficiency),
  );
  const ranges = new Map<string, WorthRange>();
  for (let slot = 0; slot < problem.slots; slot++) {
    // More on the right-hand side is energy from nowhere, so that the dual is minus its value.
    problem.trucks.forEach((truck, k) =>
      ranges.set(energyBalanceName(truck, slot), { lower: -most[k]!, upper: -least[k]! }),
    );
    problem.grids.forEach((grid, g) => ranges.set(balanceName(grid, slot), worth[g]![slot]!));
  }
  return { least, most, bounds: (rowName) => ranges.get(rowName) ?? null };
}

/** The most by which the dual can exceed the rent of an activity: M_j. */
function largestDual(
  { problem, marginWeight, worth }: BlockStage,
  activity: Activity,
  { least, most }: Pick<Ranges, 'least' | 'most'>,
): number {
  const { truck, grid, slot, direction } = activity;
  const { lower, upper } = worth[grid]![slot]!;
  const { degradationUsdPerMwh } = problem.trucks[truck]!;
  const perMw = energyPerMw(problem, activity);
  const power = direction === 'discharge' ? upper : -lower;
  const stored = direction === 'discharge' ? -least[truck]! * perMw : most[truck]! * -perMw;
  const lowest = Math.min(...problem.priceMenuUsdPerMwh[grid]![slot]!);
  const rent = problem.slotHours * (lowest + marginWeight * (lowest - degradationUsdPerMwh));
  return Math.max(0, power + stored - rent);
}

function addFees({ program, problem, presence }: BlockStage, pattern: Pattern, name: string): Term[] {
  return [...Map.groupBy(pattern, ({ grid, slot }) => `${grid} ${slot}`).values()].map((own): Term => {
    const { grid, slot } = own[0]!;
    const paid = program.addColumn({ name: `${name}: fee of ${grid}, slot ${slot}`, lower: 0, upper: 1 });
    const present = own.flatMap(({ truck }) => presence[truck]![grid]![slot]!);
    program.addRow({
      name: `${name}: fee of ${grid} only with a truck, slot ${slot}`,
      lower: -Infinity,
      upper: 0,
      terms: [[paid, 1], ...present.map(([arc, one]): Term => [arc, -one])],
    });
    return [paid, problem.grids[grid]!.activityFeeUsd];
  });
}

/** A pattern that cannot fill a truck to its final energy says nothing. */
function addShortfalls(
  { program, problem, presence, mostCostUsd }: BlockStage,
  pattern: Pattern,
  name: string,
): Term[] {
  return problem.trucks.flatMap((truck, k): Term[] => {
    const needMwh = truck.finalMinMwh - truck.initialMwh;
    if (needMwh <= 0) return [];
    const charges = pattern.filter((activity) => activity.truck === k && activity.direction === 'charge');
    const perSlotMwh = truck.chargeEfficiency * problem.slotHours * truck.powerMw;
    const reachMwh = perSlotMwh * charges.length;
    const short = program.addColumn({ name: `${name}: truck ${truck.id} short`, lower: 0, upper: 1, kind: 'integer' });
    const present = charges.flatMap(({ grid, slot }) => presence[k]![grid]![slot]!);
    program.addRow({
      name: `${name}: truck ${truck.id} cannot be filled`,
      lower: -Infinity,
      upper: reachMwh,
      terms: [
        ...present.map(([arc, one]): Term => [arc, perSlotMwh * one]),
        [short, reachMwh - needMwh + 1e-6 * truck.capacityMwh],
      ],
    });
    return [[short, -mostCostUsd]];
  });
}
