/** Better routes as the work of a helper (planning/helpers): it knows the day and what grids pay, and goes on searching from request to request. */
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { FleetSearch, type FoundFleet } from '../../models/sms/marginal/fleet-search.ts';
import type { TruckDay } from '../../models/sms/marginal/priced-day.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';

export interface FleetsKnown {
  problem: SmsProblem;
  curves: CostCurve[][];
  seed: number;
}

export interface FleetsWish {
  /** Of the search. */
  steps: number;
  /** Days of the fleet to go on from [truck]; null: from where it stands. */
  from: readonly TruckDay[] | null;
}

/** Fleets told at a time: each is a program for whoever prices it. */
const most = 3;

/** @returns fleets worth pricing, best first. */
export function fleetTrade({ problem, curves, seed }: FleetsKnown): (wish: FleetsWish) => FoundFleet[] {
  const search = new FleetSearch(problem, curves, seed);
  return ({ steps, from }) => search.search({ steps, from, most });
}
