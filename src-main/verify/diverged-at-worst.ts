/** Whose worst deviations the feeder cannot carry: buses, branches by the bus they feed, and the loss, where no AC flow exists for them in a slot. */
import type { NetworkFlow, SlotFlow } from './network-flow.ts';

/** In words, the substation left out; empty where every flow exists, and where not even that of what is expected does. */
export function divergedAtWorst(
  tree: NetworkFlow['tree'],
  { flow, lowest, highest, heaviestMva, loss }: SlotFlow,
): string[] {
  if (!flow.converged) return [];
  return [
    ...tree.buses.flatMap((name, bus) => {
      const isLost = Number.isNaN(lowest[bus]!.voltagePu) || Number.isNaN(highest[bus]!.voltagePu);
      return bus > 0 && isLost ? [`bus ${name}`] : [];
    }),
    ...tree.buses.flatMap((name, bus) =>
      Number.isNaN(heaviestMva[bus]!) ? [`branch ${tree.buses[tree.parent[bus]!]!}–${name}`] : [],
    ),
    ...(loss.lossKw === Infinity ? ['the loss'] : []),
  ];
}
