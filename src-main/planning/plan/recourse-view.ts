/** Who answers the deviations of a plan, and with how much: what the screens show of its recourse. Shares are of the worst deviations of the day, 0 to 1. */
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { FullRecourseProvenance, PlanRecord } from '../ports.ts';
import type { Recourse } from './build-problem.ts';

export interface Answerer {
  kind: 'beforehand' | 'pool' | 'aggregator' | 'gas' | 'storage';
  id: string;
  name: string;
  /** Of all worst deviations of the day together. */
  share: number;
  /** At the load, when the slot is at its worst [slot]. */
  answerKw: Float64Array;
}

export interface FullRecourseView extends Omit<FullRecourseProvenance, 'steps' | 'worst' | 'affine'> {
  /** This plan's own worst case, in the same terms. */
  plan: number;
  affine: number | null;
  steps: NonNullable<FullRecourseProvenance['steps']>;
  /** Total deviation of the worst day found [slot], kW, and what it costs who knows it; null in plans that keep none. */
  worst: { deviationKw: Float64Array; cost: number } | null;
}

export interface RecourseView {
  kind: Recourse;
  answerers: Answerer[];
  /** What full recourse was proven to cost, where the plan was made so. */
  full: FullRecourseView | null;
}

export function recourseView({ problem, schedule, provenance }: PlanRecord): RecourseView {
  const { worstDeviationKw, responseShare } = schedule;
  const all = worstDeviationKw.reduce((sum, kw) => sum + kw, 0);
  const answerer = (kind: Answerer['kind'], id: string, name: string, kwAt: (slot: number) => number): Answerer => {
    const answerKw = Float64Array.from(worstDeviationKw, (_, slot) => kwAt(slot));
    return { kind, id, name, share: all > 0 ? answerKw.reduce((sum, kw) => sum + kw, 0) / all : 0, answerKw };
  };
  const units = (['gas', 'storage'] as const).flatMap((kind) =>
    (responseShare?.[kind] ?? []).map((share, k) => {
      const { id, name } = problem[kind][k]!;
      return answerer(kind, id, name, (slot) => share[slot]! * worstDeviationKw[slot]!);
    }),
  );
  const answering = [...poolAnswerers(problem.aggregators, problem.evs, schedule, answerer), ...units];
  const beforehand = answerer('beforehand', 'beforehand', 'Committed beforehand', (slot) =>
    Math.max(0, worstDeviationKw[slot]! - answering.reduce((sum, { answerKw }) => sum + answerKw[slot]!, 0)),
  );
  const { fullRecourse } = provenance;
  return {
    kind: fullRecourse
      ? 'full'
      : problem.responders === 'each-resource'
        ? 'per-resource'
        : problem.recourse === 0
          ? 'static'
          : 'affine',
    answerers: [beforehand, ...answering],
    full: fullRecourse ? fullView(fullRecourse, schedule.objective) : null,
  };
}

const fullView = ({ affine, steps, worst, ...full }: FullRecourseProvenance, plan: number): FullRecourseView => ({
  ...full,
  plan,
  affine: affine ?? null,
  steps: steps ?? [],
  worst: worst ? { deviationKw: Float64Array.from(worst.deviationKw), cost: worst.cost } : null,
});

/** Where the pool's promise is kept by car each aggregator answers with its own; else the pool does as one. */
function poolAnswerers(
  aggregators: readonly { id: string; name: string }[],
  evs: readonly { aggregator: number }[],
  { evs: planned, evShare, worstDeviationKw }: V2gSchedule,
  answerer: (kind: Answerer['kind'], id: string, name: string, kwAt: (slot: number) => number) => Answerer,
): Answerer[] {
  const parts = planned.map(({ standbyKw }) => standbyKw ?? null);
  if (parts.length === 0 || parts.includes(null))
    return [answerer('pool', 'pool', 'EV pool', (slot) => evShare[slot]! * worstDeviationKw[slot]!)];
  return aggregators.map(({ id, name }, index) =>
    answerer('aggregator', id, name, (slot) =>
      parts.reduce((sum, own, i) => (evs[i]!.aggregator === index ? sum + own![slot]! : sum), 0),
    ),
  );
}
