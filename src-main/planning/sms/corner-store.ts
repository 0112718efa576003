/** Corners of work found so far, and the search for those that prices ask for (models/sms/marginal/work-corners.ts). */
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { placesAt } from '../../models/sms/marginal/curve-program.ts';
import { dayLevels } from '../../models/sms/marginal/day-levels.ts';
import type { CornerPrices } from '../../models/sms/marginal/master-prices.ts';
import type { TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import { choicesOf } from '../../models/sms/marginal/work-choices.ts';
import { WorkCorners, type WorkCorner } from '../../models/sms/marginal/work-corners.ts';
import { workPlace } from '../../models/sms/marginal/work-place.ts';
import { workGroups, type WorkGroups } from '../../models/sms/marginal/work-steps.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';

/** Energies of a truck, and ways to have those of a group at steps, beyond which a search takes longer than it is worth. */
const mostLevels = 1200;
const mostChoices = 5000;
/** A corner that was in no mixture for so many of them is forgotten; it is found again when it matters. */
const oldAge = 60;
/** A corner that brings less than this more is none, USD. */
const leastGainUsd = 1e-6;

/** Whether work can be told apart at so many parts of full power. */
export function canTellApart(problem: SmsProblem, classes: readonly TruckClass[], parts: number): boolean {
  const { slots, slotHours } = problem;
  if (classes.some(({ truck }) => dayLevels(truck, slots, slotHours, parts).length > mostLevels)) return false;
  const { groups } = workGroups(problem, classes, parts);
  return problem.grids.every((_, g) => groups.every((group) => choicesOf(group, placesAt(problem, g)) <= mostChoices));
}

interface Known {
  corner: WorkCorner;
  lastUse: number;
}

export class CornerStore {
  readonly work: WorkGroups;
  readonly #searches: WorkCorners[];
  /** [grid][slot], by key. */
  readonly #known: Map<string, Known>[][];
  #mixtures = 0;

  /** @param coarser its corners are kept. */
  constructor(
    problem: SmsProblem,
    curves: CostCurve[][],
    classes: readonly TruckClass[],
    { parts, coarser }: { parts: number; coarser: CornerStore | null },
  ) {
    this.work = workGroups(problem, classes, parts);
    this.#searches = problem.grids.map((_, g) => new WorkCorners(this.work.groups, placesAt(problem, g)));
    this.#known = curves.map((slots, g) =>
      slots.map((curve, slot) => {
        const [search, place] = [this.#searches[g]!, workPlace(curve, anywhere)];
        const before = coarser?.corners(g, slot).flatMap(({ netMw }) => search.of(place, netMw) ?? []) ?? [];
        return new Map([...search.first(place), ...before].map((corner) => [corner.key, { corner, lastUse: 0 }]));
      }),
    );
  }

  /** As they are known now. */
  cornersAt(): (grid: number, slot: number) => WorkCorner[] {
    return (grid, slot) => this.corners(grid, slot);
  }

  corners(grid: number, slot: number): WorkCorner[] {
    return [...this.#known[grid]![slot]!.values()].map(({ corner }) => corner);
  }

  /** What the best corners are worth [grid][slot], USD; those worth more than asked for are kept. */
  take(prices: readonly (readonly CornerPrices[])[]): { worthUsd: number[][]; found: number } {
    let found = 0;
    const worthUsd = prices.map((slots, g) =>
      slots.map((own, slot) => {
        const { corner, valueUsd } = this.#searches[g]!.best(own.place, own, own.weightUsd);
        const known = this.#known[g]![slot]!;
        if (corner !== null && valueUsd - own.weightUsd > leastGainUsd && !known.has(corner.key)) {
          known.set(corner.key, { corner, lastUse: this.#mixtures });
          found++;
        }
        return Math.max(0, valueUsd);
      }),
    );
    return { worthUsd, found };
  }

  /** Corners that a mixture uses stay; others are forgotten after a while. */
  use(used: readonly (readonly ReadonlySet<string>[])[]): void {
    this.#mixtures++;
    this.#known.forEach((slots, g) =>
      slots.forEach((known, slot) => {
        for (const [key, own] of known)
          if (used[g]![slot]!.has(key)) own.lastUse = this.#mixtures;
          else if (this.#mixtures - own.lastUse > oldAge) known.delete(key);
      }),
    );
  }
}

const anywhere = { fromMw: -Infinity, toMw: Infinity };
