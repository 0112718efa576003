/**
 * A made-up town of 24 nodes and 76 one-way links (38 two-way roads), of the size of the Sioux Falls test network but not its data: a
 * grid of 4 × 6 junctions slightly out of place, all 38 of its sides, two-way, with arterials across the middle. Drawn with a seed.
 */
import { seededRandom } from '../../../base/random.ts';
import type { RoadLinkData, RoadNodeData } from './road-graph.ts';

const columns = 4;
const rows = 6;
const blockKm = 2.5;
const arterial = { roadClass: 'arterial', speedKmh: 60, capacityPerHour: 1800 };
const street = { roadClass: 'street', speedKmh: 40, capacityPerHour: 900 };

export function syntheticNetwork(seed: number): { nodes: RoadNodeData[]; links: RoadLinkData[] } {
  const random = seededRandom(seed);
  const shift = (): number => 0.5 * blockKm * (random.uniform() - 0.5);
  const nodes = Array.from({ length: columns * rows }, (_, index): RoadNodeData => ({
    id: String(index + 1),
    x: (index % columns) * blockKm + shift(),
    y: -Math.floor(index / columns) * blockKm + shift(),
    through: 'allowed',
  }));
  const links: RoadLinkData[] = [];
  const addRoad = (first: number, second: number, kind: typeof arterial): void => {
    const [a, b] = [nodes[first]!, nodes[second]!];
    const bend = 1 + 0.25 * random.uniform();
    const lengthKm = Math.hypot(a.x - b.x, a.y - b.y) * bend;
    for (const [from, to] of [
      [a.id, b.id],
      [b.id, a.id],
    ] as const)
      links.push({
        from,
        to,
        freeFlowMinutes: (60 * lengthKm) / kind.speedKmh,
        lengthKm,
        capacityPerHour: kind.capacityPerHour,
        congestionFactor: 0.15,
        congestionPower: 4,
        flowPerHour: Math.round(kind.capacityPerHour * (0.6 + 0.8 * random.uniform())),
        name: '',
        roadClass: kind.roadClass,
      });
  };
  for (let index = 0; index < nodes.length; index++) {
    const column = index % columns;
    const row = Math.floor(index / columns);
    if (column + 1 < columns) addRoad(index, index + 1, row === 2 ? arterial : street);
    if (row + 1 < rows) addRoad(index, index + columns, column === 1 ? arterial : street);
  }
  return { nodes, links };
}
