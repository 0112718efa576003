/**
 * The corner of work that is worth most at given prices: with revenue linear on every piece of the curve and prices linear between steps, some
 * best work has all trucks at steps, or all but one and the net power at a kink. Only choices of trucks that miss little of their own best at
 * the price of net power (corner-bound.ts) can be part of it; of the others nothing is tried.
 */
import { CornerBound } from './corner-bound.ts';
import { isAllowed, type WorkPlace } from './work-place.ts';
import type { WorkChoices } from './work-choices.ts';
import type { WorkPrices } from './work-corners.ts';

const near = 1e-9;
/** What corners may miss of the bound when nothing is known yet, and beyond any, USD. */
const firstMissedUsd = 1;
const mostMissedUsd = 1e9;

export interface FoundCorner {
  valueUsd: number;
  piece: number;
  /** [group] */
  kinds: Int32Array;
  /** A truck between steps: −1 where there is none. */
  freeGroup: number;
  freeMw: number;
}

/** Choices of a group that may be part of the best work. */
interface Candidates {
  count: number;
  kind: Int32Array;
  netMw: Float64Array;
  trucks: Int32Array;
  /** What they miss of the best of as many trucks as there are. */
  missedUsd: Float64Array;
}

export class CornerSearch {
  /** What was found last, best first. */
  readonly found: FoundCorner[];
  count = 0;
  readonly #choices: readonly WorkChoices[];
  readonly #places: number;
  readonly #bound: CornerBound;
  readonly #candidates: Candidates[];
  /** Powers of a truck from full charge to full discharge, nothing among them, and what it misses there [group]. */
  readonly #powersMw: Float64Array[];
  readonly #powerUsd: Float64Array[];
  readonly #order: Int32Array[];
  /** Places among the candidates; and what the groups so far come to [groups]. */
  readonly #chosen: Int32Array;
  readonly #netMw: Float64Array;
  readonly #missedUsd: Float64Array;
  readonly #trucks: Int32Array;
  /** What a corner must be worth to be kept. */
  #leastUsd = 0;
  /** What a truck misses at most by not being there. */
  #mostSparedUsd = 0;
  #place: WorkPlace | null = null;
  #baseUsd = new Float64Array(16);
  #slopeUsd = new Float64Array(16);

