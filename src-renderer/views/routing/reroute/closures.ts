/** Roads as what can be closed: one stretch, or every stretch of a name. */
import type { RoadsGeometryPayload } from '../../../../src-main/contract/roads.ts';
import type { SmsOverridePayload } from '../../../../src-main/contract/sms-overrides.ts';
import { formatQuantity } from '../../../components/format-number.ts';

export type Closure = Extract<SmsOverridePayload, { kind: 'close-road' }>;

/** The stretch of a link, in both directions where there are two. */
export function closeStretch(roads: RoadsGeometryPayload, link: number): Closure {
  const [from, to] = [roads.linkFrom[link]!, roads.linkTo[link]!];
  const isOver = (other: number): boolean =>
    (roads.linkFrom[other] === from && roads.linkTo[other] === to) ||
    (roads.linkFrom[other] === to && roads.linkTo[other] === from);
  return closureOf(roads, isOver);
}

/** Every link of the name. */
export function closeNamed(roads: RoadsGeometryPayload, name: string): Closure | null {
  const index = roads.names.indexOf(name);
  return index <= 0 ? null : closureOf(roads, (link) => roads.linkName[link] === index);
}

function closureOf(roads: RoadsGeometryPayload, isClosed: (link: number) => boolean): Closure {
  const links: Closure['links'] = [];
  for (let link = 0; link < roads.linkFrom.length; link++)
    if (isClosed(link))
      links.push({ from: roads.nodeIds[roads.linkFrom[link]!]!, to: roads.nodeIds[roads.linkTo[link]!]! });
  // Parallel links between two nodes are closed by one pair.
  const pairs = new Map(links.map((pair) => [`${pair.from} ${pair.to}`, pair]));
  return { kind: 'close-road', links: [...pairs.values()] };
}

/** What a closure takes away: "one stretch of East Street, 0.331 km", both directions being one stretch. */
export function closureWords(roads: RoadsGeometryPayload | null, { links }: Closure): string {
  const stretches = new Set(links.map(({ from, to }) => [from, to].toSorted().join(' ')));
  const count = stretches.size === 1 ? 'one stretch' : `${stretches.size} stretches`;
  if (roads === null) return `${count} of road`;
  const names = new Set<string>();
  let km = 0;
  for (let link = 0; link < roads.linkFrom.length; link++) {
    const ends = [roads.nodeIds[roads.linkFrom[link]!]!, roads.nodeIds[roads.linkTo[link]!]!].toSorted().join(' ');
    if (stretches.delete(ends)) {
      names.add(roads.names[roads.linkName[link]!] ?? '');
      km += roads.lengthKm[link]!;
    }
  }
  const named = [...names].filter((name) => name !== '').join(', ') || 'a road without a name';
  return `${count} of ${named}, ${formatQuantity(km, 'km', 3)}`;
}

/** Names of the roads a way uses, in the order driven, each once. */
export function roadNamesOf(roads: RoadsGeometryPayload, links: ArrayLike<number>): string[] {
  const names = new Set<string>();
  for (let i = 0; i < links.length; i++) {
    const name = roads.names[roads.linkName[links[i]!]!] ?? '';
    if (name !== '') names.add(name);
  }
  return [...names];
}
