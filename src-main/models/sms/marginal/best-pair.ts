/**
 * The best paths of two trucks together when all others stand: dynamic programming over (terminal, energy) of both, energies on a coarse grid
 * of steps near a whole part of full power. Two trucks that would have to change places at once are found, which one after the other are not.
 * Powers are rough; the paths are what counts.
 */
import type { Arc } from '../network.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import { netPowerMw, type TruckDay } from './priced-day.ts';

export interface PairWish {
  /** Both trucks and their networks. */
  pair: readonly [PairTruck, PairTruck];
  /** What net power of both together at the grid in the slot brings, USD. */
  gain: (grid: number, slot: number, netMw: number) => number;
  /** Places left at a terminal. */
  places: (terminal: number, slot: number) => number;
}

export interface PairTruck {
  truck: Truck;
  network: readonly Arc[];
}

/** Steps of energy between minimum and capacity that are tried. */
const fewestSteps = 14;
const mostSteps = 20;
/** States of both together beyond which it takes too long. */
const mostStates = 120_000;

/** What one truck can do in a slot: from node to node; nodes are terminals, then terminals to be reached in one slot more, in two … */
interface Move {
  from: number;
  to: number;
  costUsd: number;
  /** Where it works, else −1. */
  grid: number;
  terminal: number;
  arc: Arc | null;
}

interface Side {
  truck: Truck;
  stepMwh: number;
  /** Energies. */
  count: number;
  states: number;
  /** [slot] */
  moves: Move[][];
  mostUp: number;
  mostDown: number;
  /** Of steps −mostDown … mostUp. */
  netMw: number[];
  start: number;
  end: number;
  leastEnd: number;
}

/** Null where there are too many states, or no ways. */
export function bestPair(problem: SmsProblem, wish: PairWish): [TruckDay, TruckDay] | null {
  const longest = Math.max(...wish.pair.flatMap(({ network }) => network.map((arc) => arc.untilSlot - arc.fromSlot)));
  const sides = wish.pair.map((own) => sideOf(problem, own, longest)) as [Side, Side];
  const [first, second] = sides;
  if (first.states * second.states > mostStates) return null;
  return new PairSearch(problem, wish, sides).run();
}

function sideOf(problem: SmsProblem, { truck, network }: PairTruck, longest: number): Side {
  const { slots, slotHours, terminals } = problem;
  const rangeMwh = truck.capacityMwh - truck.minMwh;
  const fullMwh = truck.powerMw * truck.chargeEfficiency * slotHours;
  const offBy = (steps: number): number => {
    const full = (fullMwh / rangeMwh) * steps;
    return Math.abs(full - Math.round(full)) / Math.max(1, Math.round(full));
  };
  let steps = fewestSteps;
  for (let tried = fewestSteps; tried <= mostSteps; tried++) if (offBy(tried) < offBy(steps)) steps = tried;
  const stepMwh = rangeMwh / steps;
  const count = steps + 1;
  const mostUp = Math.max(1, Math.round(fullMwh / stepMwh));
  const mostDown = Math.max(1, Math.round((truck.powerMw * slotHours) / truck.dischargeEfficiency / stepMwh));
  const node = (terminal: number, wait: number): number => wait * terminals.length + terminal;
  const moves = Array.from({ length: slots }, (): Move[] => []);
  for (const arc of network) {
    const station = terminals[arc.from]!;
    const works = arc.kind === 'stay' && station.kind === 'station';
    const wait = arc.untilSlot - arc.fromSlot - 1;
    moves[arc.fromSlot]!.push({
      from: node(arc.from, 0),
      to: node(arc.to, wait),
      costUsd: arc.costUsd,
      grid: works ? station.grid : -1,
      terminal: works ? arc.from : -1,
      arc,
    });
    for (let left = wait; left > 0; left--) {
      const slot = arc.untilSlot - left;
      const [from, to] = [node(arc.to, left), node(arc.to, left - 1)];
      if (!moves[slot]!.some((own) => own.from === from))
        moves[slot]!.push({ from, to, costUsd: 0, grid: -1, terminal: -1, arc: null });
    }
  }
  const netMw = Array.from({ length: mostDown + mostUp + 1 }, (_, i) =>
    netPowerMw(truck, slotHours, (i - mostDown) * stepMwh),
  );
  const level = (mwh: number): number => Math.round((mwh - truck.minMwh) / stepMwh);
  return {
    truck,
    stepMwh,
    count,
    states: terminals.length * longest * count,
    moves,
    mostUp,
    mostDown,
    netMw,
    start: node(truck.start, 0) * count + level(truck.initialMwh),
    end: node(truck.end, 0),
    leastEnd: Math.ceil((Math.max(truck.minMwh, truck.finalMinMwh) - truck.minMwh) / stepMwh - 1e-6),
  };
}

