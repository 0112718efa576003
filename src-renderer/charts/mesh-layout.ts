/**
 * Where the buses of a meshed network are drawn, as parts of width and height. By their own places where every bus has one, y upwards; else on a
 * circle, in the order in which they are met from the first bus with the fewest ways on tried first, so that loops lie along it.
 */
import type { MeshShape } from './mesh-data.ts';

export interface MeshLayout {
  /** 0 … 1 from the left, and from the top. */
  across: number[];
  down: number[];
}

export function layMesh(shape: Pick<MeshShape, 'buses' | 'x' | 'y' | 'lines'>): MeshLayout {
  const placed = [...shape.x, ...shape.y].every(Number.isFinite);
  return placed ? byPlaces([...shape.x], [...shape.y]) : onCircle(shape);
}

function byPlaces(x: readonly number[], y: readonly number[]): MeshLayout {
  const part = (value: number, from: number, to: number): number =>
    to === from ? 0.5 : Math.abs((value - from) / (to - from));
  return {
    across: x.map((value) => part(value, Math.min(...x), Math.max(...x))),
    down: y.map((value) => part(value, Math.max(...y), Math.min(...y))),
  };
}

function onCircle({ buses, lines }: Pick<MeshShape, 'buses' | 'lines'>): MeshLayout {
  const beside = buses.map((_, bus) =>
    [...new Set(lines.flatMap(({ from, to }) => (from === bus ? [to] : to === bus ? [from] : [])))].filter(
      (other) => other !== bus,
    ),
  );
  const order: number[] = [];
  const met = new Set<number>();
  const waiting = [0];
  while (waiting.length > 0) {
    const bus = waiting.pop()!;
    if (met.has(bus)) continue;
    met.add(bus);
    order.push(bus);
    waiting.push(
      ...beside[bus]!.filter((other) => !met.has(other)).sort((a, b) => beside[b]!.length - beside[a]!.length),
    );
  }
  buses.forEach((_, bus) => void (met.has(bus) || order.push(bus)));
  const across = buses.map(() => 0.5);
  const down = buses.map(() => 0.5);
  order.forEach((bus, at) => {
    // The first bus stands at the left.
    const angle = Math.PI + (2 * Math.PI * at) / order.length;
    across[bus] = 0.5 + 0.5 * Math.cos(angle);
    down[bus] = 0.5 + 0.5 * Math.sin(angle);
  });
  return { across, down };
}
