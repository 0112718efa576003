/**
 * The best path of one truck at any revenue, linear or not, when all else stands: dynamic programming over (terminal, slot, energy), energy
 * on steps that hold the first and the least last one (energy-steps.ts). Every path found can be driven; more steps come nearer to the best.
 */
import { drivesOnBattery, drivingBudgetMwh, tripMwh } from '../driving.ts';
import type { Arc } from '../network.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import { netPowerMw, type TruckDay } from './priced-day.ts';

export interface PathWish {
  truck: Truck;
  network: readonly Arc[];
  /** What net powers at the grid in the slot bring, USD. */
  gains: (grid: number, slot: number, netMw: readonly number[]) => readonly number[];
  /** Whether a stay at a station is possible. */
  mayStay: (terminal: number, slot: number) => boolean;
  /** Ascending, MWh. */
  energies: readonly number[];
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
  { truck, network, gains, mayStay, energies }: PathWish,
  drivingUsdPerMwh: number,
): TruckDay | null {
  const { slots, terminals } = problem;
  const count = energies.length;
  const nodeOf = (terminal: number, slot: number): number => (terminal * (slots + 1) + slot) * count;
  const value = new Float64Array(terminals.length * (slots + 1) * count).fill(-Infinity);
  /** Best arc into (terminal, slot, level), and the level it came from. */
  const arcTo = new Int32Array(value.length).fill(-1);
  const levelBefore = new Int32Array(value.length);
  const { first, next, power, netMw } = movesBetween(truck, problem.slotHours, energies);
  const wearUsd = netMw.map((mw) => truck.degradationUsdPerMwh * problem.slotHours * Math.abs(mw));
  // Stations of one grid bring the same in a slot.
  const known = new Map<number, Float64Array>();
  const gainsAt = (grid: number, slot: number): Float64Array => {
    const key = grid * slots + slot;
    const before = known.get(key);
    if (before) return before;
    const own = Float64Array.from(gains(grid, slot, netMw), (usd, i) => usd - wearUsd[i]!);
    known.set(key, own);
    return own;
  };
  value[nodeOf(truck.start, 0) + energies.indexOf(truck.initialMwh)] = 0;
  for (let a = 0; a < network.length; a++) {
    const arc = network[a]!;
    const terminal = terminals[arc.from]!;
    const from = nodeOf(arc.from, arc.fromSlot);
    const to = nodeOf(arc.to, arc.untilSlot);
    const wayUsd = arc.costUsd + drivingUsdPerMwh * arcMwh(problem, truck, arc);
    if (arc.kind === 'stay' && terminal.kind === 'station') {
      if (!mayStay(arc.from, arc.fromSlot)) continue;
      const gainUsd = gainsAt(terminal.grid, arc.fromSlot);
      for (let level = 0; level < count; level++) {
        const before = value[from + level]! - wayUsd;
        if (before === -Infinity) continue;
        for (let move = first[level]!; move < first[level + 1]!; move++) {
          const at = to + next[move]!;
          const reached = before + gainUsd[power[move]!]!;
          if (reached <= value[at]!) continue;
          value[at] = reached;
          arcTo[at] = a;
          levelBefore[at] = level;
        }
      }
    } else
      for (let level = 0; level < count; level++) {
        const reached = value[from + level]! - wayUsd;
        if (reached <= value[to + level]!) continue;
        value[to + level] = reached;
        arcTo[to + level] = a;
        levelBefore[to + level] = level;
      }
  }
  const last = nodeOf(truck.end, slots);
  let level = -1;
  energies.forEach((energy, i) => {
    if (energy < truck.finalMinMwh - 1e-9 || value[last + i] === -Infinity) return;
    if (level < 0 || value[last + i]! > value[last + level]!) level = i;
  });
  if (level < 0) return null;
  const day: TruckDay = { path: [], netMw: new Array<number>(slots).fill(0) };
  let [terminal, slot] = [truck.end, slots];
  while (slot > 0) {
    const at = nodeOf(terminal, slot) + level;
    const arc = network[arcTo[at]!]!;
    const before = levelBefore[at]!;
    day.path.unshift(arc);
    day.netMw[arc.fromSlot] = netPowerMw(truck, problem.slotHours, energies[level]! - energies[before]!);
    [terminal, slot, level] = [arc.from, arc.fromSlot, before];
  }
  return day;
}

/** Moves from level to level in one slot: those from level l stand at first[l] … first[l + 1] − 1. */
interface Moves {
  first: Int32Array;
  next: Int32Array;
  /** Net power of each move, as an index into `netMw`: many have the same. */
  power: Int32Array;
  netMw: number[];
}

/** What one slot at a station can do from each level. */
function movesBetween(truck: Truck, slotHours: number, energies: readonly number[]): Moves {
  const netMw: number[] = [];
  const known = new Map<number, number>();
  const powerOf = (mw: number): number => {
    const key = Math.round(mw * 1e9);
    const at = known.get(key) ?? netMw.push(mw) - 1;
    known.set(key, at);
    return at;
  };
  const first = [0];
  const next: number[] = [];
  const power: number[] = [];
  for (const before of energies) {
    energies.forEach((after, level) => {
      const mw = netPowerMw(truck, slotHours, after - before);
      if (Math.abs(mw) > truck.powerMw * (1 + 1e-9)) return;
      next.push(level);
      power.push(powerOf(mw));
    });
    first.push(next.length);
  }
  return { first: Int32Array.from(first), next: Int32Array.from(next), power: Int32Array.from(power), netMw };
}
