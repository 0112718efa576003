/** What a plan doubts of its devices, as the screens read it: of which how much, how many at once, what is set aside for it and what it costs. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { PlanRecord } from '../ports.ts';

/** Null where every coefficient was taken as known. */
export function coefficientsView({ problem, schedule, provenance }: PlanRecord) {
  const { coefficients } = problem;
  if (coefficients === undefined) return null;
  const { losses, unitsAtOnce, slotsAtOnce } = coefficients;
  return {
    unitsAtOnce,
    slotsAtOnce,
    losses: losses.map((loss) => ({ ...loss, name: nameOf(problem, loss) })),
    setAsideKw: schedule.undeliveredKw ? Float64Array.from(schedule.undeliveredKw) : null,
    known: provenance.coefficients?.known ?? null,
  };
}

function nameOf(problem: V2gProblem, { kind, id }: { kind: 'gas' | 'wind' | 'storage' | 'aggregator'; id: string }) {
  const devices = kind === 'aggregator' ? problem.aggregators : problem[kind];
  return devices.find((device) => device.id === id)?.name ?? id;
}
