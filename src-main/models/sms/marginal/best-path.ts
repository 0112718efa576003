/**
 * The best path of one truck at any revenue, linear or not, when all else stands: dynamic programming over (terminal, slot, energy), energy
 * on a grid of levels that holds the first and the least last one. Every path found can be driven; more levels come nearer to the best.
 */
import { drivesOnBattery, drivingBudgetMwh, tripMwh } from '../driving.ts';
import type { Arc } from '../network.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import type { TruckDay } from './priced-day.ts';

export interface PathWish {
  truck: Truck;
  network: readonly Arc[];
  /** What net power at the grid in the slot brings, USD. */
  gain: (grid: number, slot: number, netMw: number) => number;
  /** Whether a stay at a station is possible. */
  mayStay: (terminal: number, slot: number) => boolean;
  levels: number;
}

interface Step {
  arc: Arc;
  level: number;
  netMw: number;
}

/**
 * Null when no path meets the final energy. Where trucks drive on their batteries, energy for driving is made dearer until the path keeps
 * within what there is of it; what the truck can do on the way is then a little overrated.
 */
export function bestPath(problem: SmsProblem, wish: PathWish): TruckDay | null {
  const found = bestAt(problem, wish, 0);
  if (!drivesOnBattery(problem)) return found;
  const fits = (day: TruckDay): boolean =>
    day.path.reduce((sum, arc) => sum + arcMwh(problem, wish.truck, arc), 0) <= drivingBudgetMwh(wish.truck) + 1e-9;
  let day = found;
  for (let usdPerMwh = firstUsdPerMwh; day !== null && !fits(day); usdPerMwh *= 2) {
    if (usdPerMwh > mostUsdPerMwh) return null;
    day = bestAt(problem, wish, usdPerMwh);
  }
  return day;
}

/** Prices of energy for driving that are tried, each twice the one before. */
const firstUsdPerMwh = 50;
const mostUsdPerMwh = 1e6;

const arcMwh = (problem: SmsProblem, truck: Truck, arc: Arc): number =>
  arc.kind === 'stay' ? 0 : tripMwh(problem, truck, arc);

function bestAt(
  problem: SmsProblem,
  { truck, network, gain, mayStay, levels }: PathWish,
  drivingUsdPerMwh: number,
): TruckDay | null {
  const energies = energyLevels(truck, levels);
  const count = energies.length;
  const nodes = new Map<number, { value: Float64Array; step: (Step | null)[] }>();
  const node = (terminal: number, slot: number) => {
    const key = terminal * (problem.slots + 1) + slot;
    const known = nodes.get(key);
    if (known) return known;
    const own = { value: new Float64Array(count).fill(-Infinity), step: new Array<Step | null>(count).fill(null) };
    nodes.set(key, own);
    return own;
  };
  const moves = movesBetween(truck, problem.slotHours, energies);
  node(truck.start, 0).value[energies.indexOf(truck.initialMwh)] = 0;
  for (const arc of network) {
    const terminal = problem.terminals[arc.from]!;
    const works = arc.kind === 'stay' && terminal.kind === 'station';
    if (works && !mayStay(arc.from, arc.fromSlot)) continue;
    const from = node(arc.from, arc.fromSlot);
    const to = node(arc.to, arc.untilSlot);
    const wayUsd = arc.costUsd + drivingUsdPerMwh * arcMwh(problem, truck, arc);
    for (let level = 0; level < count; level++) {
      const before = from.value[level]!;
      if (before === -Infinity) continue;
      for (const { next, netMw } of works ? moves[level]! : [{ next: level, netMw: 0 }]) {
        const wearUsd = truck.degradationUsdPerMwh * problem.slotHours * Math.abs(netMw);
        const gainUsd = works ? gain(terminal.grid, arc.fromSlot, netMw) - wearUsd : 0;
        const value = before + gainUsd - wayUsd;
        if (value <= to.value[next]!) continue;
        to.value[next] = value;
        to.step[next] = { arc, level, netMw };
      }
    }
  }
  const last = node(truck.end, problem.slots).value;
  let level = -1;
  energies.forEach((energy, i) => {
    if (energy < truck.finalMinMwh - 1e-9 || last[i] === -Infinity) return;
    if (level < 0 || last[i]! > last[level]!) level = i;
  });
  if (level < 0) return null;
  const day: TruckDay = { path: [], netMw: new Array<number>(problem.slots).fill(0) };
  let [terminal, slot] = [truck.end, problem.slots];
  while (slot > 0) {
    const step = node(terminal, slot).step[level]!;
    day.path.unshift(step.arc);
    day.netMw[step.arc.fromSlot] = step.netMw;
    [terminal, slot, level] = [step.arc.from, step.arc.fromSlot, step.level];
  }
  return day;
}

function energyLevels({ minMwh, capacityMwh, initialMwh, finalMinMwh }: Truck, levels: number): number[] {
  const even = Array.from({ length: levels + 1 }, (_, i) => minMwh + ((capacityMwh - minMwh) * i) / levels);
  return [...new Set([...even, initialMwh, Math.max(minMwh, finalMinMwh)])].sort((a, b) => a - b);
}

/** What one slot at a station can do from each level. */
function movesBetween(
  truck: Truck,
  slotHours: number,
  energies: readonly number[],
): { next: number; netMw: number }[][] {
  return energies.map((before) =>
    energies.flatMap((after, next) => {
      const gained = after - before;
      const netMw =
        gained > 0 ? -gained / (truck.chargeEfficiency * slotHours) : (-gained * truck.dischargeEfficiency) / slotHours;
      return Math.abs(netMw) <= truck.powerMw * (1 + 1e-9) ? [{ next, netMw }] : [];
    }),
  );
}
