/**
 * Corners of what trucks can do at a place, by how many of them work at which power (work-steps.ts), and the one that is worth most at given
 * prices. With revenue linear on every piece of the curve and prices linear between steps, some best work has all trucks at steps, or all but
 * one and the net power at a kink. Such corners are too many to write down, so they are found when prices ask for them.
 */
import { isAllowed, type WorkPlace } from './work-place.ts';
import { directions, stepWeights, type Direction, type WorkGroup } from './work-steps.ts';

export interface WorkCorner {
  /** Tells corners of a place apart. */
  key: string;
  /** Of the pieces of the place. */
  piece: number;
  revenueUsd: number;
  /** f(0) − f(n) */
  savingUsd: number;
  /** What its trucks do, those that work: net power [group][truck]. */
  netMw: number[][];
  /** How many trucks count for a step. */
  work: { group: number; direction: Direction; step: number; trucks: number }[];
}

export interface WorkPrices {
  /** What a USD of revenue and of the users' saving is worth. */
  revenue: number;
  saving: number;
  /** What a truck costs, and what it costs in addition at a step [group]. */
  truckUsd: readonly number[];
  workUsd: readonly Record<Direction, readonly number[]>[];
}

/** Trucks of one group at steps: of those with like net power only the cheapest counts. */
interface GroupChoices {
  /** Steps as net power, charging first. */
  signedMw: number[];
  /** Signed steps of every choice. */
  chosen: number[][];
  /** Choices alike [kind]. */
  alike: Int32Array[];
  netMw: number[];
  trucks: number[];
  /** At the prices taken last [kind]. */
  costUsd: Float64Array;
  cheapest: Int32Array;
}

const near = 1e-9;

export class WorkCorners {
  readonly #groups: readonly WorkGroup[];
  readonly #choices: GroupChoices[];
  /** All trucks at steps: net power, ascending. */
  readonly #netMw: Float64Array;
  readonly #costUsd: Float64Array;
  /** Kinds of choices [combination × groups + group]. */
  readonly #kinds: Int32Array;
  /** A bit for every group of which one more truck finds a place. */
  readonly #room: Int32Array;

  /** @param places trucks that find a place. */
  constructor(groups: readonly WorkGroup[], places: number) {
    this.#groups = groups;
    this.#choices = groups.map((group) => choicesOf(group, places));
    let made: { netMw: number; trucks: number; kinds: number[] }[] = [{ netMw: 0, trucks: 0, kinds: [] }];
    for (const { netMw, trucks } of this.#choices)
      made = made.flatMap((before) =>
        netMw.flatMap((mw, kind) =>
          before.trucks + trucks[kind]! > places
            ? []
            : [{ netMw: before.netMw + mw, trucks: before.trucks + trucks[kind]!, kinds: [...before.kinds, kind] }],
        ),
      );
    made.sort((a, b) => a.netMw - b.netMw);
    this.#netMw = Float64Array.from(made, ({ netMw }) => netMw);
    this.#costUsd = new Float64Array(made.length);
    this.#kinds = Int32Array.from(made.flatMap(({ kinds }) => kinds));
    this.#room = Int32Array.from(made, ({ trucks, kinds }) =>
      groups.reduce((bits, { count }, g) => {
        const hasRoom = trucks < places && this.#choices[g]!.trucks[kinds[g]!]! < count;
        return hasRoom ? bits | (1 << g) : bits;
      }, 0),
    );
  }

  /** All trucks of all groups at one step of their own, as a mixture begins with; and one truck alone at every step. */
  first(place: WorkPlace): WorkCorner[] {
    const signed = this.#choices.map(({ signedMw }) => signedMw);
    const alone = signed.flatMap((own, g) => own.map((mw) => signed.map((_, h) => (h === g ? [mw] : []))));
    const steps = Math.min(...signed.map(({ length }) => length));
    const all = Array.from({ length: steps }, (_, step) =>
      this.#choices.map(({ trucks, signedMw }) => new Array<number>(Math.max(...trucks)).fill(signedMw[step]!)),
    );
    return [...alone, ...all].flatMap((netMw) => this.of(place, netMw) ?? []);
  }

  /** What trucks do at these net powers [group][truck]; null where they are out of range. */
  of(place: WorkPlace, netMw: readonly (readonly number[])[]): WorkCorner | null {
    const piece = this.#pieceAt(place, sumOf(netMw));
    return piece === null ? null : this.#cornerAt(place, piece, netMw);
  }

