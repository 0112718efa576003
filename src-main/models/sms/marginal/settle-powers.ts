/**
 * Powers for given paths: one truck after the other finds its best on fine steps of energy while the others stand. What the fleet earns
 * is then told apart well enough to compare paths. Revenue falls at kinks, which steps miss by a little: within one step it counts in full.
 */
import type { SmsProblem, Truck } from '../problem.ts';
import { revenueNear, type RevenuePiece } from './cost-curve.ts';
import { partsOfPower, wholeSteps } from './energy-steps.ts';
import { netPowerMw, type TruckDay } from './priced-day.ts';

/** Fine steps to one of those that paths are found on. */
const finer = 4;

/** Steps of energy around the first one, and the net power of each move. */
export interface FineSteps {
  /** Of power, where the charge or discharge of one step is meant. */
  stepMw: number;
  count: number;
  first: number;
  leastLast: number;
  mostUp: number;
  mostDown: number;
  /** Of moves −mostDown … mostUp. */
  netMw: number[];
}

export function fineSteps(truck: Truck, slotHours: number): FineSteps {
  const { minMwh, capacityMwh, initialMwh, finalMinMwh, powerMw } = truck;
  const mostDown = finer * partsOfPower(truck, slotHours);
  const stepMwh = (powerMw * slotHours) / truck.dischargeEfficiency / mostDown;
  if (stepMwh === 0) return { stepMw: 0, count: 1, first: 0, leastLast: 0, mostUp: 0, mostDown: 0, netMw: [0] };
  const mostUp = wholeSteps((powerMw * slotHours * truck.chargeEfficiency) / stepMwh);
  const first = wholeSteps((initialMwh - minMwh) / stepMwh);
  return {
    stepMw: powerMw / mostDown,
    count: first + wholeSteps((capacityMwh - initialMwh) / stepMwh) + 1,
    first,
    leastLast: first + Math.ceil((finalMinMwh - initialMwh) / stepMwh - 1e-9),
    mostUp,
    mostDown,
    netMw: Array.from({ length: mostDown + mostUp + 1 }, (_, i) =>
      netPowerMw(truck, slotHours, (i - mostDown) * stepMwh),
    ),
  };
}

export interface SettleWish {
  truck: Truck;
  steps: FineSteps;
  day: TruckDay;
  /** Net power of the others [grid][slot]. */
  othersMw: readonly (readonly number[])[];
  /** [grid][slot] */
  pieces: RevenuePiece[][][];
}

/** The day on the same path with its best powers; as it is where no steps lead to its final energy. */
export function settlePowers({ slots, slotHours, terminals }: SmsProblem, wish: SettleWish): TruckDay {
  const { truck, steps, day, othersMw, pieces } = wish;
  const { count, mostUp, mostDown, netMw } = steps;
  const gridAt = new Array<number>(slots).fill(-1);
  for (const arc of day.path) {
    const place = terminals[arc.from]!;
    if (arc.kind === 'stay' && place.kind === 'station') gridAt[arc.fromSlot] = place.grid;
  }
  let value = new Float64Array(count).fill(-Infinity);
  let next = new Float64Array(count);
  /** Level before, after each slot at a station. */
  const before = gridAt.map((grid) => (grid < 0 ? null : new Int16Array(count)));
  const gain = new Float64Array(netMw.length);
  const wear = slotHours * truck.degradationUsdPerMwh;
  value[steps.first] = 0;
  for (let slot = 0; slot < slots; slot++) {
    const from = before[slot];
    if (!from) continue;
    const grid = gridAt[slot]!;
    const others = othersMw[grid]![slot]!;
    const here = pieces[grid]![slot]!;
    for (let move = 0; move < gain.length; move++)
      gain[move] = revenueNear(here, others + netMw[move]!, steps.stepMw) - wear * Math.abs(netMw[move]!);
    next.fill(-Infinity);
    for (let level = 0; level < count; level++) {
      const own = value[level]!;
      if (own === -Infinity) continue;
      const last = Math.min(mostUp, count - 1 - level);
      for (let move = -Math.min(mostDown, level); move <= last; move++) {
        const reached = own + gain[move + mostDown]!;
        if (reached <= next[level + move]!) continue;
        next[level + move] = reached;
        from[level + move] = level;
      }
    }
    [value, next] = [next, value];
  }
  let level = -1;
  for (let last = Math.max(0, steps.leastLast); last < count; last++)
    if (value[last]! > (level < 0 ? -Infinity : value[level]!)) level = last;
  if (level < 0) return day;
  const settled = new Array<number>(slots).fill(0);
  for (let slot = slots - 1; slot >= 0; slot--) {
    const from = before[slot];
    if (!from) continue;
    const own = from[level]!;
    settled[slot] = level === own ? 0 : netMw[level - own + mostDown]!;
    level = own;
  }
  return { ...day, netMw: settled };
}
