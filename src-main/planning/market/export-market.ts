/** A market plan as files: bids for the exchange, the policy by hour and price state, or the whole record. Times are ISO 8601 with offset. */
import { Refusal } from '../../base/errors.ts';
import { dayHorizon, slotStart } from '../../base/horizon.ts';
import { marketPlanSchemaVersion } from '../../base/schema-versions.ts';
import { zoneOf } from '../../base/zone.ts';
import { gridKwh } from '../../models/market/problem.ts';
import { robustValues } from '../../models/market/robust-values.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import type { MarketPlan, MarketStore } from './market-plan.ts';

export type MarketFormat = 'bids' | 'policy' | 'json';

/** @throws Refusal `not-found`, `plan-corrupt`, `other-format` */
export function readMarketPlan(store: MarketStore, id: string): MarketPlan {
  const plan = store.getMarketPlan(id);
  if (!plan) throw new Refusal('not-found', { what: 'market plan', id });
  return plan;
}

export function exportMarket(plan: MarketPlan, format: MarketFormat): { fileName: string; text: string } {
  const stem = `surewatt-plan-${plan.id}`;
  if (format === 'json')
    return {
      fileName: `${stem}.json`,
      text: `${JSON.stringify({ schemaVersion: marketPlanSchemaVersion, ...plan }, null, 1)}\n`,
    };
  return format === 'bids'
    ? { fileName: `${stem}-bids.csv`, text: bidsCsv(plan) }
    : { fileName: `${stem}-policy.csv`, text: policyCsv(plan) };
}

const timesOf = ({ day, zone }: MarketPlan): ((slot: number) => string) => {
  const horizon = dayHorizon(day, zone, 60);
  return (slot) => zoneOf(zone).format(slotStart(horizon, slot));
};

/** Ends of a state's prices; empty where it has none. */
const endsOf = ({ chain, hours }: MarketPlan, slot: number, state: number): [number | null, number | null] => {
  const edges = chain.edges[hours[slot]!]!;
  return [edges[state - 1] ?? null, edges[state] ?? null];
};

function bidsCsv(plan: MarketPlan): string {
  const time = timesOf(plan);
  const { currency, bids } = plan;
  const head = ['delivery_start', 'delivery_end', `price_from_${currency}_per_mwh`, `price_below_${currency}_per_mwh`, 'buy_mwh', 'sell_mwh']; // prettier-ignore
  return csvText(
    head,
    bids.quantityKwh.flatMap((curve, slot) =>
      curve.map((kwh, state): CsvCell[] => [
        time(slot),
        time(slot + 1),
        ...endsOf(plan, slot, state),
        Math.max(0, kwh) / 1000,
        Math.max(0, -kwh) / 1000,
      ]),
    ),
  );
}

function policyCsv(plan: MarketPlan): string {
  const time = timesOf(plan);
  const { policy, levels, value } = robustValues(plan.problem);
  const { storage } = plan.problem;
  function* rows(): Generator<CsvCell[]> {
    for (let slot = 0; slot < plan.problem.slots; slot++)
      for (let cell = 0; cell < policy[slot]!.length; cell++) {
        if (Number.isNaN(value[slot]![cell]!)) continue;
        const state = Math.floor(cell / levels);
        const level = cell % levels;
        yield [
          time(slot),
          ...endsOf(plan, slot, state),
          (plan.battery.offsetKwh + level * storage.stepKwh) / 1000,
          gridKwh(storage, policy[slot]![cell]!) / 1000,
          value[slot]![cell]!,
        ];
      }
  }
  const { currency } = plan;
  return csvText(
    ['delivery_start', `price_from_${currency}_per_mwh`, `price_below_${currency}_per_mwh`, 'fleet_energy_mwh', 'buy_mwh', `guaranteed_${currency}_from_here`], // prettier-ignore
    rows(),
  );
}
