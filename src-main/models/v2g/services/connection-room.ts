/**
 * What is sold to others goes through the connection, beside what is traded in energy (x bought, y sold, losses on the way in):
 *
 *   downwards:  R_t ≤ y_t + (1 − loss)(import limit − x_t)
 *   upwards:    R_t + Σ_areas (o_t − required_t) ≤ export limit − y_t + (1 − loss) x_t
 *
 * Reserve that is required is called where supply of the site itself is lost, and stays within it.
 */
import type { Column, Term } from '../../../program/program.ts';
import type { Stage } from '../device.ts';
import type { GridColumns } from '../grid.ts';
import { gridName } from '../names.ts';
import { valueAt } from '../slot-values.ts';

export function addConnectionRoom(
  { program, problem }: Stage,
  flows: readonly GridColumns[] | null,
  regulation: readonly Term[][],
  offered: readonly Column[][],
): void {
  const { grid, lossShare, services } = problem;
  if (!grid || flows === null) return;
  for (let slot = 0; slot < problem.slots; slot++) {
    const { bought, sold } = flows[slot]!;
    const required = services?.reserve?.areas.reduce((sum, area) => sum + area.requiredKw[slot]!, 0) ?? 0;
    const reserve = offered.map((area): Term => [area[slot]!, 1]);
    if (regulation[slot]!.length > 0)
      program.addRow({
        name: gridName('import with regulation downwards', slot),
        lower: -Infinity,
        upper: (1 - lossShare) * valueAt(grid.importLimitKwAt, slot, grid.importLimitKw),
        terms: [...regulation[slot]!, [sold, -1], [bought, 1 - lossShare]],
      });
    if (regulation[slot]!.length + reserve.length > 0)
      program.addRow({
        name: gridName('export with regulation and reserve', slot),
        lower: -Infinity,
        upper: valueAt(grid.exportLimitKwAt, slot, grid.exportLimitKw) + required,
        terms: [...regulation[slot]!, ...reserve, [sold, 1], [bought, -(1 - lossShare)]],
      });
  }
}
