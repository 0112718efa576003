/**
 * The feeder inside the schedule: in each slot the load by its shares, every device at its bus, and branch flow or its linear form between
 * them (models/feeder/branch-flow.ts), with room for the worst deviation at every limit (network-margins.ts).
 *
 *   v_min² + low_j + c_j ≤ v_j ≤ v_max² − high_j − c′_j,   cos φ_k P_j + sin φ_k Q_j ≤ S_j cos(π/K) − line_{j,k} − c″_j
 *   converters: (p, q) within the polygon of their circle (models/feeder/circle-sides.ts)
 *
 * c is what an AC power flow has shown the model to miss. Flows are of what is scheduled and expected; what supply commits beyond it for
 * protection is taken by the grid above. With branch flow the losses Σ r ℓ stand in the power balance in place of the loss share, and those at the
 * worst deviations (loss-cases.ts); the linear model sets aside what an AC flow has shown its share not to cover of them.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, Term } from '../../program/program.ts';
import { addBranchFlow, type BranchFlowSlot, type Injection } from '../feeder/branch-flow.ts';
import { circleSides } from '../feeder/circle-sides.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import { feederTree } from '../feeder/feeder-tree.ts';
import { pathImpedance } from '../feeder/path-impedance.ts';
import { addProjectedFlow } from '../feeder/projected-flow.ts';
import { componentDemands } from './deviation-places.ts';
import type { DeviceTerms } from './device-terms.ts';
import { perSlot, type Stage, type ValueOf } from './device.ts';
import { flowWithoutRows, type FlowRead } from './flow-without-rows.ts';
import { addLossCases, type LossRoom } from './loss-cases.ts';
import { branchFlowLoss, linearFlowLoss, type SlotLoss } from './losses.ts';
import { networkName } from './names.ts';
import { networkMargins } from './network-margins.ts';
import type { FeederSlot, FeederStage } from './services/on-feeder.ts';
import type { NetworkInverter, NetworkSchedule, SiteNetwork } from './site-network.ts';

/** What of the worst deviations is committed beforehand, and how large they are in all [slot], kW. */
export interface CommittedShare {
  committed: AffineExpression[];
  worstKw: readonly number[];
}

export interface NetworkDevice {
  /** Losses as terms of the power balance [slot]. */
  supply: Term[][];
  /** Supply set aside for losses beside the site's share [slot], kW. */
  lossRoomKw: number[];
  /** What is lost [slot]. */
  losses: SlotLoss[];
  /** What services are held against; null where its limits are left out. */
  feeder: FeederStage | null;
  /** What the converter of a device gives; nothing where it runs at unity power factor. */
  reactive: (kind: NetworkInverter['kind'], index: number, slot: number) => Term[];
  read: (valueOf: ValueOf) => NetworkSchedule;
}

const kwPerMw = 1000;
const valueAt = ({ terms, constant }: AffineExpression, valueOf: ValueOf): number =>
  terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), constant);

