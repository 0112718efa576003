/**
 * Solves one scheduling problem, or a sweep of it along the protection, and says in words why there is no plan when there is none. How it goes beyond
 * handing rows to a solver stands in solve-in-rounds.ts.
 */
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { isWhole } from '../../program/fix-integers.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { atProtection } from './at-protection.ts';
import { plainSlot, type SlotName } from './conflict-words.ts';
import { relaxationOptions } from './relaxation-options.ts';
import { settleAnswer } from './settle-answer.ts';
import {
  buildOptions,
  isMixed,
  isTied,
  leastKnown,
  limitProtection,
  missingIn,
  nothingKnown,
  solveInRounds,
  type Known,
} from './solve-in-rounds.ts';
import { answerOf, splitOf, withSplit, type PlannedAnswer, type Split, type V2gAnswer } from './v2g-answer.ts';

export type { PlannedAnswer, V2gAnswer } from './v2g-answer.ts';

/**
 * @param slotName how a slot is called in `why`.
 * @throws Refusal `case-bad` when the problem contradicts itself.
 */
export const solveV2g = (
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName = plainSlot,
): Promise<V2gAnswer> => solveInRounds(problem, solver, options, slotName, leastKnown);

/** A point of a sweep that is not settled by its place in the sequence. */
interface OpenPoint {
  each: V2gProblem;
  /** Whole, with every pair one way, but with cars overfull. */
  nearly: PlannedAnswer | null;
  known: Known;
}

/**
 * Solves the problem at each protection, from the largest down, each warm-started from the one before; `onPoint` is called as each is
 * known, in that order except that points whose first solution ran a pair both ways, filled a car too much or was not whole come last. A cancel
 * answers the rest with `cancelled`. `at`: the problem at a protection, which may differ from it in bounds besides.
 */
export async function sweepV2g(
  problem: V2gProblem,
  protections: readonly number[],
  solver: Solver,
  options: SolveOptions,
  onPoint: (protection: number, answer: V2gAnswer) => void = () => undefined,
  at: (problem: V2gProblem, protection: number) => V2gProblem = atProtection,
): Promise<{ protection: number; answer: V2gAnswer }[]> {
  const wanted = [...new Set(protections)].sort((a, b) => b - a);
  const plain = wanted.map((protection) => at(problem, protection));
  const byResource = problem.responders === 'each-resource';
  const shape = buildOptions(nothingKnown);
  const tied = plain.some(isTied) && !(byResource && isMixed(buildV2g(problem, shape).program));
  // The point of the vanishing protection goes right before protection 0, for its basis and its split.
  const sequence = tied ? [...plain.slice(0, -1), at(problem, limitProtection), plain.at(-1)!] : plain;
  const built = sequence.map((each) => buildV2g(each, shape));
  const points = new Map<number, V2gAnswer>();
  const open: OpenPoint[] = [];
  const settle = (each: V2gProblem, answer: V2gAnswer): void => {
    points.set(each.uncertainty.protection, answer);
    onPoint(each.uncertainty.protection, answer);
  };
  let split: Split | null = null;
  // Relaxations follow each other at a few steps of the simplex method, and most are whole; a search begins anew at each point. Shares by resource
  // make them degenerate, so there the search it is.
  await solver.solveSequence(
    built.map(({ program }) => (byResource ? program : { ...program, integrality: new Uint8Array(0) })),
    byResource ? options : relaxationOptions(problem, options),
    (index, outcome) => {
      const each = sequence[index]!;
      const answer = answerOf(each, built[index]!, outcome, plainSlot);
      const missing = 'schedule' in answer ? missingIn(each, answer, nothingKnown) : null;
      if (!plain.includes(each)) {
        split = 'schedule' in answer && missing === null ? splitOf(answer.schedule) : null;
        return;
      }
      if (!('schedule' in answer)) return settle(each, answer);
      const whole = 'solution' in outcome && isWhole(built[index]!.program, outcome.solution.columns);
      const lacksSplit = isTied(each) && split === null;
      if (whole && missing === null && !lacksSplit)
        return settle(each, isTied(each) ? withSplit(answer, split) : answer);
      const nearly = whole && missing?.pairs.length === 0 && !isTied(each) ? answer : null;
      open.push({ each, nearly, known: missing ?? nothingKnown });
    },
  );
  for (const { each, nearly, known } of open) {
    const settled = nearly && (await settleAnswer(each, nearly, solver, options));
    const isAnswer = settled !== null && missingIn(each, settled, nothingKnown) === null;
    settle(each, isAnswer ? settled : await solveInRounds(each, solver, options, plainSlot, known));
  }
  return wanted.map((protection) => ({ protection, answer: points.get(protection) ?? { kind: 'cancelled' } }));
}
