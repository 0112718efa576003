/** The risk curves: the day solved along the size of one kind of set after the other, each point tested on days not planned for. */
import { Refusal } from '../../base/errors.ts';
import type { SetKind } from '../../uncertainty/day-set.ts';
import { sizesAlong, type SizeScale } from '../../uncertainty/set-size.ts';
import type { JobHandle } from '../jobs.ts';
import type { PlanOptions } from '../plan/make-plan.ts';
import type { PlanTools } from '../tools.ts';
import { curveSolve, keepCurve, riskDay, type RiskCurve } from './risk-curve.ts';
import { isFlat, solveSizes, type SizePoint } from './size-point.ts';

export type SweepOptions = Omit<PlanOptions, 'set'> & {
  kinds: readonly SetKind[];
  /** Sizes of the curve, on the scale of every kind named; `points` of them evenly along each scale when left out. */
  sizes?: readonly number[] | undefined;
  points: number;
};

export const sweepPhases = (kinds: readonly SetKind[]): string[] => kinds.map((kind) => `Solve and test: ${kind}`);

/** A kind that the history or a frozen set cannot give is told with its reason. */
export interface RiskSweep {
  curves: RiskCurve[];
  refused: { kind: SetKind; problem: string }[];
}

export interface SweepWatcher {
  /** The curve as it begins, before any of its points. */
  onCurve(curve: RiskCurve): void;
  onPoint(kind: SetKind, point: SizePoint): void;
}

/** Points solved before a cancel are kept and stored; the job then ends as cancelled. @throws Refusal `bad-request`, `no-site`, `no-telemetry`, `cancelled` */
export async function sweepRisk(
  tools: PlanTools,
  options: SweepOptions,
  job: JobHandle,
  watcher: SweepWatcher,
): Promise<RiskSweep> {
  const curves: RiskCurve[] = [];
  const refused: RiskSweep['refused'] = [];
  let last: Refusal | null = null;
  for (const [phase, kind] of options.kinds.entries()) {
    job.enterPhase(phase);
    try {
      curves.push(await sweepKind(tools, { ...options, set: kind }, job, watcher));
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.code === 'cancelled' || options.kinds.length === 1) throw thrown;
      refused.push({ kind, problem: thrown.report.message });
      last = thrown;
    }
  }
  if (curves.length === 0 && last !== null) throw last;
  return { curves, refused };
}

async function sweepKind(
  tools: PlanTools,
  options: PlanOptions & Pick<SweepOptions, 'sizes' | 'points'>,
  job: JobHandle,
  { onCurve, onPoint }: SweepWatcher,
): Promise<RiskCurve> {
  const { record, sized, curve: begun } = await riskDay(tools, options, job);
  const wanted = wantedSizes(sized.scale, options);
  onCurve({ ...begun, wanted, points: [], flat: false });
  let solved = 0;
  const points = await solveSizes(sized, wanted, tools.solver, curveSolve(options, job), (point) => {
    if (point.state === 'solved') solved++;
    job.report(solved / wanted.length, `${solved} of ${wanted.length} solved`);
    onPoint(options.set, point);
  });
  const curve: RiskCurve = { ...begun, wanted, points, flat: isFlat(points) };
  await keepCurve(tools.store, record, curve, 'replace');
  if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The risk curve' });
  return curve;
}

function wantedSizes(scale: SizeScale, { sizes, points }: Pick<SweepOptions, 'sizes' | 'points'>): number[] {
  if (sizes === undefined) return sizesAlong(scale, points);
  const wanted = [...new Set(sizes.filter((size) => size <= scale.most))].sort((a, b) => a - b);
  if (wanted.length === 0)
    throw new Refusal('bad-request', { call: 'sweep', problem: `no size within 0 and ${scale.most}` });
  return wanted;
}
