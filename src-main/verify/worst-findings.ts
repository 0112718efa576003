/**
 * Every adversary of a finished plan beside that of its deviations (worst-plan-day.ts): market prices, units that may not deliver, batteries that may be
 * less efficient, cars off plan, and the feeder under its worst deviations. Each by who, when and how far, and by what it takes of what the plan holds.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteNetwork } from '../models/v2g/site-network.ts';
import { networkFlow } from './network-flow.ts';
import { worstMissingKw } from './off-plan.ts';
import type { WorstFinding } from './types.ts';
import { tightest, worstLosses } from './worst-losses.ts';
import { priceExposureKwh, worstPrices } from './worst-prices.ts';

export function worstFindings(problem: V2gProblem, schedule: V2gSchedule): WorstFinding[] {
  return [
    ofPrices(problem, schedule),
    ...worstLosses(problem, schedule),
    ofCars(problem, schedule),
    problem.network ? ofFeeder(problem, schedule, problem.network) : null,
  ].filter((found) => found !== null);
}

/** The market period whose price hurts most; what the worst prices of all periods add is held by the cost. */
function ofPrices(problem: V2gProblem, schedule: V2gSchedule): WorstFinding | null {
  const risk = problem.grid?.priceRisk;
  const worst = worstPrices(problem, schedule);
  if (!risk || worst === null || worst.risk <= 0) return null;
  const added = priceExposureKwh(schedule, risk).map((kwh, period) => kwh * worst.deviationPerKwh[period]!);
  const period = added.indexOf(Math.max(...added));
  return {
    kind: 'prices',
    slot: risk.period.indexOf(period),
    who: 'Market price',
    far: 1000 * worst.deviationPerKwh[period]!,
    farUnit: `${problem.currency}/MWh`,
    takes: worst.risk,
    holds: schedule.cost.priceRisk ?? 0,
    unit: problem.currency,
  };
}

function ofCars(problem: V2gProblem, schedule: V2gSchedule): WorstFinding | null {
  const setAsideKw = schedule.offPlan?.setAsideKw;
  if (setAsideKw === undefined) return null;
  const only = problem.aggregators.map(
    (_, a) =>
    worstMissingKw({ ...problem, carsOffPlan: problem.aggregators.map((__, b) => (a === b ? (problem.carsOffPlan?.[a] ?? 0) : 0)) }, schedule), // prettier-ignore
  );
  return tightest(
    worstMissingKw(problem, schedule).map((takes, slot): WorstFinding => {
      const own = only.map((kw) => kw[slot]!);
      const most = own.indexOf(Math.max(...own));
      return {
        kind: 'cars',
        slot,
        who: problem.aggregators[most]?.name ?? '',
        far: own[most] ?? 0,
        farUnit: 'kW',
        takes,
        holds: setAsideKw[slot]!,
        unit: 'kW',
      };
    }),
  );
}

/** The bus whose voltage comes nearest to its limits when the deviations are worst for it; null where no flow exists. */
function ofFeeder(problem: V2gProblem, schedule: V2gSchedule, network: SiteNetwork): WorstFinding | null {
  const { voltageMinPu, voltageMaxPu } = network.feeder;
  const { tree, slots } = networkFlow(problem, schedule, network);
  let nearest: { finding: WorstFinding; roomPu: number } | null = null;
  for (const [slot, { lowest, highest }] of slots.entries())
    for (let bus = 1; bus < tree.buses.length; bus++)
      for (const [{ voltagePu, deviationKw }, limitPu, sign] of [
        [lowest[bus]!, voltageMinPu, 1],
        [highest[bus]!, voltageMaxPu, -1],
      ] as const) {
        const roomPu = sign * (voltagePu - limitPu);
        if (Number.isNaN(roomPu) || (nearest !== null && roomPu >= nearest.roomPu)) continue;
        const far = deviationKw.reduce((sum, kw) => sum + kw, 0);
        const finding = { kind: 'voltage', slot, who: `Bus ${tree.buses[bus]!}`, far, farUnit: 'kW', takes: voltagePu, holds: limitPu, unit: 'pu' } as const; // prettier-ignore
        nearest = { finding, roomPu };
      }
  return nearest?.finding ?? null;
}