/** Null where the network is only checked. */
export function addNetwork(stage: Stage, devices: DeviceTerms, share: CommittedShare): NetworkDevice | null {
  const { problem, program } = stage;
  const { network } = problem;
  if (!network || network.model === 'unconstrained') return null;
  const { model, feeder } = network;
  const tree = feederTree(feeder);
  const path = pathImpedance(tree);
  const sides = circleSides(network.circleSides);
  const reactive = network.inverters.map((inverter, k) => addInverter(stage, network, inverter, k, devices));
  const place = new Map(tree.buses.map((bus, index) => [bus, index]));

  const injections = perSlot(problem, (slot) => injectionsAt(stage, network, tree, place, devices, reactive, slot));
  const stated: FeederSlot[] = [];
  const slots = perSlot(problem, (slot): FlowRead => {
    const margins = networkMargins(problem, network, tree, path, slot);
    const missed = (of: 'lowSquaredPu' | 'highSquaredPu' | 'lineMva', bus: number): number =>
      network.correction?.[of][slot]?.[bus] ?? 0;
    const spec: BranchFlowSlot = {
      network: model,
      slackVoltagePu: feeder.slackVoltagePu,
      squaredCurrentMaxPu: Infinity,
      squaredVoltage: (bus) => ({
        lower: tree.voltageMinPu[bus]! ** 2 + margins.low[bus]! + missed('lowSquaredPu', bus),
        upper: Math.max(0, tree.voltageMaxPu[bus]! ** 2 - margins.high[bus]! - missed('highSquaredPu', bus)),
      }),
      importMw: { lower: -Infinity, upper: Infinity },
      unitMw: 1 / kwPerMw,
      lineLimit: (bus, limitMva) => {
        const radius = limitMva - missed('lineMva', bus);
        return network.lineCircle === 'cuts'
          ? { radius, shifts: margins.reach[bus]! }
          : sides.map(({ along, share }, k) => ({
              along,
              most: limitMva * share - (margins.line[bus]![k] ?? 0) - missed('lineMva', bus),
            }));
      },
      name: (what, bus) => networkName(bus, what, slot),
    };
    if (network.limits === 'left-out') return flowWithoutRows(spec, tree, injections[slot]!);
    const add = model === 'branch-flow' ? addProjectedFlow : addBranchFlow;
    const flow = add(program, spec, tree, injections[slot]!);
    stated.push({ spec, flow });
    return flow;
  });

  const wanted = problem.goal?.over.includes('loss') ? 'columns' : 'reading';
  const rooms = slots.map(({ loss, drawn }, slot): LossRoom | null =>
    drawn
      ? addLossCases(program, {
          tree,
          slackVoltagePu: feeder.slackVoltagePu,
          drawn,
          lost: { terms: loss, constant: 0 },
          room: wanted === 'columns' ? 'apart' : 'together',
          unitMw: 1 / kwPerMw,
          committed: share.committed[slot]!,
          worstKw: share.worstKw[slot]!,
          demands: componentDemands(problem, network, tree.buses, slot),
          cases: network.correction?.lossCases[slot] ?? [],
          name: (what) => networkName(null, what, slot),
        })
      : null,
  );
  /** Branch flow: what is lost as scheduled, and what is supplied beyond it, kW. One column, or which of the two is all one, holds both in a plan of least cost. */
  const lossesAt = (slot: number, valueOf: ValueOf): { lossKw: number; roomKw: number } => {
    const [terms, room] = [slots[slot]!.loss, rooms[slot]!];
    const value = (own: AffineExpression): number => valueAt(own, valueOf);
    const lost = value({ terms, constant: 0 });
    const supplied = lost + value({ terms: room.terms, constant: 0 });
    const lossKw = kwPerMw * Math.min(lost, supplied - room.neededMw(value));
    return { lossKw, roomKw: kwPerMw * supplied - lossKw };
  };
  return {
    feeder: network.limits === 'left-out' ? null : { network, tree, path, slots: stated },
    losses: slots.map((flow, slot) =>
      model === 'branch-flow'
        ? { ...branchFlowLoss(flow), read: (valueOf) => lossesAt(slot, valueOf).lossKw }
        : linearFlowLoss(program, {
            tree,
            slackVoltagePu: feeder.slackVoltagePu,
            injections: injections[slot]!,
            name: (what, bus) => networkName(bus, what, slot),
            wanted,
          }),
    ),
    supply: slots.map(({ loss }, slot) =>
      [...loss, ...(rooms[slot]?.terms ?? [])].map(([column, factor]): Term => [column, -kwPerMw * factor]),
    ),
    lossRoomKw: perSlot(problem, (slot) => (model === 'branch-flow' ? 0 : (network.correction?.lossKw[slot] ?? 0))),
    reactive: (kind, index, slot) => {
      const own =
        reactive[network.inverters.findIndex((inverter) => inverter.kind === kind && inverter.index === index)];
      return own
        ? [
            [own.give[slot]!, 1],
            [own.take[slot]!, -1],
          ]
        : [];
    },
    read: (valueOf) => {
      const answers = slots.map((flow) => flow.read(valueOf));
      const losses = perSlot(problem, (slot) =>
        model === 'branch-flow'
          ? lossesAt(slot, valueOf)
          : { lossKw: 0, roomKw: network.correction?.lossKw[slot] ?? 0 },
      );
      return {
        reactiveKvar: reactive.map(({ give, take }) =>
          give.map((column, slot) => valueOf(column) - valueOf(take[slot]!)),
        ),
        buses: tree.buses,
        voltagePu: answers.map(({ voltagePu }) => voltagePu),
        lossKw: losses.map(({ lossKw }) => lossKw),
        lossRoomKw: losses.map(({ roomKw }) => roomKw),
      };
    },
  };
}

