/** Refuses uncertain coefficients that do not belong to their problem, or that its pool of cars is not stated for. */
import { isKeptByCar } from './kept-by-car.ts';
import type { V2gProblem } from './problem.ts';

export function requireValidCoefficients(
  problem: V2gProblem,
  number: (name: string, value: number, least?: number, most?: number) => void,
  refuse: (complaint: string) => never,
): void {
  const { coefficients, gas, wind, storage, aggregators, carsOffPlan, recourse, charging } = problem;
  if (coefficients === undefined) return;
  const { losses, unitsAtOnce, slotsAtOnce } = coefficients;
  number('coefficients.unitsAtOnce', unitsAtOnce, 0);
  number('coefficients.slotsAtOnce', slotsAtOnce, 0);
  const known = { gas, wind, storage, aggregator: aggregators };
  losses.forEach(({ kind, id, share }, at) => {
    number(`coefficients.losses[${at}].share`, share, 0, 0.99);
    if (!known[kind].some((device) => device.id === id))
      refuse(`coefficients.losses[${at}] is of ${kind} "${id}", which is not there`);
    if (losses.findIndex((other) => other.kind === kind && other.id === id) !== at)
      refuse(`coefficients.losses names ${kind} "${id}" twice`);
  });
  if (charging !== 'coordinated' || !losses.some(({ kind, share }) => kind === 'aggregator' && share > 0)) return;
  if (recourse !== 0 && !isKeptByCar(problem))
    refuse(
      'the efficiency of chargers is stated as uncertain for an EV pool kept by car, or one that answers no deviation',
    );
  if ((carsOffPlan ?? []).some((cars) => cars > 0))
    refuse('the efficiency of chargers and cars off plan are not stated together');
}
