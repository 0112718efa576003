/** The number that holds in a slot: the slot's own where it has one, else the device's. */
import type { GasUnit, SlotValues, V2gProblem } from './problem.ts';

export const valueAt = (values: SlotValues | undefined, slot: number, own: number): number => values?.[slot] ?? own;

/** Most a gas unit can give in a slot. */
export const mostKwAt = (unit: GasUnit, slot: number): number => valueAt(unit.maxKwAt, slot, unit.maxKw);

/** A unit without any output to give is out of service: off, without headroom and without no-load cost. */
export const isInService = (unit: GasUnit, slot: number): boolean =>
  unit.maxKwAt === undefined || mostKwAt(unit, slot) > 0;

export const reserveShareAt = ({ reserve }: V2gProblem, slot: number): number =>
  valueAt(reserve.shareOfLoadAt, slot, reserve.shareOfLoad);
