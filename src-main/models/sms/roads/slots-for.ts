const roundingMinutes = 1e-6;

/** Whole slots a trip of so many minutes takes, at least 1; a millionth of a minute over does not cost a slot. */
export function slotsFor(minutes: number, slotMinutes: number): number {
  return Math.max(1, Math.ceil((minutes - roundingMinutes) / slotMinutes));
}
