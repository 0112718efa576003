import { selectRank } from '../../base/select-rank.ts';

/**
 * Upper quantiles of more values than memory should hold, exactly: only the largest magnitudes are kept, as many as the lowest
 * share asked for leaves above it.
 */
export class LargestMagnitudes {
  readonly #lowestShare: number;
  readonly #keep: number;
  readonly #held: Float64Array;
  #heldCount = 0;
  #count = 0;
  /** What is smaller cannot be among the largest any more. */
  #floor = 0;

  /** For up to `mostValues` values, of which quantiles from `lowestShare` up will be asked. */
  constructor(mostValues: number, lowestShare: number) {
    this.#lowestShare = lowestShare;
    this.#keep = mostValues - rankAt(lowestShare, mostValues);
    this.#held = new Float64Array(Math.min(mostValues, 2 * this.#keep));
  }

  /** Adds the magnitudes of finite values; others are passed over. */
  add(values: Float64Array): void {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      this.#count++;
      const magnitude = Math.abs(value);
      if (magnitude < this.#floor) continue;
      if (this.#heldCount === this.#held.length) this.#dropSmaller();
      this.#held[this.#heldCount++] = magnitude;
    }
  }

  /** The magnitude of rank ⌊share·(n − 1)⌋ among the n values; NaN when there are none. */
  below(share: number): number {
    if (share < this.#lowestShare) throw new Error(`quantiles start at ${this.#lowestShare}, not ${share}`);
    if (this.#count === 0) return NaN;
    const fromTop = this.#count - rankAt(share, this.#count);
    return selectRank(this.#held, this.#heldCount - fromTop, this.#heldCount);
  }

  #dropSmaller(): void {
    const first = this.#heldCount - this.#keep;
    this.#floor = selectRank(this.#held, first, this.#heldCount);
    // Selection leaves everything from that rank on at least as large as it.
    this.#held.copyWithin(0, first, this.#heldCount);
    this.#heldCount = this.#keep;
  }
}

const rankAt = (share: number, count: number): number => Math.floor(share * (count - 1));
