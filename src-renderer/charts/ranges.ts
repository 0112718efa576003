/** Neighbouring slots for which something holds, as ranges; both ends included. */
export interface SlotRange {
  from: number;
  to: number;
}

export function rangesWhere(slots: number, holds: (slot: number) => boolean): SlotRange[] {
  const ranges: SlotRange[] = [];
  for (let slot = 0; slot < slots; slot++) {
    if (!holds(slot)) continue;
    const previous = ranges.at(-1);
    if (previous?.to === slot - 1) previous.to = slot;
    else ranges.push({ from: slot, to: slot });
  }
  return ranges;
}
