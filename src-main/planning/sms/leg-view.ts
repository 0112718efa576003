/** A leg of a truck's day with the way it drives, as screens and files tell it. */
import type { Leg } from '../../models/sms/plan.ts';
import type { Way } from './travel.ts';

/** @param drivingFactor what the truck takes of the way's energy, as a multiple. */
export function legView(leg: Leg, ways: readonly Way[], drivingFactor: number) {
  if (leg.kind === 'stay') return leg;
  const { from, to, fromSlot, untilSlot } = leg;
  const way = ways.find((one) => one.from === from && one.to === to && one.fromSlot === fromSlot);
  if (!way) throw new Error(`the plan has no way for the trip from ${from} to ${to} in slot ${fromSlot}`);
  const { nodes, minutesAt, links, lateLinks, ...trip } = way;
  return {
    kind: 'drive' as const,
    ...trip,
    lateLinks: lateLinks ?? null,
    energyKwh: trip.energyKwh * drivingFactor,
    untilSlot,
    path: { nodes: Float64Array.from(nodes), minutes: Float64Array.from(minutesAt), links: Float64Array.from(links) },
  };
}

export type LegView = ReturnType<typeof legView>;
