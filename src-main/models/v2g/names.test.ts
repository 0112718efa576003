import { describe, expect, it } from 'vitest';
import { buildV2g } from './build-v2g.ts';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from './fixtures/small-problem.ts';
import { balanceName, evName, gasName, readName } from './names.ts';

describe('names of rows and columns', () => {
  it('read as the operator would say them', () => {
    expect(balanceName(12)).toBe('power balance, slot 12');
    expect(evName('car-7', 'energy needed at departure')).toBe('EV car-7: energy needed at departure');
    expect(gasName('1', 'ramp up', 3)).toBe('gas unit 1: ramp up, slot 3');
  });
  it('come apart again, even where an id looks like a name', () => {
    expect(readName(gasName('a: b, slot 2', 'ramp up', 3))).toEqual({
      kind: 'gas',
      id: 'a: b, slot 2',
      what: 'ramp up',
      slot: 3,
    });
    expect(readName(balanceName(4))).toEqual({ kind: 'balance', id: '', what: 'power balance', slot: 4 });
    expect(readName('something else')).toBeNull();
  });
  it('are understood for every row and column of a program', () => {
    const { program } = buildV2g(
      smallProblem([50, 60], {
        gas: [gasUnit({ commitment: 'committed', rampKwPerHour: 10 })],
        storage: [battery()],
        grid: gridAt([1, 2]),
        wind: [{ id: 'w', name: 'Wind', availableKw: [1, 1], maintenancePerKwh: 0 }],
        evs: [electricCar({ requiredKwh: 38 })],
        unmetPerKwh: 1,
        reserve: { shareOfLoad: 0.1, counts: 'spinning' },
        uncertainty: { components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [1, 1] }], protection: 1 },
      }),
      {
        exclusive: [
          { kind: 'grid', index: 0, slot: 1 },
          { kind: 'storage', index: 0, slot: 0 },
          { kind: 'ev', index: 0, slot: 0 },
        ],
      },
    );
    const names = [...program.rowNames, ...program.columnNames];
    expect(names.filter((name) => readName(name) === null)).toEqual([]);
    const ids = new Set(
      names
        .map((name) => readName(name)!)
        .filter(({ kind }) => kind === 'ev')
        .map(({ id }) => id),
    );
    expect([...ids]).toEqual(['car-1']);
  });
});
