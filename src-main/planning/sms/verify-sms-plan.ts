/** A stored plan of mobile storage read back whole and checked again by arithmetic: limits, money, and the roads it drives on. */
import { Refusal } from '../../base/errors.ts';
import type { SmsPlan } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { byLink } from '../../models/sms/roads/link-times.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { checkSmsWays } from '../../verify/check-sms-ways.ts';
import type { CheckReport } from '../../verify/types.ts';
import type { MobileStore, RoadsRecord, SmsPlanOptions, SmsPlanRecord } from './mobile-ports.ts';
import type { MobileStorage } from './mobile-storage.ts';
import type { SmsOverride } from './sms-override.ts';
import { roadPlan, type Way } from './travel.ts';

/** @throws Refusal `plan-not-found`, `plan-corrupt` */
export function readSmsPlan(store: MobileStore, id: string): SmsPlanRecord {
  const plan = store.getSmsPlan(id);
  if (!plan) throw new Refusal('plan-not-found', { id });
  return plan;
}

/** Re-checks now; what is stored about an earlier check is not believed. @throws as `readSmsPlan`, `not-found` without its roads. */
export function verifySmsPlan(store: MobileStore, id: string): { plan: SmsPlanRecord; check: CheckReport } {
  const plan = readSmsPlan(store, id);
  const roads = store.getRoads(plan.roadsId);
  if (!roads) throw new Refusal('not-found', { what: 'road network', id: plan.roadsId });
  return { plan, check: checkSms({ ...plan, roads }) };
}

export interface SmsToCheck {
  problem: SmsProblem;
  plan: SmsPlan;
  ways: readonly Way[];
  storage: MobileStorage;
  options: Pick<SmsPlanOptions, 'arrivalConfidence'>;
  overrides: readonly SmsOverride[];
  roads: RoadsRecord;
}

export function checkSms({ problem, plan, ways, storage, options, overrides, roads }: SmsToCheck): CheckReport {
  const closed = overrides.flatMap((override) => (override.kind === 'close-road' ? override.links : []));
  const limits = checkSmsPlan(problem, plan);
  const { graph, times } = roadPlan({
    storage,
    roads,
    horizon: { slots: problem.slots, slotMinutes: storage.slotMinutes },
    closedLinks: closed,
  });
  const { links } = roads.network;
  const driven = checkSmsWays(problem, plan, {
    network: roads.network,
    terminalNodes: storage.terminals.map(({ node }) => node),
    closedLinks: [...storage.roads.closedLinks, ...closed],
    forbiddenClasses: storage.roads.forbiddenClasses,
    energyKwhPerKm: storage.travel.energyKwhPerKm,
    traffic: {
      periods: times.periods,
      linkMinutes: byLink(graph, times),
      freeFlowMinutes: (link) => links[link]!.freeFlowMinutes,
      lateShare: storage.roads.lateShare,
      arrivalConfidence: options.arrivalConfidence,
    },
    ways,
  });
  return {
    passed: limits.passed && driven.passed,
    checked: limits.checked + driven.checked,
    worstBreach: Math.max(limits.worstBreach, driven.worstBreach),
    breaches: [...limits.breaches, ...driven.breaches].slice(0, 50),
  };
}
