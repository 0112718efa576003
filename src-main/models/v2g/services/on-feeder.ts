/**
 * Voltages and lines of the feeder under the signals and calls that move what is held. Every unit may take r more, or give r and what it holds for a call more;
 * the feeder's own answer is one way for each side, so that the two ends bound all between:
 *
 *   all take r more:              v_j falls by 2 Σ_b R_jb r_b,            P_l rises by Σ_{b behind l} r_b
 *   all give r + w more:          v_j rises by 2 Σ_b R_jb (r_b + w_b),    P_l falls by Σ_{b behind l} (r_b + w_b)
 *
 * beside the worst deviations of the set. w_b: most that a call under way asks of bus b, whenever it came. The linear model has these as rows, and the
 * circle of a line at both ends; branch flow has its cones at both ends of what is drawn. Reactive power kept for others is asked for by whom it
 * helps with voltages, and not held against them here.
 */
import type { AffineExpression } from '../../../program/affine.ts';
import type { Term } from '../../../program/program.ts';
import type { BranchFlowSlot, SlotFlow } from '../../feeder/branch-flow.ts';
import { coneTolerance } from '../../feeder/branch-flow.ts';
import type { FeederTree } from '../../feeder/feeder.ts';
import type { PathImpedance } from '../../feeder/path-impedance.ts';
import type { Stage } from '../device.ts';
import type { EvColumns } from '../ev.ts';
import { networkName } from '../names.ts';
import type { SiteNetwork } from '../site-network.ts';
import type { HeldDevices } from './held-devices.ts';
import { callSlots, termAt, type Held } from './held.ts';

export interface FeederSlot {
  spec: BranchFlowSlot;
  flow: SlotFlow;
}

export interface FeederStage {
  network: SiteNetwork;
  tree: FeederTree;
  path: PathImpedance;
  slots: FeederSlot[];
}

/** What signals and calls move at a bus, kW. */
interface Swing {
  bus: number;
  down: Term[];
  up: Term[];
}

const kwPerMw = 1000;

export function addServicesOnFeeder(
  stage: Stage,
  feeder: FeederStage,
  held: HeldDevices,
  evs: readonly EvColumns[],
): void {
  const at = placed(stage, feeder, held, evs);
  feeder.slots.forEach((own, slot) => {
    const swings = at.flatMap(({ bus, units }) => swingAt(stage, feeder.tree, bus, units, slot));
    if (swings.length === 0) return;
    if (own.flow.drawn) addEnds(stage, feeder, own, own.flow.drawn, swings, slot);
    else addRows(stage, feeder, own, swings, slot);
  });
}

/** Units by the bus they stand at; what stands at the substation moves no voltage. */
function placed(
  { problem }: Stage,
  { network, tree }: FeederStage,
  held: HeldDevices,
  evs: readonly EvColumns[],
): { bus: number; units: Held[] }[] {
  const units = tree.buses.map((): Held[] => []);
  const put = (own: Held, bus: string): void => void units[tree.buses.indexOf(bus)]!.push(own);
  problem.gas.forEach((_, k) => put(held.gas[k]!, network.gasBus[k]!));
  problem.storage.forEach((_, k) => put(held.storage[k]!, network.storageBus[k]!));
  evs.forEach(({ ev }, i) => put(held.evs[i]!, network.aggregatorBus[ev.aggregator]!));
  return units.flatMap((own, bus) => (bus === 0 || own.length === 0 ? [] : [{ bus, units: own }]));
}

function swingAt(
  { program, problem }: Stage,
  tree: FeederTree,
  bus: number,
  units: readonly Held[],
  slot: number,
): Swing[] {
  const regulation = units.flatMap((unit) => termAt(unit.regulation, slot));
  const calls = Array.from({ length: callSlots({ problem }) }, (_, k) =>
    units.flatMap((unit) => termAt(unit.reserve, slot - k)),
  ).filter((terms) => terms.length > 0);
  if (regulation.length === 0 && calls.length === 0) return [];
  const name = (what: string): string => networkName(tree.buses[bus]!, what, slot);
  // One column for many cars, whose terms every bus and line would repeat.
  const sum = (what: string, cases: readonly Term[][]): Term[] => {
    const column = program.addColumn({ name: name(what), lower: 0, upper: Infinity });
    cases.forEach(
      (terms, k) =>
      program.addRow({ name: name(`${what} (case ${k + 1})`), lower: 0, upper: Infinity, terms: [[column, 1], ...terms.map(([own, value]): Term => [own, -value])] }), // prettier-ignore
    );
    return [[column, 1]];
  };
  const called = calls.length === 0 ? [] : sum('called reserve', calls);
  const signal = regulation.length === 0 ? [] : sum('regulation', [regulation]);
  return [{ bus, down: signal, up: [...signal, ...called] }];
}

const scaled = (terms: readonly Term[], factor: number): Term[] =>
  terms.map(([column, value]) => [column, value * factor]);

