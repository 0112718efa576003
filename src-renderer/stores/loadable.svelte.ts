import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Reply } from '../../src-main/contract/calls.ts';

/** A value read from the core: what is known, whether it is being read again, and what went wrong the last time. */
export class Loadable<Value> {
  value = $state.raw<Value | null>(null);
  error = $state.raw<ErrorReport | null>(null);
  busy = $state(false);
  loadedAtMs = $state<number | null>(null);
  #turn = 0;

  /** 'empty' only when a read ended without a value or none was asked for. */
  get state(): 'empty' | 'loading' | 'ready' | 'error' {
    if (this.error !== null) return 'error';
    if (this.value !== null) return 'ready';
    return this.busy ? 'loading' : 'empty';
  }

  /** Set when what is shown could not be read again: its age, and why. */
  staleness(nowMs: number): { ageMs: number; why: string } | null {
    if (this.value === null || this.error === null || this.loadedAtMs === null) return null;
    return { ageMs: nowMs - this.loadedAtMs, why: 'it could not be read again' };
  }

  /** Reads; an older answer that arrives late is dropped. Resolves with the value, or null when refused or overtaken. */
  async load(read: () => Promise<Reply<Value>>): Promise<Value | null> {
    const turn = ++this.#turn;
    this.busy = true;
    const reply = await read();
    if (turn !== this.#turn) return null;
    this.busy = false;
    if (!reply.ok) {
      this.error = reply.error;
      return null;
    }
    this.error = null;
    this.set(reply.value);
    return reply.value;
  }

  set(value: Value): void {
    this.value = value;
    this.error = null;
    this.loadedAtMs = Date.now();
  }

  /** Forgets the value and any read under way. */
  clear(): void {
    this.#turn++;
    this.value = null;
    this.error = null;
    this.busy = false;
    this.loadedAtMs = null;
  }
}
