import type { HorizonPayload } from '../../src-main/contract/series.ts';
import type { TimeCursor } from './cursor.svelte.ts';

/** Minutes of the day that pass in a second while it plays. */
const minutesPerSecond = 30;

/**
 * The time cursor to the minute, for what moves within a slot. It is the same cursor: where another screen moves it, this follows, and
 * the other way round.
 */
export class DayTime {
  playing = $state(false);
  #horizon = $state.raw<HorizonPayload | null>(null);
  /** Minutes into the day; holds while the shared cursor stands on its slot. */
  #minute = $state(0);
  readonly #cursor: TimeCursor;
  #frame = 0;

  constructor(cursor: TimeCursor) {
    this.#cursor = cursor;
  }

  /** Minutes of the day, 1,380 or 1,500 where the clock changes. */
  get minutes(): number {
    return this.#horizon === null ? 0 : this.#horizon.slots * this.#horizon.slotMinutes;
  }

  get minute(): number {
    const [horizon, shared] = [this.#horizon, this.#cursor.horizon];
    const utcMs = this.#cursor.utcMs;
    if (horizon === null || shared === null || utcMs === null) return this.#minute;
    const start = (utcMs - horizon.startUtcMs) / 60_000;
    const isElsewhere = start < 0 || start >= this.minutes;
    const isWithin = this.#minute >= start && this.#minute < start + shared.slotMinutes;
    return isElsewhere || isWithin ? this.#minute : start;
  }

  /** Wall clock at the minute. */
  get clock(): string {
    const horizon = this.#horizon;
    if (horizon === null) return '';
    const slot = Math.min(horizon.slots - 1, Math.floor(this.minute / horizon.slotMinutes));
    const label = horizon.labels[slot] ?? '';
    const past = Math.floor(this.minute - slot * horizon.slotMinutes);
    return `${label.slice(0, 3)}${String(Number(label.slice(3, 5)) + past).padStart(2, '0')}${label.slice(5)}`;
  }

  /** Takes over a day; a cursor that stands in it stays where it is. */
  setHorizon(horizon: HorizonPayload): void {
    const shared = this.#cursor.horizon;
    if (shared === null || shared.startUtcMs !== horizon.startUtcMs) this.#cursor.setHorizon(horizon);
    if (this.#horizon?.startUtcMs !== horizon.startUtcMs) this.#minute = 0;
    this.#horizon = horizon;
  }

  set(minute: number): void {
    const horizon = this.#horizon;
    if (horizon === null) return;
    this.#minute = Math.min(this.minutes - 1, Math.max(0, minute));
    this.#cursor.setUtcMs(horizon.startUtcMs + this.#minute * 60_000);
  }

  /** Starts or stops; at the end of the day it begins again. */
  togglePlay(): void {
    if (this.playing) return this.stop();
    if (this.#horizon === null) return;
    this.playing = true;
    if (this.minute >= this.minutes - 1) this.set(0);
    let before: number | null = null;
    const step = (nowMs: number): void => {
      if (!this.playing) return;
      if (before !== null) this.set(this.minute + ((nowMs - before) / 1000) * minutesPerSecond);
      before = nowMs;
      if (this.minute >= this.minutes - 1) this.stop();
      else this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop(): void {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
  }
}
