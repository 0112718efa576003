/** The feeder a grid of mobile storage stands on, as the model takes it: buses from the substation outwards, physical units. */
import { Refusal } from '../../base/errors.ts';
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import type { Feeder } from '../../models/sms/problem.ts';
import { feederOf } from '../network/feeder-of.ts';
import type { FeederStore } from '../network/network-ports.ts';
import type { MobileStorage } from './mobile-storage.ts';

/** [grid]; null: all at one bus. @throws Refusal `bad-mobile-storage` naming the field, `bad-feeder` for a network that is not radial */
export function gridFeeders(store: Pick<FeederStore, 'getFeeder'>, storage: MobileStorage): (Feeder | null)[] {
  const feeders = storage.grids.map((_, g) => gridFeeder(store, storage, g));
  storage.terminals.forEach(({ bus, grid }, at) => {
    if (bus === undefined) return;
    const feeder = feeders[storage.grids.findIndex(({ id }) => id === grid)];
    if (feeder && busIndex(feeder, bus) < 0)
      refuse(`terminals[${at}].bus`, `names bus ${bus}, which its feeder does not have`);
  });
  return feeders;
}

export const busIndex = ({ buses }: Feeder, id: string): number => buses.findIndex((bus) => bus.id === id);

function gridFeeder(store: Pick<FeederStore, 'getFeeder'>, { grids }: MobileStorage, g: number): Feeder | null {
  const own = grids[g]!.feeder;
  if (own === undefined) return null;
  const at = `grids[${g}].feeder`;
  const record = store.getFeeder(own.feederId);
  if (!record)
    return refuse(
      `${at}.feederId`,
      own.feederId === null
        ? 'takes the first feeder imported, and none has been'
        : `names feeder ${own.feederId}, which is not there`,
    );
  const { buses, slackBus, slackVoltagePu } = record.network;
  const tree = feederTree(feederOf(record));
  const bus = (field: 'stationBus' | 'windBus' | 'generatorBus', id: string): number => {
    const index = tree.buses.indexOf(id);
    return index < 0 ? refuse(`${at}.${field}`, `names bus ${id}, which ${record.name} does not have`) : index;
  };
  const loadKw = tree.buses.map((id) => Math.max(0, buses.find((one) => one.id === id)?.loadKw ?? 0));
  const totalKw = loadKw.reduce((sum, kw) => sum + kw, 0);
  if (totalKw === 0) refuse(`${at}.feederId`, `names ${record.name}, whose file states no load to spread demand by`);
  const loads = buses.filter(({ id }) => id !== slackBus);
  const minPu = own.voltageMinPu ?? Math.max(...loads.map(({ voltageMinPu }) => voltageMinPu));
  const maxPu = own.voltageMaxPu ?? Math.min(...loads.map(({ voltageMaxPu }) => voltageMaxPu));
  if (!(minPu <= slackVoltagePu && slackVoltagePu <= maxPu))
    refuse(at, `allows ${minPu} to ${maxPu} per unit, but the substation of ${record.name} holds ${slackVoltagePu}`);
  const windAt = bus('windBus', own.windBus);
  const ohms = record.baseKv ** 2;
  return {
    baseKv: record.baseKv,
    buses: tree.buses.map((id, index) => ({
      id,
      loadShare: loadKw[index]! / totalKw,
      windShare: index === windAt ? 1 : 0,
      mvarPerMw: loadKw[index] === 0 ? 0 : buses.find((one) => one.id === id)!.loadKvar / loadKw[index]!,
    })),
    lines: tree.buses.slice(1).map((_, line) => ({
      from: tree.parent[line + 1]!,
      to: line + 1,
      rOhm: tree.rPu[line + 1]! * ohms,
      xOhm: tree.xPu[line + 1]! * ohms,
      limitMw: tree.limitMva[line + 1]!,
    })),
    minPu,
    maxPu,
    rootPu: slackVoltagePu,
    truckBus: bus('stationBus', own.stationBus),
    generatorBus: own.generatorBus === undefined ? 0 : bus('generatorBus', own.generatorBus),
  };
}

function refuse(path: string, problem: string): never {
  throw new Refusal('bad-mobile-storage', { path, problem });
}
