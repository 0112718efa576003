/**
 * Which slots of a regular grid a file has named, in one bit each, and the values of the last 131,072 of them. Ten million rows
 * take 1.3 MB; two values a year apart in a file of quarter hours can still be compared.
 */
export interface SlotMemory {
  /** Remembers the value; says whether the slot is new. */
  add(slot: number, value: number): 'new' | 'seen';
  /** What was remembered for a seen slot, or undefined when that was too long ago. */
  recall(slot: number): { value: number; flags: number } | undefined;
  replace(slot: number, value: number, flags: number): void;
  readonly distinct: number;
}

const windowSize = 1 << 17;
const pageSlots = 1 << 15;

export function createSlotMemory(): SlotMemory {
  const pages = new Map<number, Uint32Array>();
  const slots = new Float64Array(windowSize).fill(NaN);
  const values = new Float64Array(windowSize);
  const flagsOf = new Uint16Array(windowSize);
  let heldNumber = NaN;
  let held: Uint32Array = new Uint32Array(0);
  let distinct = 0;
  const remember = (slot: number, value: number, flags: number): void => {
    const at = ((slot % windowSize) + windowSize) % windowSize;
    slots[at] = slot;
    values[at] = value;
    flagsOf[at] = flags;
  };
  return {
    get distinct() {
      return distinct;
    },
    add(slot, value) {
      const number = Math.floor(slot / pageSlots);
      if (number !== heldNumber) {
        let page = pages.get(number);
        if (!page) pages.set(number, (page = new Uint32Array(pageSlots >> 5)));
        held = page;
        heldNumber = number;
      }
      const within = slot - number * pageSlots;
      const bit = 1 << (within & 31);
      if ((held[within >> 5]! & bit) !== 0) return 'seen';
      held[within >> 5]! |= bit;
      distinct++;
      remember(slot, value, 0);
      return 'new';
    },
    recall(slot) {
      const at = ((slot % windowSize) + windowSize) % windowSize;
      return slots[at] === slot ? { value: values[at]!, flags: flagsOf[at]! } : undefined;
    },
    replace: remember,
  };
}
