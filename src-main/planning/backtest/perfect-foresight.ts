/**
 * The day planned by somebody who knew it: actual load, wind and charging, nothing uncertain. Whatever a strategy ends up doing on that
 * day is one of the things this program may do, and real time pays it no better, so its optimum is a lower bound on every realised cost:
 *
 * - energy that nobody supplies has its price, energy that finds no taker is lost: two stores of energy beside the site's own, one that
 *   only gives, at that price, and one that only takes, for nothing;
 * - no reserve is held, since nothing is left to surprise; cars may leave without energy at its price; no tie-break on throughput.
 */
import type { StorageUnit, V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { RealDay } from '../../verify/realised-day.ts';

const unservedId = 'foresight-unserved';
const spilledId = 'foresight-spilled';

export function perfectForesight(problem: V2gProblem, real: RealDay): V2gProblem {
  const { slots, slotHours, grid } = problem;
  const loadKw = real.loadKw.map((kw, slot) => kw + real.extraChargingKw[slot]!);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const mostKw =
    Math.max(0, ...loadKw) +
    sum(problem.evs.map(({ chargeKw, dischargeKw }) => Math.max(chargeKw, dischargeKw))) +
    sum(problem.storage.map(({ chargeKw, dischargeKw }) => Math.max(chargeKw, dischargeKw))) +
    sum(problem.gas.map(({ maxKw }) => maxKw)) +
    sum(real.windKw.map((park) => Math.max(...park))) +
    (grid?.importLimitKw ?? 0) +
    (grid?.exportLimitKw ?? 0);
  const mostKwh = mostKw * slots * slotHours;
  const store = (id: string, changes: Partial<StorageUnit>): StorageUnit => ({
    id,
    name: id,
    minKwh: 0,
    maxKwh: mostKwh,
    initialKwh: 0,
    finalMinKwh: 0,
    chargeKw: 0,
    dischargeKw: 0,
    chargeEfficiency: 1,
    dischargeEfficiency: 1,
    degradationPerKwh: 0,
    ...changes,
  });
  const { set: _, ...uncertainty } = problem.uncertainty;
  return {
    ...problem,
    loadKw,
    wind: problem.wind.map((park, k) => ({ ...park, availableKw: real.windKw[k]! })),
    storage: [
      ...problem.storage,
      store(unservedId, {
        initialKwh: mostKwh,
        dischargeKw: mostKw,
        degradationPerKwh: real.settlement.unservedPerKwh,
      }),
      store(spilledId, { chargeKw: mostKw }),
    ],
    throughputPerKwh: 0,
    unmetPerKwh: problem.unmetPerKwh ?? real.settlement.unmetPerKwh,
    reserve: { ...problem.reserve, shareOfLoad: 0 },
    uncertainty: {
      components: uncertainty.components.map((component) => ({
        ...component,
        halfWidthKw: component.halfWidthKw.map(() => 0),
      })),
      protection: 0,
    },
    recourse: 0,
    charging: 'coordinated',
  };
}

/** Unserved and spilled power of its schedule [slot]. */
export function foresightGaps(schedule: V2gSchedule): { unservedKw: number[]; spilledKw: number[] } {
  const find = (id: string) => schedule.storage.find((unit) => unit.id === id);
  return {
    unservedKw: find(unservedId)?.dischargeKw ?? [],
    spilledKw: find(spilledId)?.chargeKw ?? [],
  };
}
