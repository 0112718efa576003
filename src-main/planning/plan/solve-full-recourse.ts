/**
 * Full recourse as a plan. Nobody knows the evening in the morning, so what is planned is a rule of recourse with the units on that are best for someone who does: shares of
 * every resource where they are stated, of the EV pool elsewhere. The day with a share for the pool alone comes first: it is what the search for better decisions begins
 * from, and the plan wherever nothing better is found in time. Shares by resource for its decisions are solved beside that search.
 */
import { CancelSource } from '../../base/cancel.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { solveOnNetwork } from '../network/solve-on-network.ts';
import type { FullRecourseProvenance } from '../ports.ts';
import type { SlotName } from './conflict-words.ts';
import {
  besideNetwork,
  commitmentsOf,
  fullRecourse,
  withCommitment,
  type Commitments,
  type FoundRecourse,
  type RecourseRound,
} from './full-recourse.ts';
import type { PlannedAnswer, V2gAnswer } from './v2g-answer.ts';

export interface FullRecourseAnswer {
  /** What was solved in the end, its on/off decisions held where they are those of full recourse. */
  problem: V2gProblem;
  answer: V2gAnswer;
  fullRecourse?: FullRecourseProvenance;
  /** What is to be told of it besides, in words. */
  notes?: string[];
}

const leftEarly =
  'Full recourse was left before any bound was proven, so the plan is the one it began from; give it more time.';

/** Shares are solved beside the search and are most of what the plan is worth, so they may take longer than it. */
const sharesTime = 2;

interface Candidate {
  problem: V2gProblem;
  answer: PlannedAnswer;
}

export async function solveFullRecourse(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName?: SlotName,
  onRound: (round: RecourseRound) => void = () => undefined,
): Promise<FullRecourseAnswer> {
  const solve = async (of: V2gProblem, with_: SolveOptions): Promise<{ problem: V2gProblem; answer: V2gAnswer }> =>
    solveOnNetwork(of, solver, with_, slotName);
  const { responders: _, ...byPool } = problem;
  const affine = await solve(byPool, options);
  if (affine.answer.kind === 'cancelled') return affine;
  const first = 'schedule' in affine.answer ? { problem: affine.problem, answer: affine.answer } : null;
  const { onProgress: __, ...quiet } = options;
  const ended = endedBy(options);
  const shares = (on: Commitments): Promise<Candidate | null> =>
    problem.responders === undefined && first !== null && isSame(on, commitmentsOf(problem, first.answer.schedule))
      ? Promise.resolve(null)
      : solve(withCommitment(problem, on), {
          ...quiet,
          timeLimitSeconds: sharesTime * options.timeLimitSeconds,
          explainInfeasibility: 'no',
          signal: ended.signal,
        }).then(({ problem: solved, answer }) => ('schedule' in answer ? { problem: solved, answer } : null));
  const ownOn = first && commitmentsOf(problem, first.answer.schedule);
  const beside = ownOn ? shares(ownOn) : Promise.resolve(null);
  // A feeder enters where it binds: the plan begun from kept its limits without being asked to.
  const network = affine.problem === byPool ? 'left-out' : 'held';
  const found = await fullRecourse(network === 'left-out' ? besideNetwork(problem) : problem, solver, quiet, {
    ...(first ? { schedule: first.answer.schedule } : {}),
    onRound,
  });
  const candidates = [first, await beside];
  if (found.kind === 'found' && !(ownOn && isSame(found.on, ownOn))) candidates.push(await shares(found.on));
  ended.forget();
  const best = candidates.reduce((least, each) =>
    each && (least === null || each.answer.schedule.objective < least.answer.schedule.objective) ? each : least,
  );
  if (best === null) return affine;
  if (found.kind === 'none') return { ...best, notes: [found.problem] };
  if (!Number.isFinite(found.lower) || !Number.isFinite(found.upper)) return { ...best, notes: [leftEarly] };
  return { ...best, fullRecourse: provenanceOf(found, { first, best, network }) };
}

const isSame = (one: Commitments, other: Commitments): boolean =>
  one.every((own, k) => own?.every((on, slot) => on === other[k]?.[slot]) ?? true);

/** A cancel, or "use best so far": a share that is not there by then is not waited for. */
function endedBy({ signal, stopSignal }: SolveOptions): { signal: CancelSource; forget: () => void } {
  const end = new CancelSource();
  const forget = [signal, stopSignal].map((outer) => outer?.onCancel(() => end.cancel()));
  return { signal: end, forget: () => forget.forEach((each) => each?.()) };
}

function provenanceOf(
  found: FoundRecourse,
  { first, best, network }: { first: Candidate | null; best: Candidate; network: 'left-out' | 'held' },
): FullRecourseProvenance {
  const { lower, rounds, seconds, worst, on } = found;
  // Any rule is one way to answer: the plan itself costs no less than full recourse.
  const upper = Math.max(lower, Math.min(found.upper, best.answer.schedule.objective));
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    lower,
    upper,
    rounds: rounds.filter(({ round }) => round > 0).length,
    seconds,
    affine: first && first.answer.schedule.objective,
    steps: rounds.map((each) => ({
      ...each,
      lower: known(each.lower),
      upper: known(each.upper),
      found: known(each.found),
    })),
    ...(worst ? { worst: { ...worst, on, network } } : {}),
  };
}
