import type { HorizonPayload } from '../../src-main/contract/series.ts';

/** THE time cursor: one slot of one horizon, the same on every screen. Moving it anywhere moves it everywhere. */
export class TimeCursor {
  horizon = $state.raw<HorizonPayload | null>(null);
  slot = $state<number | null>(null);

  /** Start of the slot, UTC; null while nothing is pointed at. */
  get utcMs(): number | null {
    if (this.horizon === null || this.slot === null) return null;
    return this.horizon.startUtcMs + this.slot * this.horizon.slotMinutes * 60_000;
  }
  /** Wall-clock start of the slot, "14:15"; empty while nothing is pointed at. */
  get label(): string {
    return this.slot === null ? '' : this.labelOf(this.slot);
  }

  labelOf(slot: number): string {
    return this.horizon?.labels[slot] ?? '';
  }

  /** Takes over a horizon; within the same day the instant stays, else the slot where it exists there. */
  setHorizon(horizon: HorizonPayload): void {
    const { horizon: before, utcMs } = this;
    this.horizon = horizon;
    const isOtherGrain = before?.startUtcMs === horizon.startUtcMs && before.slotMinutes !== horizon.slotMinutes;
    if (isOtherGrain && utcMs !== null) this.setUtcMs(utcMs);
    if (this.slot !== null && this.slot >= horizon.slots) this.slot = horizon.slots - 1;
  }

  set(slot: number | null): void {
    const last = (this.horizon?.slots ?? 0) - 1;
    this.slot = slot === null || last < 0 ? null : Math.min(Math.max(Math.round(slot), 0), last);
  }

  step(slots: number): void {
    this.set((this.slot ?? (slots > 0 ? -1 : 1)) + slots);
  }

  /** Points at the slot that contains the instant, when it lies in the horizon. */
  setUtcMs(utcMs: number): void {
    if (this.horizon === null) return;
    const slot = Math.floor((utcMs - this.horizon.startUtcMs) / (this.horizon.slotMinutes * 60_000));
    if (slot >= 0 && slot < this.horizon.slots) this.slot = slot;
  }
}
