/** The file format of a market case: one instance with `queries`, as in docs/method/market.md, "Case files". */
import { ambiguityKinds, type Ambiguity } from '../../robust/ambiguity/ambiguity.ts';
import { CaseFields } from '../case-fields.ts';
import type { MarketProblem } from './problem.ts';
import { requireValidMarket } from './require-valid.ts';

export interface MarketCase {
  name: string;
  /** One complete problem per query, in the order of the file. */
  problems: MarketProblem[];
}

/** Name of the one parameter of each ambiguity with a radius. */
const radiusField = { interval: 'd', l1: 'k', likelihood: 'b', entropy: 'b', ellipsoid: 'k' } as const;

/** @throws Refusal `case-bad` naming the field. */
export function readMarketCase(json: unknown): MarketCase {
  const fields = new CaseFields(json, 'market');
  const { whole } = fields;
  const slots = fields.number(whole['slots'], 'slots');
  if (!Number.isInteger(slots) || slots < 1) fields.refuse(`slots is ${slots}`);
  const prices = fields.numbers(whole['prices'], 'prices');
  const transition = fields.list(whole['transition'], 'transition', (row, path) => fields.numbers(row, path));
  const start = fields.record(whole['start'], 'start');
  const one = (field: string): number => fields.number(whole[field], field);
  const everySlot = <Value>(value: Value): Value[] => new Array<Value>(slots).fill(value);
  const nominal: Ambiguity = { kind: 'nominal' };
  const base: MarketProblem = {
    name: fields.file,
    currency: 'USD',
    slots,
    pricePerMwh: everySlot(prices),
    transition: everySlot(transition),
    ambiguity: everySlot(prices.map(() => nominal)),
    storage: {
      energyLevels: one('energyLevels'),
      stepKwh: one('stepKwh'),
      maxStepsPerSlot: one('maxStepsPerSlot'),
      efficiency: one('efficiency'),
      degradationPerMwh: one('degradationUsdPerMwh'),
      terminalPerMwh: one('terminalUsdPerMwh'),
      requiredLevel: one('requiredLevel'),
      shortfallPerMwh: one('shortfallUsdPerMwh'),
      buyFeePerMwh: 0,
      saleShare: 1,
    },
    start: {
      priceState: fields.field(start, 'start', 'priceState'),
      level: fields.field(start, 'start', 'level'),
    },
  };

  const readAmbiguity = (value: unknown, path: string): Ambiguity => {
    const query = fields.record(value, path);
    const kind = ambiguityKinds.find((name) => name === query['ambiguity']);
    if (kind === undefined) return fields.refuse(`${path}.ambiguity is none of ${ambiguityKinds.join(', ')}`);
    if (kind === 'nominal') return nominal;
    const parameters = fields.record(query['parameters'], `${path}.parameters`);
    const parameter = (field: string): number => fields.field(parameters, `${path}.parameters`, field);
    if (kind !== 'scenario') return { kind, radius: parameter(radiusField[kind]) };
    const lowest = prices.indexOf(Math.min(...prices));
    const highest = prices.indexOf(Math.max(...prices));
    return { kind, mix: parameter('mix'), states: [lowest, highest] };
  };
  const problems = fields.list(whole['queries'], 'queries', readAmbiguity).map((ambiguity) => {
    const problem = { ...base, ambiguity: everySlot(prices.map(() => ambiguity)) };
    requireValidMarket(problem);
    return problem;
  });
  return { name: fields.file, problems };
}
