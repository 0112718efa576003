/** Where a truck is, and what it holds, at a minute of the day. */
import type { DriveLeg, TruckDay } from './road-shape.ts';

export type TruckPlace =
  | { kind: 'standing'; terminal: number; /** Arrived, and not yet to be used. */ early: boolean }
  /** Between node `after − 1` and node `after` of the leg's path, `share` of the way. */
  | { kind: 'driving'; leg: DriveLeg; after: number; share: number; drivenMinutes: number };

/** @param minute from the start of the day; outside the day, its first or last moment. */
export function truckPlace({ legs }: TruckDay, minute: number, slotMinutes: number): TruckPlace {
  const slot = minute / slotMinutes;
  const leg = legs.find(({ untilSlot }) => slot < untilSlot) ?? legs.at(-1);
  if (leg === undefined) return { kind: 'standing', terminal: 0, early: false };
  if (leg.kind === 'stay') return { kind: 'standing', terminal: leg.terminal, early: false };
  const drivenMinutes = Math.max(0, minute - leg.fromSlot * slotMinutes);
  if (drivenMinutes >= leg.minutes) return { kind: 'standing', terminal: leg.to, early: slot < leg.untilSlot };
  const passed = leg.path.minutes;
  let after = 1;
  while (after < passed.length - 1 && passed[after]! <= drivenMinutes) after++;
  const [before, then] = [passed[after - 1]!, passed[after]!];
  const share = then > before ? (drivenMinutes - before) / (then - before) : 0;
  return { kind: 'driving', leg, after, share, drivenMinutes };
}

/** Energy held, kWh: it changes evenly within a slot. */
export function energyAt({ energyKwh, initialKwh }: TruckDay, minute: number, slotMinutes: number): number {
  const at = Math.min(Math.max(minute / slotMinutes, 0), energyKwh.length);
  const slot = Math.min(Math.floor(at), energyKwh.length - 1);
  const before = slot <= 0 ? initialKwh : energyKwh[slot - 1]!;
  return before + (at - slot) * (energyKwh[slot]! - before);
}

interface Point {
  x: number;
  y: number;
}
interface OnDrawing {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/** The point of a driving truck on the drawing. */
export function drivingPoint({ leg, after, share }: TruckPlace & { kind: 'driving' }, { x, y }: OnDrawing): Point {
  const [from, to] = [leg.path.nodes[after - 1]!, leg.path.nodes[after]!];
  return { x: x[from]! + share * (x[to]! - x[from]!), y: y[from]! + share * (y[to]! - y[from]!) };
}

/**
 * The road behind a truck: what it drove within the last `trailMinutes`, newest leg last. A truck that arrived in that time still
 * shows how it came.
 */
export function trailPoints(
  { legs }: TruckDay,
  minute: number,
  slotMinutes: number,
  trailMinutes: number,
  { x, y }: OnDrawing,
): Point[][] {
  return legs.flatMap((leg) => {
    if (leg.kind !== 'drive') return [];
    const left = leg.fromSlot * slotMinutes;
    const from = Math.max(0, minute - trailMinutes - left);
    const until = Math.min(leg.minutes, minute - left);
    if (until <= from) return [];
    const { nodes, minutes } = leg.path;
    const at = (driven: number): Point => {
      let after = 1;
      while (after < minutes.length - 1 && minutes[after]! < driven) after++;
      const span = minutes[after]! - minutes[after - 1]!;
      const share = span > 0 ? (driven - minutes[after - 1]!) / span : 0;
      return drivingPoint({ kind: 'driving', leg, after, share, drivenMinutes: driven }, { x, y });
    };
    const inner: Point[] = [];
    for (let i = 0; i < nodes.length; i++)
      if (minutes[i]! > from && minutes[i]! < until) inner.push({ x: x[nodes[i]!]!, y: y[nodes[i]!]! });
    return [[at(from), ...inner, at(until)]];
  });
}
