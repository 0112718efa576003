/** Nodes of a network by the names of the roads that meet there. */
import type { RoadsGeometryPayload } from '../../../../src-main/contract/roads.ts';

/** [node]: names of the roads there, in alphabetical order; without a name, none. */
export function roadsAtNodes({ nodeIds, linkFrom, linkTo, linkName, names }: RoadsGeometryPayload): string[][] {
  const at = nodeIds.map(() => new Set<string>());
  for (let link = 0; link < linkFrom.length; link++) {
    const name = names[linkName[link]!] ?? '';
    if (name === '') continue;
    at[linkFrom[link]!]!.add(name);
    at[linkTo[link]!]!.add(name);
  }
  return at.map((found) => [...found].toSorted((a, b) => a.localeCompare(b)));
}

/** "Carrer Major and CG-1 (2050328135)". */
export function nodeWords(id: string, roads: readonly string[] | undefined): string {
  if (!roads || roads.length === 0) return `on a road without a name (${id})`;
  const [first, ...rest] = roads;
  return `${rest.length === 0 ? first : `${rest.join(', ')} and ${first}`} (${id})`;
}

/**
 * Nodes on roads whose name holds every word that was typed, case and accents aside: junctions of several roads first. One node at most per set of
 * roads where they do not differ otherwise would hide places, so all are listed, up to `most`.
 */
export function nodesNamed(roadsAt: readonly (readonly string[])[], typed: string, most: number): number[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const found: number[] = [];
  roadsAt.forEach((names, node) => {
    const text = plain(names.join(' '));
    if (words.every((word) => text.includes(word))) found.push(node);
  });
  return found.toSorted((a, b) => roadsAt[b]!.length - roadsAt[a]!.length || a - b).slice(0, most);
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
