/**
 * A grid on its own radial feeder: lossless linear branch flow (LinDistFlow; Baran and Wu 1989), per bus i and slot.
 *
 *   line l to bus j:   P_l = Σ_{i below l} (load_i − wind_i + C_i − U_i + D_i − G_i − trucks_i),   |P_l| ≤ limit
 *                      Q_l = Σ_{i below l} q_i (load_i − U′_i)
 *   voltage            v_j = v_i − 2 (r P_l + x Q_l) / kV²,   min² ≤ v ≤ max²,   v_root = root²
 *   totals             Σ_i C_i = C, Σ_i U_i = U, Σ_i D_i = D;  U_i = U′_i + (where trucks are connected) U″_i,  U′_i ≤ load_i
 *
 * v squared voltage, per unit; the base power of 1 MVA cancels. Import and reserves stand at the root, the generator at its bus, every station at its own. U″ keeps
 * the users' problem feasible whatever trucks are asked to take; it costs what unserved load costs.
 */
import type { Column, Term } from '../../program/program.ts';
import { connectionsOf } from './connections.ts';
import type { GridStage } from './grid.ts';
import type { FeederDispatch } from './plan.ts';
import type { Feeder, SmsGrid } from './problem.ts';

export type SlotTotals = Record<'curtailMw' | 'unservedMw' | 'dumpMw' | 'generatorMw', Column>;

export interface FeederColumns {
  read: (valueOf: (column: Column) => number) => FeederDispatch;
}

/** [line][bus]: whether the bus is fed through the line. */
export function busesBelow({ buses, lines }: Feeder): boolean[][] {
  const childrenOf = buses.map((_, bus) => lines.flatMap((line, l) => (line.from === bus ? [l] : [])));
  const below = (line: number): number[] => {
    const { to } = lines[line]!;
    return [to, ...childrenOf[to]!.flatMap(below)];
  };
  return lines.map((_, l) => {
    const own = new Set(below(l));
    return buses.map((__, bus) => own.has(bus));
  });
}

interface SlotColumns {
  curtail: Column[];
  unserved: Column[];
  dump: Column[];
  atTrucks: { bus: number; beyond: Column; supply: Term[] }[];
  flow: Column[];
  reactive: Column[];
  voltage: Column[];
}

export function addFeeder(stage: GridStage, g: number, feeder: Feeder, totals: readonly SlotTotals[]): FeederColumns {
  const grid = stage.problem.grids[g]!;
  const below = busesBelow(feeder);
  const slots = totals.map((own, slot) => addSlot(stage, { g, grid, feeder, below, slot, own }));
  return {
    read: (valueOf) => {
      const table = (pick: (own: SlotColumns) => readonly Column[]): number[][] =>
        pick(slots[0]!).map((_, i) => slots.map((own) => valueOf(pick(own)[i]!)));
      const unservedMw = table(({ unserved }) => unserved);
      const beyondLoadMw = feeder.buses.map(() => slots.map(() => 0));
      slots.forEach(({ atTrucks }, slot) => {
        for (const { bus, beyond } of atTrucks) {
          beyondLoadMw[bus]![slot] = valueOf(beyond);
          unservedMw[bus]![slot]! += valueOf(beyond);
        }
      });
      return {
        curtailMw: table(({ curtail }) => curtail),
        unservedMw,
        beyondLoadMw,
        dumpMw: table(({ dump }) => dump),
        flowMw: table(({ flow }) => flow),
        flowMvar: table(({ reactive }) => reactive),
        voltagePu: table(({ voltage }) => voltage).map((values) => values.map((v) => Math.sqrt(Math.max(0, v)))),
      };
    },
  };
}

interface SlotStage {
  g: number;
  grid: SmsGrid;
  feeder: Feeder;
  below: boolean[][];
  slot: number;
  own: SlotTotals;
}

