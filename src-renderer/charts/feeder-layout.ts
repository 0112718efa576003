/**
 * Where the buses of a feeder stand in a one-line diagram: columns by how many branches they are from the substation, the longest way straight,
 * laterals on the nearest free lane beside the bus they leave. No two buses share a cell, and where it can be had no riser runs through a bus.
 */
export interface FeederLayout {
  column: number[];
  /** 0 is the lane of the substation; above it negative. */
  lane: number[];
  columns: number;
  firstLane: number;
  lanes: number;
}

/** @param parent index of the feeding bus [bus], −1 for the substation; each bus comes after the one that feeds it. */
export function layFeeder(parent: ArrayLike<number>): FeederLayout {
  const count = parent.length;
  const children: number[][] = Array.from({ length: count }, () => []);
  for (let bus = 1; bus < count; bus++) children[parent[bus]!]!.push(bus);
  const reach = new Array<number>(count).fill(0);
  for (let bus = count - 1; bus > 0; bus--) reach[parent[bus]!] = Math.max(reach[parent[bus]!]!, reach[bus]! + 1);

  const column = new Array<number>(count).fill(0);
  const lane = new Array<number>(count).fill(0);
  const taken = new Set<number>();
  const cell = (at: number, of: number): number => of * (count + 1) + at;
  const longestFirst = (bus: number): number[] => children[bus]!.toSorted((a, b) => reach[b]! - reach[a]!);

  /** The whole straight way from a bus on is taken before anything leaves it. */
  const layWay = (start: number, onLane: number): void => {
    const way: number[] = [];
    for (let bus: number | undefined = start; bus !== undefined; bus = longestFirst(bus)[0]) {
      column[bus] = bus === 0 ? 0 : column[parent[bus]!]! + 1;
      lane[bus] = onLane;
      taken.add(cell(column[bus]!, onLane));
      way.push(bus);
    }
    const sides = way.flatMap((bus) => longestFirst(bus).slice(1));
    // Long laterals choose first: the short ones fit around them.
    for (const side of sides.sort((a, b) => reach[b]! - reach[a]!)) {
      const bus = parent[side]!;
      const free = freeLane(bus, side);
      for (let step = Math.min(onLane, free); step <= Math.max(onLane, free); step++)
        taken.add(cell(column[bus]!, step));
      layWay(side, free);
    }
  };
  /** The nearest lane whose way is free and whose riser runs through no bus; where every riser would, the nearest free way. */
  const freeLane = (from: number, side: number): number => {
    const own = lane[from]!;
    const isFree = (onLane: number): boolean => {
      for (let at = column[from]! + 1; at <= column[from]! + 1 + reach[side]!; at++)
        if (taken.has(cell(at, onLane))) return false;
      return true;
    };
    const isClear = (onLane: number): boolean => {
      const step = Math.sign(onLane - own);
      for (let between = own + step; between !== onLane + step; between += step)
        if (taken.has(cell(column[from]!, between))) return false;
      return true;
    };
    let free: number | null = null;
    for (let distance = 1; distance <= count; distance++)
      for (const onLane of [own + distance, own - distance]) {
        if (!isFree(onLane)) continue;
        if (isClear(onLane)) return onLane;
        free ??= onLane;
      }
    return free!;
  };
  if (count > 0) layWay(0, 0);
  const firstLane = Math.min(0, ...lane);
  return {
    column,
    lane,
    columns: Math.max(0, ...column) + 1,
    firstLane,
    lanes: Math.max(0, ...lane) - firstLane + 1,
  };
}
