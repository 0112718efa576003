/** Gas units of a V2G case file: one object, or a list of them. */
import type { CaseFields } from '../case-fields.ts';
import type { GasUnit } from './problem.ts';

/** @throws Refusal `case-bad` naming the field. */
export function readGas(fields: CaseFields, value: unknown): GasUnit[] {
  return Array.isArray(value)
    ? fields.list(value, 'gas', (item, path, k) => unitOf(fields, item, path, k + 1))
    : [unitOf(fields, value, 'gas', 1)];
}

function unitOf(fields: CaseFields, value: unknown, path: string, number: number): GasUnit {
  const unit = fields.record(value, path);
  const field = (name: string): number => fields.field(unit, path, name);
  return {
    id: `gas-${number}`,
    name: `Gas ${number}`,
    minKw: field('minKw'),
    maxKw: field('maxKw'),
    rampKwPerHour: field('rampKwPerHour'),
    costLinearPerKwh: field('costLinearUsdPerKwh'),
    costQuadraticPerKwh2: field('costQuadraticUsdPerKwh2'),
    costSegments: field('costSegments'),
    noLoadPerHour: field('noLoadUsdPerHour'),
    startUpCost: field('startUpUsd'),
    shutDownCost: 0,
    minimumUpHours: 0,
    minimumDownHours: 0,
    commitment: unit['unitCommitment'] === true ? 'committed' : 'always-on',
    initial: { state: 'free' },
  };
}
