/**
 * Corners of what trucks can do at a place, by how many of them work at which power (work-steps.ts), and the one that is worth most at given
 * prices. With revenue linear on every piece of the curve and prices linear between steps, some best work has all trucks at steps, or all but
 * one and the net power at a kink. Such corners are too many to write down, so they are found when prices ask for them.
 */
import { isAllowed, type WorkPlace } from './work-place.ts';
import { CornerSearch } from './corner-search.ts';
import { WorkChoices } from './work-choices.ts';
import { stepWeights, type Direction, type WorkGroup } from './work-steps.ts';

export interface WorkCorner {
  /** Tells corners of a place apart. */
  key: string;
  /** Of the pieces of the place. */
  piece: number;
  revenueUsd: number;
  /** f(0) − f(n) */
  savingUsd: number;
  /** What its trucks do, those that work: net power [group][truck]. */
  netMw: number[][];
  /** How many trucks count for a step. */
  work: { group: number; direction: Direction; step: number; trucks: number }[];
}

export interface WorkPrices {
  /** What a USD of revenue and of the users' saving is worth. */
  revenue: number;
  saving: number;
  /** What a truck costs, and what it costs in addition at a step [group]. */
  truckUsd: readonly number[];
  workUsd: readonly Record<Direction, readonly number[]>[];
}

const near = 1e-9;

export class WorkCorners {
  readonly #groups: readonly WorkGroup[];
  readonly #choices: WorkChoices[];
  readonly #search: CornerSearch;

  /** @param places trucks that find a place. @param most corners that are found at once. */
  constructor(groups: readonly WorkGroup[], places: number, most = 1) {
    this.#groups = groups;
    this.#choices = groups.map((group) => new WorkChoices(group, places));
    this.#search = new CornerSearch(this.#choices, places, most);
  }

  /** All trucks of all groups at one step of their own, as a mixture begins with; and one truck alone at every step. */
  first(place: WorkPlace): WorkCorner[] {
    const signed = this.#choices.map(({ signedMw }) => [...signedMw]);
    const alone = signed.flatMap((own, g) => own.map((mw) => signed.map((_, h) => (h === g ? [mw] : []))));
    const steps = Math.min(...signed.map(({ length }) => length));
    const all = Array.from({ length: steps }, (_, step) =>
      this.#choices.map(({ most, signedMw }) => new Array<number>(most).fill(signedMw[step]!)),
    );
    return [...alone, ...all].flatMap((netMw) => this.of(place, netMw) ?? []);
  }

  /** What trucks do at these net powers [group][truck]; null where they are out of range. */
  of(place: WorkPlace, netMw: readonly (readonly number[])[]): WorkCorner | null {
    const piece = this.#pieceAt(place, sumOf(netMw));
    return piece === null ? null : this.#cornerAt(place, piece, netMw);
  }

  /**
   * The corners worth most at the prices, best first, of those that are worth more than enough; and what none is worth more than. −∞ where no
   * work is allowed.
   */
  best(place: WorkPlace, prices: WorkPrices, enoughUsd = -Infinity): { valueUsd: number; corners: WorkCorner[] } {
    const valueUsd = this.#search.run(place, prices, enoughUsd);
    const { found, count } = this.#search;
    const corners = found.slice(0, count).map(({ piece, kinds, freeGroup, freeMw }) => {
      const netMw = this.#choices.map((choices, g) => {
        const own = choices.powersMw(kinds[g]!);
        return g === freeGroup ? [...own, freeMw] : own;
      });
      return this.#cornerAt(place, piece, netMw);
    });
    return { valueUsd, corners };
  }

  #cornerAt(place: WorkPlace, piece: number, netMw: readonly (readonly number[])[]): WorkCorner {
    const { worthUsdPerMw, costUsd, fromMw } = place.pieces[piece]!;
    const all = netMw.flatMap((own, group) => own.flatMap((mw) => this.#workAt(group, mw)));
    const same = Map.groupBy(all, ({ group, direction, step }) => `${group} ${direction} ${step}`);
    const work = [...same.values()].map((own) => ({
      ...own[0]!,
      trucks: own.reduce((sum, { trucks }) => sum + trucks, 0),
    }));
    const names = work.map((own) => `${own.group}${own.direction[0]!}${own.step}:${own.trucks.toFixed(6)}`);
    const mw = sumOf(netMw);
    return {
      key: `${piece} ${netMw.map(({ length }) => length).join('+')} ${names.sort().join(' ')}`,
      piece,
      revenueUsd: worthUsdPerMw * mw,
      savingUsd: place.idleUsd - costUsd + worthUsdPerMw * (mw - fromMw),
      netMw: netMw.map((own) => [...own]),
      work,
    };
  }

  #workAt(group: number, netMw: number): WorkCorner['work'] {
    const direction = netMw < 0 ? 'charge' : 'discharge';
    const steps = this.#groups[group]!.steps[direction];
    return stepWeights(steps, Math.abs(netMw)).map(({ step, weight }) => ({ group, direction, step, trucks: weight }));
  }

  /** Where revenue is best. */
  #pieceAt(place: WorkPlace, mw: number): number | null {
    let best: number | null = null;
    place.pieces.forEach((piece, i) => {
      if (!isAllowed(place, piece) || mw < piece.fromMw - near || mw > piece.toMw + near) return;
      if (best === null || piece.worthUsdPerMw * mw > place.pieces[best]!.worthUsdPerMw * mw) best = i;
    });
    return best;
  }
}

const sumOf = (netMw: readonly (readonly number[])[]): number => netMw.flat().reduce((sum, mw) => sum + mw, 0);
