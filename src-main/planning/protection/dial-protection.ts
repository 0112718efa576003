/** The chance dial: from "at most 1 day in 20" to the least size of a set that keeps it, on the measured scale. */
import { Refusal } from '../../base/errors.ts';
import { onScale } from '../../uncertainty/set-size.ts';
import type { JobHandle } from '../jobs.ts';
import { operationSolve } from '../operation-solve.ts';
import type { PlanOptions } from '../plan/make-plan.ts';
import type { PlanTools } from '../tools.ts';
import { judgeDial, type DialJudgement } from './judge-dial.ts';
import { judgeSetting, type SettingJudgement } from './judge-setting.ts';
import { leastSize } from './least-size.ts';
import { curveSolve, keepCurve, riskDay, type RiskCurve } from './risk-curve.ts';
import { isFlat, solveEach, solveSizes, type SizePoint } from './size-point.ts';
import type { SweepWatcher } from './sweep-risk.ts';

export interface Dial extends Omit<RiskCurve, 'wanted' | 'asked'>, DialJudgement {
  /** Largest wanted chance of any violation in a day. */
  target: number;
  /** The size to use: the least that meets the target; where none does, the least of those tried with the lowest chance. */
  size: number;
  /** What the size in force is worth beside it. */
  setting: SettingJudgement;
}

export type DialOptions = PlanOptions & { target: number };

export const dialPhases = ['Fit sets', 'Solve and test'];

/** @throws Refusal: `out-of-range` for a target outside (0, 1), `cancelled`, and as `makePlan` for what comes before solving. */
export async function dialProtection(
  tools: PlanTools,
  options: DialOptions,
  job: JobHandle,
  { onCurve, onPoint }: SweepWatcher,
): Promise<Dial> {
  const { target } = options;
  if (!(target > 0 && target < 1))
    throw new Refusal('out-of-range', { what: 'The wanted chance', value: target, range: 'between 0 and 1' });
  job.enterPhase(0);
  const { record, sized, curve } = await riskDay(tools, options, job);
  const { scale, kind } = sized;
  job.enterPhase(1);
  onCurve({ ...curve, wanted: [], points: [], flat: false });
  let tried = 0;
  // One at a time would be warm, several at once are sooner done.
  const measure = async (sizes: readonly number[]) => {
    const solved = await solveEach(sized, sizes, async (size) => {
      const [point] = await solveSizes(sized, [size], tools.solver, curveSolve(options, job), (each) => {
        job.report(null, `${++tried} sizes tried`);
        onPoint(kind, each);
      });
      return point!;
    });
    if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The search for the least protection' });
    return solved.map((point) => ({ size: point.size, share: point.anyViolation.share, point }));
  };
  const inForce = onScale(scale, kind === 'budget' ? options.protection : (options.size ?? scale.fitted));
  const { chosen, points: measured } = await leastSize(scale, target, measure, [inForce]);
  const points = measured.map(({ point }) => point);
  const flat = isFlat(points);
  const wanted = points.map(({ size }) => size);
  await keepCurve(tools.store, record, { ...curve, wanted, points, flat }, 'join');
  return {
    day: curve.day,
    setId: curve.setId,
    currency: curve.currency,
    scale,
    promises: curve.promises,
    evidenceDays: curve.evidenceDays,
    chance: sized.chance,
    points,
    flat,
    target,
    ...judgeDial(points, chosen?.size ?? null),
    size: (chosen?.point ?? safest(points))?.size ?? scale.most,
    setting: judgeSetting(points, chosen?.point ?? null, {
      size: inForce,
      target,
      gap: operationSolve.relativeGap,
    }),
  };
}

/** The least of the solved sizes with the lowest measured chance. */
function safest(points: readonly SizePoint[]): SizePoint | null {
  const solved = points.filter(({ state }) => state === 'solved');
  const least = Math.min(...solved.map(({ anyViolation }) => anyViolation.share));
  return solved.find(({ anyViolation }) => anyViolation.share === least) ?? null;
}
