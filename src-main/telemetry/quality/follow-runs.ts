import { raise, type Stretch } from './stretch.ts';

export interface Run {
  from: number;
  to: number;
  /** The value farthest from zero. */
  extreme: number;
}

/**
 * Follows runs of values for which `holds` from stretch to stretch: sets `bits` on their slots, and gives back each run with the
 * stretch in which it ends. `length` is that of the whole series.
 */
export function followRuns(
  length: number,
  bits: number,
  holds: (value: number, imported: number) => boolean,
): (stretch: Stretch) => Run[] {
  let open: Run | null = null;
  return (stretch) => {
    const { values, imported, firstSlot, from, to } = stretch;
    const ended: Run[] = [];
    let begun = from;
    const close = (at: number): void => {
      if (!open) return;
      raise(stretch, bits, begun, at);
      ended.push({ ...open, to: at });
      open = null;
    };
    for (let slot = from; slot < to; slot++) {
      const value = values[slot - firstSlot]!;
      if (!holds(value, imported[slot - firstSlot]!)) close(slot);
      else if (!open) {
        open = { from: slot, to: slot, extreme: value };
        begun = slot;
      } else if (Math.abs(value) > Math.abs(open.extreme)) open.extreme = value;
    }
    if (to === length) close(to);
    else if (open) raise(stretch, bits, begun, to);
    return ended;
  };
}
