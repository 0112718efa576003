/** The tables beside and behind the charts of a meshed network. */
import type { MeshPayload } from '../../../src-main/contract/mesh.ts';
import { loadingOf, worstMw } from '../../charts/mesh-data.ts';
import type { TableColumn } from '../../components/table-column.ts';

export interface LineRow {
  line: number;
  name: string;
  flowMw: number;
  worstMw: number;
  limitMw: number;
  /** % */
  used: number;
  /** Per MWh that one MW more would save; NaN without prices. */
  perMwh: number;
}

export const lineRows = (view: MeshPayload, slot: number): LineRow[] =>
  view.mesh.lines.map(({ id }, line) => {
    const at = slot * view.mesh.lines.length + line;
    return {
      line,
      name: id,
      flowMw: view.flowMw[at]!,
      worstMw: worstMw(view, at),
      limitMw: view.mesh.limitMw[line]!,
      used: 100 * loadingOf(view.mesh, view, at),
      perMwh: view.prices?.linePerMwh[at] ?? NaN,
    };
  });

export const lineColumns = (currency: string): TableColumn<LineRow>[] => [
  { id: 'line', label: 'Line', value: ({ name }) => name },
  { id: 'flow', label: 'Flow', unit: 'MW', numeric: true, value: ({ flowMw }) => flowMw },
  { id: 'worst', label: 'At worst', unit: 'MW', numeric: true, value: (row) => row.worstMw },
  { id: 'limit', label: 'Limit', unit: 'MW', numeric: true, value: ({ limitMw }) => limitMw },
  { id: 'used', label: 'Used', unit: '%', numeric: true, digits: 3, value: ({ used }) => used },
  { id: 'price', label: 'One MW more saves', unit: `${currency}/MWh`, numeric: true, value: ({ perMwh }) => perMwh },
];

export type FullestRow = MeshPayload['fullest'][number];

export const fullestColumns = (view: MeshPayload): TableColumn<FullestRow>[] => [
  { id: 'line', label: 'Line', value: ({ line }) => view.mesh.lines[line]!.id },
  { id: 'slot', label: 'From', value: ({ slot }) => view.horizon.labels[slot]! },
  { id: 'flow', label: 'Expected', unit: 'MW', numeric: true, digits: 3, value: ({ flowMw }) => Math.abs(flowMw) },
  { id: 'worst', label: 'Worst', unit: 'MW', numeric: true, digits: 3, value: (row) => Math.abs(row.worstMw) },
  { id: 'limit', label: 'Limit', unit: 'MW', numeric: true, digits: 3, value: ({ limitMw }) => limitMw },
  {
    id: 'used',
    label: 'Used',
    unit: '%',
    numeric: true,
    digits: 3,
    custom: true,
    value: (row) => (100 * Math.abs(row.worstMw)) / row.limitMw,
  },
];

export interface PriceRow {
  bus: number;
  name: string;
  takenMw: number;
  perMwh: number;
  congestion: number;
}

export const priceRows = (view: MeshPayload, slot: number): PriceRow[] =>
  view.mesh.buses.map((name, bus) => {
    const at = slot * view.mesh.buses.length + bus;
    const perMwh = view.prices?.busPerMwh[at] ?? NaN;
    const congestion = perMwh - (view.prices?.energyPerMwh[slot] ?? NaN);
    return { bus, name, takenMw: view.demandMw[at]!, perMwh, congestion: Math.abs(congestion) < 5e-4 ? 0 : congestion };
  });

export const priceColumns = (currency: string): TableColumn<PriceRow>[] => [
  { id: 'bus', label: 'Bus', value: ({ name }) => name },
  { id: 'taken', label: 'Takes', unit: 'MW', numeric: true, value: ({ takenMw }) => takenMw },
  { id: 'price', label: 'Price', unit: `${currency}/MWh`, numeric: true, value: ({ perMwh }) => perMwh },
  {
    id: 'congestion',
    label: 'of it for lines',
    unit: `${currency}/MWh`,
    numeric: true,
    sign: 'signed',
    value: ({ congestion }) => congestion,
  },
];
