/**
 * The objectives of a problem as columns of its program, so that one solve can minimise some and keep others.
 *
 *   generation:   f = Σ_k Δ (Σ_m slope_m s_m + no-load · on)
 *   loss:         f = Δ Σ_t loss_t          flat: share · (Σ g + Σ w + purchase);  on a feeder: network.ts
 *   renewables:   f = 100 Σ w / Σ available
 *   deviation:    f ≥ n_t + β_t − φ_t   and   f ≥ −n_t + β⁻_t,     n_t = load_t + Σ EV (c − d)_t − Σ w_t
 *   cost:         f = the cost that is minimised otherwise, tie-breaks included
 *
 * β_t is the worst deviation of a slot, φ_t what the EV pool takes of it, β⁻_t the worst the other way, which nobody answers: the set's own
 * maximum of |renewables − (load + EV net)|, exact because each side has one coefficient for every component. Source of the objectives:
 * Zhou et al. 2017, Table 1; of the epigraph: Ben-Tal, El Ghaoui and Nemirovski 2009. Symbols: β → `worstCase`, φ → `kept`, β⁻ → `surplus`.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, LinearProgram, Term } from '../../program/program.ts';
import { budgetWorstCase } from '../../robust/budget-set.ts';
import type { SharedDeviation } from '../../robust/counterpart-common-factor.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { perSlot, type Stage, type ValueOf } from './device.ts';
import type { EvColumns } from './ev.ts';
import type { GasColumns } from './gas.ts';
import type { SlotLoss } from './losses.ts';
import { objectiveName } from './names.ts';
import { senseOf, type Goal, type ObjectiveKind, type ObjectiveValues } from './objectives.ts';
import type { V2gProblem } from './problem.ts';
import { whyNot } from './require-valid-objectives.ts';
import { isInService } from './slot-values.ts';
import type { StandbyColumns } from './standby.ts';

export interface ObjectiveParts {
  gas: readonly GasColumns[];
  /** [park][slot] */
  wind: readonly Column[][];
  evs: readonly EvColumns[];
  /** What is not planned of their discharge but stands by [aggregator][slot]. */
  standby: StandbyColumns;
  deviation: SharedDeviation;
  /** [slot] */
  losses: readonly SlotLoss[];
  /** Price of energy that cars off plan leave without. */
  offPlanCost: readonly Term[];
}

export interface ObjectiveColumns {
  /** The program with the goal in place of the cost. */
  aimed: (program: LinearProgram) => LinearProgram;
  /** What a solution is worth by each objective but the cost. */
  values: (valueOf: ValueOf) => ObjectiveValues;
}

/** Called after everything else: the cost is then complete. */
export function addObjectives(stage: Stage, parts: ObjectiveParts): ObjectiveColumns {
  const { program, problem } = stage;
  const { goal } = problem;
  const sums = sumsOf(problem, parts);
  const sides = whyNot(problem, 'deviation') === null ? deviationSides(problem, parts) : [];
  const columns = new Map<ObjectiveKind, Column>();
  for (const objective of goal?.over ?? []) {
    const kept = goal!.keep.find((one) => one.objective === objective)?.value;
    const column = program.addColumn({
      name: objectiveName(objective),
      lower: kept !== undefined && senseOf(objective) < 0 ? kept : -Infinity,
      upper: kept !== undefined && senseOf(objective) > 0 ? kept : Infinity,
    });
    columns.set(objective, column);
    if (objective === 'deviation') addDeviation(stage, column, sides);
    else {
      const { terms, constant } = objective === 'cost' ? program.objective() : sums[objective]!;
      program.addRow({
        name: objectiveName(`sum of ${objective}`),
        lower: -constant,
        upper: -constant,
        terms: [...terms, [column, -1]],
      });
    }
  }
  if (goal) addUnmetLimit(stage, parts, goal.unmetAtMost ?? Infinity);
  return {
    aimed: (compiled) => (goal ? aimedAt(compiled, goal, columns) : compiled),
    values: (valueOf) => {
      const worth = ({ terms, constant }: AffineExpression): number =>
        terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), constant);
      const values: ObjectiveValues = {};
      for (const [objective, sum] of Object.entries(sums)) values[objective as ObjectiveKind] = worth(sum);
      // The estimate of the linear model is read from its flows, whether or not it has columns.
      if (sums.loss) values.loss = problem.slotHours * parts.losses.reduce((sum, { read }) => sum + read(valueOf), 0);
      if (sides.length > 0)
        values.deviation = Math.max(
          ...sides.map(({ net, short, surplus }) => Math.max(worth(net) + worth(short), -worth(net) + surplus)),
        );
      return values;
    },
  };
}

