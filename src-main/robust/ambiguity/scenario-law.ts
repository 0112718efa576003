import { expectation, type RowQuestion } from './ambiguity.ts';

/**
 * Worst of the rows of a finite set: q itself, and q mixed with all mass on each named state. Writes the law [state].
 */
export function scenarioLaw(
  { nominal, values }: RowQuestion,
  mix: number,
  states: readonly number[],
  law: Float64Array,
): void {
  const mean = expectation(nominal, values);
  let worst = -1;
  let least = mean;
  for (const state of states) {
    const mixed = (1 - mix) * mean + mix * values[state]!;
    if (mixed < least) {
      least = mixed;
      worst = state;
    }
  }
  for (let state = 0; state < law.length; state++) law[state] = nominal[state]! * (worst < 0 ? 1 : 1 - mix);
  if (worst >= 0) law[worst]! += mix;
}
