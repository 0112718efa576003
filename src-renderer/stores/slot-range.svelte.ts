import type { TimeCursor } from './cursor.svelte.ts';

/** Slots fromSlot … toSlot, both included, fromSlot ≤ toSlot. */
export interface SlotSpan {
  fromSlot: number;
  toSlot: number;
}

/** The range of slots the operator selected, the same on every chart and panel; it lives within the horizon of the time cursor. */
export class SlotRangeStore {
  #chosen = $state.raw<SlotSpan | null>(null);
  readonly #cursor: TimeCursor;

  constructor(cursor: TimeCursor) {
    this.#cursor = cursor;
  }

  /** Null while nothing is selected, or when the selection lies beyond the present horizon; cut at its last slot. */
  get selected(): SlotSpan | null {
    const last = (this.#cursor.horizon?.slots ?? 0) - 1;
    if (this.#chosen === null || this.#chosen.fromSlot > last) return null;
    return { fromSlot: this.#chosen.fromSlot, toSlot: Math.min(this.#chosen.toSlot, last) };
  }

  /** Selects from one slot to another, given in either order; both are included. */
  set(oneSlot: number, otherSlot: number): void {
    const last = (this.#cursor.horizon?.slots ?? 0) - 1;
    if (last < 0) return;
    const within = (slot: number): number => Math.min(Math.max(Math.round(slot), 0), last);
    const [one, other] = [within(oneSlot), within(otherSlot)];
    this.#chosen = { fromSlot: Math.min(one, other), toSlot: Math.max(one, other) };
  }

  clear(): void {
    this.#chosen = null;
  }
}