class PairSearch {
  readonly #problem: SmsProblem;
  readonly #wish: PairWish;
  readonly #sides: [Side, Side];

  constructor(problem: SmsProblem, wish: PairWish, sides: [Side, Side]) {
    this.#problem = problem;
    this.#wish = wish;
    this.#sides = sides;
  }

  run(): [TruckDay, TruckDay] | null {
    const [a, b] = this.#sides;
    const { slots } = this.#problem;
    const size = a.states * b.states;
    let value = new Float32Array(size).fill(-Infinity);
    let next = new Float32Array(size);
    const half = new Float32Array(size);
    const halfFrom = new Int32Array(size);
    value[a.start * b.states + b.start] = 0;
    const before: Int32Array[] = [];
    for (let slot = 0; slot < slots; slot++) {
      const from = new Int32Array(size);
      next.fill(-Infinity);
      this.#apart(slot, { value, next, from, half, halfFrom });
      this.#together(slot, { value, next, from });
      before.push(from);
      [value, next] = [next, value];
    }
    let [best, at] = [-Infinity, -1];
    for (let i = a.leastEnd; i < a.count; i++)
      for (let j = b.leastEnd; j < b.count; j++) {
        const state = (a.end * a.count + i) * b.states + b.end * b.count + j;
        if (value[state]! > best) [best, at] = [value[state]!, state];
      }
    return at < 0 ? null : this.#read(before, at);
  }

