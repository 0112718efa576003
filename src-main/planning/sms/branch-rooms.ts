/**
 * Arcs that a decision of a branch may use if it is to earn more than an aim. With z what some prices prove of the branch and v_c(a) the best
 * day of class c that uses arc a, no decision with a truck on arc a earns more than z − (max(v_c, σ_c) − v_c(a)). Arcs for which that is not above
 * the aim U are left out, here and in all branches of this one; what is then proven holds as the greater of U and the bound without those arcs.
 */
import type { TruckDay } from '../../models/sms/marginal/priced-day.ts';
import type { Arc } from '../../models/sms/network.ts';

export interface BranchRooms {
  /** [class] */
  networks: readonly (readonly Arc[])[];
  /** Arcs left [class][index into the network]. */
  arcs: readonly (readonly number[])[];
  /** What any aim was that arcs were left out for: no bound of the branch is below. */
  floorUsd: number;
  /** Arcs left, by what they are [class]. */
  keys: readonly ReadonlySet<number>[];
}

export interface RoomsProof {
  boundUsd: number;
  /** σ_c [class] */
  truckUsd: readonly number[];
  /** At the same prices [class]: of the best day, and of the best that uses each arc of the network. */
  days: readonly { valueUsd: number; throughUsd: Float64Array }[];
}

/** Fewer arcs than this share of those before are worth leaving the others out. */
const worthShare = 0.9;
/** What equals the aim but for rounding stays, USD. */
const roundingUsd = 1e-6;

export const allRooms = (networks: readonly (readonly Arc[])[]): BranchRooms =>
  roomsOf(networks, { arcs: networks.map((network) => [...network.keys()]), floorUsd: -Infinity });

/** The same rooms where hardly an arc would go. */
export function narrowRooms(rooms: BranchRooms, { boundUsd, truckUsd, days }: RoomsProof, aimUsd: number): BranchRooms {
  const slackUsd = boundUsd - aimUsd;
  if (!(slackUsd < Infinity)) return rooms;
  const arcs = rooms.arcs.map((own, c) => {
    const { valueUsd, throughUsd } = days[c]!;
    const leastUsd = Math.max(valueUsd, truckUsd[c]!) - slackUsd - roundingUsd;
    return own.filter((a) => throughUsd[a]! >= leastUsd);
  });
  const count = (all: readonly (readonly number[])[]): number => all.reduce((sum, own) => sum + own.length, 0);
  if (count(arcs) > worthShare * count(rooms.arcs)) return rooms;
  return roomsOf(rooms.networks, { arcs, floorUsd: Math.max(rooms.floorUsd, aimUsd) });
}

/** Whether the day keeps to the arcs left. */
export const isWithin = (rooms: BranchRooms, { class: own, path }: TruckDay & { class: number }): boolean =>
  path.every((arc) => rooms.keys[own]!.has(arcKey(arc)));

const roomsOf = (networks: BranchRooms['networks'], own: Pick<BranchRooms, 'arcs' | 'floorUsd'>): BranchRooms => ({
  ...own,
  networks,
  keys: own.arcs.map((arcs, c) => new Set(arcs.map((a) => arcKey(networks[c]![a]!)))),
});

/** Terminals are fewer than a thousand. */
const arcKey = ({ from, to, fromSlot }: Arc): number => (fromSlot * 1000 + from) * 1000 + to;