/** Objectives that are sums; those the problem cannot state are left out. */
function sumsOf(
  problem: V2gProblem,
  { gas, wind, losses }: ObjectiveParts,
): Partial<Record<ObjectiveKind, AffineExpression>> {
  const { slotHours } = problem;
  const sums: Partial<Record<ObjectiveKind, AffineExpression>> = {};
  if (whyNot(problem, 'generation') === null) {
    const terms: Term[] = [];
    let constant = 0;
    problem.gas.forEach((unit, k) => {
      const { segments, commitment } = gas[k]!;
      for (const { column, slopePerKwh } of segments.flat()) terms.push([column, slopePerKwh * slotHours]);
      if (commitment) for (const on of commitment.on) terms.push([on, unit.noLoadPerHour * slotHours]);
      else
        constant +=
          unit.noLoadPerHour * slotHours * perSlot(problem, (slot) => isInService(unit, slot)).filter(Boolean).length;
    });
    sums.generation = { terms, constant };
  }
  if (whyNot(problem, 'loss') === null)
    sums.loss = {
      terms: losses.flatMap(({ lostKw }) => lostKw.terms.map(([column, kw]): Term => [column, kw * slotHours])),
      constant: losses.reduce((sum, { lostKw }) => sum + lostKw.constant * slotHours, 0),
    };
  if (whyNot(problem, 'renewables') === null) {
    const availableKw = problem.wind.flatMap((park) => park.availableKw).reduce((sum, kw) => sum + kw, 0);
    sums.renewables = { terms: wind.flat().map((column): Term => [column, 100 / availableKw]), constant: 0 };
  }
  return sums;
}

interface DeviationSides {
  /** Load and EV net less renewables, as scheduled. */
  net: AffineExpression;
  /** What deviations add to it at worst, and what they take off it. */
  short: AffineExpression;
  surplus: number;
}

function deviationSides(problem: V2gProblem, { wind, evs, standby, deviation }: ObjectiveParts): DeviationSides[] {
  const surplus = worstSurplus(problem);
  return perSlot(problem, (slot) => ({
    net: {
      terms: [
        ...evs.flatMap((own): Term[] =>
          slot < own.from || slot >= own.until
            ? []
            : [
                [own.charge[slot - own.from]!, 1],
                [own.discharge[slot - own.from]!, -1],
              ],
        ),
        ...standby.flatMap((bySlot): Term[] => (bySlot[slot] === null ? [] : [[bySlot[slot]!, 1]])),
        ...wind.map((own): Term => [own[slot]!, -1]),
      ],
      constant:
        problem.loadKw[slot]! +
        (problem.charging === 'coordinated' ? 0 : problem.uncoordinatedKw.reduce((sum, own) => sum + own[slot]!, 0)),
    },
    short: deviation.kept[slot]!,
    surplus: surplus[slot]!,
  }));
}

/** β⁻: intervals and budgets are the same both ways. */
function worstSurplus(problem: V2gProblem): number[] {
  const { components, protection, set } = problem.uncertainty;
  if (!set)
    return perSlot(problem, (slot) =>
      budgetWorstCase(
        components.map(({ halfWidthKw }) => halfWidthKw[slot]!),
        protection,
      ),
    );
  const total = totalSet(set, problem.slots);
  const none = new Array<number>(problem.slots).fill(0);
  return none.map((_, slot) => Math.max(0, setWorstCase(total, none.with(slot, -1))));
}

function addDeviation({ program }: Stage, most: Column, sides: readonly DeviationSides[]): void {
  sides.forEach(({ net, short, surplus }, slot) => {
    const level = program.addColumn({ name: objectiveName('net demand', slot), lower: -Infinity, upper: Infinity });
    const row = (what: string, lower: number, terms: Term[]): void => {
      program.addRow({ name: objectiveName(what, slot), lower, upper: Infinity, terms });
    };
    program.addRow({
      name: objectiveName('sum of net demand', slot),
      lower: -net.constant,
      upper: -net.constant,
      terms: [...net.terms, [level, -1]],
    });
    const added = short.terms.map(([column, factor]): Term => [column, -factor]);
    row('largest shortfall of renewables', short.constant, [[most, 1], [level, -1], ...added]);
    row('largest surplus of renewables', surplus, [
      [most, 1],
      [level, 1],
    ]);
  });
}

/** A shortfall at departure has a price, so an objective beside the cost would buy itself with it. */
function addUnmetLimit({ program, problem }: Stage, { evs, offPlanCost }: ObjectiveParts, atMost: number): void {
  const { unmetPerKwh } = problem;
  const unmet = evs.flatMap(({ unmet: column }): Term[] => (column === null ? [] : [[column, unmetPerKwh ?? 0]]));
  program.addRow({
    name: objectiveName('energy that cars leave without'),
    lower: -Infinity,
    upper: atMost,
    terms: [...unmet, ...offPlanCost],
  });
}

/** The cost as it is where it is all that is wanted; else values of objectives in its place, without its constant. */
function aimedAt(
  program: LinearProgram,
  { minimise }: Goal,
  columns: ReadonlyMap<ObjectiveKind, Column>,
): LinearProgram {
  const ofCost = minimise.find(({ objective }) => objective === 'cost')?.per ?? 0;
  if (minimise.length === 1 && ofCost > 0) return { ...program, cost: program.cost.map((value) => value * ofCost) };
  const cost = program.cost.map((value) => value * ofCost);
  for (const { objective, per } of minimise)
    if (objective !== 'cost') cost[columns.get(objective)!]! += per * senseOf(objective);
  return { ...program, cost, offset: 0 };
}
