/** Rented trucks at the stations of the site: what a plan has of them, and the demands that ask for one. */
import type { SmsOverridePayload } from '../../../src-main/contract/sms-overrides.ts';
import type { SmsPlanPayload } from '../../../src-main/contract/sms.ts';

export interface SiteRent {
  /** Index of the grid that is the site. */
  grid: number;
  /** Stays of trucks that work there. */
  stays: number;
  workedKwh: number;
  rent: number;
}

/** Null where the plan has no grid of that id. */
export function siteRent({ grids, terminals, trucks }: SmsPlanPayload, siteGrid: string | null): SiteRent | null {
  const grid = grids.findIndex(({ id }) => id === siteGrid);
  const site = grids[grid];
  if (site === undefined) return null;
  const stays = trucks.flatMap(({ legs, chargeKw, dischargeKw }) =>
    legs.filter((leg) => {
      if (leg.kind !== 'stay' || terminals[leg.terminal]!.grid !== grid) return false;
      const works = (kw: Float64Array): boolean => kw.subarray(leg.fromSlot, leg.untilSlot).some((each) => each > 1e-3);
      return works(chargeKw) || works(dischargeKw);
    }),
  );
  const { rent, chargeKwh, dischargeKwh } = site.totals;
  return { grid, stays: stays.length, workedKwh: chargeKwh + dischargeKwh, rent };
}

/** Hours a truck is asked for. */
const askedHours = 3;

/**
 * A truck at the site when its power is dearest, at no more than half of what power costs there then: the one that earns least elsewhere.
 * Empty where the site has no station, or the day is too short.
 */
export function askAtSite(
  { grids, terminals, trucks, horizon }: SmsPlanPayload,
  { grid }: Pick<SiteRent, 'grid'>,
): SmsOverridePayload[] {
  const site = grids[grid]!;
  const station = terminals.find((terminal) => terminal.grid === grid);
  const truck = trucks.toSorted((a, b) => a.totals.rent - b.totals.rent)[0];
  const length = Math.round((askedHours * 60) / horizon.slotMinutes);
  const price = (from: number): number =>
    site.importPerKwh.subarray(from, from + length).reduce((sum, each) => sum + each, 0) / length;
  // A truck has to come and to get home again.
  const starts = Array.from({ length: horizon.slots }, (_, slot) => slot).slice(length, -2 * length);
  const from = starts.reduce((best, slot) => (price(slot) > price(best) ? slot : best), starts[0] ?? 0);
  if (station === undefined || truck === undefined || starts.length === 0) return [];
  const slots = { fromSlot: from, untilSlot: from + length };
  const rentPerKwh = Math.max(0, Math.round(50 * price(from)) / 100);
  return [
    { kind: 'pin', truck: truck.id, terminal: station.id, ...slots },
    { kind: 'cap-price', grid: site.id, rentPerKwh, fromSlot: 0, untilSlot: horizon.slots },
  ];
}
