/**
 * The file format of a case of shared mobile storage: one instance with `queries`, as in docs/method/sms.md, "Case
 * files"; fields that are not named there are ignored.
 */
import { CaseFields, type CaseRecord } from '../case-fields.ts';
import type { Feeder, SmsGrid, SmsProblem, Terminal, Ties, Truck } from './problem.ts';
import { requireValidSms } from './require-valid.ts';

export interface SmsCase {
  name: string;
  /** One complete problem per query, in the order of the file. */
  problems: SmsProblem[];
}

/** @throws Refusal `case-bad` naming the field. */
export function readSmsCase(json: unknown): SmsCase {
  const fields = new CaseFields(json, 'sms');
  const { file: name, whole } = fields;
  const number = (value: unknown, path: string): number => fields.number(value, path);
  const numberOrNull = (value: unknown, path: string): number | null => (value === null ? null : number(value, path));
  const table = <Value>(read: (value: unknown, path: string) => Value, field: string): Value[][][] =>
    fields.list(whole[field], field, (rows, path) =>
      fields.list(rows, path, (row, at) => fields.list(row, at, (value, place) => read(value, place))),
    );

  const readFeeder = (value: unknown, path: string): Feeder => {
    const feeder = fields.record(value, path);
    const one = (field: string): number => fields.field(feeder, path, field);
    const items = <Item>(field: string, read: (item: CaseRecord, at: string) => Item): Item[] =>
      fields.list(feeder[field], `${path}.${field}`, (item, at) => read(fields.record(item, at), at));
    return {
      baseKv: one('baseKv'),
      buses: items('buses', (bus, at) => ({
        id: fields.text(bus['id'], `${at}.id`),
        loadShare: fields.field(bus, at, 'loadShare'),
        windShare: fields.field(bus, at, 'windShare'),
        mvarPerMw: fields.field(bus, at, 'mvarPerMw'),
      })),
      lines: items('lines', (line, at) => ({
        from: fields.field(line, at, 'from'),
        to: fields.field(line, at, 'to'),
        rOhm: fields.field(line, at, 'rOhm'),
        xOhm: fields.field(line, at, 'xOhm'),
        limitMw: numberOrNull(line['limitMw'] ?? null, `${at}.limitMw`),
      })),
      minPu: one('minPu'),
      maxPu: one('maxPu'),
      rootPu: one('rootPu'),
      truckBus: one('truckBus'),
      generatorBus: one('generatorBus'),
    };
  };
  const readGrid = (value: unknown, path: string): SmsGrid => {
    const grid = fields.record(value, path);
    const one = (field: string): number => fields.field(grid, path, field);
    const series = (field: string): number[] => fields.numbers(grid[field], `${path}.${field}`);
    return {
      id: fields.text(grid['id'], `${path}.id`),
      loadMw: series('loadMw'),
      windMw: series('windMw'),
      importUsdPerMwh: series('importUsdPerMwh'),
      importCapMw: one('importCapMw'),
      importReserveCapMw: one('importReserveCapMw'),
      importReserveUsdPerMw: one('importReserveUsdPerMw'),
      generatorCapMw: one('generatorCapMw'),
      generatorUsdPerMwh: one('generatorUsdPerMwh'),
      generatorReserveUsdPerMw: one('generatorReserveUsdPerMw'),
      generatorRampMw: numberOrNull(grid['generatorRampMw'] ?? null, `${path}.generatorRampMw`),
      curtailUsdPerMwh: one('curtailUsdPerMwh'),
      unservedUsdPerMwh: one('unservedUsdPerMwh'),
      dumpUsdPerMwh: one('dumpUsdPerMwh'),
      emergencyReserveUsdPerMw: one('emergencyReserveUsdPerMw'),
      downsideMarginMw: series('downsideMarginMw'),
      activityFeeUsd: one('activityFeeUsd'),
      ...(grid['feeder'] === undefined ? {} : { feeder: readFeeder(grid['feeder'], `${path}.feeder`) }),
    };
  };
  const readTerminal = (value: unknown, path: string): Terminal => {
    const terminal = fields.record(value, path);
    const id = fields.text(terminal['id'], `${path}.id`);
    if (terminal['kind'] === 'depot') return { id, kind: 'depot' };
    if (terminal['kind'] !== 'station') fields.refuse(`${path}.kind is neither "depot" nor "station"`);
    const one = (field: string): number => fields.field(terminal, path, field);
    const station = { id, kind: 'station' as const, grid: one('grid'), truckCapacity: one('truckCapacity') };
    return terminal['bus'] === undefined ? station : { ...station, bus: one('bus') };
  };
  const readTruck = (value: unknown, path: string): Truck => {
    const truck = fields.record(value, path);
    const one = (field: string): number => fields.field(truck, path, field);
    return {
      id: fields.text(truck['id'], `${path}.id`),
      start: one('start'),
      end: one('end'),
      capacityMwh: one('capacityMwh'),
      minMwh: one('minMwh'),
      initialMwh: one('initialMwh'),
      finalMinMwh: one('finalMinMwh'),
      powerMw: one('powerMw'),
      chargeEfficiency: one('chargeEfficiency'),
      dischargeEfficiency: one('dischargeEfficiency'),
      degradationUsdPerMwh: one('degradationUsdPerMwh'),
      ...(truck['drivingFactor'] === undefined ? {} : { drivingFactor: one('drivingFactor') }),
    };
  };
  const readEnergies = (): Pick<SmsProblem, 'travelEnergyMwh'> =>
    whole['travelEnergyMwh'] === undefined ? {} : { travelEnergyMwh: table(numberOrNull, 'travelEnergyMwh') };
  const readSharing = (): Pick<SmsProblem, 'reserveSharing'> => {
    if (whole['reserveSharing'] === undefined) return {};
    const sharing = fields.record(whole['reserveSharing'], 'reserveSharing');
    const rows = (value: unknown, path: string): number[][] =>
      fields.list(value, path, (row, at) => fields.numbers(row, at));
    return {
      reserveSharing: {
        factor: fields.field(sharing, 'reserveSharing', 'factor'),
        meanMw: rows(sharing['meanMw'], 'reserveSharing.meanMw'),
        covarianceMw2: fields.list(sharing['covarianceMw2'], 'reserveSharing.covarianceMw2', rows),
      },
    };
  };
  const readTies = (value: unknown, path: string): Ties => {
    const ties = fields.record(value, path)['ties'] ?? 'optimistic';
    return ties === 'optimistic' || ties === 'pessimistic'
      ? ties
      : fields.refuse(`${path}.ties is neither "optimistic" nor "pessimistic"`);
  };
  const each = <Value>(field: string, read: (value: unknown, path: string) => Value): Value[] =>
    fields.list(whole[field], field, (value, path) => read(value, path));

  const readPrices = (): Pick<SmsProblem, 'priceMenuUsdPerMwh' | 'priceCapUsdPerMwh'> => {
    const [menu, cap] = [whole['priceMenuUsdPerMwh'], whole['priceCapUsdPerMwh']];
    if (cap === undefined) return { priceMenuUsdPerMwh: table(number, 'priceMenuUsdPerMwh') };
    if (menu !== undefined)
      fields.refuse('priceMenuUsdPerMwh and priceCapUsdPerMwh are both given; one of them expected');
    const priceCapUsdPerMwh = fields.list(cap, 'priceCapUsdPerMwh', (row, path) => fields.numbers(row, path));
    return { priceMenuUsdPerMwh: [], priceCapUsdPerMwh };
  };

  const base: SmsProblem = {
    name,
    slots: number(whole['slots'], 'slots'),
    slotHours: number(whole['slotHours'], 'slotHours'),
    grids: each('grids', readGrid),
    terminals: each('terminals', readTerminal),
    travelSlots: table(numberOrNull, 'travelSlots'),
    travelCostUsd: table(numberOrNull, 'travelCostUsd'),
    holdCostUsdPerSlot: fields.numbers(whole['holdCostUsdPerSlot'], 'holdCostUsdPerSlot'),
    trucks: each('trucks', readTruck),
    ...readEnergies(),
    ...readSharing(),
    ...readPrices(),
    ties: 'optimistic',
  };
  requireValidSms(base);
  return { name, problems: each('queries', readTies).map((ties) => ({ ...base, ties })) };
}
