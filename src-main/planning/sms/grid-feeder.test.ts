import { describe, expect, it } from 'vitest';
import type { FeederRecord } from '../network/network-ports.ts';
import { townGrid, townStorage } from '../fixtures/mobile-town.ts';
import { gridFeeders } from './grid-feeder.ts';
import type { MobileFeeder } from './mobile-storage.ts';

const bus = (id: string, loadKw: number, kind: 'substation' | 'load' = 'load') => ({
  id,
  kind,
  loadKw,
  loadKvar: loadKw / 2,
  baseKv: 10,
  voltageMinPu: 0.95,
  voltageMaxPu: 1.05,
  x: null,
  y: null,
});
const branch = (from: string, to: string, rOhm: number) => ({
  from,
  to,
  rOhm,
  xOhm: rOhm / 2,
  limitMva: to === 'far' ? 0.8 : null,
  state: 'closed' as const,
});
/** root – near – far, and near – side; written out of order. */
const network: FeederRecord['network'] = {
  slackBus: 'root',
  slackVoltagePu: 1.02,
  buses: [bus('far', 300), bus('root', 0, 'substation'), bus('side', 0), bus('near', 100)],
  branches: [branch('near', 'far', 0.4), branch('near', 'side', 0.3), branch('root', 'near', 0.2)],
};
const record = (changes: Partial<FeederRecord['network']> = {}): FeederRecord =>
  ({ id: 'f', name: 'Village', baseKv: 10, network: { ...network, ...changes } }) as FeederRecord;

const storage = (own: Partial<MobileFeeder> = {}, stationBus?: string) => {
  const feeder = { feederId: null, stationBus: 'far', windBus: 'side', ...own };
  const whole = townStorage({ grids: [townGrid('west', { feeder }), townGrid('east')] });
  if (stationBus !== undefined) whole.terminals[1]!.bus = stationBus;
  return whole;
};
const store = (found: FeederRecord | null = record()) => ({ getFeeder: () => found });

describe('feeders of grids', () => {
  it('puts buses from the substation outwards, with shares of the file’s load and impedances in ohms', () => {
    const [feeder, none] = gridFeeders(store(), storage());
    expect(none).toBeNull();
    expect(feeder!.buses.map(({ id }) => id)).toEqual(['root', 'near', 'far', 'side']);
    expect(feeder!.buses.map(({ loadShare }) => loadShare)).toEqual([0, 0.25, 0.75, 0]);
    expect(feeder!.buses.map(({ windShare }) => windShare)).toEqual([0, 0, 0, 1]);
    expect(feeder!.buses[2]!.mvarPerMw).toBe(0.5);
    expect(feeder!.lines.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(feeder!.lines[1]!.rOhm).toBeCloseTo(0.4, 12);
    expect(feeder!.lines[1]!.xOhm).toBeCloseTo(0.2, 12);
    expect(feeder!.lines[1]!.limitMw).toBe(0.8);
    expect(feeder).toMatchObject({ minPu: 0.95, maxPu: 1.05, rootPu: 1.02, truckBus: 2, generatorBus: 0 });
  });

  it('takes the operator’s voltages before the file’s', () => {
    expect(gridFeeders(store(), storage({ voltageMinPu: 0.9, voltageMaxPu: 1.1 }))[0]).toMatchObject({
      minPu: 0.9,
      maxPu: 1.1,
    });
  });

  it('names what does not fit', () => {
    expect(() => gridFeeders(store(null), storage())).toThrow(
      /feeder.feederId takes the first feeder imported, and none/,
    );
    expect(() => gridFeeders(store(null), storage({ feederId: 'x' }))).toThrow(/names feeder x, which is not there/);
    expect(() => gridFeeders(store(), storage({ windBus: 'moon' }))).toThrow(
      /feeder.windBus names bus moon, which Village/,
    );
    expect(() => gridFeeders(store(), storage({}, 'moon'))).toThrow(/terminals\[1\].bus names bus moon/);
    expect(() => gridFeeders(store(), storage({ voltageMinPu: 1.03 }))).toThrow(/substation of Village holds 1.02/);
    const unloaded = record({ buses: network.buses.map((one) => ({ ...one, loadKw: 0 })) });
    expect(() => gridFeeders(store(unloaded), storage())).toThrow(/states no load/);
    const looped = record({ branches: [...network.branches, branch('side', 'far', 0.1)] });
    expect(() => gridFeeders(store(looped), storage())).toThrow(/closes a loop/);
  });
});
