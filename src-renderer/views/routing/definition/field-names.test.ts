import { describe, expect, it } from 'vitest';
import storage from '../../../../db/demo/mobile-storage.json';
import type { MobileStoragePayload } from '../../../../src-main/contract/mobile-storage.ts';
import { blankDefinition } from '../../../stores/mobile-items.ts';
import { labelAt, placeWords, problemWords } from './field-names.ts';

const demo = storage as MobileStoragePayload;

describe('what fields of a definition are called', () => {
  it('names every field a rule can speak of as the form does, never as the file', () => {
    const leaves = (value: unknown, path: string): string[] =>
      Array.isArray(value)
        ? value.flatMap((item, index) => leaves(item, `${path}[${index}]`))
        : typeof value === 'object' && value !== null
          ? Object.entries(value).flatMap(([field, inner]) => leaves(inner, path === '' ? field : `${path}.${field}`))
          : [path];
    const full = structuredClone(demo);
    full.grids[0]!.tariff = { chargePerKwh: 0.2, dischargePerKwh: null };
    full.grids[0]!.feeder = { feederId: null, stationBus: 'a', windBus: 'b', generatorBus: 'c', voltageMinPu: 0.9 };
    full.terminals[0]!.bus = 'a';
    full.terminals[0]!.powerKw = 500;
    full.trucks[0]!.energyKwhPerKm = 1;
    full.roads.hourlyFlow = [1];
    full.reserves = 'own';
    for (const path of [...leaves(full, ''), ...leaves(blankDefinition(), '')])
      if (!path.startsWith('roads.closedLinks[')) expect(placeWords(full, path)).not.toMatch(/[a-z][A-Z]|\w\.\w|\[/);
  });

  it('tells whose field it is, and which of a list of numbers', () => {
    expect(placeWords(demo, 'trucks[1].capacityKwh')).toBe(`${demo.trucks[1]!.name}, Capacity`);
    expect(placeWords(demo, 'roads.hourlyFlow[2]')).toBe('Traffic by hour no. 3');
    expect(placeWords(demo, 'grids[0].feeder.stationBus')).toBe(`${demo.grids[0]!.name}, Bus of the stations`);
    expect(placeWords({ ...demo, trucks: [{ ...demo.trucks[0]!, name: '' }] }, 'trucks[0].name')).toBe(
      `${demo.trucks[0]!.id}, Name`,
    );
    expect(labelAt('terminals[3].powerKw')).toBe('Power for own trucks');
  });

  it('calls fields that a rule names by whole path, beside or within the one it is about as they are here', () => {
    expect(problemWords('trucks[0].initialKwh', 'must be from minKwh (2) to capacityKwh (9), not 1')).toBe(
      'must be from “Least energy” (2) to “Capacity” (9), not 1',
    );
    expect(problemWords('trucks[0].energyKwhPerKm', 'needs travel.energyKwhPerKm above 0')).toBe(
      'needs “Consumption” above 0',
    );
    expect(problemWords('grids[0].feeder', 'needs generatorRampKwPerHour to be null')).toBe('needs “Ramp” to be empty');
    expect(problemWords('grids[1].tariff.dischargePerKwh', 'must be at most chargePerKwh (1)')).toBe(
      'must be at most “Charging” (1)',
    );
  });
});
