/** What-if edits of the routes of own trucks, as rules of the trucks in the steps their routes are decided in. */
import { Refusal } from '../../base/errors.ts';
import type { OwnTruck, TruckFleet } from '../../models/v2g/mobile.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { routeProblem } from '../../models/v2g/truck-routes.ts';
import { pathArcs } from '../../models/sms/network.ts';
import type { PlaceRule } from '../../models/sms/problem.ts';
import type { SpanName } from './edit-words.ts';
import { isRouteEdit, type PlanEdit, type RouteEdit, type SlotRange } from './plan-edit.ts';

export const closedRoadsOf = (edits: readonly PlanEdit[]): { from: string; to: string }[] =>
  edits.flatMap((edit) => (edit.field === 'roads.close' ? edit.links : []));

/**
 * @throws Refusal `bad-request` where the plan has no own trucks, or slots are no whole steps of the day; `not-found` for a truck, place or grid that is
 *   not there; `plan-infeasible` naming the first edit that leaves a truck no way through the day.
 */
export function applyRouteEdits(problem: V2gProblem, edits: readonly PlanEdit[], span: SpanName): V2gProblem {
  const demands = edits.flatMap((edit, index) => (isRouteEdit(edit) ? [{ edit, number: index + 1 }] : []));
  if (demands.length === 0) return problem;
  if (!problem.trucks)
    throw new Refusal('bad-request', {
      call: 'plan.draft',
      problem: 'routes can be edited only where the plan has trucks of its own',
    });
  let fleet = problem.trucks;
  for (const { edit, number } of demands) {
    fleet = applyOne(problem, fleet, edit, span);
    const routes = routeProblem(fleet, problem.slots);
    const stuck = routes.trucks.findIndex((truck) => pathArcs(routes, truck).length === 0);
    if (stuck >= 0)
      throw new Refusal('plan-infeasible', {
        day: 'the day',
        why: `change ${number} leaves ${fleet.trucks[stuck]!.name} no way through the day.`,
        conflict: [],
      });
  }
  return { ...problem, trucks: fleet };
}

function applyOne(problem: V2gProblem, fleet: TruckFleet, edit: RouteEdit, span: SpanName): TruckFleet {
  const placeOf = (id: string): number => indexOf(fleet.places, 'place', id);
  switch (edit.field) {
    case 'roads.close':
      return fleet;
    case 'truck.pin':
      return withRule(fleet, edit.id, {
        kind: 'only',
        terminals: [placeOf(edit.place)],
        ...steps(problem, edit, span),
      });
    case 'truck.keepAway':
      return withRule(fleet, edit.id, {
        kind: 'never',
        terminals: [placeOf(edit.place)],
        ...steps(problem, edit, span),
      });
    case 'truck.reserve': {
      indexOf(
        fleet.places.flatMap(({ grid }) => (grid ? [grid] : [])),
        'grid own trucks can work for',
        edit.grid,
      );
      const others = fleet.places.flatMap(({ kind, grid }, at) =>
        kind !== 'depot' && grid?.id !== edit.grid ? [at] : [],
      );
      return withRule(fleet, edit.id, { kind: 'never', terminals: others, ...steps(problem, edit, span) });
    }
    case 'truck.outOfService':
      return outOfService(problem, fleet, edit.id);
  }
}

/** Adds a demand to one truck, or to all where none is named. */
function withRule(fleet: TruckFleet, truck: string | null, rule: PlaceRule): TruckFleet {
  const only = truck === null ? null : indexOf(fleet.trucks, 'truck', truck);
  return {
    ...fleet,
    trucks: fleet.trucks.map((one, k) =>
      only === null || k === only ? { ...one, rules: [...(one.rules ?? []), rule] } : one,
    ),
  };
}

function outOfService({ slots }: V2gProblem, fleet: TruckFleet, id: string): TruckFleet {
  const index = indexOf(fleet.trucks, 'truck', id);
  const truck = fleet.trucks[index]!;
  if (truck.start !== truck.end)
    throw new Refusal('bad-request', {
      call: 'plan.draft',
      problem: `${truck.name} must end the day elsewhere, so it cannot stay away`,
    });
  const rule: PlaceRule = {
    kind: 'only',
    terminals: [truck.start],
    fromSlot: 0,
    untilSlot: slots / fleet.slotsPerStep,
  };
  const idle: OwnTruck = {
    ...truck,
    powerKw: 0,
    finalMinKwh: Math.min(truck.finalMinKwh, truck.initialKwh),
    rules: [rule],
  };
  return { ...fleet, trucks: fleet.trucks.map((one, k) => (k === index ? idle : one)) };
}

/** Trucks move on the clock of their steps: a demand that begins or ends within one has no meaning. */
function steps(
  { slots, slotHours, trucks }: V2gProblem,
  { fromSlot, toSlot }: SlotRange,
  span: SpanName,
): Pick<PlaceRule, 'fromSlot' | 'untilSlot'> {
  const per = trucks!.slotsPerStep;
  const refuse = (problem: string): never => {
    throw new Refusal('bad-request', { call: 'plan.draft', problem });
  };
  const within = fromSlot >= 0 && fromSlot <= toSlot && toSlot < slots;
  if (!Number.isInteger(fromSlot) || !Number.isInteger(toSlot) || !within)
    refuse(`slots ${fromSlot} to ${toSlot} are not a range within the day's 0 to ${slots - 1}`);
  if (fromSlot % per !== 0 || (toSlot + 1) % per !== 0)
    refuse(`${span(fromSlot, toSlot)} is not whole: trucks move in steps of ${per * slotHours * 60} minutes`);
  return { fromSlot: fromSlot / per, untilSlot: (toSlot + 1) / per };
}

function indexOf(items: readonly { id: string }[], what: string, id: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw new Refusal('not-found', { what, id });
  return index;
}
