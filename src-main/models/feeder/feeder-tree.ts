import { Refusal } from '../../base/errors.ts';
import type { Feeder, FeederBranch, FeederTree } from './feeder.ts';

/**
 * Orders a feeder from its substation outwards.
 *
 * @throws Refusal `bad-feeder` for a loop, an island, a branch to itself, an impedance that is negative or nothing, or voltage limits that
 *   leave no room; the bus or branch is named.
 */
export function feederTree(feeder: Feeder): FeederTree {
  const refuse = (problem: string, next?: string): never => {
    throw new Refusal('bad-feeder', { feeder: feeder.name, problem, ...(next === undefined ? {} : { next }) });
  };
  requireElectrical(feeder, refuse);
  const touching = new Map<string, FeederBranch[]>();
  for (const branch of feeder.branches)
    for (const bus of [branch.from, branch.to]) touching.set(bus, [...(touching.get(bus) ?? []), branch]);

  const tree: FeederTree = {
    buses: [feeder.slackBus],
    parent: [-1],
    children: [[]],
    rPu: [0],
    xPu: [0],
    limitMva: [null],
    shuntMvar: [],
    voltageMinPu: [],
    voltageMaxPu: [],
  };
  const place = new Map([[feeder.slackBus, 0]]);
  const used = new Set<FeederBranch>();
  for (let at = 0; at < tree.buses.length; at++) {
    const here = tree.buses[at]!;
    for (const branch of touching.get(here) ?? []) {
      if (used.has(branch)) continue;
      used.add(branch);
      const there = branch.from === here ? branch.to : branch.from;
      const known = place.get(there);
      if (known !== undefined) {
        const loop = [...pathUp(tree, at), ...pathUp(tree, known).reverse()];
        refuse(
          `branch ${branch.from}–${branch.to} closes a loop: ${loopWords(loop)}`,
          'Open one branch of the loop, or read the network as a meshed one.',
        );
      }
      place.set(there, tree.buses.length);
      tree.children[at]!.push(tree.buses.length);
      tree.buses.push(there);
      tree.parent.push(at);
      tree.children.push([]);
      tree.rPu.push(branch.rPu);
      tree.xPu.push(branch.xPu);
      tree.limitMva.push(branch.limitMva);
    }
  }
  const island = [...touching.keys()].filter((bus) => !place.has(bus));
  if (island.length > 0) {
    const named = island.slice(0, 5).join(', ');
    refuse(
      `bus ${named}${island.length > 5 ? ` and ${island.length - 5} more` : ''} is not connected to the substation ${feeder.slackBus}`,
    );
  }
  const limits = new Map(feeder.busLimits?.map((limit) => [limit.bus, limit]));
  for (const { bus } of [...(feeder.busLimits ?? []), ...(feeder.capacitors ?? [])])
    if (!place.has(bus)) refuse(`bus ${bus}, which a limit or capacitor names, is not there`);
  for (const bus of tree.buses) {
    tree.shuntMvar.push((feeder.capacitors ?? []).reduce((sum, one) => sum + (one.bus === bus ? one.mvar : 0), 0));
    tree.voltageMinPu.push(limits.get(bus)?.voltageMinPu ?? feeder.voltageMinPu);
    tree.voltageMaxPu.push(limits.get(bus)?.voltageMaxPu ?? feeder.voltageMaxPu);
  }
  return tree;
}

function requireElectrical(feeder: Feeder, refuse: (problem: string) => never): void {
  const { slackVoltagePu, voltageMinPu, voltageMaxPu, branches } = feeder;
  if (!(voltageMinPu > 0 && voltageMinPu <= slackVoltagePu && slackVoltagePu <= voltageMaxPu))
    refuse(
      `voltages ${voltageMinPu} to ${voltageMaxPu} pu do not hold the ${slackVoltagePu} pu of the substation between them`,
    );
  for (const { bus, voltageMinPu: least, voltageMaxPu: most } of feeder.busLimits ?? [])
    if (!(least > 0 && least < most)) refuse(`bus ${bus} has limits of ${least} to ${most} pu, which leave no room`);
  for (const { bus, mvar } of feeder.capacitors ?? [])
    if (!(mvar >= 0 && Number.isFinite(mvar))) refuse(`the capacitor at bus ${bus} is rated at ${mvar} Mvar`);
  if (branches.length === 0) refuse('it has no branch');
  for (const { from, to, rPu, xPu, limitMva } of branches) {
    const name = `branch ${from}–${to}`;
    if (from === to) refuse(`${name} leads from a bus to itself`);
    if (!(rPu >= 0 && Number.isFinite(rPu))) refuse(`${name} has a resistance of ${rPu} pu; 0 or more expected`);
    if (!Number.isFinite(xPu)) refuse(`${name} has a reactance of ${xPu} pu`);
    if (rPu === 0 && xPu === 0) refuse(`${name} has no impedance; join its two buses instead`);
    if (limitMva !== null && !(limitMva > 0)) refuse(`${name} has a limit of ${limitMva} MVA; more than 0 expected`);
  }
}

/** Buses from one up to the substation, by name. */
function pathUp({ buses, parent }: FeederTree, from: number): string[] {
  const path: string[] = [];
  for (let bus = from; bus >= 0; bus = parent[bus]!) path.push(buses[bus]!);
  return path;
}

/** Two ways to the substation without what they share beyond their meeting point. */
function loopWords(path: readonly string[]): string {
  const first = path.findIndex((bus, i) => path.lastIndexOf(bus) !== i && path.indexOf(bus) === i);
  const loop = first < 0 ? path : [...path.slice(0, first + 1), ...path.slice(path.lastIndexOf(path[first]!) + 1)];
  return [...loop, loop[0]!].join('–');
}