/** Rows of the linear model, and its lines at both ends. */
function addRows(
  { program }: Stage,
  { tree, path }: FeederStage,
  { spec, flow }: FeederSlot,
  swings: readonly Swing[],
  slot: number,
): void {
  for (let bus = 1; bus < tree.buses.length; bus++) {
    const name = (what: string): string => networkName(tree.buses[bus]!, what, slot);
    const squared = flow.squaredVoltage[bus]!;
    const moved = (way: 'down' | 'up', sign: number): Term[] =>
      swings.flatMap((swing) => scaled(swing[way], (sign * 2 * path.rPu[bus]![swing.bus]!) / kwPerMw));
    const { lower, upper } = spec.squaredVoltage(bus);
    const falls = moved('down', -1);
    if (falls.length > 0)
      program.addRow({ name: name('voltage with regulation downwards'), lower, upper: Infinity, terms: [[squared, 1], ...falls] }); // prettier-ignore
    program.addRow({ name: name('voltage with services upwards'), lower: -Infinity, upper, terms: [[squared, 1], ...moved('up', 1)] }); // prettier-ignore
    const limitMva = tree.limitMva[bus]!;
    if (limitMva === null) continue;
    const limit = spec.lineLimit(bus, limitMva);
    const [p, q] = [flow.activeFlow[bus]!, flow.reactiveFlow[bus]!];
    // Behind a line with capacitors, what they give changes with the voltage too.
    const reactive = (from: number): number =>
      tree.shuntMvar.reduce((sum, mvar, k) => sum + path.feeds[bus]![k]! * mvar * 2 * path.rPu[k]![from]!, 0);
    for (const [way, sign] of [
      ['down', 1],
      ['up', -1],
    ] as const) {
      const what = way === 'down' ? 'line limit with regulation downwards' : 'line limit with services upwards';
      const active: Term[] = [[p, 1], ...swings.flatMap((swing) => scaled(swing[way], (sign * path.feeds[bus]![swing.bus]!) / kwPerMw))]; // prettier-ignore
      const across: Term[] = [[q, 1], ...swings.flatMap((swing) => scaled(swing[way], (sign * reactive(swing.bus)) / kwPerMw))]; // prettier-ignore
      if (Array.isArray(limit))
        for (const [side, { along, most }] of limit.entries())
          program.addRow({
            name: name(`${what} (side ${side + 1})`),
            lower: -Infinity,
            upper: most,
            terms: [...scaled(active, along[0]), ...scaled(across, along[1])],
          });
      else
        program.addCone({
          name: name(what),
          norm: [
            { terms: active, constant: 0 },
            { terms: across, constant: 0 },
          ],
          bound: { terms: [], constant: limit.radius },
          shifts: limit.shifts,
          tolerance: coneTolerance,
        });
    }
  }
}

/** The cones of the feeder at both ends of what is drawn: the low voltages where all take more, the high ones where all give more. */
function addEnds(
  { program }: Stage,
  { network, tree }: FeederStage,
  { spec }: FeederSlot,
  drawn: { p: readonly AffineExpression[]; q: AffineExpression[] },
  swings: readonly Swing[],
  slot: number,
): void {
  const limits = tree.limitMva.flatMap((limitMva, bus) =>
    limitMva === null ? [] : [{ bus, limit: spec.lineLimit(bus, limitMva) }],
  );
  for (const [way, sign] of [
    ['down', 1],
    ['up', -1],
  ] as const) {
    const p = drawn.p.map((own, bus): AffineExpression => {
      const moved = swings.flatMap((swing) => (swing.bus === bus ? scaled(swing[way], sign / kwPerMw) : []));
      return { terms: [...own.terms, ...moved], constant: own.constant };
    });
    const range = (bus: number, end: 'lower' | 'upper', none: number): number =>
      bus === 0 ? none : spec.squaredVoltage(bus)[end];
    program.addCone({
      name: networkName(null, way === 'down' ? 'limits with regulation downwards' : 'limits with services upwards', slot), // prettier-ignore
      tree: { parent: tree.parent, r: tree.rPu, x: tree.xPu, s: tree.shuntMvar },
      rootSquare: network.feeder.slackVoltagePu ** 2,
      p,
      q: drawn.q,
      loss: null,
      least: tree.buses.map((_, bus) => (way === 'down' ? range(bus, 'lower', -Infinity) : -Infinity)),
      most: tree.buses.map((_, bus) => (way === 'up' ? range(bus, 'upper', Infinity) : Infinity)),
      sides: limits.flatMap(({ bus, limit }) =>
        Array.isArray(limit) ? limit.map(({ along, most }) => ({ node: bus, along, most })) : [],
      ),
      circles: limits.flatMap(({ bus, limit }) => (Array.isArray(limit) ? [] : [{ node: bus, ...limit }])),
      tolerance: coneTolerance,
    });
  }
}
