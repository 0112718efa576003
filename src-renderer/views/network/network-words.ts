/** What is said of a bus, a part of the site, and the state of the whole. */
import type { NetworkPayload } from '../../../src-main/contract/network.ts';
import { isBroken, isOverloaded, marginPu } from '../../charts/feeder-data.ts';
import { slotSpan } from '../../charts/slot-axis.ts';
import { formatQuantity } from '../../components/format-number.ts';

export const modelNames = {
  unconstrained: 'Check only',
  lindistflow: 'Linear, AC-corrected',
  'branch-flow': 'Branch flow, with losses',
  dc: 'Line limits (DC)',
} as const;

/** What can be chosen on a network of each kind. */
export const modelsOf = {
  radial: ['unconstrained', 'lindistflow', 'branch-flow'],
  meshed: ['unconstrained', 'dc'],
} as const;

export const kindNames = {
  load: 'Load',
  wind: 'Wind',
  gas: 'Gas',
  storage: 'Battery',
  aggregator: 'Cars',
  truck: 'Trucks',
  capacitor: 'Capacitor',
} as const;

/** What is meant by "worst" on this plan. */
export const worstWords = ({ worst }: Pick<NetworkPayload, 'worst'>): string =>
  worst === 'deviations' ? 'at the worst deviations' : 'at the worst deviations and signals';

const pu = (value: number | undefined): string => formatQuantity(value, 'pu');

export function busWords(view: NetworkPayload, slot: number, bus: number): string {
  const at = slot * view.feeder.buses.length + bus;
  const name = `bus ${view.feeder.buses[bus]}`;
  if (view.unsolved.includes(slot)) return `${name}: the power flow has no solution in this slot`;
  if (bus === 0) return `${name}, the substation: ${pu(view.voltagePu[at])}`;
  if (Number.isNaN(marginPu(view, at)))
    return `${name}: ${pu(view.voltagePu[at])} expected; ${worstWords(view)} the power flow has no solution`;
  const verdict = isBroken(view, at)
    ? `beyond its limit by ${formatQuantity(-marginPu(view, at), 'pu', 3)}`
    : `${formatQuantity(marginPu(view, at), 'pu', 3)} from its limit`;
  return `${name}: ${pu(view.voltagePu[at])} expected, ${pu(view.lowestPu[at])} to ${pu(view.highestPu[at])} ${worstWords(view)}, ${verdict}`;
}

/** Buses, branches (by the bus they feed), and slots, in which a limit is broken at worst. */
export function brokenCount(view: NetworkPayload): { buses: number; branches: number; slots: number } {
  const count = view.feeder.buses.length;
  const buses = new Set<number>();
  const branches = new Set<number>();
  const slots = new Set<number>([...view.unsolved, ...view.unsolvedAtWorst]);
  for (let at = 0; at < view.voltagePu.length; at++) {
    const bus = at % count;
    if (bus === 0) continue;
    const [low, full] = [isBroken(view, at), isOverloaded(view, at)];
    if (low) buses.add(bus);
    if (full) branches.add(bus);
    if (low || full) slots.add(Math.floor(at / count));
  }
  return { buses: buses.size, branches: branches.size, slots: slots.size };
}

/** The branch that is furthest beyond its limit, and when; empty where none is. */
export function overloadWords(view: NetworkPayload): string {
  const { limitMva, parent, buses } = view.feeder;
  let worst = -1;
  const share = (at: number): number => view.heaviestMva[at]! / limitMva[at % buses.length]!;
  for (let at = 0; at < view.heaviestMva.length; at++)
    if (isOverloaded(view, at) && (worst < 0 || share(at) > share(worst))) worst = at;
  if (worst < 0) return '';
  const bus = worst % buses.length;
  const span = slotSpan(view.horizon, Math.floor(worst / buses.length));
  return `Branch ${buses[parent[bus]!]}–${buses[bus]} carries ${formatQuantity(view.heaviestMva[worst], 'MVA')} at ${span}, beyond its ${formatQuantity(limitMva[bus], 'MVA')}.`;
}

/** Where the feeder cannot carry what is worst for one of its parts; empty where it can. */
export function divergedWords(view: NetworkPayload): string {
  const [first] = view.unsolvedAtWorst;
  if (first === undefined) return '';
  const slots = formatQuantity(view.unsolvedAtWorst.length, 'slots', 'count');
  return `In ${slots} the power flow has no solution ${worstWords(view)}, first at ${slotSpan(view.horizon, first)}: the feeder cannot carry them.`;
}

/** Where more is lost at the worst deviations than the plan supplies for losses; empty where nothing is short. */
export function shortWords({ lossShortKw, horizon }: NetworkPayload): string {
  const short = [...lossShortKw.keys()].filter((slot) => lossShortKw[slot]! > 0 && lossShortKw[slot] !== Infinity);
  if (short.length === 0) return '';
  const most = short.reduce((worst, slot) => (lossShortKw[slot]! > lossShortKw[worst]! ? slot : worst));
  const at = slotSpan(horizon, most);
  const slots = formatQuantity(short.length, 'slots', 'count');
  return `In ${slots} the worst deviations lose more than is supplied for losses, most at ${at}: ${formatQuantity(lossShortKw[most], 'kW', 3)} more.`;
}

/** Where the plan stands in a sentence: the bus nearest its limit and when. */
export function nearestWords(view: NetworkPayload): string {
  const [first] = view.nearest;
  if (!first) return '';
  const span = slotSpan(view.horizon, first.slot);
  const where = `Bus ${view.feeder.buses[first.bus]} at ${span}`;
  const limits = first.side === 'low' ? view.feeder.voltageMinPu : view.feeder.voltageMaxPu;
  const limit = pu(limits[first.bus]);
  const what = `${pu(first.voltagePu)} expected, ${pu(first.worstPu)} ${worstWords(view)}`;
  return first.marginPu < -2.5e-5
    ? `${where} breaks its limit of ${limit}: ${what}.`
    : `${where} comes nearest to its limit of ${limit}: ${what}.`;
}

/** "8–21, 9–15": the switches that are open, by their buses. */
export const tieWords = ({ feeder }: NetworkPayload): string =>
  feeder.ties.map(({ from, to }) => `${feeder.buses[from]}–${feeder.buses[to]}`).join(', ');
