/**
 * What the tree of branches is to prove next: first a wide gap, then half of what is left of it, at last the gap wished. Decisions that earn no more
 * than the aim need not be told apart, so that branches may leave out all that none above it can be made of (branch-rooms.ts).
 */

/** The first gap aimed at, and below which the next aim is the gap wished. */
const firstGap = 0.01;
const lastGap = 5e-4;

export class BoundAim {
  readonly #incumbentUsd: () => number;
  readonly #wishedGap: number;
  #gap: number;

  /** @param incumbentUsd best true profit so far; it never falls. */
  constructor(incumbentUsd: () => number, wishedGap: number, stages: 'one' | 'several') {
    this.#incumbentUsd = incumbentUsd;
    this.#wishedGap = wishedGap;
    this.#gap = stages === 'one' ? wishedGap : Math.max(wishedGap, firstGap);
  }

  /** It rises with the best profit, and falls only by `lower`. −Infinity before the first decision. */
  get usd(): number {
    return this.#at(this.#gap);
  }

  isMet(boundUsd: number): boolean {
    return boundUsd <= this.usd;
  }

  /** Whether nothing more is wished of a branch with this bound. */
  isEnough(boundUsd: number): boolean {
    return boundUsd <= this.#at(this.#wishedGap);
  }

  /** To half of what is open. @returns whether there was a lower aim. */
  lower(boundUsd: number): boolean {
    if (this.#gap <= this.#wishedGap) return false;
    const best = this.#incumbentUsd();
    const openGap = (boundUsd - best) / Math.max(1, Math.abs(best));
    const half = Math.min(this.#gap, openGap) / 2;
    this.#gap = half < lastGap ? this.#wishedGap : Math.max(half, this.#wishedGap);
    return true;
  }

  #at(gap: number): number {
    const best = this.#incumbentUsd();
    return best === -Infinity ? -Infinity : best + gap * Math.max(1, Math.abs(best));
  }
}
