/** What is said of a line, a bus and the state of a meshed network. */
import type { MeshPayload } from '../../../src-main/contract/mesh.ts';
import { isOver, loadingOf, worstMw } from '../../charts/mesh-data.ts';
import { slotSpan } from '../../charts/slot-axis.ts';
import { formatQuantity } from '../../components/format-number.ts';

const mw = (value: number | undefined): string => formatQuantity(value, 'MW');
const percent = (part: number): string => formatQuantity(100 * part, '%', 3);

export function lineWords(view: MeshPayload, slot: number, line: number): string {
  const { lines, buses, limitMw } = view.mesh;
  const at = slot * lines.length + line;
  const { id, from, to } = lines[line]!;
  const flow = view.flowMw[at]!;
  const [source, target] = flow < 0 ? [to, from] : [from, to];
  const way =
    Math.abs(flow) < 1e-6
      ? 'carries nothing'
      : `carries ${mw(Math.abs(flow))} from ${buses[source]} to ${buses[target]}`;
  const worst = `${mw(Math.abs(worstMw(view, at)))} at the worst deviations`;
  const limit = limitMw[line]!;
  if (Number.isNaN(limit)) return `line ${id} ${way}, ${worst}; no limit is stated`;
  const used = percent(loadingOf(view.mesh, view, at));
  const verdict = isOver(view.mesh, view, at) ? ': beyond its limit' : '';
  return `line ${id} ${way}, ${worst}, ${used} of ${mw(limit)}${verdict}`;
}

export function priceWords(view: MeshPayload, slot: number, bus: number): string {
  const { prices, currency } = view;
  const name = `bus ${view.mesh.buses[bus]}`;
  if (!prices) return name;
  const price = prices.busPerMwh[slot * view.mesh.buses.length + bus]!;
  const congestion = price - prices.energyPerMwh[slot]!;
  const unit = `${currency}/MWh`;
  return Math.abs(congestion) < 5e-3
    ? `${name}: ${formatQuantity(price, unit)}, no line in the way`
    : `${name}: ${formatQuantity(price, unit)}, of which ${formatQuantity(congestion, unit, 4, 'signed')} for lines in the way`;
}

/** Lines, and slots, in which the worst deviations go beyond a limit. */
export function overCount(view: MeshPayload): { lines: number; slots: number } {
  const count = view.mesh.lines.length;
  const lines = new Set<number>();
  const slots = new Set<number>();
  for (let at = 0; at < view.flowMw.length; at++)
    if (isOver(view.mesh, view, at)) {
      lines.add(at % count);
      slots.add(Math.floor(at / count));
    }
  return { lines: lines.size, slots: slots.size };
}

/** Where the plan stands in a sentence: the line nearest its limit and when. */
export function fullestWords(view: MeshPayload): string {
  const [first] = view.fullest;
  if (!first) return 'No line of this network states a limit.';
  const { lines } = view.mesh;
  const where = `Line ${lines[first.line]!.id} at ${slotSpan(view.horizon, first.slot)}`;
  const what = `${mw(Math.abs(first.flowMw))} expected, ${mw(Math.abs(first.worstMw))} at the worst deviations`;
  return isOver(view.mesh, view, first.slot * lines.length + first.line)
    ? `${where} goes beyond its limit of ${mw(first.limitMw)}: ${what}.`
    : `${where} comes nearest to its limit of ${mw(first.limitMw)}: ${what}.`;
}
