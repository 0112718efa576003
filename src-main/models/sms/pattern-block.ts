/**
 * "The users' cost is at most that of pattern π": one row of the owner's program per pattern seen, with the dual of the users' linear
 * program at π (Zeng and An 2014).
 *
 *   cost ≤ max { dual objective − Σ_j P v_j } + Σ_{g,t in π} fee f_{g,t} + R Σ_k s_k
 *   activity j of truck k at (g, t):  λ, σ part − v_j ≤ Δ Σ_m p_m z_{g,t,m} (1 + ε) − ε Δ degradation + M_j (1 − w_{k,g,t})
 *   f_{g,t} ≤ 1,  f_{g,t} ≤ Σ_{k active in π} w_{k,g,t}                                    a fee only where a truck is present
 *   s_k = 1 only where π cannot bring truck k to its final energy: Σ_{charges j of k} η_c Δ P w_j ≤ (need_k − tiny) s_k + reach_k (1 − s_k)
 *
 * Where trucks drive on their batteries, the first energy and the capacity of the pattern's program fall with the route x: its dual objective
 * gains Σ_a E_a x_a s_0 + Σ_{a,t} E_a share_{a,t} x_a ᾱ_t over trips a, each product bounded above by the factors and their ranges; any
 * pattern then is feasible on any route, since doing nothing is.
 *
 * v_j prices the power limit P w: it costs P v where the truck is present, and where it is absent the equation falls away. M_j is the largest
 * left-hand side for duals in their ranges: λ by worth.ts; a value of energy s = −σ is tied at an optimal corner to 0 or to an activity,
 * s = η_d (λ/Δ − p) or s = (λ/Δ + p)/η_c, which bounds it. ε is the weight of the owner's margin (ties).
 */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { addDual, type DualColumns } from '../../program/dual.ts';
import { energyBalanceName, energyName, energyPerMw, type Activity, type EnergyAhead } from './fleet.ts';
import { balanceName } from './grid.ts';
import { patternProgram, type Pattern } from './pattern.ts';
import type { SmsProblem } from './problem.ts';
import type { WorthRange } from './worth.ts';

export interface BlockStage {
  program: ProgramBuilder;
  problem: SmsProblem;
  /** [truck][grid][slot], as a sum. */
  presence: Term[][][][];
  ahead: EnergyAhead;
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
      ...[...dual.objective, ...addWays(stage, dual, { least, most }, name), ...fees].map(([column, worth]): Term => [
        column,
        -worth,
      ]),
      ...limits,
      ...addShortfalls(stage, pattern, name),
    ],
  });
}

/** What the energy of the ways adds to the dual objective. */
function addWays(
  { program, problem, ahead }: BlockStage,
  dual: DualColumns,
  { least, most }: Pick<Ranges, 'least' | 'most'>,
  name: string,
): Term[] {
  return problem.trucks.flatMap((truck, k): Term[] => {
    const product = (what: string, arc: Column, factor: { terms: Term[]; least: number; most: number }): Column => {
      const own = program.addColumn({ name: `${name}: truck ${truck.id}, ${what}`, lower: -Infinity, upper: Infinity });
      const bound = (side: string, upper: number, terms: Term[]): void => {
        program.addRow({
          name: `${name}: truck ${truck.id}, ${what}, ${side}`,
          lower: -Infinity,
          upper,
          terms: [[own, 1], ...terms],
        });
      };
      bound('only on this way', 0, [[arc, -factor.most]]);
      bound('no more than it is', -factor.least, [...factor.terms, [arc, -factor.least]]);
      return own;
    };
    const [low, high] = [least[k]!, most[k]!];
    // s = −σ, so that "product ≤ s − least (1 − x)" has the dual itself on its left.
    const stored = { terms: dual.ofRow(energyBalanceName(truck, 0)), least: low, most: high };
    const whole = ahead(k, -1).terms.map(([arc, mwh], i): Term => [product(`energy of way ${i}`, arc, stored), mwh]);
    const full = Array.from({ length: problem.slots }, (_, slot) => slot).flatMap((slot) => {
      const own = dual.ofUpperBound(energyName(truck, slot));
      if (own === null) return [];
      const factor = { terms: [[own, -1] as const], least: 0, most: high - low };
      return ahead(k, slot).terms.map(([arc, mwh], i): Term => [
        product(`capacity of way ${i}, slot ${slot}`, arc, factor),
        mwh,
      ]);
    });
    return [...whole, ...full];
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
