/**
 * Dispatch of one grid, at one bus or on a feeder (feeder.ts), with reserves under the chance constraint on intraday wind.
 *
 *   balance     I + G − C + U − D + Σ trucks (dis − ch) = load − wind
 *   limits      I + IR ≤ import cap, IR ≤ its own cap; G + GR ≤ generator cap; C ≤ wind
 *   margin      C + IR + GR + E ≥ downside margin           curtailed wind is headroom
 *   ramp        |G_t − G_{t−1}| ≤ R
 *   shared      I + IR + X ≤ import cap, C + IR + GR + E = R in place of the margin; R, X by reserve-sharing.ts
 *   cost        Σ_t Δ (c_I I + c_IR IR + c_G G + c_GR GR + c_C C + c_U U + c_D D + c_E E)
 *
 * Symbols: I `importMw`, IR `importReserveMw`, G `generatorMw`, GR `generatorReserveMw`, C `curtailMw`, U `unservedMw`, D `dumpMw`,
 * E `emergencyReserveMw`.
 */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { addFeeder } from './feeder.ts';
import type { GridDispatch } from './plan.ts';
import { addReserveSharing, type AnswerColumns } from './reserve-sharing.ts';
import type { SmsGrid, SmsProblem } from './problem.ts';

export const flowNames = [
  'importMw',
  'importReserveMw',
  'generatorMw',
  'generatorReserveMw',
  'curtailMw',
  'unservedMw',
  'dumpMw',
  'emergencyReserveMw',
] as const;
export type FlowName = (typeof flowNames)[number];

export interface GridStage {
  program: ProgramBuilder;
  problem: SmsProblem;
  /** What each USD of dispatch cost weighs in the objective. */
  costWeight: number;
  /** Net power that trucks give to the grid in the slot, at one of its connections or (null, left out) at all. */
  truckSupply: (grid: number, slot: number, bus?: number | null) => Term[];
}

export interface GridColumns {
  /** Dispatch cost, USD; the same by slot. */
  cost: Term[];
  costBySlot: Term[][];
  /** Null where each grid answers its own wind. */
  answers: AnswerColumns | null;
  read: (valueOf: (column: Column) => number) => Omit<GridDispatch, 'active'>;
}

export const balanceName = (grid: SmsGrid, slot: number): string => `grid ${grid.id}: balance, slot ${slot}`;

/** USD per MW and hour [flow]. */
export const flowPrices = (grid: SmsGrid, slot: number): Record<FlowName, number> => ({
  importMw: grid.importUsdPerMwh[slot]!,
  importReserveMw: grid.importReserveUsdPerMw,
  generatorMw: grid.generatorUsdPerMwh,
  generatorReserveMw: grid.generatorReserveUsdPerMw,
  curtailMw: grid.curtailUsdPerMwh,
  unservedMw: grid.unservedUsdPerMwh,
  dumpMw: grid.dumpUsdPerMwh,
  emergencyReserveMw: grid.emergencyReserveUsdPerMw,
});

/** All grids, with what they answer for each other. */
export function addGrids(stage: GridStage): GridColumns[] {
  const { program, problem } = stage;
  const sharing = problem.reserveSharing;
  const made = problem.grids.map((_, g) => addGrid(stage, g));
  if (!sharing) return made;
  const shares = addReserveSharing(
    program,
    problem,
    sharing,
    made.map(({ answers }) => answers!),
  );
  return made.map((grid, h) => ({
    ...grid,
    read: (valueOf) => ({ ...grid.read(valueOf), answerShares: shares.map((own) => own[h]!.map(valueOf)) }),
  }));
}

/** One grid; where reserves are shared, of no meaning without the others. */
export function addGrid(stage: GridStage, g: number): GridColumns {
  const { program, problem, costWeight } = stage;
  const grid = problem.grids[g]!;
  const costBySlot = Array.from({ length: problem.slots }, (): Term[] => []);
  const slots = Array.from({ length: problem.slots }, (_, slot) => {
    const prices = flowPrices(grid, slot);
    const limits: Partial<Record<FlowName, number>> = {
      importReserveMw: grid.importReserveCapMw,
      curtailMw: grid.windMw[slot]!,
    };
    const add = (flow: FlowName): Column => {
      const usdPerMw = prices[flow] * problem.slotHours;
      const column = program.addColumn({
        name: `grid ${grid.id}: ${flow}, slot ${slot}`,
        lower: 0,
        upper: limits[flow] ?? Infinity,
        cost: costWeight * usdPerMw,
      });
      costBySlot[slot]!.push([column, usdPerMw]);
      return column;
    };
    return Object.fromEntries(flowNames.map((flow) => [flow, add(flow)])) as Record<FlowName, Column>;
  });
  const series = (what: string): Column[] =>
    slots.map((_, slot) =>
      program.addColumn({ name: `grid ${grid.id}: ${what}, slot ${slot}`, lower: 0, upper: Infinity }),
    );
  const answers = problem.reserveSharing
    ? { reserve: series('reserve for answers'), exchange: series('exchanged answers') }
    : null;
  slots.forEach((own, slot) => {
    const at = (what: string): string => `grid ${grid.id}: ${what}, slot ${slot}`;
    const net = grid.loadMw[slot]! - grid.windMw[slot]!;
    const row = (name: string, lower: number, upper: number, terms: Term[]): void => {
      program.addRow({ name, lower, upper, terms });
    };
    row(balanceName(grid, slot), net, net, [
      [own.importMw, 1],
      [own.generatorMw, 1],
      [own.curtailMw, -1],
      [own.unservedMw, 1],
      [own.dumpMw, -1],
      ...stage.truckSupply(g, slot),
    ]);
    row(at('import limit'), -Infinity, grid.importCapMw, [
      [own.importMw, 1],
      [own.importReserveMw, 1],
      ...(answers ? [[answers.exchange[slot]!, 1] as const] : []),
    ]);
    row(at('generator limit'), -Infinity, grid.generatorCapMw, [
      [own.generatorMw, 1],
      [own.generatorReserveMw, 1],
    ]);
    row(at('downside margin'), answers ? 0 : grid.downsideMarginMw[slot]!, Infinity, [
      [own.curtailMw, 1],
      [own.importReserveMw, 1],
      [own.generatorReserveMw, 1],
      [own.emergencyReserveMw, 1],
      ...(answers ? [[answers.reserve[slot]!, -1] as const] : []),
    ]);
    if (grid.generatorRampMw !== null && slot > 0)
      row(at('generator ramp'), -grid.generatorRampMw, grid.generatorRampMw, [
        [own.generatorMw, 1],
        [slots[slot - 1]!.generatorMw, -1],
      ]);
  });
  const feeder = grid.feeder ? addFeeder(stage, g, grid.feeder, slots) : null;
  return {
    cost: costBySlot.flat(),
    costBySlot,
    answers,
    read: (valueOf) => {
      const flowOf = (flow: FlowName): number[] => slots.map((own) => valueOf(own[flow]));
      const flows = Object.fromEntries(flowNames.map((flow) => [flow, flowOf(flow)])) as Record<FlowName, number[]>;
      return feeder === null ? flows : { ...flows, feeder: feeder.read(valueOf) };
    },
  };
}
