/** A road network as flat arrays for the map. */
import type { RoadsRecord } from './mobile-ports.ts';

export function roadsView({ network, ...record }: RoadsRecord) {
  const { nodes, links } = network;
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  const classes = [...new Set(links.map(({ roadClass }) => roadClass))].sort();
  const names = ['', ...[...new Set(links.map(({ name }) => name))].filter((name) => name !== '').sort()];
  const placeIn = (list: readonly string[]): ((text: string) => number) => {
    const places = new Map(list.map((text, index) => [text, index]));
    return (text) => places.get(text)!;
  };
  const [classAt, nameAt] = [placeIn(classes), placeIn(names)];
  return {
    ...record,
    nodeIds: nodes.map(({ id }) => id),
    x: Float64Array.from(nodes, ({ x }) => x),
    y: Float64Array.from(nodes, ({ y }) => y),
    linkFrom: Float64Array.from(links, ({ from }) => indexOf.get(from)!),
    linkTo: Float64Array.from(links, ({ to }) => indexOf.get(to)!),
    freeFlowMinutes: Float64Array.from(links, ({ freeFlowMinutes }) => freeFlowMinutes),
    lengthKm: Float64Array.from(links, ({ lengthKm }) => lengthKm),
    linkClass: Float64Array.from(links, ({ roadClass }) => classAt(roadClass)),
    classes,
    linkName: Float64Array.from(links, ({ name }) => nameAt(name)),
    names,
  };
}