function addSlot(
  { program, problem, truckSupply }: GridStage,
  { g, grid, feeder, below, slot, own }: SlotStage,
): SlotColumns {
  const { buses, lines, generatorBus } = feeder;
  const connections = connectionsOf(problem, g);
  const [loadMw, windMw] = [grid.loadMw[slot]!, grid.windMw[slot]!];
  const at = (what: string): string => `grid ${grid.id}: ${what}, slot ${slot}`;
  const column = (what: string, lower: number, upper: number): Column =>
    program.addColumn({ name: at(what), lower, upper });
  const perBus = (what: string, most: (bus: number) => number): Column[] =>
    buses.map(({ id }, bus) => column(`${what} at bus ${id}`, 0, most(bus)));
  const made: SlotColumns = {
    curtail: perBus('curtailed', (bus) => buses[bus]!.windShare * windMw),
    unserved: perBus('unserved', (bus) => buses[bus]!.loadShare * loadMw),
    dump: perBus('dumped', () => Infinity),
    atTrucks: connections.map((bus) => ({
      bus,
      beyond: column(`unserved beyond load at bus ${buses[bus]!.id}`, 0, Infinity),
      supply: truckSupply(g, slot, connections.length > 1 ? bus : null),
    })),
    flow: lines.map(({ to, limitMw }) =>
      column(`flow to bus ${buses[to]!.id}`, -(limitMw ?? Infinity), limitMw ?? Infinity),
    ),
    reactive: lines.map(({ to }) => column(`reactive flow to bus ${buses[to]!.id}`, -Infinity, Infinity)),
    voltage: buses.map(({ id }, bus) => {
      const [least, most] = bus === 0 ? [feeder.rootPu, feeder.rootPu] : [feeder.minPu, feeder.maxPu];
      return column(`squared voltage at bus ${id}`, least ** 2, most ** 2);
    }),
  };
  const row = (what: string, sum: number, terms: Term[]): void => {
    program.addRow({ name: at(what), lower: sum, upper: sum, terms });
  };
  const all = (columns: readonly Column[], sign: number): Term[] => columns.map((one): Term => [one, sign]);
  row('curtailed at buses', 0, [[own.curtailMw, -1], ...all(made.curtail, 1)]);
  row('unserved at buses', 0, [
    [own.unservedMw, -1],
    ...made.atTrucks.map(({ beyond }): Term => [beyond, 1]),
    ...all(made.unserved, 1),
  ]);
  row('dumped at buses', 0, [[own.dumpMw, -1], ...all(made.dump, 1)]);
  lines.forEach((line, l) => {
    const fed = buses.flatMap((_bus, bus) => (below[l]![bus] ? [bus] : []));
    const share = (of: (bus: number) => number): number => fed.reduce((sum, bus) => sum + of(bus), 0);
    const id = buses[line.to]!.id;
    const some = (columns: readonly Column[], sign: number): Term[] => fed.map((bus): Term => [columns[bus]!, sign]);
    row(
      `power to bus ${id}`,
      share((bus) => buses[bus]!.loadShare * loadMw - buses[bus]!.windShare * windMw),
      [
        [made.flow[l]!, 1],
        ...some(made.curtail, -1),
        ...some(made.unserved, 1),
        ...some(made.dump, -1),
        ...(below[l]![generatorBus] ? [[own.generatorMw, 1] as const] : []),
        ...made.atTrucks.flatMap(({ bus, beyond, supply }): Term[] => (below[l]![bus] ? [[beyond, 1], ...supply] : [])),
      ],
    );
    row(
      `reactive power to bus ${id}`,
      share((bus) => buses[bus]!.mvarPerMw * buses[bus]!.loadShare * loadMw),
      [[made.reactive[l]!, 1], ...fed.map((bus): Term => [made.unserved[bus]!, buses[bus]!.mvarPerMw])],
    );
    const drop = 2 / feeder.baseKv ** 2;
    row(`voltage at bus ${id}`, 0, [
      [made.voltage[line.to]!, 1],
      [made.voltage[line.from]!, -1],
      [made.flow[l]!, drop * line.rOhm],
      [made.reactive[l]!, drop * line.xOhm],
    ]);
  });
  return made;
}
