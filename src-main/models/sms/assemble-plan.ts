/** The finished plan from the owner's decision and the users' answer: routes, money and the settlement. */
import { hasOneConnectionEach } from './connections.ts';
import { drivesOnBattery, drivingOf } from './driving.ts';
import { busesOf, presenceOf, terminalBySlot, wayCosts } from './itinerary.ts';
import { moneyOf } from './money.ts';
import type { OwnerDecision, Reply, SmsPlan } from './plan.ts';
import type { SmsProblem } from './problem.ts';
import { settle } from './settle.ts';
import type { UsersSetting } from './users.ts';

/** The owner's decision as the users see it. */
export function settingOf(problem: SmsProblem, decision: OwnerDecision): UsersSetting {
  const { priceUsdPerMwh, routes } = decision;
  return {
    priceUsdPerMwh,
    presence: presenceOf(problem, routes),
    ...(hasOneConnectionEach(problem) ? {} : { buses: busesOf(problem, routes) }),
    ...(drivesOnBattery(problem) ? { driving: drivingOf(problem, routes) } : {}),
  };
}

/** Travel and holding of all trucks, USD. */
export function wayCostUsd(problem: SmsProblem, decision: OwnerDecision): number {
  return decision.routes.reduce((sum, legs) => {
    const { travelUsd, holdingUsd } = wayCosts(problem, legs);
    return sum + travelUsd + holdingUsd;
  }, 0);
}

/** @param aloneUsd least cost without any truck [grid]. */
export function assemblePlan(
  problem: SmsProblem,
  decision: OwnerDecision,
  reply: Reply,
  aloneUsd: readonly number[],
): SmsPlan {
  const setting = settingOf(problem, decision);
  const money = moneyOf(problem, setting, reply);
  const trucks = problem.trucks.map((truck, k) => ({
    id: truck.id,
    legs: decision.routes[k]!,
    terminalBySlot: terminalBySlot(problem, decision.routes[k]!),
    chargeMw: reply.chargeMw[k]!,
    dischargeMw: reply.dischargeMw[k]!,
    energyMwh: reply.energyMwh[k]!,
    ...wayCosts(problem, decision.routes[k]!),
  }));
  const travelUsd = trucks.reduce((sum, truck) => sum + truck.travelUsd, 0);
  const holdingUsd = trucks.reduce((sum, truck) => sum + truck.holdingUsd, 0);
  const ownUsd = money.dispatchUsd.map((usd, g) => usd + money.feesUsd[g]!);
  return {
    priceUsdPerMwh: setting.priceUsdPerMwh,
    trucks,
    grids: problem.grids.map(({ id }, g) => ({ id, ...reply.grids[g]! })),
    rentUsd: money.rentUsd.reduce((sum, usd) => sum + usd, 0),
    degradationUsd: money.degradationUsd,
    travelUsd,
    holdingUsd,
    ownerProfitUsd: money.marginUsd - travelUsd - holdingUsd,
    usersCostUsd: money.usersCostUsd,
    usersCostWithoutTrucksUsd: aloneUsd.reduce((sum, usd) => sum + usd, 0),
    settlement: settle(
      problem.grids.map(({ id }) => id),
      { aloneUsd, ownUsd, rentUsd: money.rentUsd },
    ),
  };
}
