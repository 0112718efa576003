/**
 * Where the buses of a feeder stand in a one-line diagram: columns by how many branches they are from the substation, the longest way straight,
 * each lateral with all that hangs on it above or below the way it leaves. No two buses share a cell, and no riser runs through a bus or across a branch.
 */
export interface FeederLayout {
  column: number[];
  /** 0 is the lane of the substation; above it negative. */
  lane: number[];
  columns: number;
  firstLane: number;
  lanes: number;
}

/** A bus with all that it feeds, by column and lane from its own; what risers cross is kept free as buses are. */
interface Block {
  buses: { bus: number; column: number; lane: number }[];
  risers: { column: number; lane: number }[];
}

/** Up to this many laterals of the main way every choice of sides is tried where ties are to be kept short. */
const mostTried = 7;

/**
 * @param parent index of the feeding bus [bus], −1 for the substation; each bus comes after the one that feeds it.
 * @param ties pairs of buses that switches may join: sides are chosen so that these stay near each other, where that can be tried out.
 */
export function layFeeder(parent: ArrayLike<number>, ties: readonly { from: number; to: number }[] = []): FeederLayout {
  const count = parent.length;
  const children: number[][] = Array.from({ length: count }, () => []);
  for (let bus = 1; bus < count; bus++) children[parent[bus]!]!.push(bus);
  const reach = new Array<number>(count).fill(0);
  for (let bus = count - 1; bus > 0; bus--) reach[parent[bus]!] = Math.max(reach[parent[bus]!]!, reach[bus]! + 1);
  const longestFirst = (bus: number): number[] => (children[bus] ?? []).toSorted((a, b) => reach[b]! - reach[a]!);

  const known = new Map<number, Block>();
  const lateralOf = (start: number): Block => {
    const block = known.get(start) ?? blockOf(start);
    known.set(start, block);
    return block;
  };
  /** @param sides of the laterals in the order they are laid, 1 below and −1 above; without, whichever is nearer */
  const blockOf = (start: number, sides: readonly number[] = []): Block => {
    let laid = 0;
    const way: number[] = [];
    for (let bus: number | undefined = start; bus !== undefined; bus = longestFirst(bus)[0]) way.push(bus);
    const block: Block = { buses: way.map((bus, column) => ({ bus, column, lane: 0 })), risers: [] };
    const taken = new Set(way.map((_, column) => cell(column, 0)));
    // From the far end back: what is there already begins beyond the riser of every lateral still to come.
    for (let column = way.length - 1; column >= 0; column--)
      for (const side of longestFirst(way[column]!).slice(1)) {
        const lateral = lateralOf(side);
        const given = sides[laid++];
        const [sign, distance] = nearestPlace(lateral, column + 1, taken, given === undefined ? [1, -1] : [given]);
        const moved = (one: { column: number; lane: number }) => ({
          column: one.column + column + 1,
          lane: sign * (one.lane + distance),
        });
        const buses = lateral.buses.map((one) => ({ bus: one.bus, ...moved(one) }));
        const risers = lateral.risers.map(moved);
        for (let step = 1; step <= distance; step++) risers.push({ column, lane: sign * step });
        for (const one of [...buses, ...risers]) taken.add(cell(one.column, one.lane));
        block.buses.push(...buses);
        block.risers.push(...risers);
      }
    return block;
  };

  const layoutOf = (sides?: readonly number[]): FeederLayout => {
    const column = new Array<number>(count).fill(0);
    const lane = new Array<number>(count).fill(0);
    for (const one of count > 0 ? blockOf(0, sides).buses : [])
      [column[one.bus], lane[one.bus]] = [one.column, one.lane];
    const firstLane = Math.min(0, ...lane);
    return {
      column,
      lane,
      columns: Math.max(0, ...column) + 1,
      firstLane,
      lanes: Math.max(0, ...lane) - firstLane + 1,
    };
  };

  const nearest = layoutOf();
  let laterals = 0;
  for (let bus: number | undefined = 0; bus !== undefined; bus = longestFirst(bus)[0])
    laterals += Math.max(0, (children[bus]?.length ?? 0) - 1);
  if (ties.length === 0 || laterals > mostTried) return nearest;
  const cost = ({ lane, lanes }: FeederLayout): number =>
    2 * lanes + ties.reduce((sum, { from, to }) => sum + Math.abs(lane[from]! - lane[to]!), 0);
  return Array.from({ length: 2 ** laterals }, (_, choice) =>
    layoutOf(Array.from({ length: laterals }, (_, at) => ((choice >> at) & 1 ? -1 : 1))),
  ).reduce((best, one) => (cost(one) < cost(best) ? one : best), nearest);
}

const cell = (column: number, lane: number): string => `${column} ${lane}`;

/** Below (1) or above (−1), turned over, and how many lanes away from its way a block is free of all that is taken. */
function nearestPlace(
  block: Block,
  column: number,
  taken: ReadonlySet<string>,
  signs: readonly number[],
): [sign: number, distance: number] {
  const cells = [...block.buses, ...block.risers];
  for (let distance = 1; ; distance++)
    for (const sign of signs)
      if (cells.every((one) => !taken.has(cell(one.column + column, sign * (one.lane + distance)))))
        return [sign, distance];
}