  /** Worth most at the prices, and what it is worth; null where none is allowed. */
  best(place: WorkPlace, prices: WorkPrices): { valueUsd: number; corner: WorkCorner } | null {
    this.#takePrices(prices);
    const { revenue, saving } = prices;
    const [nets, costs, room] = [this.#netMw, this.#costUsd, this.#room];
    let [bestUsd, bestPiece, bestAt] = [-Infinity, -1, -1];
    let free: Free | null = null;
    const ends = new Map<number, { piece: number; worthUsd: number }>();
    place.pieces.forEach((piece, i) => {
      if (!isAllowed(place, piece)) return;
      const { fromMw, toMw, worthUsdPerMw } = piece;
      const slope = (revenue + saving) * worthUsdPerMw;
      const base = saving * (place.idleUsd - piece.costUsd - worthUsdPerMw * fromMw);
      for (let at = firstFrom(nets, fromMw - near); at < nets.length && nets[at]! <= toMw + near; at++) {
        const valueUsd = base + slope * nets[at]! - costs[at]!;
        if (valueUsd > bestUsd) [bestUsd, bestPiece, bestAt] = [valueUsd, i, at];
      }
      for (const mw of [fromMw, toMw]) {
        const worthUsd = base + slope * mw;
        if (worthUsd > (ends.get(mw)?.worthUsd ?? -Infinity)) ends.set(mw, { piece: i, worthUsd });
      }
    });
    this.#groups.forEach((group, g) => {
      const own = prices.workUsd[g]!;
      const mostMw = group.truck.powerMw;
      const truckUsd = prices.truckUsd[g]!;
      const gainUsd = mostGain(own) - truckUsd;
      for (const [mw, { piece, worthUsd }] of ends)
        for (let at = firstFrom(nets, mw - mostMw); at < nets.length && nets[at]! <= mw + mostMw; at++) {
          const leftUsd = worthUsd - costs[at]!;
          if (leftUsd + gainUsd <= bestUsd || (room[at]! & (1 << g)) === 0) continue;
          const valueUsd = leftUsd - truckUsd - freeCost(group, own, mw - nets[at]!);
          if (valueUsd <= bestUsd) continue;
          [bestUsd, bestPiece, bestAt] = [valueUsd, piece, at];
          free = { group: g, netMw: mw - nets[at]! };
        }
    });
    if (bestAt < 0) return null;
    return { valueUsd: bestUsd, corner: this.#corner(place, bestPiece, { at: bestAt, free }) };
  }

  #takePrices({ truckUsd, workUsd }: WorkPrices): void {
    this.#choices.forEach(({ chosen, alike, costUsd, cheapest }, g) => {
      const signed = [...workUsd[g]!.charge, ...workUsd[g]!.discharge];
      costUsd.fill(Infinity);
      alike.forEach((own, kind) => {
        for (const choice of own) {
          let cost = truckUsd[g]! * chosen[choice]!.length;
          for (const step of chosen[choice]!) cost += signed[step]!;
          if (cost >= costUsd[kind]!) continue;
          costUsd[kind] = cost;
          cheapest[kind] = choice;
        }
      });
    });
    const [costs, kinds, choices] = [this.#costUsd, this.#kinds, this.#choices];
    for (let at = 0, i = 0; at < costs.length; at++) {
      let cost = 0;
      for (const { costUsd } of choices) cost += costUsd[kinds[i++]!]!;
      costs[at] = cost;
    }
  }

  #corner(place: WorkPlace, piece: number, { at, free }: { at: number; free: Free | null }): WorkCorner {
    const netMw = this.#choices.map(({ signedMw, chosen, cheapest }, g) => {
      const kind = this.#kinds[at * this.#choices.length + g]!;
      return chosen[cheapest[kind]!]!.map((step) => signedMw[step]!);
    });
    if (free !== null) netMw[free.group]!.push(free.netMw);
    return this.#cornerAt(place, piece, netMw);
  }

  #cornerAt(place: WorkPlace, piece: number, netMw: readonly (readonly number[])[]): WorkCorner {
    const { worthUsdPerMw, costUsd, fromMw } = place.pieces[piece]!;
    const all = netMw.flatMap((own, group) => own.flatMap((mw) => this.#workAt(group, mw)));
    const same = Map.groupBy(all, ({ group, direction, step }) => `${group} ${direction} ${step}`);
    const work = [...same.values()].map((own) => ({
      ...own[0]!,
      trucks: own.reduce((sum, { trucks }) => sum + trucks, 0),
    }));
    const names = work.map((own) => `${own.group}${own.direction[0]!}${own.step}:${own.trucks.toFixed(6)}`);
    const mw = sumOf(netMw);
    return {
      key: `${piece} ${netMw.map(({ length }) => length).join('+')} ${names.sort().join(' ')}`,
      piece,
      revenueUsd: worthUsdPerMw * mw,
      savingUsd: place.idleUsd - costUsd + worthUsdPerMw * (mw - fromMw),
      netMw: netMw.map((own) => [...own]),
      work,
    };
  }

  #workAt(group: number, netMw: number): WorkCorner['work'] {
    const direction = netMw < 0 ? 'charge' : 'discharge';
    const steps = this.#groups[group]!.steps[direction];
    return stepWeights(steps, Math.abs(netMw)).map(({ step, weight }) => ({ group, direction, step, trucks: weight }));
  }

  /** Where revenue is best. */
  #pieceAt(place: WorkPlace, mw: number): number | null {
    let best: number | null = null;
    place.pieces.forEach((piece, i) => {
      if (!isAllowed(place, piece) || mw < piece.fromMw - near || mw > piece.toMw + near) return;
      if (best === null || piece.worthUsdPerMw * mw > place.pieces[best]!.worthUsdPerMw * mw) best = i;
    });
    return best;
  }
}

