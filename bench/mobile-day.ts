/** Made-up days of shared mobile storage for the benchmarks: a synthetic town, load and wind by the hour, trucks that begin and end empty. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../src-main/base/random.ts';
import type { Feeder, SmsGrid, SmsProblem } from '../src-main/models/sms/problem.ts';
import { blockedArcs, noLimits } from '../src-main/models/sms/roads/blocked-arcs.ts';
import { closeTerminals } from '../src-main/models/sms/roads/close-terminals.ts';
import { congestedTimes, freeFlow } from '../src-main/models/sms/roads/link-times.ts';
import { buildRoadGraph } from '../src-main/models/sms/roads/road-graph.ts';
import { syntheticNetwork } from '../src-main/models/sms/roads/synthetic-network.ts';
import { travelTables } from '../src-main/models/sms/roads/travel-tables.ts';
import { fileSource } from '../src-main/hosts/file-source.ts';
import { joinRoads } from '../src-main/telemetry/roads/join-roads.ts';
import { readRoadLinks } from '../src-main/telemetry/roads/read-road-links.ts';
import { readRoadNodes } from '../src-main/telemetry/roads/read-road-nodes.ts';
import { guessLinkMapping, guessNodeMapping } from '../src-main/telemetry/roads/road-mapping.ts';
import type { RoadNetwork } from '../src-main/telemetry/roads/road-network.ts';

export interface MobileDayWish {
  grids: number;
  trucks: number;
  stationsPerGrid: number;
  slots: number;
  seed: number;
  feeder: Feeder | null;
  prices: { kind: 'cap'; usdPerMwh: number } | { kind: 'menu'; usdPerMwh: number[] };
  activityFeeUsd: number;
  /** In place of the synthetic town. */
  roads?: RoadNetwork;
}

const depots = 2;

export function mobileDay(wish: MobileDayWish): SmsProblem {
  const { grids: count, slots, prices } = wish;
  const random = seededRandom(wish.seed);
  const slotHours = 24 / slots;
  const grids = Array.from({ length: count }, (_, g) => gridOf(wish, g, random));
  const town = wish.roads ?? syntheticNetwork(wish.seed);
  const graph = buildRoadGraph(town.nodes, town.links);
  const places = depots + count * wish.stationsPerGrid;
  const nodes = town.nodes.map(({ id }) => ({ id, at: random.uniform() })).sort((a, b) => a.at - b.at);
  const closure = closeTerminals(graph, congestedTimes(graph, freeFlow), {
    terminals: nodes.slice(0, places).map(({ id }) => id),
    slots,
    slotMinutes: slotHours * 60,
    firstMinute: 0,
    costs: { wageUsdPerHour: 25, roadUsdPerKm: 0.4, energyKwhPerKm: 0 },
    blocked: blockedArcs(graph, noLimits),
  });
  const { travelSlots, travelCostUsd } = travelTables(closure);
  const perPlace = <Value>(value: Value): Value[][] => grids.map(() => new Array<Value>(slots).fill(value));
  return {
    name: `${count} grids, ${wish.trucks} trucks, ${places} terminals, ${slots} slots`,
    slots,
    slotHours,
    grids,
    terminals: Array.from({ length: places }, (_, i) =>
      i < depots
        ? { id: `depot ${i}`, kind: 'depot' }
        : { id: `station ${i}`, kind: 'station', grid: (i - depots) % count, truckCapacity: 2 },
    ),
    travelSlots,
    travelCostUsd,
    holdCostUsdPerSlot: Array.from({ length: places }, (_, i) => (i < depots ? 0 : 0.5 * slotHours)),
    trucks: Array.from({ length: wish.trucks }, (_, k) => ({
      id: `truck ${k}`,
      start: k % depots,
      end: k % depots,
      capacityMwh: k % 2 === 0 ? 1.5 : 2,
      minMwh: 0.2,
      initialMwh: 0.2,
      finalMinMwh: 0.2,
      powerMw: k % 2 === 0 ? 0.5 : 0.6,
      chargeEfficiency: 0.95,
      dischargeEfficiency: 0.95,
      degradationUsdPerMwh: 3,
    })),
    ...(prices.kind === 'cap'
      ? { priceMenuUsdPerMwh: [], priceCapUsdPerMwh: perPlace(prices.usdPerMwh) }
      : { priceMenuUsdPerMwh: perPlace(prices.usdPerMwh) }),
    ties: 'optimistic',
  };
}

