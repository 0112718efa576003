/** What the map and the stringline draw: roads, places and truck days as plain shapes. Indices are those of the same network or plan. */
import type { Values } from './paths.ts';

export interface RoadShape {
  /** 'degrees': x is longitude, y latitude; 'drawing': units of the file, y upwards; 'none': there is nothing to draw. */
  coordinates: 'degrees' | 'drawing' | 'none';
  x: Values;
  y: Values;
  linkFrom: Values;
  linkTo: Values;
  /** Index into `classes`. */
  linkClass: Values;
  classes: readonly string[];
}

export interface RoadPlace {
  id: string;
  name: string;
  node: number;
  /** Index of the grid; null for a depot. */
  grid: number | null;
}

/** At the terminal for slots [fromSlot, untilSlot). */
export interface StayLeg {
  kind: 'stay';
  terminal: number;
  fromSlot: number;
  untilSlot: number;
}

/** Leaves at the start of `fromSlot`, is there after `minutes`, may be used from `untilSlot` on. */
export interface DriveLeg {
  kind: 'drive';
  from: number;
  to: number;
  fromSlot: number;
  untilSlot: number;
  minutes: number;
  lengthKm: number;
  /** Nodes passed, and minutes after departure at each. */
  path: { nodes: Values; minutes: Values };
}

export interface TruckDay {
  id: string;
  name: string;
  capacityKwh: number;
  initialKwh: number;
  legs: readonly (StayLeg | DriveLeg)[];
  chargeKw: Values;
  dischargeKw: Values;
  /** After the slot. */
  energyKwh: Values;
}
