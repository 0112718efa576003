/** The file format of a feeder case: one instance with `queries`, as in docs/method/feeder.md, "Case files". */
import { CaseFields } from '../case-fields.ts';
import type { FeederProblem } from './problem.ts';

export interface FeederCase {
  name: string;
  /** One complete problem per query, in the order of the file. */
  problems: FeederProblem[];
}

/** Squared current limit of a case, which states none: far above what a feeder of its size carries. */
const caseSquaredCurrentMaxPu = 50;

/** @throws Refusal `case-bad` naming the field. */
export function readFeederCase(json: unknown): FeederCase {
  const fields = new CaseFields(json, 'feeder');
  const { file, whole } = fields;
  const one = (field: string): number => fields.number(whole[field], field);
  const busName = (value: unknown, path: string): string =>
    typeof value === 'number' ? String(value) : fields.text(value, path);
  const loadScale = fields.numbers(whole['loadScale'], 'loadScale');
  const base: FeederProblem = {
    name: file,
    currency: 'USD',
    slots: one('slots'),
    slotHours: one('slotHours'),
    feeder: {
      name: file,
      slackBus: busName(whole['slackBus'], 'slackBus'),
      slackVoltagePu: one('slackVoltagePu'),
      voltageMinPu: one('voltageMinPu'),
      voltageMaxPu: one('voltageMaxPu'),
      branches: fields.list(whole['branches'], 'branches', (value, path) => {
        const branch = fields.record(value, path);
        return {
          from: busName(branch['from'], `${path}.from`),
          to: busName(branch['to'], `${path}.to`),
          rPu: fields.field(branch, path, 'rPu'),
          xPu: fields.field(branch, path, 'xPu'),
          limitMva: null,
        };
      }),
    },
    network: 'branch-flow',
    loads: fields.list(whole['loads'], 'loads', (value, path) => {
      const load = fields.record(value, path);
      const scaled = (field: string): number[] => {
        const size = fields.field(load, path, field);
        return loadScale.map((scale) => scale * size);
      };
      return { bus: busName(load['bus'], `${path}.bus`), pMw: scaled('pMw'), qMvar: scaled('qMvar') };
    }),
    wind: fields.list(whole['wind'], 'wind', (value, path) => {
      const park = fields.record(value, path);
      const [least = NaN, most = NaN] = fields.numbers(park['reactiveMvar'], `${path}.reactiveMvar`);
      return {
        bus: busName(park['bus'], `${path}.bus`),
        availableMw: fields.numbers(park['availableMw'], `${path}.availableMw`),
        costPerMwh: fields.field(park, path, 'costUsdPerMwh'),
        reactiveMvar: [least, most],
      };
    }),
    batteries: fields.list(whole['aggregators'], 'aggregators', (value, path, index) => {
      const battery = fields.record(value, path);
      const number = (field: string): number => fields.field(battery, path, field);
      return {
        id: `aggregator-${index + 1}`,
        bus: busName(battery['bus'], `${path}.bus`),
        chargeMaxMw: fields.numbers(battery['chargeMaxMw'], `${path}.chargeMaxMw`),
        dischargeMaxMw: fields.numbers(battery['dischargeMaxMw'], `${path}.dischargeMaxMw`),
        costPerMwh: number('costUsdPerMwh'),
        efficiency: number('efficiency'),
        initialMwh: number('initialMwh'),
        minMwh: number('minMwh'),
        maxMwh: number('maxMwh'),
        required: { mwh: number('requiredMwh'), afterSlot: number('requiredAtEndOfSlot') },
      };
    }),
    pricePerMwh: fields.numbers(whole['priceUsdPerMwh'], 'priceUsdPerMwh'),
    importMaxMw: one('importMaxMw'),
    squaredCurrentMaxPu: caseSquaredCurrentMaxPu,
    priceEllipsoid: null,
  };
  const problems = fields.list(whole['queries'], 'queries', (value, path): FeederProblem => {
    const asked = fields.record(value, path)['priceEllipsoid'] ?? null;
    if (asked === null) return base;
    const ellipsoid = fields.record(asked, `${path}.priceEllipsoid`);
    const number = (field: string): number => fields.field(ellipsoid, `${path}.priceEllipsoid`, field);
    return { ...base, priceEllipsoid: { kappa: number('kappa'), sdShareOfPrice: number('sdShareOfPrice') } };
  });
  return { name: file, problems };
}
