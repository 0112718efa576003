/**
 * What no corner of work at a place is worth more than. With a price μ of net power, what trucks are paid for it and what the place pays for it
 * part: every truck does what is best for itself, the place takes the kink that is best for it, and
 *
 *   worth of any work = U(μ) − what the trucks miss of their best − what the place misses of its best,   U(μ) = Q(μ) + Σ_g m_g ψ_g(μ)
 *
 * with nothing missed below zero. U is convex and piecewise linear; at its least, hardly any work misses little enough to be the best.
 */
import { isAllowed, type WorkPlace } from './work-place.ts';
import type { WorkChoices } from './work-choices.ts';

const mostSteps = 60;

export class CornerBound {
  readonly #choices: readonly WorkChoices[];
  /** Ends of the pieces allowed, MW, and what net power there is worth, USD. */
  kinks = 0;
  kinkMw = new Float64Array(16);
  kinkUsd = new Float64Array(16);
  kinkPiece = new Int32Array(16);
  /** μ, USD per MW; Q and ψ [group] there. */
  usdPerMw = 0;
  placeUsd = 0;
  readonly truckUsd: Float64Array;
  /** U; −∞ where no work is allowed. */
  usd = 0;
  #slopeMw = 0;

  constructor(choices: readonly WorkChoices[]) {
    this.#choices = choices;
    this.truckUsd = new Float64Array(choices.length);
  }

  /** Of the prices that the choices have taken. */
  take(place: WorkPlace, revenue: number, saving: number): void {
    this.#takeKinks(place, revenue, saving);
    let reachMw = 0;
    for (const { most, group } of this.#choices) reachMw += most * group.truck.powerMw;
    if (this.kinks === 0 || this.kinkMw[0]! > reachMw + 1e-9 || this.kinkMw[this.kinks - 1]! < -reachMw - 1e-9) {
      this.usd = -Infinity;
      return;
    }
    let steepest = 1;
    for (let i = 1; i < this.kinks; i++) {
      const mw = this.kinkMw[i]! - this.kinkMw[i - 1]!;
      steepest = Math.max(steepest, Math.abs(this.kinkUsd[i]! - this.kinkUsd[i - 1]!) / mw);
    }
    for (const { signedMw, stepUsd } of this.#choices)
      for (let i = 0; i < signedMw.length; i++) steepest = Math.max(steepest, Math.abs(stepUsd[i]! / signedMw[i]!));
    // Two lines below U, falling and rising; where they meet is no higher than the least of U.
    let [left, right] = [-2 * steepest, 2 * steepest];
    this.#at(left);
    let [leftUsd, leftMw] = [this.usd, this.#slopeMw];
    this.#at(right);
    let [rightUsd, rightMw] = [this.usd, this.#slopeMw];
    let [bestUsd, best] = leftUsd < rightUsd ? [leftUsd, left] : [rightUsd, right];
    for (let step = 0; step < mostSteps && leftMw < 0 && rightMw > 0; step++) {
      const middle = (rightMw * right - leftMw * left - rightUsd + leftUsd) / (rightMw - leftMw);
      this.#at(middle);
      if (this.usd < bestUsd) [bestUsd, best] = [this.usd, middle];
      if (this.usd <= leftUsd + leftMw * (middle - left) + 1e-9) break;
      if (this.#slopeMw < 0) [left, leftUsd, leftMw] = [middle, this.usd, this.#slopeMw];
      else [right, rightUsd, rightMw] = [middle, this.usd, this.#slopeMw];
    }
    this.#at(best);
  }

  /** U and its slope. */
  #at(usdPerMw: number): void {
    this.usdPerMw = usdPerMw;
    let [placeUsd, atMw] = [-Infinity, 0];
    for (let i = 0; i < this.kinks; i++) {
      const usd = this.kinkUsd[i]! - usdPerMw * this.kinkMw[i]!;
      if (usd > placeUsd) [placeUsd, atMw] = [usd, this.kinkMw[i]!];
    }
    this.placeUsd = placeUsd;
    this.usd = placeUsd;
    this.#slopeMw = -atMw;
    for (let g = 0; g < this.#choices.length; g++) {
      const { signedMw, stepUsd, most } = this.#choices[g]!;
      let [bestUsd, bestMw] = [0, 0];
      for (let i = 0; i < signedMw.length; i++) {
        const usd = usdPerMw * signedMw[i]! - stepUsd[i]!;
        if (usd > bestUsd) [bestUsd, bestMw] = [usd, signedMw[i]!];
      }
      this.truckUsd[g] = bestUsd;
      this.usd += most * bestUsd;
      this.#slopeMw += most * bestMw;
    }
  }

  #takeKinks(place: WorkPlace, revenue: number, saving: number): void {
    const { pieces, idleUsd } = place;
    if (this.kinkMw.length < 2 * pieces.length) {
      this.kinkMw = new Float64Array(2 * pieces.length);
      this.kinkUsd = new Float64Array(2 * pieces.length);
      this.kinkPiece = new Int32Array(2 * pieces.length);
    }
    let count = 0;
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i]!;
      if (!isAllowed(place, piece)) continue;
      const { fromMw, toMw, worthUsdPerMw, costUsd } = piece;
      const slope = (revenue + saving) * worthUsdPerMw;
      const base = saving * (idleUsd - costUsd - worthUsdPerMw * fromMw);
      const fromUsd = base + slope * fromMw;
      // Pieces follow one another: where two meet, the better counts.
      if (count > 0 && this.kinkMw[count - 1] === fromMw) {
        if (fromUsd > this.kinkUsd[count - 1]!) {
          this.kinkUsd[count - 1] = fromUsd;
          this.kinkPiece[count - 1] = i;
        }
      } else {
        this.kinkMw[count] = fromMw;
        this.kinkUsd[count] = fromUsd;
        this.kinkPiece[count++] = i;
      }
      this.kinkMw[count] = toMw;
      this.kinkUsd[count] = base + slope * toMw;
      this.kinkPiece[count++] = i;
    }
    this.kinks = count;
  }
}
