/** The chance dial: from "at most 1 day in 20" to the least protection that keeps it, on the measured scale. */
import { Refusal } from '../../base/errors.ts';
import { componentCount } from '../../models/v2g/problem.ts';
import type { JobHandle } from '../jobs.ts';
import { leastProtection } from './least-protection.ts';
import type { PlanOptions } from '../plan/make-plan.ts';
import { operationSolve } from '../operation-solve.ts';
import { sweepV2g } from '../plan/solve-v2g.ts';
import { isFlat, riskDay, sweepPoint, type Sweep, type SweepPoint } from './sweep-risk.ts';
import { heldOutDays } from '../sets/deviation-days.ts';
import type { PlanTools } from '../tools.ts';

export interface Dial {
  day: string;
  setId: string;
  currency: string;
  components: number;
  /** Largest wanted chance of any violation in a day. */
  target: number;
  /**
   * 'met': the least protection found; 'not-binding': the day meets the target without protection; 'not-reached': not even full
   * protection meets it.
   */
  verdict: 'met' | 'not-binding' | 'not-reached';
  /** The protection to use: the least that meets the target; where none does, the least of those tried with the lowest chance. */
  protection: number;
  /** Every protection tried, by protection. */
  points: SweepPoint[];
  /** Cost does not move with protection. */
  flat: boolean;
  /** Real days the chances were measured on; a target below one in so many cannot be told from none. */
  evidenceDays: number;
}

export type DialOptions = PlanOptions & { target: number };

export const dialPhases = ['Fit sets', 'Solve and test'];

/** @throws Refusal: `out-of-range` for a target outside (0, 1), `cancelled`, and as `makePlan` for what comes before solving. */
export async function dialProtection(
  tools: PlanTools,
  options: DialOptions,
  job: JobHandle,
  onPoint: (point: SweepPoint) => void,
): Promise<Dial> {
  const { store, solver } = tools;
  const { target } = options;
  if (!(target > 0 && target < 1))
    throw new Refusal('out-of-range', { what: 'The wanted chance', value: target, range: 'between 0 and 1' });
  const { site, set, problem } = await riskDay(tools, options, job);
  const components = componentCount(problem);
  job.enterPhase(1);
  const solveOptions = {
    ...operationSolve,
    timeLimitSeconds: options.timeLimitSeconds,
    explainInfeasibility: 'no' as const,
    signal: job.signal,
  };
  let tried = 0;
  const measure = (protections: readonly number[]) =>
    Promise.all(
      protections.map(async (protection) => {
        const [solved] = await sweepV2g(problem, [protection], solver, solveOptions);
        if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The search for the least protection' });
        const point = sweepPoint(problem, set.set, protection, solved!.answer);
        job.report(null, `${++tried} protections tried`);
        onPoint(point);
        return { ...point, share: point.anyViolation.share };
      }),
    );
  const { chosen, points } = await leastProtection(components, target, measure);
  const kept = points.map(({ share: _, ...point }): SweepPoint => point);
  await store.whenWritable();
  store.saveSet(set);
  const known = store.getSweep(options.day, set.id) as Sweep | null;
  store.saveSweep(
    options.day,
    set.id,
    withPoints(known, kept, { day: options.day, setId: set.id, currency: site.currency, components }),
  );
  return {
    day: options.day,
    setId: set.id,
    currency: site.currency,
    components,
    target,
    verdict: chosen === null ? 'not-reached' : chosen.protection === 0 ? 'not-binding' : 'met',
    protection: (chosen ?? safest(kept))?.protection ?? components,
    points: kept,
    flat: isFlat(kept),
    evidenceDays: heldOutDays(set.set).length,
  };
}

/** The least of the solved protections with the lowest measured chance. */
function safest(points: readonly SweepPoint[]): SweepPoint | null {
  const solved = points.filter(({ state }) => state === 'solved');
  const least = Math.min(...solved.map(({ anyViolation }) => anyViolation.share));
  return solved.find(({ anyViolation }) => anyViolation.share === least) ?? null;
}

/** The curve of the day with the solved points joined to it. */
function withPoints(
  known: Sweep | null,
  points: readonly SweepPoint[],
  whole: Pick<Sweep, 'day' | 'setId' | 'currency' | 'components'>,
): Sweep {
  const byProtection = new Map((known?.points ?? []).map((point) => [point.protection, point]));
  for (const point of points) if (point.state === 'solved') byProtection.set(point.protection, point);
  const joined = [...byProtection.values()].sort((a, b) => a.protection - b.protection);
  const wanted = new Set([...(known?.wanted ?? []), ...joined.map(({ protection }) => protection)]);
  return { ...whole, wanted: [...wanted].sort((a, b) => a - b), points: joined, flat: isFlat(joined) };
}
