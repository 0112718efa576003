/** The re-check of a day's plan: its physics, and where trucks of one's own drive, their roads link by link. */
import { Refusal } from '../../base/errors.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { byLink } from '../../models/sms/roads/link-times.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { checkSmsWays } from '../../verify/check-sms-ways.ts';
import { Ledger } from '../../verify/ledger.ts';
import type { CheckReport } from '../../verify/types.ts';
import type { TruckProvenance } from '../ports.ts';
import type { MobileStore } from '../sms/mobile-ports.ts';
import { roadPlan, type Way } from '../sms/travel.ts';

/** @throws Refusal `not-found` when the roads a plan drives on are gone. */
export function checkDay(
  store: Pick<MobileStore, 'getRoads'>,
  problem: V2gProblem,
  schedule: V2gSchedule,
  trucks: TruckProvenance | undefined,
): CheckReport {
  const limits = checkPlan(problem, schedule);
  if (trucks?.mode !== 'owned') return limits;
  const roads = store.getRoads(trucks.roadsId);
  if (!roads) throw new Refusal('not-found', { what: 'road network', id: trucks.roadsId });
  const { storage, ways } = trucks;
  const { links } = roads.network;
  const horizon = { slots: problem.slots, slotMinutes: storage.slotMinutes };
  const { graph, times } = roadPlan({ storage, roads, horizon, closedLinks: [] });
  const driven = checkSmsWays(
    { slotHours: problem.slotHours },
    { trucks: schedule.trucks ?? [] },
    {
      network: roads.network,
      terminalNodes: storage.terminals.map(({ node }) => node),
      closedLinks: storage.roads.closedLinks,
      forbiddenClasses: storage.roads.forbiddenClasses,
      energyKwhPerKm: storage.travel.energyKwhPerKm,
      traffic: {
        periods: times.periods,
        linkMinutes: byLink(graph, times),
        freeFlowMinutes: (link) => links[link]!.freeFlowMinutes,
        lateShare: storage.roads.lateShare,
        arrivalConfidence: storage.arrivalConfidence,
      },
      ways,
    },
  );
  const priced = checkTrips(problem, ways);
  const reports = [limits, driven, priced];
  return {
    passed: reports.every(({ passed }) => passed),
    checked: reports.reduce((sum, { checked }) => sum + checked, 0),
    worstBreach: Math.max(...reports.map(({ worstBreach }) => worstBreach)),
    breaches: reports.flatMap(({ breaches }) => breaches).slice(0, 50),
  };
}

/** What the schedule pays for a trip, and takes from the battery for it, is what its road costs and takes. */
function checkTrips({ trucks: fleet }: V2gProblem, ways: readonly Way[]): CheckReport {
  const ledger = new Ledger();
  for (const { from, to, fromSlot, cost, energyKwh } of fleet ? ways : []) {
    const step = fromSlot / fleet!.slotsPerStep;
    const trip = {
      limit: 'trip',
      subject: `trip from ${fleet!.places[from]?.name} to ${fleet!.places[to]?.name}`,
      slot: fromSlot,
    };
    const paid = fleet!.travelCost[from]?.[to]?.[step] ?? NaN;
    ledger.equal({ ...trip, quantity: 'cost', value: paid, bound: cost, unit: 'of money' });
    if (!fleet!.travelKwh) continue;
    const taken = fleet!.travelKwh[from]?.[to]?.[step] ?? NaN;
    ledger.equal({ ...trip, quantity: 'energy', value: taken, bound: energyKwh, unit: 'kWh' });
  }
  return ledger.report();
}