/** A truck between steps. */
interface Free {
  group: number;
  netMw: number;
}

function choicesOf({ steps, count }: WorkGroup, places: number): GroupChoices {
  const signedMw = [...steps.charge.map((mw) => -mw), ...steps.discharge];
  const chosen = multisets(signedMw.length, Math.min(count, places));
  const netOf = (choice: readonly number[]): number => choice.reduce((sum, step) => sum + signedMw[step]!, 0);
  const alike = [
    ...Map.groupBy(chosen.keys(), (at) => `${chosen[at]!.length} ${netOf(chosen[at]!).toFixed(9)}`).values(),
  ];
  return {
    signedMw,
    chosen,
    alike: alike.map((own) => Int32Array.from(own)),
    netMw: alike.map((own) => netOf(chosen[own[0]!]!)),
    trucks: alike.map((own) => chosen[own[0]!]!.length),
    costUsd: new Float64Array(alike.length),
    cheapest: new Int32Array(alike.length),
  };
}

const sumOf = (netMw: readonly (readonly number[])[]): number => netMw.flat().reduce((sum, mw) => sum + mw, 0);

const mostGain = (own: Record<Direction, readonly number[]>): number =>
  Math.max(...directions.map((direction) => -Math.min(...own[direction])));

function freeCost(group: WorkGroup, workUsd: Record<Direction, readonly number[]>, netMw: number): number {
  const direction = netMw < 0 ? 'charge' : 'discharge';
  const steps = group.steps[direction];
  const usd = workUsd[direction];
  const mw = Math.abs(netMw);
  let step = 0;
  while (step < steps.length - 1 && mw > steps[step]!) step++;
  const [fromMw, fromUsd] = step === 0 ? [0, 0] : [steps[step - 1]!, usd[step - 1]!];
  return fromUsd + ((usd[step]! - fromUsd) * (mw - fromMw)) / (steps[step]! - fromMw);
}

/** Index of the first that is at least so much; ascending. */
function firstFrom(sorted: Float64Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ways to have trucks at steps. */
export const choicesAt = (groups: readonly WorkGroup[], places: number): number =>
  groups.reduce((product, { steps, count }) => {
    const [kinds, most] = [steps.charge.length + steps.discharge.length, Math.min(count, places)];
    // Of so many kinds up to so many, repeated as often as wished.
    let own = 1;
    for (let i = 1; i <= most; i++) own = (own * (kinds + i)) / i;
    return product * own;
  }, 1);

/** Up to `most` of `kinds`, in order, repeated as often as wished; also none. */
function multisets(kinds: number, most: number): number[][] {
  const made: number[][] = [[]];
  let edge: number[][] = [[]];
  for (let size = 1; size <= most; size++) {
    edge = edge.flatMap((own) =>
      Array.from({ length: kinds }, (_, kind) => kind)
        .filter((kind) => own.length === 0 || kind >= own.at(-1)!)
        .map((kind) => [...own, kind]),
    );
    made.push(...edge);
  }
  return made;
}
