/** The time axis of one market day: slots are equally wide, so a 23-hour day is visibly shorter than a 25-hour one. */
export interface SlotAxis {
  /** Wall-clock start of each slot: "14:15", "02:15+01" in a doubled hour. */
  labels: readonly string[];
  slotMinutes: number;
}

export interface TimeTick {
  /** Slot edge, 0 … slots. */
  edge: number;
  label: string;
}

const hourSteps = [1, 2, 3, 4, 6, 12];
/** Narrowest comfortable distance between two tick labels, in pixels. */
const labelPixels = 60;

export const slotsPerHour = (axis: SlotAxis): number => Math.max(1, Math.round(60 / axis.slotMinutes));

/** "24:00" for a day from midnight: the end of the last slot on the wall clock. */
export function endLabel(axis: SlotAxis): string {
  const last = axis.labels.at(-1) ?? '00:00';
  const minutes = Number(last.slice(0, 2)) * 60 + Number(last.slice(3, 5)) + axis.slotMinutes;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** "14:15–14:30". */
export function slotSpan(axis: SlotAxis, slot: number): string {
  return `${axis.labels[slot] ?? ''}–${axis.labels[slot + 1] ?? endLabel(axis)}`;
}

/** "14:15–16:00" for slots from…to, both included. */
export function rangeSpan(axis: SlotAxis, fromSlot: number, toSlot: number): string {
  return `${axis.labels[fromSlot] ?? ''}–${axis.labels[toSlot + 1] ?? endLabel(axis)}`;
}

/** Full hours that fit `pixels`; the end of the day is always there. Labels never touch. */
export function hourTicks(axis: SlotAxis, pixels: number): TimeTick[] {
  const slots = axis.labels.length;
  if (slots === 0 || pixels <= 0) return [];
  const perHour = (pixels / slots) * slotsPerHour(axis);
  const step = hourSteps.find((hours) => hours * perHour >= labelPixels) ?? 12;
  const end: TimeTick = { edge: slots, label: endLabel(axis) };
  const ticks: TimeTick[] = [];
  axis.labels.forEach((label, edge) => {
    if (label.slice(3, 5) !== '00' || Number(label.slice(0, 2)) % step !== 0) return;
    const previous = ticks.at(-1);
    const room = labelPixels * (label.length > 5 ? 1.4 : 1) * (slots / pixels);
    if (previous !== undefined && edge - previous.edge < room) return;
    if (slots - edge >= labelPixels * (slots / pixels)) ticks.push({ edge, label });
  });
  return [...ticks, end];
}

/** What is unusual about the day's length, or an empty text. */
export function clockChange(axis: SlotAxis): string {
  const hours = (axis.labels.length * axis.slotMinutes) / 60;
  if (hours === 23) return '23-hour day: the clocks go forward';
  if (hours === 25) return '25-hour day: one hour comes twice';
  return '';
}
