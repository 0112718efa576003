/** What a chart hands to its marks: where the plot lies in the drawing, and where a slot edge (0 … slots) falls. */
export interface SlotPlot {
  left: number;
  right: number;
  /** Bottom of the plot, where the time axis begins. */
  bottom: number;
  x(edge: number): number;
}

/** Room left of every slot chart, so that the time cursor is one line down the page. */
export const leftMargin = 56;
export const rightMargin = 14;
export const timeAxisHeight = 22;

/** A pointer over a drawing, in its pixels: `pressed` while the button is down, `clicked` at the moment it goes down, `released` when it comes up. */
export interface PointerPlace {
  x: number;
  y: number;
  width: number;
  pressed: boolean;
  clicked: boolean;
  released: boolean;
}

export function slotPlot(width: number, height: number, slots: number, left = leftMargin): SlotPlot {
  const right = Math.max(left + 1, width - rightMargin);
  const perSlot = (right - left) / slots;
  return { left, right, bottom: height - timeAxisHeight, x: (edge) => left + perSlot * edge };
}

export function slotAtPixel(x: number, width: number, slots: number, left = leftMargin): number {
  const plotWidth = Math.max(1, width - left - rightMargin);
  return Math.min(slots - 1, Math.max(0, Math.floor(((x - left) / plotWidth) * slots)));
}
