/**
 * Gas units: output between limits, convex piecewise-linear cost, ramps and, where committed, on/off decisions.
 *
 *   g_t = Σ_k s_{k,t},  0 ≤ s_{k,t} ≤ w_k            cost Σ_k slope_k s_{k,t} Δ        (cost-segments.ts)
 *   min · on_t ≤ g_t ≤ max · on_t                    (always-on: on_t = 1)
 *   g_t − g_{t−1} ≤ R on_{t−1} + S start_t           R = ramp Δ, S = max(R, min): a unit may step to its minimum when it starts
 *   g_{t−1} − g_t ≤ R on_t + S stop_t                and from it when it stops, even where R is smaller
 *
 * A unit out of service in slot t has max_t = 0 and on_t = 0; max_t may be lower than max, and an output may be demanded or held (problem.ts).
 * Rows of on/off decisions are in commitment.ts. Symbols: s → `segments`, w → `widthKw`, R → `rampKw`, S → `stepKw`.
 */
import type { Column, Term } from '../../program/program.ts';
import { addCommitment, type Commitment } from './commitment.ts';
import { costSegments } from './cost-segments.ts';
import { rampRow } from './gas-ramp.ts';
import { perSlot, type Device, type Stage, type ValueOf } from './device.ts';
import { gasName } from './names.ts';
import type { GasUnit } from './problem.ts';
import type { CostItems, V2gSchedule } from './schedule.ts';
import { isInService, mostKwAt, valueAt } from './slot-values.ts';

export interface GasColumns {
  output: Column[];
  segments: { column: Column; widthKw: number; slopePerKwh: number }[][];
  commitment: Commitment | null;
}

export interface GasDevice extends Device<V2gSchedule['gas']> {
  columns: GasColumns[];
}

export function addGas(stage: Stage): GasDevice {
  const { problem } = stage;
  const columns = problem.gas.map((unit) => addUnit(stage, unit));
  const read = (valueOf: ValueOf): { answer: V2gSchedule['gas']; cost: Partial<CostItems> } => {
    const cost = { generation: 0, noLoad: 0, startUp: 0, shutDown: 0 };
    const answer = problem.gas.map((unit, k) => {
      const own = columns[k]!;
      for (const slot of own.segments)
        for (const { column, slopePerKwh } of slot)
          cost.generation += valueOf(column) * slopePerKwh * problem.slotHours;
      const total = (of: (Column | null)[] | undefined): number =>
        (of ?? []).reduce<number>((sum, column) => sum + (column === null ? 0 : Math.round(valueOf(column))), 0);
      const on = own.commitment
        ? own.commitment.on.map((column) => Math.round(valueOf(column)))
        : own.output.map((_, slot) => (isInService(unit, slot) ? 1 : 0));
      cost.noLoad += on.reduce((a, b) => a + b, 0) * unit.noLoadPerHour * problem.slotHours;
      cost.startUp += total(own.commitment?.start) * unit.startUpCost;
      cost.shutDown += total(own.commitment?.stop) * unit.shutDownCost;
      return { id: unit.id, outputKw: own.output.map(valueOf), on };
    });
    return { answer, cost };
  };
  return {
    columns,
    supply: perSlot(problem, (slot) => columns.map((own) => [own.output[slot]!, 1 - problem.lossShare] as const)),
    read,
  };
}

function addUnit(stage: Stage, unit: GasUnit): GasColumns {
  const { program, problem } = stage;
  const commitment = unit.commitment === 'committed' ? addCommitment(stage, unit) : null;
  const servedSlots = perSlot(problem, (slot) => isInService(unit, slot)).filter(Boolean).length;
  if (!commitment) program.addOffset(unit.noLoadPerHour * problem.slotHours * servedSlots);
  const shape = costSegments(unit);
  const output: Column[] = [];
  const segments: GasColumns['segments'] = [];
  for (let slot = 0; slot < problem.slots; slot++) {
    const name = (what: string): string => gasName(unit.id, what, slot);
    const level = program.addColumn({ name: name('output'), ...outputBounds(unit, slot) });
    const parts = shape.map(({ widthKw, slopePerKwh }, k) => ({
      widthKw,
      slopePerKwh,
      column: program.addColumn({
        name: name(`cost segment ${k + 1}`),
        lower: 0,
        upper: widthKw,
        cost: slopePerKwh * problem.slotHours,
      }),
    }));
    program.addRow({
      name: name('output in cost segments'),
      lower: 0,
      upper: 0,
      terms: [[level, -1], ...parts.map(({ column }): Term => [column, 1])],
    });
    const on = commitment?.on[slot];
    if (on !== undefined) {
      program.addRow({
        name: name('least output when on'),
        lower: 0,
        upper: Infinity,
        terms: [
          [level, 1],
          [on, -unit.minKw],
        ],
      });
      parts.forEach(({ column }, k) =>
        program.addRow({
          name: name(`most output when on (segment ${k + 1})`),
          lower: -Infinity,
          upper: 0,
          terms: [
            [column, 1],
            [on, -shape[k]!.widthKw],
          ],
        }),
      );
    }
    output.push(level);
    segments.push(parts);
  }
  const own: GasColumns = { output, segments, commitment };
  for (let slot = 0; slot < problem.slots; slot++)
    for (const way of ['up', 'down'] as const) {
      const row = rampRow(stage, unit, own, slot, way);
      if (row !== null) program.addRow(row);
    }
  return own;
}

/** Bounds that hold whatever the on/off decision; a committed unit's own minimum is a row. */
function outputBounds(unit: GasUnit, slot: number): { lower: number; upper: number } {
  const pinnedKw = unit.pinnedKw?.[slot] ?? null;
  if (pinnedKw !== null) return { lower: pinnedKw, upper: pinnedKw };
  const ownKw = unit.commitment === 'committed' || !isInService(unit, slot) ? 0 : unit.minKw;
  return { lower: valueAt(unit.leastKwAt, slot, ownKw), upper: mostKwAt(unit, slot) };
}
