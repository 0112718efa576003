/** Waits for an answer: calls back when none has come in time. */
export class AnswerClock {
  readonly #onSilence: () => void;
  #timer: NodeJS.Timeout | null = null;
  #endsAt = Infinity;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  /** Starts the wait anew. */
  expectWithin(milliseconds: number): void {
    this.#arm(performance.now() + milliseconds);
  }

  /** Shortens the wait. */
  hurry(milliseconds: number): void {
    this.#arm(Math.min(this.#endsAt, performance.now() + milliseconds));
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#endsAt = Infinity;
  }

  #arm(endsAt: number): void {
    this.stop();
    this.#endsAt = endsAt;
    const wait = endsAt - performance.now();
    if (wait <= longestTimerMs) this.#timer = setTimeout(this.#onSilence, Math.max(0, wait));
  }
}

/** Beyond this a timer would fire at once. */
const longestTimerMs = 2 ** 31 - 1;
