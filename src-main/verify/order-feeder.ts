/** A feeder seen from its substation, ordered apart from the models: each bus after the one that feeds it. */
import type { Feeder, FeederTree } from '../models/feeder/feeder.ts';

/** @throws Error for a feeder that is no tree: it was refused when it came in. */
export function orderFeeder(feeder: Feeder): FeederTree {
  const { name, slackBus, branches } = feeder;
  const tree: FeederTree = {
    buses: [slackBus],
    parent: [-1],
    children: [[]],
    rPu: [0],
    xPu: [0],
    limitMva: [null],
    shuntMvar: [],
    voltageMinPu: [],
    voltageMaxPu: [],
  };
  let waiting = branches;
  while (waiting.length > 0) {
    const later: typeof branches = [];
    for (const branch of waiting) {
      const from = tree.buses.indexOf(branch.from);
      const to = tree.buses.indexOf(branch.to);
      if (from >= 0 && to >= 0) throw new Error(`${name}: branch ${branch.from}–${branch.to} closes a loop`);
      if (from < 0 && to < 0) {
        later.push(branch);
        continue;
      }
      const parent = Math.max(from, to);
      tree.children[parent]!.push(tree.buses.length);
      tree.buses.push(from < 0 ? branch.from : branch.to);
      tree.parent.push(parent);
      tree.children.push([]);
      tree.rPu.push(branch.rPu);
      tree.xPu.push(branch.xPu);
      tree.limitMva.push(branch.limitMva);
    }
    if (later.length === waiting.length) throw new Error(`${name}: ${later.length} branches hang on nothing`);
    waiting = later;
  }
  for (const bus of tree.buses) {
    const own = feeder.busLimits?.find((limit) => limit.bus === bus) ?? feeder;
    tree.voltageMinPu.push(own.voltageMinPu);
    tree.voltageMaxPu.push(own.voltageMaxPu);
    let mvar = 0;
    for (const capacitor of feeder.capacitors ?? []) if (capacitor.bus === bus) mvar += capacitor.mvar;
    tree.shuntMvar.push(mvar);
  }
  return tree;
}
