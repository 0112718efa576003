/** The stored network as a DC power flow takes it: reactances per unit on 1 MVA at the voltage of the bus a line comes from, closed lines only. */
import { lineIds } from '../../models/mesh/line-ids.ts';
import type { Mesh } from '../../models/mesh/mesh.ts';
import type { FeederRecord } from './network-ports.ts';

export function meshOf({ name, network }: Pick<FeederRecord, 'name' | 'network'>): Mesh {
  const kvOf = new Map(network.buses.map(({ id, baseKv }) => [id, baseKv]));
  const closed = network.branches.filter(({ state }) => state === 'closed');
  const ids = lineIds(closed);
  return {
    name,
    slackBus: network.slackBus,
    lines: closed.map(({ from, to, xOhm, limitMva }, l) => ({
      id: ids[l]!,
      from,
      to,
      xPu: xOhm / kvOf.get(from)! ** 2,
      limitMw: limitMva,
    })),
  };
}
