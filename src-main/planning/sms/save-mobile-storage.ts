/** Takes a definition of mobile storage in, after trying it on the roads: every terminal can be reached, every truck gets home. */
import { Refusal } from '../../base/errors.ts';
import { closeTerminals } from '../../models/sms/roads/close-terminals.ts';
import { gridFeeders } from './grid-feeder.ts';
import type { RoadsRecord } from './mobile-ports.ts';
import { roadsOf } from './mobile-tools.ts';
import type { MobileStorage } from './mobile-storage.ts';
import type { Store } from '../ports.ts';
import { operatorOf, siteOf } from '../tools.ts';
import { roadPlan } from './travel.ts';

/**
 * @returns what is worth knowing though it is allowed.
 * @throws Refusal `bad-mobile-storage` naming the field; `no-roads`, `not-found`, `no-site`, `routes-impossible`, `bad-feeder`
 */
export async function saveMobileStorage(store: Store, storage: MobileStorage): Promise<{ notes: string[] }> {
  siteOf(store);
  const roads = roadsOf(store, storage);
  requireOnRoads(storage, roads);
  gridFeeders(store, storage);
  await store.whenWritable();
  store.saveMobileStorage(storage, operatorOf(store));
  return { notes: notesOf(storage) };
}

/** When a definition was last saved; null for never. */
export const mobileStorageSavedMs = (store: Pick<Store, 'lastActMs'>): number | null =>
  store.lastActMs('mobile-storage.save');

/** @throws Refusal `bad-mobile-storage`, `routes-impossible` */
export function requireOnRoads(storage: MobileStorage, roads: RoadsRecord): void {
  const refuse = (path: string, problem: string): never => {
    throw new Refusal('bad-mobile-storage', { path, problem });
  };
  const nodes = new Set(roads.network.nodes.map(({ id }) => id));
  storage.terminals.forEach(({ node }, at) => {
    if (!nodes.has(node)) refuse(`terminals[${at}].node`, `names node ${node}, which ${roads.name} does not have`);
  });
  const openRoad = 'open a road that is closed to trucks';
  const remedy = `move it to another node, or ${openRoad}`;
  const minutesPerDay = 1440;
  const horizon = { slots: 1, slotMinutes: storage.slotMinutes };
  const { graph, times, wish } = roadPlan({ storage, roads, horizon, closedLinks: [] });
  const { trips } = closeTerminals(graph, times, wish);
  const minutes = (from: number, to: number): number => (from === to ? 0 : (trips[from]![to]![0]?.minutes ?? Infinity));
  const all = storage.terminals.map((_, at) => at);
  // Cut off from all others: named as itself, not as the first pair it makes impossible.
  for (const at of all) {
    const others = all.filter((other) => other !== at);
    if (others.length > 0 && others.every((other) => minutes(other, at) === Infinity))
      refuse(
        `terminals[${at}].node`,
        `(${storage.terminals[at]!.name}) cannot be reached from any other terminal: ${remedy}`,
      );
    if (others.length > 0 && others.every((other) => minutes(at, other) === Infinity))
      refuse(
        `terminals[${at}].node`,
        `(${storage.terminals[at]!.name}) cannot be left for any other terminal: ${remedy}`,
      );
  }
  const place = (id: string): number => storage.terminals.findIndex((terminal) => terminal.id === id);
  storage.trucks.forEach((truck, k) => {
    const needed = minutes(place(truck.home), place(truck.end));
    if (needed > minutesPerDay)
      refuse(
        `trucks[${k}].end`,
        `"${truck.end}" cannot be reached from "${truck.home}" within a day: the truck cannot get home, so let it end nearer or ${openRoad}`,
      );
  });
  if (storage.travel.energyFrom === 'battery')
    storage.trucks.forEach((truck, k) => {
      const [from, to] = [place(truck.home), place(truck.end)];
      const perKm = truck.energyKwhPerKm ?? storage.travel.energyKwhPerKm;
      const neededKwh = from === to ? 0 : (trips[from]![to]![0]?.lengthKm ?? 0) * perKm;
      const spareKwh = truck.initialKwh - Math.max(truck.minKwh, truck.finalMinKwh);
      if (neededKwh > spareKwh)
        refuse(
          `trucks[${k}].initialKwh`,
          `leaves ${spareKwh.toFixed(0)} kWh for driving, but from "${truck.home}" to "${truck.end}" it takes ` +
            `${neededKwh.toFixed(0)}: the truck cannot get home on its charge, so raise initialKwh, lower finalMinKwh or let it end nearer`,
        );
    });
  for (const from of all)
    for (const to of all)
      if (minutes(from, to) === Infinity)
        refuse(
          `terminals[${to}].node`,
          `(${storage.terminals[to]!.name}) cannot be reached from ${storage.terminals[from]!.name}: ${remedy}`,
        );
}

function notesOf({ trucks, grids, travel }: MobileStorage): string[] {
  return [
    ...trucks
      .filter(
        ({ initialKwh, minKwh, finalMinKwh }) =>
          travel.energyFrom === 'battery' && initialKwh <= Math.max(minKwh, finalMinKwh),
      )
      .map(({ name }) => `${name} begins the day with no energy for driving, so it stays where it is.`),
    ...trucks
      .filter(({ finalMinKwh, initialKwh }) => finalMinKwh > initialKwh)
      .map(({ name }) => `${name} must end the day fuller than it begins, so somebody must charge it.`),
    ...grids
      .filter(({ windShare }) => windShare === 0)
      .map(({ name }) => `${name} has no wind and keeps no reserve for it.`),
  ];
}
