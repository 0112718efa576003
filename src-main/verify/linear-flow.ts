/** The lossless linear estimate of a radial flow (Baran and Wu 1989), in plain arithmetic. */
import type { FeederTree } from '../models/feeder/feeder.ts';
import type { NetDemand } from './network-parts.ts';

/** As the voltage changes what capacitors give by a little, which changes the voltage by less, a few rounds settle it. */
const shuntRounds = 12;

/** v_j = v_i − 2 (r P + x Q), P and Q the demand behind the branch; capacitors give b v. */
export function linearVoltage(tree: FeederTree, slackVoltagePu: number, { pMw, qMvar }: NetDemand): number[] {
  let squared = tree.buses.map(() => slackVoltagePu ** 2);
  const rounds = tree.shuntMvar.some((mvar) => mvar > 0) ? shuntRounds : 1;
  for (let round = 0; round < rounds; round++) {
    const p = [...pMw];
    const q = qMvar.map((mvar, bus) => mvar - tree.shuntMvar[bus]! * squared[bus]!);
    for (let bus = p.length - 1; bus > 0; bus--) {
      p[tree.parent[bus]!]! += p[bus]!;
      q[tree.parent[bus]!]! += q[bus]!;
    }
    squared = [slackVoltagePu ** 2];
    for (let bus = 1; bus < p.length; bus++)
      squared[bus] = squared[tree.parent[bus]!]! - 2 * (tree.rPu[bus]! * p[bus]! + tree.xPu[bus]! * q[bus]!);
  }
  return squared.map((value) => Math.sqrt(Math.max(0, value)));
}

export interface VoltageDrop {
  active: number[];
  reactive: number[];
}

/**
 * By how much a MW, and a Mvar, taken at each bus lowers the squared voltage of one bus: by its way, and by what capacitors then give less, each
 * as its own voltage falls. What a feeder's capacitors do is settled once, for all buses asked for.
 */
export function dropsPerMw(tree: FeederTree): (of: number) => VoltageDrop {
  const capacitors = tree.shuntMvar.flatMap((mvar, bus) =>
    mvar > 0 ? [{ mvar, bus, way: dropByWay(tree, bus) }] : [],
  );
  if (capacitors.length === 0) return (of) => dropByWay(tree, of);
  const withCapacitors = (way: VoltageDrop, drops: readonly VoltageDrop[]): VoltageDrop => {
    const add = (what: keyof VoltageDrop): number[] =>
      way[what].map((own, k) =>
        capacitors.reduce((sum, { mvar, bus }, c) => sum + way.reactive[bus]! * mvar * drops[c]![what][k]!, own),
      );
    return { active: add('active'), reactive: add('reactive') };
  };
  let drops = capacitors.map(({ way }) => way);
  for (let round = 0; round < shuntRounds; round++) drops = capacitors.map(({ way }) => withCapacitors(way, drops));
  return (of) => withCapacitors(dropByWay(tree, of), drops);
}

function dropByWay(tree: FeederTree, of: number): VoltageDrop {
  const active = tree.buses.map(() => 0);
  const reactive = tree.buses.map(() => 0);
  const onTheWay = new Set<number>();
  for (let bus = of; bus > 0; bus = tree.parent[bus]!) onTheWay.add(bus);
  for (let bus = 1; bus < tree.buses.length; bus++) {
    const parent = tree.parent[bus]!;
    const shared = onTheWay.has(bus);
    active[bus] = active[parent]! + (shared ? 2 * tree.rPu[bus]! : 0);
    reactive[bus] = reactive[parent]! + (shared ? 2 * tree.xPu[bus]! : 0);
  }
  return { active, reactive };
}
