/**
 * Long arithmetic cut into steps: a generator that yields between pieces. Run through at once, or in turns with whatever else the
 * thread has to do, so that one piece of code serves both.
 */
export type Steps<Result> = Generator<void, Result>;

export function runThrough<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** `between` is awaited after every step; what it throws ends the work. */
export async function runInTurns<Result>(steps: Steps<Result>, between: () => Promise<void>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await between();
  }
}
