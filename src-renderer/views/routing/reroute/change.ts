/** What a re-routed day changes against the plan before: money, and where the trucks are. */
import type { SmsPlanPayload } from '../../../../src-main/contract/sms.ts';

export interface MoneyChange {
  what: string;
  before: number;
  after: number;
}
export interface TruckChange {
  name: string;
  /** Slots spent elsewhere than before. */
  elsewhere: number;
  /** Further by this, km. */
  lengthKm: number;
  workedKwh: number;
  rent: number;
}
export interface RerouteChange {
  money: MoneyChange[];
  trucks: TruckChange[];
  /** Slots and grids whose rent is another. */
  rents: number;
}

const leastRent = 1e-9;

export function rerouteChange(before: SmsPlanPayload, after: SmsPlanPayload): RerouteChange {
  const money = (what: string, of: (plan: SmsPlanPayload) => number): MoneyChange => ({
    what,
    before: of(before),
    after: of(after),
  });
  return {
    money: [
      money('Owner’s profit', ({ owner }) => owner.profit),
      money('Rent', ({ owner }) => owner.rent),
      money('Travel and standing', ({ owner }) => owner.travel + owner.standing),
      money('Grids’ own cost', ({ users, owner }) => users.cost - owner.rent),
      money('Grids pay', ({ users }) => users.cost),
    ],
    trucks: after.trucks.flatMap((truck): TruckChange[] => {
      const known = before.trucks.find(({ id }) => id === truck.id);
      if (known === undefined) return [];
      let elsewhere = 0;
      for (let slot = 0; slot < truck.terminal.length; slot++)
        if (placeOf(before, known, slot) !== placeOf(after, truck, slot)) elsewhere++;
      const worked = ({ totals }: typeof truck) => totals.chargeKwh + totals.dischargeKwh;
      return [
        {
          name: truck.name,
          elsewhere,
          lengthKm: truck.totals.lengthKm - known.totals.lengthKm,
          workedKwh: worked(truck) - worked(known),
          rent: truck.totals.rent - known.totals.rent,
        },
      ];
    }),
    rents: after.grids.reduce((count, grid) => {
      const known = before.grids.find(({ id }) => id === grid.id);
      return (
        count +
        [...grid.rentPerKwh].filter((rent, slot) => Math.abs(rent - (known?.rentPerKwh[slot] ?? NaN)) > leastRent)
          .length
      );
    }, 0),
  };
}

/** Id of the terminal; empty on the road. */
const placeOf = ({ terminals }: SmsPlanPayload, { terminal }: SmsPlanPayload['trucks'][number], slot: number): string =>
  terminals[terminal[slot]!]?.id ?? '';
