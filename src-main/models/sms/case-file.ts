/**
 * The file format of a case of shared mobile storage: one instance with `queries`, as in docs/method/sms.md, "Case files". Read by hand, so
 * that what is wrong is said with its place in the file; fields that are not named there are ignored.
 */
import { Refusal } from '../../base/errors.ts';
import type { SmsGrid, SmsProblem, Terminal, Ties, Truck } from './problem.ts';
import { requireValidSms } from './require-valid.ts';

export interface SmsCase {
  name: string;
  /** One complete problem per query, in the order of the file. */
  problems: SmsProblem[];
}

/** @throws Refusal `case-bad` naming the field. */
export function readSmsCase(json: unknown): SmsCase {
  const name = isRecord(json) && typeof json['name'] === 'string' ? json['name'] : 'The file';
  const refuse = (problem: string): never => {
    throw new Refusal('case-bad', { file: name, problem });
  };
  const record = (value: unknown, path: string): Record<string, unknown> =>
    isRecord(value) ? value : refuse(`${path} is not an object`);
  const list = (value: unknown, path: string): unknown[] =>
    Array.isArray(value) ? value : refuse(`${path} is not a list`);
  const number = (value: unknown, path: string): number =>
    typeof value === 'number' && Number.isFinite(value) ? value : refuse(`${path} is not a number`);
  const text = (value: unknown, path: string): string =>
    typeof value === 'string' ? value : refuse(`${path} is not a text`);
  const numbers = (value: unknown, path: string): number[] =>
    list(value, path).map((x, i) => number(x, `${path}[${i}]`));
  const table = <Value>(read: (value: unknown, path: string) => Value, value: unknown, path: string): Value[][][] =>
    list(value, path).map((rows, i) =>
      list(rows, `${path}[${i}]`).map((row, j) =>
        list(row, `${path}[${i}][${j}]`).map((x, t) => read(x, `${path}[${i}][${j}][${t}]`)),
      ),
    );
  const numberOrNull = (value: unknown, path: string): number | null => (value === null ? null : number(value, path));

  const whole = record(json, 'the case');
  if (whole['kind'] !== 'sms') refuse(`kind is ${JSON.stringify(whole['kind'])}, not "sms"`);

  const readGrid = (value: unknown, path: string): SmsGrid => {
    const grid = record(value, path);
    const one = (field: string): number => number(grid[field], `${path}.${field}`);
    const series = (field: string): number[] => numbers(grid[field], `${path}.${field}`);
    return {
      id: text(grid['id'], `${path}.id`),
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
    };
  };
  const readTerminal = (value: unknown, path: string): Terminal => {
    const terminal = record(value, path);
    const id = text(terminal['id'], `${path}.id`);
    if (terminal['kind'] === 'depot') return { id, kind: 'depot' };
    if (terminal['kind'] !== 'station') refuse(`${path}.kind is neither "depot" nor "station"`);
    const one = (field: string): number => number(terminal[field], `${path}.${field}`);
    return { id, kind: 'station', grid: one('grid'), truckCapacity: one('truckCapacity') };
  };
  const readTruck = (value: unknown, path: string): Truck => {
    const truck = record(value, path);
    const one = (field: string): number => number(truck[field], `${path}.${field}`);
    return {
      id: text(truck['id'], `${path}.id`),
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
    };
  };
  const readTies = (value: unknown, path: string): Ties => {
    const ties = record(value, path)['ties'] ?? 'optimistic';
    return ties === 'optimistic' || ties === 'pessimistic'
      ? ties
      : refuse(`${path}.ties is neither "optimistic" nor "pessimistic"`);
  };
  const each = <Value>(field: string, read: (value: unknown, path: string) => Value): Value[] =>
    list(whole[field], field).map((value, i) => read(value, `${field}[${i}]`));

  const readPrices = (): Pick<SmsProblem, 'priceMenuUsdPerMwh' | 'priceCapUsdPerMwh'> => {
    const [menu, cap] = [whole['priceMenuUsdPerMwh'], whole['priceCapUsdPerMwh']];
    if (cap === undefined) return { priceMenuUsdPerMwh: table(number, menu, 'priceMenuUsdPerMwh') };
    if (menu !== undefined) refuse('priceMenuUsdPerMwh and priceCapUsdPerMwh are both given; one of them expected');
    const slots = list(cap, 'priceCapUsdPerMwh');
    return {
      priceMenuUsdPerMwh: [],
      priceCapUsdPerMwh: slots.map((row, g) => numbers(row, `priceCapUsdPerMwh[${g}]`)),
    };
  };

  const base: SmsProblem = {
    name,
    slots: number(whole['slots'], 'slots'),
    slotHours: number(whole['slotHours'], 'slotHours'),
    grids: each('grids', readGrid),
    terminals: each('terminals', readTerminal),
    travelSlots: table(numberOrNull, whole['travelSlots'], 'travelSlots'),
    travelCostUsd: table(numberOrNull, whole['travelCostUsd'], 'travelCostUsd'),
    holdCostUsdPerSlot: numbers(whole['holdCostUsdPerSlot'], 'holdCostUsdPerSlot'),
    trucks: each('trucks', readTruck),
    ...readPrices(),
    ties: 'optimistic',
  };
  requireValidSms(base);
  return { name, problems: each('queries', readTies).map((ties) => ({ ...base, ties })) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
