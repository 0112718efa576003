import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';

/** What the connection can still carry into and out of the site beyond what was traded, at the load, after losses. */
export function connectionRoom(
  { grid, lossShare }: V2gProblem,
  schedule: V2gSchedule,
  slot: number,
): { inKw: number; outKw: number } {
  if (grid === null || schedule.grid === null) return { inKw: 0, outKw: 0 };
  const importKw = schedule.grid.importKw[slot]!;
  const exportKw = schedule.grid.exportKw[slot]!;
  const most = grid.importLimitKwAt?.[slot] ?? grid.importLimitKw;
  const out = grid.exportLimitKwAt?.[slot] ?? grid.exportLimitKw;
  return {
    inKw: Math.max(0, exportKw + (1 - lossShare) * (most - importKw)),
    outKw: Math.max(0, out - exportKw + (1 - lossShare) * importKw),
  };
}
