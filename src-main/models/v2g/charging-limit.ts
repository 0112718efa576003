/**
 * What the EVs of one aggregator may charge and discharge together, in slots where that is limited:
 *
 *   Σ_{i of a, connected} c_{i,t} ≤ C_{a,t}        Σ_{i of a, connected} d_{i,t} ≤ D_{a,t}
 *
 * `chargerShare` is the part of its own charger that every connected EV can have at once under C: min(1, C / Σ charge_i).
 */
import type { Stage } from './device.ts';
import type { EvColumns } from './ev.ts';
import { aggregatorName } from './names.ts';
import type { Ev, V2gProblem } from './problem.ts';

export function addChargingLimits({ program, problem }: Stage, evs: readonly EvColumns[]): void {
  problem.aggregators.forEach((aggregator, index) => {
    for (const [flow, limits] of [
      ['charge', aggregator.chargeLimitKwAt],
      ['discharge', aggregator.dischargeLimitKwAt],
    ] as const)
      limits?.forEach((limitKw, slot) => {
        if (limitKw === null) return;
        const own = evs.filter(({ ev, from, until }) => ev.aggregator === index && from <= slot && slot < until);
        if (own.length === 0) return;
        program.addRow({
          name: aggregatorName(aggregator.id, `${flow} limit`, slot),
          lower: -Infinity,
          upper: limitKw,
          terms: own.map((ev) => [ev[flow][slot - ev.from]!, 1] as const),
        });
      });
  });
}

/** [slot] for one EV's aggregator; null where nothing is limited on the whole day. */
export function chargerShare(problem: V2gProblem, aggregator: number): number[] | null {
  const limits = problem.aggregators[aggregator]?.chargeLimitKwAt;
  if (limits === undefined) return null;
  return limits.map((limitKw, slot) => {
    if (limitKw === null) return 1;
    const ownKw = connectedAt(problem, aggregator, slot).reduce((sum, ev) => sum + ev.chargeKw, 0);
    return ownKw > limitKw ? limitKw / ownKw : 1;
  });
}

/** Most the connected EVs can discharge together [kW]. */
export function mostDischargeKw(problem: V2gProblem, slot: number): number {
  return problem.aggregators.reduce((sum, { dischargeLimitKwAt }, index) => {
    const ownKw = connectedAt(problem, index, slot).reduce((total, ev) => total + ev.dischargeKw, 0);
    return sum + Math.min(ownKw, dischargeLimitKwAt?.[slot] ?? Infinity);
  }, 0);
}

const connectedAt = (problem: V2gProblem, aggregator: number, slot: number): Ev[] =>
  problem.evs.filter((ev) => ev.aggregator === aggregator && ev.arrivalSlot <= slot && slot < ev.departureSlot);