  /** All that both do but work at one grid: first the one, then the other. */
  #apart(
    slot: number,
    tables: { value: Float32Array; next: Float32Array; from: Int32Array; half: Float32Array; halfFrom: Int32Array },
  ): void {
    const [a, b] = this.#sides;
    const { value, next, from, half, halfFrom } = tables;
    const grids = [...new Set(a.moves[slot]!.map(({ grid }) => grid))];
    // Where the first works decides where the second may: one table for each grid, and one for none.
    for (const grid of grids) {
      const here = a.moves[slot]!.filter((move) => move.grid === grid);
      const nodes = [...new Set(here.map(({ to }) => to))];
      for (const node of nodes) half.fill(-Infinity, node * a.count * b.states, (node + 1) * a.count * b.states);
      for (const move of here) {
        if (grid >= 0 && this.#wish.places(move.terminal, slot) < 1) continue;
        const gains = this.#gains(a, move, slot);
        for (let level = 0; level < a.count; level++) {
          const source = (move.from * a.count + level) * b.states;
          for (let step = -Math.min(gains.down, level); step <= Math.min(gains.up, a.count - 1 - level); step++) {
            const target = (move.to * a.count + level + step) * b.states;
            const usd = gains.usd[step + gains.down]!;
            for (let other = 0; other < b.states; other++) {
              const reached = value[source + other]! + usd;
              if (reached <= half[target + other]!) continue;
              half[target + other] = reached;
              halfFrom[target + other] = source;
            }
          }
        }
      }
      for (const move of b.moves[slot]!) {
        if (grid >= 0 && move.grid === grid) continue;
        if (move.grid >= 0 && this.#wish.places(move.terminal, slot) < 1) continue;
        const gains = this.#gains(b, move, slot);
        for (let i = 0; i < nodes.length * a.count; i++) {
          const first = nodes[Math.floor(i / a.count)]! * a.count + (i % a.count);
          for (let level = 0; level < b.count; level++) {
            const middle = first * b.states + move.from * b.count + level;
            const own = half[middle]!;
            if (own === -Infinity) continue;
            const origin = halfFrom[middle]! + move.from * b.count + level;
            const target = first * b.states + move.to * b.count + level;
            for (let step = -Math.min(gains.down, level); step <= Math.min(gains.up, b.count - 1 - level); step++) {
              const reached = own + gains.usd[step + gains.down]!;
              if (reached <= next[target + step]!) continue;
              next[target + step] = reached;
              from[target + step] = origin;
            }
          }
        }
      }
    }
  }

  /** Both work at one grid. */
  #together(slot: number, { value, next, from }: { value: Float32Array; next: Float32Array; from: Int32Array }): void {
    const [a, b] = this.#sides;
    const { gain, places } = this.#wish;
    const { slotHours } = this.#problem;
    const known = new Map<number, Float64Array>();
    const jointAt = (grid: number): Float64Array => {
      const joint =
        known.get(grid) ??
        Float64Array.from({ length: a.netMw.length * b.netMw.length }, (_, i) => {
          const [mine, other] = [a.netMw[Math.floor(i / b.netMw.length)]!, b.netMw[i % b.netMw.length]!];
          const worn = Math.abs(mine) * a.truck.degradationUsdPerMwh + Math.abs(other) * b.truck.degradationUsdPerMwh;
          return gain(grid, slot, mine + other) - slotHours * worn;
        });
      known.set(grid, joint);
      return joint;
    };
    for (const mine of a.moves[slot]!)
      for (const other of b.moves[slot]!) {
        if (mine.grid < 0 || mine.grid !== other.grid) continue;
        const needed = mine.terminal === other.terminal ? 2 : 1;
        if (places(mine.terminal, slot) < needed || places(other.terminal, slot) < needed) continue;
        const joint = jointAt(mine.grid);
        const costUsd = mine.costUsd + other.costUsd;
        for (let i = 0; i < a.count; i++)
          for (let j = 0; j < b.count; j++) {
            const source = (mine.from * a.count + i) * b.states + other.from * b.count + j;
            const own = value[source]! - costUsd;
            if (own === -Infinity) continue;
            const [least, most] = [-Math.min(b.mostDown, j), Math.min(b.mostUp, b.count - 1 - j)];
            for (let up = -Math.min(a.mostDown, i); up <= Math.min(a.mostUp, a.count - 1 - i); up++) {
              const row = (up + a.mostDown) * b.netMw.length + b.mostDown;
              const target = (mine.to * a.count + i + up) * b.states + other.to * b.count + j;
              for (let step = least; step <= most; step++) {
                const reached = own + joint[row + step]!;
                if (reached <= next[target + step]!) continue;
                next[target + step] = reached;
                from[target + step] = source;
              }
            }
          }
      }
  }

  /** What a move brings by steps of energy. */
  #gains(side: Side, { grid, costUsd }: Move, slot: number): { usd: number[]; up: number; down: number } {
    if (grid < 0) return { usd: [-costUsd], up: 0, down: 0 };
    const wearUsd = this.#problem.slotHours * side.truck.degradationUsdPerMwh;
    const usd = side.netMw.map((mw) => this.#wish.gain(grid, slot, mw) - wearUsd * Math.abs(mw) - costUsd);
    return { usd, up: side.mostUp, down: side.mostDown };
  }

  #read(before: readonly Int32Array[], last: number): [TruckDay, TruckDay] {
    const days = this.#sides.map((): TruckDay => ({ path: [], netMw: new Array<number>(before.length).fill(0) }));
    const statesOf = (state: number): number[] => {
      const { states } = this.#sides[1];
      return [Math.floor(state / states), state % states];
    };
    let state = last;
    for (let slot = before.length - 1; slot >= 0; slot--) {
      const origin = before[slot]![state]!;
      const [froms, tos] = [statesOf(origin), statesOf(state)];
      this.#sides.forEach((side, k) => {
        const [from, to] = [froms[k]!, tos[k]!];
        const { count } = side;
        const move = side.moves[slot]!.find(
          (own) => own.from === Math.floor(from / count) && own.to === Math.floor(to / count),
        )!;
        if (move.arc === null) return;
        days[k]!.path.unshift(move.arc);
        days[k]!.netMw[slot] = side.netMw[(to % count) - (from % count) + side.mostDown]!;
      });
      state = origin;
    }
    return days as [TruckDay, TruckDay];
  }
}
