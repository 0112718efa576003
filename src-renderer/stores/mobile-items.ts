/** Items of a definition of mobile storage as a form adds them: copied from another, or with nothing filled in yet. */
import type { MobileStoragePayload } from '../../src-main/contract/mobile-storage.ts';

export type MobileLists = Pick<MobileStoragePayload, 'trucks' | 'terminals' | 'grids'>;
export type MobileList = keyof MobileLists;

const singular: Record<MobileList, string> = { trucks: 'truck', terminals: 'terminal', grids: 'grid' };

/** A number that is still to be typed: nothing stands there, and that is said at its field. */
const open = null as unknown as number;

/** "truck-1" among truck-1 … truck-3 → "truck-4". */
function freeText(text: string, taken: readonly string[], joint: string): string {
  const stem = text.replace(/[-\s]*\d+$/, '');
  const numbers = taken.flatMap((one) => {
    const [, head, number] = /^(.*?)[-\s]*(\d+)$/.exec(one) ?? [];
    return head === stem ? [Number(number)] : [];
  });
  let next = Math.max(1, ...numbers) + 1;
  while (taken.includes(`${stem}${joint}${next}`)) next++;
  return `${stem}${joint}${next}`;
}

/** The same under an id and a name of its own; a terminal also needs a node of its own, so its copy has none yet. */
export function copyOf<List extends MobileList>(
  definition: MobileStoragePayload,
  list: List,
  index: number,
): MobileLists[List][number] {
  const items: readonly MobileLists[List][number][] = definition[list];
  const item = structuredClone(items[index]!);
  const fresh = {
    ...item,
    id: freeText(
      item.id,
      items.map(({ id }) => id),
      '-',
    ),
    name: freeText(
      item.name,
      items.map(({ name }) => name),
      ' ',
    ),
  };
  return list === 'terminals' ? { ...fresh, node: '' } : fresh;
}

/** One of which only what can be known is filled in. */
export function blankOf(definition: MobileStoragePayload, list: MobileList): MobileLists[MobileList][number] {
  const items: readonly { id: string; name: string }[] = definition[list];
  const word = singular[list];
  const title = `${word[0]!.toUpperCase()}${word.slice(1)}`;
  let number = items.length + 1;
  while (items.some(({ id, name }) => id === `${word}-${number}` || name === `${title} ${number}`)) number++;
  const [id, name] = [`${word}-${number}`, `${title} ${number}`];
  if (list === 'trucks') {
    const depot = definition.terminals.find(({ grid }) => grid === null) ?? definition.terminals[0];
    return {
      id,
      name,
      home: depot?.id ?? '',
      end: depot?.id ?? '',
      capacityKwh: open,
      minKwh: open,
      initialKwh: open,
      finalMinKwh: open,
      powerKw: open,
      chargeEfficiency: open,
      dischargeEfficiency: open,
      degradationPerKwh: open,
    };
  }
  if (list === 'terminals') return { id, name, node: '', grid: null, places: 1, standingPerHour: 0 };
  return {
    id,
    name,
    series: { 'load-actual': null, 'load-forecast': null, 'wind-actual': null, 'wind-forecast': null },
    loadShare: open,
    windShare: open,
    importLimitKw: open,
    importReserveKw: open,
    importReservePerKwh: open,
    importFeePerKwh: open,
    generatorKw: 0,
    generatorPerKwh: 0,
    generatorReservePerKwh: 0,
    generatorRampKwPerHour: null,
    curtailPerKwh: 0,
    unservedPerKwh: open,
    dumpPerKwh: 0,
    emergencyReservePerKwh: open,
    activityFee: 0,
    ...(definition.grids.some(({ rentMenuPerKwh }) => rentMenuPerKwh !== undefined)
      ? { rentMenuPerKwh: [] }
      : { rentCapPerKwh: open }),
  };
}

/** A first definition: one of each, the rules as they are usually set, all that only the operator knows still open. */
export function blankDefinition(): MobileStoragePayload {
  const empty: MobileStoragePayload = {
    ownership: 'rented',
    siteGrid: null,
    slotMinutes: 60,
    epsilon: 0.05,
    margin: 'unimodal-symmetric',
    arrivalConfidence: 0.95,
    ties: 'optimistic',
    roads: {
      networkId: null,
      forbiddenClasses: [],
      closedLinks: [],
      peakFlowRatio: 0.8,
      hourlyFlow: null,
      lateShare: 0.3,
    },
    travel: { wagePerHour: open, roadPerKm: open, energyKwhPerKm: open, energyPerKwh: open, energyFrom: 'battery' },
    terminals: [],
    trucks: [],
    grids: [],
  };
  const grids = [blankOf(empty, 'grids')] as MobileStoragePayload['grids'];
  const [depot, station] = ['Depot', 'Station'].map((name) => ({
    ...(blankOf(empty, 'terminals') as MobileStoragePayload['terminals'][number]),
    id: name.toLowerCase(),
    name,
  })) as [MobileStoragePayload['terminals'][number], MobileStoragePayload['terminals'][number]];
  const placed = { ...empty, grids, terminals: [depot, { ...station, grid: grids[0]!.id }] };
  return { ...placed, trucks: [blankOf(placed, 'trucks')] as MobileStoragePayload['trucks'] };
}

/** Another id for an item, and for all that names it. */
export function renamed(definition: MobileStoragePayload, list: MobileList, index: number, id: string) {
  const before = definition[list][index]?.id;
  const items = (definition[list] as { id: string }[]).map((item, at) => (at === index ? { ...item, id } : item));
  const next = { ...definition, [list]: items } as MobileStoragePayload;
  // An id two items share, or none, says nothing about which of them is meant.
  if (before === undefined || before === '' || definition[list].filter((one) => one.id === before).length !== 1)
    return next;
  const of = <Id extends string | null | undefined>(named: Id): Id => (named === before ? (id as Id) : named);
  if (list === 'terminals')
    return { ...next, trucks: next.trucks.map((truck) => ({ ...truck, home: of(truck.home), end: of(truck.end) })) };
  if (list === 'grids')
    return {
      ...next,
      ...(next.siteGrid === undefined ? {} : { siteGrid: of(next.siteGrid) }),
      terminals: next.terminals.map((terminal) => ({ ...terminal, grid: of(terminal.grid) })),
    };
  return next;
}

/** All grids with a cap on rents, or all with a menu: the one made from the other as far as it can be. */
export function withRents(definition: MobileStoragePayload, form: 'cap' | 'menu'): MobileStoragePayload {
  const grids = definition.grids.map(({ rentCapPerKwh, rentMenuPerKwh, ...grid }) => {
    if (form === 'cap')
      return {
        ...grid,
        rentCapPerKwh: rentCapPerKwh ?? (rentMenuPerKwh?.length ? Math.max(...rentMenuPerKwh) : open),
      };
    const steps = [0.25, 0.5, 0.75, 1].map((share) => Number(((rentCapPerKwh ?? 0) * share).toPrecision(6)));
    return { ...grid, rentMenuPerKwh: rentMenuPerKwh ?? (rentCapPerKwh ? steps : []) };
  });
  return { ...definition, grids };
}
