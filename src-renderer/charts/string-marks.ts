/** A truck's day on a stringline, in pieces: at a place charging, discharging or idle; on the road; there before it may be used. */
import type { TruckDay } from './road-shape.ts';

export interface StringMark {
  what: 'charge' | 'discharge' | 'idle' | 'drive' | 'wait';
  leg: number;
  /** Minutes of the day. */
  from: number;
  until: number;
  /** Terminals at both ends; the same when it stands. */
  start: number;
  end: number;
}

/** Less is the solver's rounding. */
const leastKw = 1e-3;

export function stringMarks({ legs, chargeKw, dischargeKw }: TruckDay, slotMinutes: number): StringMark[] {
  return legs.flatMap((leg, index): StringMark[] => {
    const [from, until] = [leg.fromSlot * slotMinutes, leg.untilSlot * slotMinutes];
    if (leg.kind === 'drive') {
      const arrival = Math.min(until, from + leg.minutes);
      const drive: StringMark = { what: 'drive', leg: index, from, until: arrival, start: leg.from, end: leg.to };
      return arrival < until
        ? [drive, { what: 'wait', leg: index, from: arrival, until, start: leg.to, end: leg.to }]
        : [drive];
    }
    const marks: StringMark[] = [];
    for (let slot = leg.fromSlot; slot < leg.untilSlot; slot++) {
      const [charge, discharge] = [chargeKw[slot]!, dischargeKw[slot]!];
      const what = charge > leastKw && charge >= discharge ? 'charge' : discharge > leastKw ? 'discharge' : 'idle';
      const last = marks.at(-1);
      if (last?.what === what) last.until = (slot + 1) * slotMinutes;
      else {
        const [start, end] = [leg.terminal, leg.terminal];
        marks.push({ what, leg: index, from: slot * slotMinutes, until: (slot + 1) * slotMinutes, start, end });
      }
    }
    return marks;
  });
}
