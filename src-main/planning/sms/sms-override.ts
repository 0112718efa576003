/** What an operator demands of routes and prices. Ids are those of mobile storage; slots [fromSlot, untilSlot). */
export interface SlotRange {
  fromSlot: number;
  untilSlot: number;
}

export type SmsOverride =
  | ({ kind: 'pin'; truck: string; terminal: string } & SlotRange)
  | ({ kind: 'forbid-station'; terminal: string; truck: string | null } & SlotRange)
  | { kind: 'forbid-truck'; truck: string }
  | { kind: 'close-road'; links: { from: string; to: string }[] }
  | ({ kind: 'cap-price' | 'fix-price'; grid: string; rentPerKwh: number } & SlotRange)
  | ({ kind: 'reserve-truck'; truck: string; grid: string } & SlotRange);
