/**
 * Tariffs by which a utility moves the charging of cars it does not steer: time-of-use, critical-peak and real-time prices, and incentives
 * for charging less in some hours. Source: the demand response of Zhou et al. 2017, section on market participation; docs/method/market.md.
 * Money per kWh in the site's currency, arrays [slot].
 */
export const tariffKinds = ['flat', 'time-of-use', 'critical-peak', 'real-time', 'incentive'] as const;
export type TariffKind = (typeof tariffKinds)[number];

export interface Tariff {
  kind: TariffKind;
  /** What an owner pays for a kWh charged. */
  pricePerKwh: number[];
  /** Paid to an owner for each kWh charged less in the event than when charging at once. Absent: no event. */
  event?: { slots: boolean[]; paidPerKwh: number };
}

/** What tariffs are made from; all of them earn the same when everybody charges at once on arrival. */
export interface TariffGround {
  slotHours: number;
  /** What a kWh costs the utility. */
  wholesalePerKwh: readonly number[];
  /** Demand without cars, kW; its dearest hours make the windows. */
  loadKw: readonly number[];
  /** Cars charging at once on arrival, kW. */
  atOnceKw: readonly number[];
  /** Price of the flat tariff. */
  flatPerKwh: number;
}

/** Shares of the day: time-of-use has a long window, an event or a critical peak a short one. */
const windowShare = { 'time-of-use': 1 / 3, 'critical-peak': 1 / 8, incentive: 1 / 8 } as const;

/**
 * @param strength ratio of the price in the window to that outside; of the payment to the flat price for an incentive; of wholesale's
 * swing passed on (0 … 1 and more) for real-time. 1 is flat for windows, 0 for the other two.
 */
export function makeTariff(kind: TariffKind, strength: number, ground: TariffGround): Tariff {
  const { flatPerKwh, wholesalePerKwh, loadKw } = ground;
  const flat = wholesalePerKwh.map(() => flatPerKwh);
  switch (kind) {
    case 'flat':
      return { kind, pricePerKwh: flat };
    case 'time-of-use':
    case 'critical-peak': {
      const inWindow = highest(loadKw, windowShare[kind]);
      return {
        kind,
        pricePerKwh: asDear(
          inWindow.map((dear) => (dear ? strength : 1)),
          ground,
        ),
      };
    }
    case 'real-time': {
      const mean = wholesalePerKwh.reduce((sum, price) => sum + price, 0) / wholesalePerKwh.length;
      const swing = wholesalePerKwh.map((price) => strength * (price - mean));
      const atOnce = weighted(swing, ground.atOnceKw);
      return { kind, pricePerKwh: swing.map((by) => flatPerKwh + by - atOnce) };
    }
    case 'incentive':
      return { kind, pricePerKwh: flat, event: { slots: highest(loadKw, windowShare.incentive), paidPerKwh: strength * flatPerKwh } }; // prettier-ignore
  }
}

/** Scaled so that charging at once costs what it costs flat. */
function asDear(shape: number[], { atOnceKw, flatPerKwh }: TariffGround): number[] {
  const mean = weighted(shape, atOnceKw);
  return shape.map((value) => (value / mean) * flatPerKwh);
}

/** Mean of `values` over the energy charged at once; the plain mean where nothing is. */
function weighted(values: readonly number[], kw: readonly number[]): number {
  const total = kw.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value, slot) => sum + value * kw[slot]!, 0) / total;
}

/** The slots of the highest demand, as many as `share` of the day. */
function highest(loadKw: readonly number[], share: number): boolean[] {
  const count = Math.max(1, Math.round(share * loadKw.length));
  const chosen = new Set([...loadKw.keys()].sort((a, b) => loadKw[b]! - loadKw[a]! || a - b).slice(0, count));
  return loadKw.map((_, slot) => chosen.has(slot));
}