interface ReactiveColumns {
  give: Column[];
  take: Column[];
}

const busOf = (network: SiteNetwork, { kind, index }: NetworkInverter): string =>
  kind === 'wind'
    ? network.windBus[index]!
    : kind === 'storage'
      ? network.storageBus[index]!
      : network.aggregatorBus[index]!;

function addInverter(
  { program, problem }: Stage,
  network: SiteNetwork,
  inverter: NetworkInverter,
  index: number,
  devices: DeviceTerms,
): ReactiveColumns {
  const bus = busOf(network, inverter);
  const cost = network.reactivePerKvarh * problem.slotHours;
  const flow = (what: string): Column[] =>
    perSlot(problem, (slot) =>
      program.addColumn({
        name: networkName(bus, `${what} of inverter ${index + 1}`, slot),
        lower: 0,
        upper: inverter.ratedKva,
        cost,
      }),
    );
  const own: ReactiveColumns = { give: flow('reactive power given'), take: flow('reactive power taken') };
  for (let slot = 0; slot < problem.slots; slot++) {
    const active = devices[inverter.kind](slot)[inverter.index]!;
    for (const [side, { along, share }] of circleSides(network.circleSides).entries())
      program.addRow({
        name: networkName(bus, `rating of inverter ${index + 1} (side ${side + 1})`, slot),
        lower: -Infinity,
        upper: inverter.ratedKva * share,
        terms: [
          ...active.map(([column, factor]): Term => [column, along[0] * factor]),
          [own.give[slot]!, along[1]],
          [own.take[slot]!, -along[1]],
        ],
      });
  }
  return own;
}

function injectionsAt(
  { problem }: Stage,
  network: SiteNetwork,
  tree: FeederTree,
  place: ReadonlyMap<string, number>,
  devices: DeviceTerms,
  reactive: readonly ReactiveColumns[],
  slot: number,
): Injection[] {
  const parts = tree.buses.map(() => ({ active: [] as Term[], reactive: [] as Term[], p: 0, q: 0 }));
  const at = (bus: string) => parts[place.get(bus)!]!;
  const perMw = (terms: readonly Term[]): Term[] => terms.map(([column, factor]) => [column, factor / kwPerMw]);
  for (const { bus, share, kvarPerKw } of network.loads) {
    const loadMw = (share * problem.loadKw[slot]!) / kwPerMw;
    at(bus).p -= loadMw;
    at(bus).q -= loadMw * kvarPerKw;
  }
  if (problem.charging === 'uncoordinated')
    problem.uncoordinatedKw.forEach(
      (demand, index) => (at(network.aggregatorBus[index]!).p -= demand[slot]! / kwPerMw),
    );
  const put = (terms: readonly Term[][], buses: readonly string[]): void =>
    terms.forEach((own, index) => at(buses[index]!).active.push(...perMw(own)));
  put(devices.wind(slot), network.windBus);
  put(devices.gas(slot), network.gasBus);
  put(devices.storage(slot), network.storageBus);
  put(devices.aggregator(slot), network.aggregatorBus);
  for (const { bus, terms } of devices.trucks(slot)) at(bus).active.push(...perMw(terms));
  network.inverters.forEach((inverter, k) => {
    const { give, take } = reactive[k]!;
    at(busOf(network, inverter)).reactive.push([give[slot]!, 1 / kwPerMw], [take[slot]!, -1 / kwPerMw]);
  });
  return parts.map(({ active, reactive: q, p, q: constant }) => ({
    active: { terms: active, constant: p },
    reactive: { terms: q, constant },
  }));
}
