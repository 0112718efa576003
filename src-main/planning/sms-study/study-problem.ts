/**
 * The family of instances the study is made on: a day of two of the defined grids on the defined roads, with two equal trucks. Any rent
 * may be asked up to what unserved energy costs, nothing is paid per slot and trucks begin and end at their least energy, so that answers can be proven close to the best;
 * driving costs, but takes nothing from the batteries.
 * Hours are averaged to blocks.
 */
import type { SmsGrid, SmsProblem } from '../../models/sms/problem.ts';
import type { MobileStorage } from '../sms/mobile-storage.ts';

/** The highest rent that the definition lets the owner ask of any grid, per kWh. */
export const highestRent = ({ grids }: MobileStorage): number =>
  Math.max(...grids.map(({ rentCapPerKwh, rentMenuPerKwh }) => rentCapPerKwh ?? Math.max(...(rentMenuPerKwh ?? [0]))));

/** The grids with the least and the most wind for their load, and one truck per grid, all as the first of the definition. */
export function studyStorage(definition: MobileStorage): MobileStorage {
  const byWind = definition.grids.toSorted((a, b) => a.windShare / a.loadShare - b.windShare / b.loadShare);
  const kept = new Set([byWind[0]!.id, byWind.at(-1)!.id]);
  const grids = definition.grids.filter(({ id }) => kept.has(id));
  const model = definition.trucks[0]!;
  const isNeeded = ({ id, grid }: MobileStorage['terminals'][number]): boolean =>
    id === model.home || (grid !== null && kept.has(grid));
  const terminals = definition.terminals
    .filter(isNeeded)
    .map((terminal) => (terminal.grid === null || kept.has(terminal.grid) ? terminal : { ...terminal, grid: null }));
  const storage = { ...definition, grids, terminals };
  return {
    ...storage,
    slotMinutes: 60,
    ties: 'optimistic',
    travel: { ...storage.travel, energyFrom: 'elsewhere' },
    trucks: storage.grids.map((_, g) => ({
      ...model,
      id: `truck-${g + 1}`,
      name: `Truck ${g + 1}`,
      end: model.home,
      initialKwh: model.minKwh,
      finalMinKwh: model.minKwh,
    })),
    grids: storage.grids.map(({ rentMenuPerKwh: _, ...grid }) => ({
      ...grid,
      activityFee: 0,
      generatorRampKwPerHour: null,
      rentCapPerKwh: grid.unservedPerKwh,
    })),
  };
}

/** Means over blocks of `factor` slots; a trip takes whole blocks from the start of the one it leaves in. */
export function inBlocks(problem: SmsProblem, factor: number): SmsProblem {
  const slots = problem.slots / factor;
  if (!Number.isInteger(slots)) throw new Error(`${problem.slots} slots are no whole number of blocks of ${factor}`);
  const means = (values: readonly number[]): number[] =>
    Array.from({ length: slots }, (_, b) => {
      const block = values.slice(b * factor, (b + 1) * factor);
      return block.reduce((sum, value) => sum + value, 0) / factor;
    });
  const firsts = <Value>(values: readonly Value[]): Value[] =>
    Array.from({ length: slots }, (_, b) => values[b * factor]!);
  const grid = (own: SmsGrid): SmsGrid => ({
    ...own,
    loadMw: means(own.loadMw),
    windMw: means(own.windMw),
    importUsdPerMwh: means(own.importUsdPerMwh),
    downsideMarginMw: means(own.downsideMarginMw),
  });
  const blocks = (trip: number | null, from: number, to: number): number | null =>
    from === to || trip === null ? trip : Math.max(1, Math.ceil(trip / factor - 1e-9));
  return {
    ...problem,
    slots,
    slotHours: problem.slotHours * factor,
    grids: problem.grids.map(grid),
    travelSlots: problem.travelSlots.map((row, from) =>
      row.map((trips, to) => firsts(trips).map((trip) => blocks(trip, from, to))),
    ),
    travelCostUsd: problem.travelCostUsd.map((row) => row.map(firsts)),
    ...(problem.travelEnergyMwh ? { travelEnergyMwh: problem.travelEnergyMwh.map((row) => row.map(firsts)) } : {}),
    holdCostUsdPerSlot: problem.holdCostUsdPerSlot.map((usd) => usd * factor),
    priceMenuUsdPerMwh: problem.priceMenuUsdPerMwh.map(firsts),
    ...(problem.priceCapUsdPerMwh ? { priceCapUsdPerMwh: problem.priceCapUsdPerMwh.map(means) } : {}),
  };
}

/** Truck k works for grid k alone. */
export function oneFleetPerGrid(problem: SmsProblem): SmsProblem {
  const trucks = problem.trucks.map((truck, k) => {
    const terminals = problem.terminals.flatMap((terminal, at) =>
      terminal.kind === 'station' && terminal.grid !== k ? [at] : [],
    );
    const rule = { kind: 'never' as const, terminals, fromSlot: 0, untilSlot: problem.slots };
    return { ...truck, places: [...(truck.places ?? []), rule] };
  });
  return { ...problem, trucks };
}

/** @param marginMw [grid][slot] */
export const withMargins = (problem: SmsProblem, marginMw: readonly number[][]): SmsProblem => ({
  ...problem,
  grids: problem.grids.map((grid, g) => ({ ...grid, downsideMarginMw: [...marginMw[g]!] })),
});