function gridOf(
  { slots, feeder, activityFeeUsd }: MobileDayWish,
  g: number,
  random: { uniform: () => number },
): SmsGrid {
  const series = (of: (day: number) => number, noise: number): number[] =>
    Array.from({ length: slots }, (_, slot) =>
      Math.max(0, of((2 * Math.PI * slot) / slots) + noise * random.uniform()),
    );
  return {
    id: `grid ${g}`,
    ...(feeder ? { feeder } : {}),
    loadMw: series((day) => 2.7 + 0.7 * Math.sin(day - 2 - 0.3 * g), 0.3),
    windMw: series((day) => (g % 2 === 0 ? 2.4 : 1.2) + 2 * Math.sin(day + 2 * g), 0.8),
    importUsdPerMwh: series((day) => 60 + 25 * Math.sin(2 * day - 1) + 5 * g, 10),
    importCapMw: 3,
    importReserveCapMw: 1,
    importReserveUsdPerMw: 5,
    generatorCapMw: 2,
    generatorUsdPerMwh: 110 + 10 * g,
    generatorReserveUsdPerMw: 8,
    generatorRampMw: null,
    curtailUsdPerMwh: 15,
    unservedUsdPerMwh: 300,
    dumpUsdPerMwh: 200,
    emergencyReserveUsdPerMw: 60,
    downsideMarginMw: series(() => 0.2, 0.3),
    activityFeeUsd,
  };
}

const dataFile = (name: string): string => fileURLToPath(new URL(`../../shared/data/${name}`, import.meta.url));

/** The test network of Sioux Falls (24 nodes, 76 links); null where its data is not at hand. */
export async function siouxFalls(): Promise<RoadNetwork | null> {
  const [nodesFile, linksFile] = ['nodes', 'links'].map((part) => dataFile(`transport/siouxfalls_${part}.csv`));
  if (!existsSync(nodesFile!) || !existsSync(linksFile!)) return null;
  const header = readFileSync(linksFile!, 'utf8').split(/\r?\n/, 1)[0]!.split(',');
  const links = await readRoadLinks(await fileSource(linksFile!), guessLinkMapping(header).mapping);
  const nodes = await readRoadNodes(await fileSource(nodesFile!), guessNodeMapping(['node', 'lon', 'lat']));
  return joinRoads('Sioux Falls', nodes, links);
}

/** The 33-bus feeder of Baran and Wu (1989) with wind and trucks at the ends of two laterals; null where its data is not at hand. */
export function ieee33(): Feeder | null {
  const path = (name: string): string => dataFile(`feeder/${name}.csv`);
  if (!existsSync(path('ieee33_bus'))) return null;
  const rows = (name: string): number[][] =>
    readFileSync(path(name), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',').map(Number));
  const buses = rows('ieee33_bus');
  const totalKw = buses.reduce((sum, row) => sum + row[2]!, 0);
  return {
    baseKv: buses[0]![4]!,
    buses: buses.map(([id, , kw, kvar]) => ({
      id: String(id),
      loadShare: kw! / totalKw,
      windShare: id === 22 || id === 33 ? 0.5 : 0,
      mvarPerMw: kw! > 0 ? kvar! / kw! : 0,
    })),
    lines: rows('ieee33_branch')
      .filter((row) => row[5] === 1)
      .map(([from, to, rOhm, xOhm]) => ({ from: from! - 1, to: to! - 1, rOhm: rOhm!, xOhm: xOhm!, limitMw: 4 })),
    minPu: 0.94,
    maxPu: 1.05,
    rootPu: 1,
    truckBus: 24,
    generatorBus: 17,
  };
}
