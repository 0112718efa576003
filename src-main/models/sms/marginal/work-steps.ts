/**
 * Powers at which the price of work may bend, and the trucks that share them. What a place earns is told apart by how many trucks work there at
 * which of these powers: a truck between two of them counts in part for either, so that a truck at full power here and an idle one there are
 * not taken for two at half.
 */
import type { SmsProblem, Truck } from '../problem.ts';
import type { TruckClass } from './truck-classes.ts';

/** Powers, MW, ascending, the last full power; nothing is not among them. */
export interface WorkSteps {
  charge: number[];
  discharge: number[];
}

export const directions = ['charge', 'discharge'] as const;
export type Direction = (typeof directions)[number];

export interface WorkGroup {
  /** Any truck of the group. */
  truck: Truck;
  /** How many there are. */
  count: number;
  steps: WorkSteps;
}

export interface WorkGroups {
  /** [class] */
  groupOf: number[];
  groups: WorkGroup[];
}

/** The same with steps of every place's own. */
export interface PlaceGroups {
  /** [class] */
  groupOf: readonly number[];
  groupsAt: (grid: number, slot: number) => readonly WorkGroup[];
}

/** Trucks of like power and efficiency together. @param parts of full power where prices may bend. */
export function workGroups(problem: SmsProblem, classes: readonly TruckClass[], parts: number): WorkGroups {
  const keyOf = ({ powerMw, chargeEfficiency, dischargeEfficiency }: Truck): string =>
    `${powerMw} ${chargeEfficiency * dischargeEfficiency}`;
  const strongest = classes.map(({ truck }) => truck).sort((a, b) => b.powerMw - a.powerMw);
  const keys = [...new Set(strongest.map(keyOf))];
  const groups = keys.map((key): WorkGroup => {
    const own = problem.trucks.filter((truck) => keyOf(truck) === key);
    return { truck: own[0]!, count: own.length, steps: workSteps(own[0]!, parts) };
  });
  return { groupOf: classes.map(({ truck }) => keys.indexOf(keyOf(truck))), groups };
}

/** Discharging bends where as much energy is given as charging bends take: so the energies of best days stay few (day-levels.ts). */
export function workSteps({ powerMw, chargeEfficiency, dischargeEfficiency }: Truck, parts: number): WorkSteps {
  const some = Array.from({ length: parts - 1 }, (_, i) => ((i + 1) / parts) * powerMw);
  return {
    charge: [...some, powerMw],
    discharge: [...some.map((mw) => mw * chargeEfficiency * dischargeEfficiency), powerMw],
  };
}

/** How a truck at this power counts: steps and their weights, at most two. Below the first step it counts in part for that one alone. */
export function stepWeights(steps: readonly number[], mw: number): { step: number; weight: number }[] {
  const above = steps.findIndex((step) => mw <= step + 1e-9);
  const step = above < 0 ? steps.length - 1 : above;
  const from = step === 0 ? 0 : steps[step - 1]!;
  const weight = Math.min(1, (mw - from) / (steps[step]! - from));
  const below = step === 0 || weight > 1 - 1e-9 ? [] : [{ step: step - 1, weight: 1 - weight }];
  return [{ step, weight }, ...below].filter((own) => own.weight > 1e-9);
}