  /** @param most corners that are kept. */
  constructor(choices: readonly WorkChoices[], places: number, most: number) {
    this.#choices = choices;
    this.#places = places;
    this.#bound = new CornerBound(choices);
    this.#candidates = choices.map(({ netMw: { length } }) => ({
      count: 0,
      kind: new Int32Array(length),
      netMw: new Float64Array(length),
      trucks: new Int32Array(length),
      missedUsd: new Float64Array(length),
    }));
    this.#order = choices.map(({ signedMw }) => {
      const powers = [...signedMw.keys(), -1];
      const mwOf = (step: number): number => (step < 0 ? 0 : signedMw[step]!);
      return Int32Array.from(powers.sort((a, b) => mwOf(a) - mwOf(b)));
    });
    this.#powersMw = this.#order.map((order, g) =>
      Float64Array.from(order, (step) => (step < 0 ? 0 : choices[g]!.signedMw[step]!)),
    );
    this.#powerUsd = this.#order.map(({ length }) => new Float64Array(length));
    this.#chosen = new Int32Array(choices.length);
    this.#netMw = new Float64Array(choices.length + 1);
    this.#missedUsd = new Float64Array(choices.length + 1);
    this.#trucks = new Int32Array(choices.length + 1);
    this.found = Array.from({ length: most }, () => ({
      valueUsd: -Infinity,
      piece: -1,
      kinds: new Int32Array(choices.length),
      freeGroup: -1,
      freeMw: 0,
    }));
  }

  /**
   * The best work goes to `found`, where any is worth more than enough.
   * @returns what no work is worth more than: what the best is worth, where that is more than enough.
   */
  run(place: WorkPlace, prices: WorkPrices, enoughUsd: number): number {
    this.count = 0;
    for (let g = 0; g < this.#choices.length; g++)
      this.#choices[g]!.takePrices(prices.truckUsd[g]!, prices.workUsd[g]!);
    this.#bound.take(place, prices.revenue, prices.saving);
    const { usd } = this.#bound;
    if (usd <= enoughUsd) return usd;
    this.#takePieces(place, prices);
    this.#takePowers();
    // What may be missed is widened until something is found that misses less.
    for (let mayMissUsd = firstMissedUsd; mayMissUsd < mostMissedUsd; mayMissUsd *= 8) {
      const leastUsd = Math.max(enoughUsd, usd - mayMissUsd);
      this.#leastUsd = leastUsd;
      this.count = 0;
      this.#collect(usd - leastUsd);
      this.#combine(0);
      if (this.count > 0) return this.found[0]!.valueUsd;
      if (leastUsd === enoughUsd) return enoughUsd;
    }
    return -Infinity;
  }

  #takePieces(place: WorkPlace, { revenue, saving }: WorkPrices): void {
    const { pieces, idleUsd } = place;
    this.#place = place;
    if (this.#baseUsd.length < pieces.length) {
      this.#baseUsd = new Float64Array(pieces.length);
      this.#slopeUsd = new Float64Array(pieces.length);
    }
    for (let i = 0; i < pieces.length; i++) {
      const { fromMw, worthUsdPerMw, costUsd } = pieces[i]!;
      const isOpen = isAllowed(place, pieces[i]!);
      this.#slopeUsd[i] = (revenue + saving) * worthUsdPerMw;
      this.#baseUsd[i] = isOpen ? saving * (idleUsd - costUsd - worthUsdPerMw * fromMw) : -Infinity;
    }
  }

  #takePowers(): void {
    const { usdPerMw, truckUsd } = this.#bound;
    this.#mostSparedUsd = Math.max(...truckUsd);
    for (let g = 0; g < this.#choices.length; g++) {
      const { stepUsd } = this.#choices[g]!;
      const [order, mw, usd] = [this.#order[g]!, this.#powersMw[g]!, this.#powerUsd[g]!];
      const idleUsd = this.#choices[g]!.truckUsd;
      for (let i = 0; i < order.length; i++) {
        const costUsd = order[i]! < 0 ? idleUsd : stepUsd[order[i]!]!;
        usd[i] = truckUsd[g]! - usdPerMw * mw[i]! + costUsd;
      }
    }
  }

  /** Choices that miss no more than so much, with a truck more that misses nothing where there is one. */
  #collect(mayMissUsd: number): void {
    const { usdPerMw, truckUsd } = this.#bound;
    for (let g = 0; g < this.#choices.length; g++) {
      const { netMw, trucks, usd, most } = this.#choices[g]!;
      const own = this.#candidates[g]!;
      const oneUsd = truckUsd[g]!;
      const allUsd = most * oneUsd;
      let count = 0;
      for (let kind = 0; kind < usd.length; kind++) {
        const missedUsd = allUsd - usdPerMw * netMw[kind]! + usd[kind]!;
        if (missedUsd - (trucks[kind]! < most ? oneUsd : 0) >= mayMissUsd) continue;
        own.kind[count] = kind;
        own.netMw[count] = netMw[kind]!;
        own.trucks[count] = trucks[kind]!;
        own.missedUsd[count++] = missedUsd;
      }
      own.count = count;
    }
  }

  /** Trucks of this group and those after it, beside what is chosen of those before. */
  #combine(g: number): void {
    const own = this.#candidates[g]!;
    const isLast = g === this.#choices.length - 1;
    const [netMw, missedUsd, trucks] = [this.#netMw, this.#missedUsd, this.#trucks];
    for (let i = 0; i < own.count; i++) {
      const all = trucks[g]! + own.trucks[i]!;
      const missed = missedUsd[g]! + own.missedUsd[i]!;
      if (all > this.#places || missed - this.#mostSparedUsd >= this.#bound.usd - this.#leastUsd) continue;
      this.#chosen[g] = i;
      trucks[g + 1] = all;
      netMw[g + 1] = netMw[g]! + own.netMw[i]!;
      missedUsd[g + 1] = missed;
      if (!isLast) this.#combine(g + 1);
      else {
        this.#tryAtSteps(netMw[g + 1]!, missed);
        if (all < this.#places) this.#tryBetween(netMw[g + 1]!, missed);
      }
    }
  }

  #tryAtSteps(netMw: number, missedUsd: number): void {
    const { usd, placeUsd, usdPerMw } = this.#bound;
    const { pieces } = this.#place!;
    const restUsd = usd - missedUsd - placeUsd - usdPerMw * netMw;
    let [bestUsd, piece] = [this.#leastUsd - restUsd, -1];
    for (let i = 0; i < pieces.length; i++) {
      const worthUsd = this.#baseUsd[i]! + this.#slopeUsd[i]! * netMw;
      if (worthUsd <= bestUsd) continue;
      const { fromMw, toMw } = pieces[i]!;
      if (netMw < fromMw - near || netMw > toMw + near) continue;
      [bestUsd, piece] = [worthUsd, i];
    }
    if (piece >= 0) this.#keep(bestUsd + restUsd - this.#leastUsd, { piece, freeGroup: -1, freeMw: 0 });
  }

  /** One truck more, between steps, that brings the net power to a kink. */
  #tryBetween(netMw: number, missedUsd: number): void {
    const { usd, placeUsd, usdPerMw, truckUsd, kinks, kinkMw, kinkUsd, kinkPiece } = this.#bound;
    for (let g = 0; g < this.#choices.length; g++) {
      const choices = this.#choices[g]!;
      if (this.#candidates[g]!.trucks[this.#chosen[g]!]! === choices.most) continue;
      const leftUsd = missedUsd - truckUsd[g]!;
      const mostMw = choices.group.truck.powerMw;
      for (let i = 0; i < kinks; i++) {
        const freeMw = kinkMw[i]! - netMw;
        if (freeMw < -mostMw || freeMw > mostMw) continue;
        const missed = leftUsd + placeUsd - kinkUsd[i]! + usdPerMw * kinkMw[i]!;
        const mayMissUsd = usd - this.#leastUsd - missed;
        if (mayMissUsd <= 0) continue;
        const gainUsd = mayMissUsd - this.#missedAt(g, freeMw);
        if (gainUsd > 0) this.#keep(gainUsd, { piece: kinkPiece[i]!, freeGroup: g, freeMw });
      }
    }
  }

  /** What a truck between steps misses of its best. */
  #missedAt(g: number, mw: number): number {
    const [powers, usd] = [this.#powersMw[g]!, this.#powerUsd[g]!];
    let at = 1;
    while (at < powers.length - 1 && mw > powers[at]!) at++;
    const share = (mw - powers[at - 1]!) / (powers[at]! - powers[at - 1]!);
    return usd[at - 1]! + share * (usd[at]! - usd[at - 1]!);
  }

  #keep(gainUsd: number, { piece, freeGroup, freeMw }: Pick<FoundCorner, 'piece' | 'freeGroup' | 'freeMw'>): void {
    const { found } = this;
    const valueUsd = this.#leastUsd + gainUsd;
    // The last makes room, and moves up to where it belongs.
    let at = Math.min(this.count, found.length - 1);
    const own = found[at]!;
    own.valueUsd = valueUsd;
    own.piece = piece;
    own.freeGroup = freeGroup;
    own.freeMw = freeMw;
    for (let g = 0; g < this.#choices.length; g++) own.kinds[g] = this.#candidates[g]!.kind[this.#chosen[g]!]!;
    for (; at > 0 && found[at - 1]!.valueUsd < valueUsd; at--) found[at] = found[at - 1]!;
    found[at] = own;
    this.count = Math.min(this.count + 1, found.length);
    if (this.count === found.length) this.#leastUsd = found[this.count - 1]!.valueUsd;
  }
}
