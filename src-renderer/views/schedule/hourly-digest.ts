/** The day by the hour, for a sheet of paper that cannot hold every slot. Mean powers of the hour in kW. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import { dispatchSeries } from './dispatch-series.ts';

export interface DigestColumn {
  id: string;
  label: string;
  /** One per hour of the day. */
  meanKw: number[];
  energyKwh: number;
}

export interface HourlyDigest {
  /** "14:00", "02:00+01" in a doubled hour. */
  hours: string[];
  columns: DigestColumn[];
  /** Headroom above the required reserve at its thinnest in the hour. */
  spareReserveKw: number[];
  /** Mean buying price per MWh of the hour; null where nothing can be bought. */
  buyPerMwh: number[] | null;
  cost: number[];
}

/** First and last slot of each hour of the wall clock. */
function hoursOf(labels: readonly string[]): { from: number; to: number; label: string }[] {
  const hours: { from: number; to: number; label: string }[] = [];
  labels.forEach((label, slot) => {
    const hour = `${label.slice(0, 2)}:00${label.slice(5)}`;
    const last = hours.at(-1);
    if (last?.label === hour) last.to = slot;
    else hours.push({ from: slot, to: slot, label: hour });
  });
  return hours;
}

/** One column per resource: what it gives less what it takes, by the ids of the dispatch series. */
const resources: readonly { id: string; label: string; plus: string; minus?: string }[] = [
  { id: 'gas', label: 'Gas', plus: 'gas' },
  { id: 'wind', label: 'Wind', plus: 'wind' },
  { id: 'ev', label: 'EVs', plus: 'discharge', minus: 'charge' },
  { id: 'storage', label: 'Storage', plus: 'storage', minus: 'storage-charge' },
  { id: 'truck', label: 'Trucks', plus: 'truck', minus: 'truck-charge' },
  { id: 'grid', label: 'Grid', plus: 'import', minus: 'export' },
];

/** Charging and selling count as negative, so that each row balances. */
export function hourlyDigest(plan: PlanPayload): HourlyDigest {
  const hours = hoursOf(plan.horizon.labels);
  const slotHours = plan.horizon.slotMinutes / 60;
  const { supply, demand } = dispatchSeries(plan);
  const series = new Map([...supply, ...demand].map((one) => [one.id, one.valueKw]));
  const net = (out: Float64Array | undefined, into: Float64Array | undefined): Float64Array =>
    Float64Array.from({ length: plan.horizon.slots }, (_, slot) => (out?.[slot] ?? 0) - (into?.[slot] ?? 0));
  const byHour = (read: (slots: number[]) => number): number[] =>
    hours.map(({ from, to }) => read(Array.from({ length: to - from + 1 }, (_, at) => from + at)));
  const sum = (values: ArrayLike<number>, slots: readonly number[]) =>
    slots.reduce((total, slot) => total + (values[slot] ?? 0), 0);
  const mean = (values: ArrayLike<number>): number[] => byHour((slots) => sum(values, slots) / slots.length);
  const column = (id: string, label: string, valueKw: Float64Array): DigestColumn => ({
    id,
    label,
    meanKw: mean(valueKw),
    energyKwh: valueKw.reduce((total, kw) => total + kw, 0) * slotHours,
  });
  const some = (values: Float64Array): boolean => values.some((value) => value !== 0);
  return {
    hours: hours.map(({ label }) => label),
    columns: [
      column('load', 'Load', plan.loadKw),
      column('committed', 'Committed', plan.committedDemandKw),
      ...resources
        .map(({ id, label, plus, minus }) => {
          const out = series.get(plus);
          const into = series.get(minus ?? '');
          return out || into ? column(id, label, net(out, into)) : null;
        })
        .filter((one) => one !== null),
    ],
    spareReserveKw: byHour((slots) =>
      Math.min(...slots.map((slot) => plan.reserve.availableKw[slot]! - plan.reserve.requiredKw[slot]!)),
    ),
    buyPerMwh: some(plan.buyPerKwh) ? mean(plan.buyPerKwh).map((price) => 1000 * price) : null,
    cost: byHour((slots) => sum(plan.cost.bySlot, slots)),
  };
}
