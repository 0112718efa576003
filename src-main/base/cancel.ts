/** A request to stop, asked often by long work. `DOM`-free twin of AbortSignal; hosts and jobs provide it. */
export interface CancelSignal {
  readonly cancelled: boolean;
  /** Calls back once when cancelled (at once if it already is); returns a function that forgets the callback. */
  onCancel(callback: () => void): () => void;
}

export class CancelSource implements CancelSignal {
  #cancelled = false;
  readonly #callbacks = new Set<() => void>();
  get cancelled(): boolean {
    return this.#cancelled;
  }
  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const callback of this.#callbacks) callback();
    this.#callbacks.clear();
  }
  onCancel(callback: () => void): () => void {
    if (this.#cancelled) callback();
    else this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }
}

export const neverCancelled: CancelSignal = { cancelled: false, onCancel: () => () => undefined };
