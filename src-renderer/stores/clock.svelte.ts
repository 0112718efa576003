/** The wall clock of this machine, once a second: ages and elapsed times. Market time never comes from it. */
export class DeskClock {
  nowMs = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | null = null;

  start(): () => void {
    this.#timer ??= setInterval(() => (this.nowMs = Date.now()), 1000);
    return () => {
      if (this.#timer !== null) clearInterval(this.#timer);
      this.#timer = null;
    };
  }
}
