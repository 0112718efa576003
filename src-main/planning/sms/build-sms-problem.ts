/** The pricing and routing problem of a day from mobile storage, forecasts, prices and roads: kW to MW, and per kWh to per MWh. */
import type { Horizon } from '../../base/horizon.ts';
import type { Feeder, ReserveSharing, SmsGrid, SmsProblem, Terminal, Ties } from '../../models/sms/problem.ts';
import type { TravelTables } from '../../models/sms/roads/travel-tables.ts';
import { busIndex } from './grid-feeder.ts';
import type { MobileGrid, MobileStorage } from './mobile-storage.ts';
import type { GridForecast } from './wind-margins.ts';

const perMega = 1000;
const toMw = (kw: number): number => kw / perMega;
const perMwh = (perKwh: number): number => perKwh * perMega;

export interface SmsParts {
  storage: MobileStorage;
  horizon: Horizon;
  forecasts: readonly GridForecast[];
  /** Market price [slot]. */
  marketPerKwh: readonly number[];
  tables: TravelTables;
  ties: Ties;
  /** Null: each grid answers its own wind. */
  sharing: ReserveSharing | null;
  /** [grid]; null, or none at all: one bus. */
  feeders?: readonly (Feeder | null)[];
}

export function buildSmsProblem({
  storage,
  horizon,
  forecasts,
  marketPerKwh,
  tables,
  ties,
  sharing,
  feeders = [],
}: SmsParts): SmsProblem {
  const { terminals, trucks, grids } = storage;
  const slotHours = horizon.slotMinutes / 60;
  const place = (id: string): number => terminals.findIndex((terminal) => terminal.id === id);
  return {
    name: `Mobile storage, ${horizon.day}`,
    slots: horizon.slots,
    slotHours,
    grids: grids.map((grid, g) => {
      const feeder = feeders[g] ?? null;
      return { ...smsGrid(grid, forecasts[g]!, marketPerKwh, slotHours), ...(feeder === null ? {} : { feeder }) };
    }),
    terminals: terminals.map((terminal) => stationOf(storage, terminal, feeders)),
    travelSlots: tables.travelSlots,
    travelCostUsd: tables.travelCostUsd,
    ...(storage.travel.energyFrom === 'battery' ? { travelEnergyMwh: tables.travelEnergyMwh } : {}),
    ...(sharing === null ? {} : { reserveSharing: sharing }),
    holdCostUsdPerSlot: terminals.map(({ standingPerHour }) => standingPerHour * slotHours),
    trucks: trucks.map((truck) => ({
      id: truck.id,
      start: place(truck.home),
      end: place(truck.end),
      capacityMwh: toMw(truck.capacityKwh),
      minMwh: toMw(truck.minKwh),
      initialMwh: toMw(truck.initialKwh),
      finalMinMwh: toMw(truck.finalMinKwh),
      powerMw: toMw(truck.powerKw),
      chargeEfficiency: truck.chargeEfficiency,
      dischargeEfficiency: truck.dischargeEfficiency,
      degradationUsdPerMwh: perMwh(truck.degradationPerKwh),
      ...(truck.energyKwhPerKm === undefined
        ? {}
        : { drivingFactor: truck.energyKwhPerKm / storage.travel.energyKwhPerKm }),
    })),
    ...pricesOf(grids, horizon.slots),
    ties,
  };
}

function stationOf(
  { grids }: MobileStorage,
  { id, grid: gridId, places, bus }: MobileStorage['terminals'][number],
  feeders: readonly (Feeder | null)[],
): Terminal {
  if (gridId === null) return { id, kind: 'depot' };
  const grid = grids.findIndex((other) => other.id === gridId);
  const feeder = feeders[grid] ?? null;
  const own = feeder === null || bus === undefined ? {} : { bus: busIndex(feeder, bus) };
  return { id, kind: 'station', grid, truckCapacity: places, ...own };
}

/** A definition has a menu for every grid, or a cap for every grid. */
function pricesOf(
  grids: readonly MobileGrid[],
  slots: number,
): Pick<SmsProblem, 'priceMenuUsdPerMwh' | 'priceCapUsdPerMwh'> {
  const everySlot = <Value>(value: Value): Value[] => new Array<Value>(slots).fill(value);
  const caps = grids.flatMap(({ rentCapPerKwh: cap }) => (cap === undefined ? [] : [everySlot(perMwh(cap))]));
  if (caps.length === grids.length) return { priceMenuUsdPerMwh: [], priceCapUsdPerMwh: caps };
  return { priceMenuUsdPerMwh: grids.map(({ rentMenuPerKwh: menu }) => everySlot((menu ?? []).map(perMwh))) };
}

function smsGrid(
  grid: MobileGrid,
  forecast: GridForecast,
  marketPerKwh: readonly number[],
  slotHours: number,
): SmsGrid {
  return {
    id: grid.id,
    loadMw: forecast.loadKw.map(toMw),
    windMw: forecast.windKw.map(toMw),
    importUsdPerMwh: marketPerKwh.map((price) => perMwh(price + grid.importFeePerKwh)),
    importCapMw: toMw(grid.importLimitKw),
    importReserveCapMw: toMw(grid.importReserveKw),
    importReserveUsdPerMw: perMwh(grid.importReservePerKwh),
    generatorCapMw: toMw(grid.generatorKw),
    generatorUsdPerMwh: perMwh(grid.generatorPerKwh),
    generatorReserveUsdPerMw: perMwh(grid.generatorReservePerKwh),
    generatorRampMw: grid.generatorRampKwPerHour === null ? null : toMw(grid.generatorRampKwPerHour * slotHours),
    curtailUsdPerMwh: perMwh(grid.curtailPerKwh),
    unservedUsdPerMwh: perMwh(grid.unservedPerKwh),
    dumpUsdPerMwh: perMwh(grid.dumpPerKwh),
    emergencyReserveUsdPerMw: perMwh(grid.emergencyReservePerKwh),
    downsideMarginMw: forecast.marginKw.map(toMw),
    activityFeeUsd: grid.activityFee,
  };
}
