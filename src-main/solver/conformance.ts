/** What every adapter of `Solver` must do. Called from the adapter's own test file. */
import { afterAll, beforeAll, describe } from 'vitest';
import { describeCones } from './conformance/cones.ts';
import { describeOptima } from './conformance/optima.ts';
import { describeRefusals } from './conformance/refusals.ts';
import { describeSequences } from './conformance/sequences.ts';
import { describeStopping } from './conformance/stopping.ts';
import type { Solver } from './solver.ts';

export function describeSolver(name: string, createSolver: () => Solver): void {
  describe(`Solver: ${name}`, () => {
    let solver: Solver;
    beforeAll(() => {
      solver = createSolver();
    });
    afterAll(() => solver.dispose());
    const tested = (): Solver => solver;
    describeOptima(tested);
    describeCones(tested);
    describeRefusals(tested);
    describeStopping(tested);
    describeSequences(tested);
  });
}
