/** The tables beside and behind the charts of the network. */
import type { NetworkPayload } from '../../../src-main/contract/network.ts';
import { marginPu } from '../../charts/feeder-data.ts';
import type { TableColumn } from '../../components/table-column.ts';

export interface BusRow {
  bus: number;
  name: string;
  fedBy: string;
  voltagePu: number;
  lowestPu: number;
  highestPu: number;
  linearPu: number;
  marginPu: number;
  branchMva: number;
}

export function busRows(view: NetworkPayload, slot: number): BusRow[] {
  const { buses, parent } = view.feeder;
  return buses.map((name, bus) => {
    const at = slot * buses.length + bus;
    return {
      bus,
      name,
      fedBy: buses[parent[bus]!] ?? 'the grid above',
      voltagePu: view.voltagePu[at]!,
      lowestPu: view.lowestPu[at]!,
      highestPu: view.highestPu[at]!,
      linearPu: view.linearPu[at]!,
      marginPu: bus === 0 ? NaN : marginPu(view, at),
      branchMva: bus === 0 ? NaN : view.branchMva[at]!,
    };
  });
}

export const busColumns: TableColumn<BusRow>[] = [
  { id: 'bus', label: 'Bus', value: ({ name }) => name },
  { id: 'fed', label: 'Fed by', value: ({ fedBy }) => fedBy },
  { id: 'voltage', label: 'Voltage', unit: 'pu', numeric: true, value: ({ voltagePu }) => voltagePu },
  { id: 'lowest', label: 'Lowest', unit: 'pu', numeric: true, value: ({ lowestPu }) => lowestPu },
  { id: 'highest', label: 'Highest', unit: 'pu', numeric: true, value: ({ highestPu }) => highestPu },
  { id: 'linear', label: 'Linear', unit: 'pu', numeric: true, value: ({ linearPu }) => linearPu },
  { id: 'margin', label: 'To limit', unit: 'pu', numeric: true, digits: 3, value: (row) => row.marginPu },
  { id: 'branch', label: 'Branch', unit: 'MVA', numeric: true, digits: 3, value: ({ branchMva }) => branchMva },
];

export type NearestRow = NetworkPayload['nearest'][number];

export const nearestColumns = (view: NetworkPayload): TableColumn<NearestRow>[] => [
  { id: 'bus', label: 'Bus', value: ({ bus }) => view.feeder.buses[bus]! },
  { id: 'slot', label: 'From', value: ({ slot }) => view.horizon.labels[slot]! },
  { id: 'voltage', label: 'Expected', unit: 'pu', numeric: true, value: ({ voltagePu }) => voltagePu },
  { id: 'worst', label: 'At worst', unit: 'pu', numeric: true, value: ({ worstPu }) => worstPu },
  { id: 'margin', label: 'To limit', unit: 'pu', numeric: true, digits: 3, custom: true, value: (row) => row.marginPu },
];

export interface SlotRow {
  slot: number;
  label: string;
  lossKw: number;
  importKw: number;
  voltageGapPu: number;
  importGapKw: number;
  /** AC less what the plan was made with. */
  planGapPu: number;
  planLossGapKw: number;
  planImportGapKw: number;
}
export const slotRows = (view: NetworkPayload): SlotRow[] =>
  view.horizon.labels.map((label, slot) => ({
    slot,
    label,
    lossKw: view.lossKw[slot]!,
    importKw: view.importKw[slot]!,
    voltageGapPu: view.voltageGapPu[slot]!,
    importGapKw: view.importGapKw[slot]!,
    planGapPu: view.gap.voltagePu[slot]!,
    planLossGapKw: view.gap.lossKw[slot]!,
    planImportGapKw: view.gap.importKw[slot]!,
  }));
/** Of a branch-flow plan also how far its relaxation lies from the AC flow. */
export const slotColumns = (view: NetworkPayload): TableColumn<SlotRow>[] =>
  view.model === 'branch-flow' ? [...plainColumns, ...gapColumns] : plainColumns;
const gapColumns: TableColumn<SlotRow>[] = [
  { id: 'planPu', label: 'Plan misses', unit: 'pu', numeric: true, digits: 3, value: ({ planGapPu }) => planGapPu },
  { id: 'planLoss', label: 'of loss', unit: 'kW', numeric: true, digits: 3, value: (row) => row.planLossGapKw },
  { id: 'planImport', label: 'of import', unit: 'kW', numeric: true, digits: 3, value: (row) => row.planImportGapKw },
];
const plainColumns: TableColumn<SlotRow>[] = [
  { id: 'slot', label: 'From', value: ({ label }) => label },
  { id: 'loss', label: 'Loss', unit: 'kW', numeric: true, value: ({ lossKw }) => lossKw },
  { id: 'import', label: 'From above', unit: 'kW', numeric: true, value: ({ importKw }) => importKw },
  { id: 'gap', label: 'Linear misses', unit: 'kW', numeric: true, value: ({ importGapKw }) => importGapKw },
  { id: 'voltage', label: 'and', unit: 'pu', numeric: true, digits: 3, value: ({ voltageGapPu }) => voltageGapPu },
];
