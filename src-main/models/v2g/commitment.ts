/**
 * On/off decisions of a gas unit.
 *
 *   on_t − on_{t−1} = start_t − stop_t,   on binary, start and stop in [0, 1]
 *   Σ_{τ = t−U+1 … t} start_τ ≤ on_t       once started, on for U slots
 *   Σ_{τ = t−D+1 … t} stop_τ ≤ 1 − on_t    once stopped, off for D slots
 *
 * U and D are the minimum times in slots, rounded up, at least 1: the rows then make start and stop integral by themselves. A known
 * initial state stands for on_{−1}, and what is left of its minimum time fixes the first slots; a free one leaves slot 0 without
 * a start or stop. Source: Rajan and Takriti (2005). Symbols: U → `upSlots`, D → `downSlots`.
 */
import type { Column, Term } from '../../program/program.ts';
import type { Stage } from './device.ts';
import { gasName } from './names.ts';
import type { GasUnit } from './problem.ts';
import { isInService } from './slot-values.ts';

export interface Commitment {
  on: Column[];
  /** Null in slot 0 when the initial state is free. */
  start: (Column | null)[];
  stop: (Column | null)[];
}

/** Slots needed for so many hours; a rounding error of the division does not add one. */
export const slotsFor = (hours: number, slotHours: number): number => Math.max(0, Math.ceil(hours / slotHours - 1e-9));

export function addCommitment({ program, problem }: Stage, unit: GasUnit): Commitment {
  const { slotHours, slots } = problem;
  const { initial } = unit;
  const upSlots = Math.max(1, slotsFor(unit.minimumUpHours, slotHours));
  const downSlots = Math.max(1, slotsFor(unit.minimumDownHours, slotHours));
  const heldOn = initial.state === 'on' ? slotsFor(unit.minimumUpHours - initial.hours, slotHours) : 0;
  const heldOff = initial.state === 'off' ? slotsFor(unit.minimumDownHours - initial.hours, slotHours) : 0;
  const own: Commitment = { on: [], start: [], stop: [] };
  for (let slot = 0; slot < slots; slot++) {
    const name = (what: string): string => gasName(unit.id, what, slot);
    const on = program.addColumn({
      name: name('on'),
      lower: Math.max(slot < heldOn ? 1 : 0, unit.onAt?.[slot] ?? 0),
      // What the minimum time holds on stays on, at no output; where that cannot be, the rows say so.
      upper: unit.onAt?.[slot] ?? (slot < heldOff || (slot >= heldOn && !isInService(unit, slot)) ? 0 : 1),
      cost: unit.noLoadPerHour * slotHours,
      // A unit held on or off leaves nothing to search for.
      ...((unit.onAt?.[slot] ?? null) === null ? { kind: 'integer' as const } : {}),
    });
    const before = own.on[slot - 1];
    own.on.push(on);
    if (before === undefined && initial.state === 'free') {
      own.start.push(null);
      own.stop.push(null);
      continue;
    }
    const start = program.addColumn({ name: name('start'), lower: 0, upper: 1, cost: unit.startUpCost });
    const stop = program.addColumn({ name: name('stop'), lower: 0, upper: 1, cost: unit.shutDownCost });
    own.start.push(start);
    own.stop.push(stop);
    const wasOn = before === undefined && initial.state === 'on' ? 1 : 0;
    program.addRow({
      name: name('on, start and stop'),
      lower: wasOn,
      upper: wasOn,
      terms: [[on, 1], [start, -1], [stop, 1], ...(before === undefined ? [] : [[before, -1] as const])],
    });
    const recent = (of: (Column | null)[], length: number): Term[] =>
      of.slice(Math.max(0, slot - length + 1)).flatMap((column): Term[] => (column === null ? [] : [[column, 1]]));
    program.addRow({
      name: name('minimum time on'),
      lower: -Infinity,
      upper: 0,
      terms: [...recent(own.start, upSlots), [on, -1]],
    });
    program.addRow({
      name: name('minimum time off'),
      lower: -Infinity,
      upper: 1,
      terms: [...recent(own.stop, downSlots), [on, 1]],
    });
  }
  return own;
}
