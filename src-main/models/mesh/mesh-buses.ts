import { Refusal } from '../../base/errors.ts';
import type { Mesh } from './mesh.ts';

/**
 * The buses of a mesh, the slack bus first, then as they are met from it.
 *
 * @throws Refusal `bad-feeder` for an island, a line to itself, a reactance that is zero or negative, or a limit that lets nothing through; the bus or
 *   line is named.
 */
export function meshBuses({ name, slackBus, lines }: Mesh): string[] {
  const refuse = (problem: string, next: string): never => {
    throw new Refusal('bad-feeder', { feeder: name, problem, next });
  };
  if (lines.length === 0) refuse('it has no line', 'Add the lines that join its buses.');
  const beside = new Map<string, string[]>();
  for (const { id, from, to, xPu, limitMw } of lines) {
    if (from === to) refuse(`line ${id} leads from a bus to itself`, 'Leave it out.');
    if (!(xPu > 0 && Number.isFinite(xPu)))
      refuse(
        `line ${id} has a reactance of ${xPu} pu; more than 0 expected`,
        'Join its two buses, or state the reactance of the line; a DC power flow has no series capacitors.',
      );
    if (limitMw !== null && !(limitMw > 0))
      refuse(`line ${id} has a limit of ${limitMw} MW; more than 0 expected`, 'Leave it out where it is open.');
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  const buses = [slackBus];
  const met = new Set(buses);
  for (let at = 0; at < buses.length; at++)
    for (const bus of beside.get(buses[at]!) ?? [])
      if (!met.has(bus)) {
        met.add(bus);
        buses.push(bus);
      }
  const island = [...beside.keys()].filter((bus) => !met.has(bus));
  if (island.length > 0) {
    const named = island.slice(0, 5).join(', ');
    refuse(
      `bus ${named}${island.length > 5 ? ` and ${island.length - 5} more` : ''} is not connected to the bus ${slackBus} that the grid above feeds`,
      'Close a line that joins it to the rest, or leave the part out.',
    );
  }
  return buses;
}
