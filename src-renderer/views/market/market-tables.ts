/** Columns of the tables of the market screen. */
import type { MarketPayload } from '../../../src-main/contract/market.ts';
import type { TariffTrialPayload } from '../../../src-main/contract/tariffs.ts';
import type { PlantBidsPayload } from '../../../src-main/contract/vpp.ts';
import { formatNumber } from '../../components/format-number.ts';
import type { TableColumn } from '../../components/table-column.ts';
import { bandText, kindNames, tariffNames } from './market-words.ts';

export type ValueRow = MarketPayload['values'][number];
export type ReplayRow = MarketPayload['replay']['kinds'][number];
type Mean = MarketPayload['replay']['hindsight'];

export const valueColumns = (currency: string): TableColumn<ValueRow>[] => [
  { id: 'kind', label: 'Doubt', value: ({ kind }) => kindNames[kind] },
  { id: 'guaranteed', label: 'Robust policy at worst', unit: currency, numeric: true, value: (row) => row.guaranteed },
  {
    id: 'nominal',
    label: 'Nominal policy at worst',
    unit: currency,
    numeric: true,
    value: (row) => row.nominalPolicyWorst,
  },
  {
    id: 'expected',
    label: 'Robust policy expected',
    unit: currency,
    numeric: true,
    value: (row) => row.robustPolicyExpected,
  },
];

/** "−67.2 ± 25.6": the 95 % interval lies alike on both sides of the mean. */
export const meanText = (mean: Mean | null): string =>
  mean === null ? '–' : `${formatNumber(mean.mean, 3)} ± ${formatNumber(mean.upper - mean.mean, 3)}`;

export const replayColumns = (currency: string): TableColumn<ReplayRow>[] => [
  { id: 'kind', label: 'Doubt', value: ({ kind }) => kindNames[kind] },
  { id: 'waiting', label: 'Policy', unit: `${currency} a day`, numeric: true, value: (row) => meanText(row.waiting) },
  {
    id: 'less',
    label: 'Less nominal',
    unit: `${currency} a day`,
    numeric: true,
    value: (row) => meanText(row.waitingLessNominal),
  },
  {
    id: 'worst',
    label: 'Worst tenth of days',
    unit: currency,
    numeric: true,
    digits: 3,
    value: (row) => row.worstTenth,
  },
  { id: 'bids', label: 'Bids', unit: `${currency} a day`, numeric: true, value: (row) => meanText(row.bidding) },
];

export type LearningRow = MarketPayload['learning'][number];

export const learningColumns = (currency: string, bound: number): TableColumn<LearningRow>[] => [
  { id: 'days', label: 'Days seen', numeric: true, digits: 'count', value: ({ days }) => days },
  { id: 'believed', label: 'Believes', unit: currency, numeric: true, value: (row) => row.believed },
  { id: 'guaranteed', label: 'Its policy at worst', unit: currency, numeric: true, value: (row) => row.guaranteed },
  { id: 'short', label: 'Short of the bound', unit: currency, numeric: true, value: (row) => bound - row.guaranteed },
];

export interface BidRow {
  slot: number;
  state: number;
}

export const bidColumns = (plan: MarketPayload): TableColumn<BidRow>[] => [
  { id: 'hour', label: 'Hour', value: ({ slot }) => plan.horizon.labels[slot]! },
  { id: 'state', label: 'State', value: ({ state }) => String(state + 1) },
  { id: 'band', label: 'Price', unit: `${plan.currency}/MWh`, value: ({ slot, state }) => bandText(plan, slot, state) },
  {
    id: 'bid',
    label: 'Bought (+) or sold (−)',
    unit: 'kWh',
    numeric: true,
    sign: 'signed',
    value: ({ slot, state }) => plan.bids.quantityKwh[slot]![state]!,
  },
];

export type TariffRow = TariffTrialPayload['outcomes'][number];

/** What the strength of each kind is: prices in the window to those outside, the swing passed on, the payment to the flat price. */
const strengthText = ({ kind, strength }: TariffRow): string =>
  kind === 'flat' ? '–' : kind === 'real-time' || kind === 'incentive' ? `${100 * strength} %` : `${strength} times`;

export function tariffColumns(currency: string): TableColumn<TariffRow>[] {
  const money = (id: string, label: string, value: (row: TariffRow) => number): TableColumn<TariffRow> => ({
    id,
    label,
    unit: currency,
    numeric: true,
    digits: 4,
    value,
  });
  return [
    { id: 'kind', label: 'Tariff', width: '16%', value: ({ kind }) => tariffNames[kind] },
    { id: 'strength', label: 'Strength', numeric: true, value: strengthText },
    money('bills', 'Owners pay', ({ bills }) => bills),
    money('owners', 'Owners gain', ({ ownersGain }) => ownersGain),
    money('energy', 'Energy', ({ energyCost }) => energyCost),
    money('peakCost', 'Peak', ({ peakCost }) => peakCost),
    money('utility', 'Utility gains', ({ utilityGains }) => utilityGains),
    { id: 'peak', label: 'Peak', unit: 'kW', numeric: true, value: ({ peakKw }) => peakKw },
    { id: 'shifted', label: 'Shifted', unit: 'kWh', numeric: true, value: ({ shiftedKwh }) => shiftedKwh },
  ];
}

export type PlantBidRow = PlantBidsPayload['curves'][number];

export const plantBidColumns = ({ currency, horizon }: PlantBidsPayload): TableColumn<PlantBidRow>[] => [
  { id: 'hour', label: 'Hour', value: (_, hour) => horizon.labels[hour]! },
  { id: 'least', label: 'At any price', unit: 'kWh', numeric: true, sign: 'signed', digits: 3, value: (curve) => curve[0]!.netKwh }, // prettier-ignore
  { id: 'most', label: 'At most', unit: 'kWh', numeric: true, sign: 'signed', digits: 3, value: (curve) => curve.at(-1)!.netKwh }, // prettier-ignore
  {
    id: 'from',
    label: 'From',
    unit: `${currency}/MWh`,
    numeric: true,
    digits: 3,
    value: (curve) => (curve.length > 1 ? 1000 * curve.at(-1)!.pricePerKwh : null),
  },
  { id: 'steps', label: 'Steps', numeric: true, digits: 'count', value: (curve) => curve.length },
];
