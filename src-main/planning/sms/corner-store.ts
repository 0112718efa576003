/** Corners of work found so far, and the search for those that prices ask for (models/sms/marginal/work-corners.ts). */
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { placesAt } from '../../models/sms/marginal/curve-program.ts';
import { dayLevels } from '../../models/sms/marginal/day-levels.ts';
import type { ClassDay } from '../../models/sms/marginal/day-master.ts';
import { finerSteps, withSteps } from '../../models/sms/marginal/finer-steps.ts';
import type { CornerPrices, MasterPoint } from '../../models/sms/marginal/master-prices.ts';
import { mixedTrucks } from '../../models/sms/marginal/mixed-trucks.ts';
import type { TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import { choicesOf } from '../../models/sms/marginal/work-choices.ts';
import { WorkCorners, type WorkCorner } from '../../models/sms/marginal/work-corners.ts';
import { workPlace } from '../../models/sms/marginal/work-place.ts';
import { workGroups, type PlaceGroups, type WorkGroup } from '../../models/sms/marginal/work-steps.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';

/** Energies of a truck, and ways to have those of a group at steps, beyond which a search takes longer than it is worth. */
const mostLevels = 2000;
const mostChoices = 5000;
/** A corner that was in no mixture for so many of them is forgotten; it is found again when it matters. */
const oldAge = 60;
/** A corner that brings less than this more is none, USD. */
const leastGainUsd = 1e-6;
/** Steps that are added at once, of all directions of groups at places; and what one must be able to bring, of the bound. */
const addedShare = 0.2;
const leastStepShare = 4e-5;

/** Whether work can be told apart at so many parts of full power, everywhere. */
export function canTellApart(problem: SmsProblem, classes: readonly TruckClass[], parts: number): boolean {
  const { groups } = workGroups(problem, classes, parts);
  return canRefine(problem, classes, parts) && problem.grids.every((_, g) => areFew(groups, placesAt(problem, g)));
}

/** Whether it can at some places. */
export const canRefine = ({ slots, slotHours }: SmsProblem, classes: readonly TruckClass[], parts: number): boolean =>
  classes.every(({ truck }) => dayLevels(truck, slots, slotHours, parts).length <= mostLevels);

const areFew = (groups: readonly WorkGroup[], places: number): boolean =>
  groups.every((group) => choicesOf(group, places) <= mostChoices);

interface Known {
  corner: WorkCorner;
  lastUse: number;
}

interface Place {
  curve: CostCurve;
  /** With steps of its own. */
  groups: readonly WorkGroup[];
  /** By key. */
  known: Map<string, Known>;
}

export class CornerStore {
  readonly work: PlaceGroups;
  readonly #problem: SmsProblem;
  readonly #searches = new Map<string, WorkCorners>();
  /** [grid][slot] */
  readonly #places: Place[][];
  #mixtures = 0;
  #version = 0;

  /** @param coarser its corners are kept. */
  constructor(
    problem: SmsProblem,
    curves: CostCurve[][],
    classes: readonly TruckClass[],
    { parts, coarser }: { parts: number; coarser: CornerStore | null },
  ) {
    this.#problem = problem;
    const { groupOf, groups } = workGroups(problem, classes, parts);
    this.work = { groupOf, groupsAt: (grid, slot) => this.#places[grid]![slot]!.groups };
    this.#places = curves.map((slots, g) =>
      slots.map((curve, slot) => {
        const first = this.#search(g, groups).first(workPlace(curve, anywhere));
        const known = this.#counted(g, { curve, groups }, [...first, ...(coarser?.corners(g, slot) ?? [])]);
        return { curve, groups, known };
      }),
    );
  }

  /** As they are known now. */
  cornersAt(): (grid: number, slot: number) => WorkCorner[] {
    return (grid, slot) => this.corners(grid, slot);
  }

  corners(grid: number, slot: number): WorkCorner[] {
    return [...this.#places[grid]![slot]!.known.values()].map(({ corner }) => corner);
  }

  /** What the best corners are worth [grid][slot], USD; those worth more than asked for are kept. */
  take(prices: readonly (readonly CornerPrices[])[]): { worthUsd: number[][]; found: number } {
    let found = 0;
    const worthUsd = prices.map((slots, g) =>
      slots.map((own, slot) => {
        const { corners, valueUsd } = this.#search(g, own.groups).best(own.place, own, own.weightUsd);
        const { known, groups, curve } = this.#places[g]![slot]!;
        if (valueUsd - own.weightUsd <= leastGainUsd) return Math.max(0, valueUsd);
        // Steps may have become more since these prices were made.
        for (const [key, fresh] of this.#counted(g, { curve, groups }, corners)) {
          if (known.has(key)) continue;
          known.set(key, fresh);
          found++;
        }
        return Math.max(0, valueUsd);
      }),
    );
    return { worthUsd, found };
  }

  /** Changes whenever places get more steps: prices and mixtures made before are of other rows. */
  get version(): number {
    return this.#version;
  }

  /**
   * More steps where the mixture breaks most of them, at so many parts of full power.
   * @param boundUsd to tell what is worth a step. @returns how many were added.
   */
  refine({ days, shares, usedCorners }: RefinedMixture, parts: number, boundUsd: number): number {
    const trucks = mixedTrucks(this.#problem, days, shares);
    const found = this.#places.flatMap((slots, g) =>
      slots.flatMap((place, slot) => {
        const { curve, groups, known } = place;
        const here = trucks[g]![slot]!.map((own) => ({ ...own, group: this.work.groupOf[own.class]! }));
        const corners = [...usedCorners[g]![slot]!].flatMap(([key, share]) => {
          const own = known.get(key);
          return own ? [{ netMw: own.corner.netMw, share }] : [];
        });
        return finerSteps({ curve, groups, trucks: here, corners }, parts).map((step) => ({ g, slot, step }));
      }),
    );
    const directions = this.#places.flat().reduce((sum, { groups }) => sum + 2 * groups.length, 0);
    const chosen = found
      .filter(({ step }) => step.usd > leastStepShare * Math.abs(boundUsd))
      .sort((a, b) => b.step.usd - a.step.usd)
      .slice(0, Math.ceil(addedShare * directions));
    let added = 0;
    for (const [, own] of Map.groupBy(chosen, ({ g, slot }) => `${g} ${slot}`)) {
      const { g, slot } = own[0]!;
      const { curve, groups: before } = this.#places[g]![slot]!;
      const steps = own.map(({ step }) => step);
      const groups = withSteps(before, steps);
      if (!areFew(groups, placesAt(this.#problem, g))) continue;
      const first = this.#search(g, groups).first(workPlace(curve, anywhere));
      const known = this.#counted(g, { curve, groups }, [...first, ...this.corners(g, slot)]);
      this.#places[g]![slot] = { curve, groups, known };
      added += steps.length;
    }
    if (added > 0) this.#version++;
    return added;
  }

  /** Corners that a mixture uses stay; others are forgotten after a while. */
  use(used: readonly (readonly ReadonlyMap<string, number>[])[]): void {
    this.#mixtures++;
    this.#places.forEach((slots, g) =>
      slots.forEach(({ known }, slot) => {
        for (const [key, own] of known)
          if (used[g]![slot]!.has(key)) own.lastUse = this.#mixtures;
          else if (this.#mixtures - own.lastUse > oldAge) known.delete(key);
      }),
    );
  }

  #search(grid: number, groups: readonly WorkGroup[]): WorkCorners {
    const places = placesAt(this.#problem, grid);
    const key = `${places} ${groups.map(({ steps }) => `${steps.charge.join()} ${steps.discharge.join()}`).join(' ')}`;
    const known = this.#searches.get(key) ?? new WorkCorners(groups, places);
    this.#searches.set(key, known);
    return known;
  }

  /** Corners counted by the steps of a place. */
  #counted(
    grid: number,
    { curve, groups }: Pick<Place, 'curve' | 'groups'>,
    corners: readonly WorkCorner[],
  ): Map<string, Known> {
    const [search, place] = [this.#search(grid, groups), workPlace(curve, anywhere)];
    const own = corners.flatMap(({ netMw }) => search.of(place, netMw) ?? []);
    return new Map(own.map((corner) => [corner.key, { corner, lastUse: this.#mixtures }]));
  }
}

interface RefinedMixture {
  days: readonly ClassDay[];
  shares: readonly number[];
  usedCorners: MasterPoint['usedCorners'];
}

const anywhere = { fromMw: -Infinity, toMw: Infinity };
