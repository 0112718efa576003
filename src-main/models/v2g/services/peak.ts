/**
 * The peak of a day, priced or capped:
 *
 *   metered_t + ρ_t R_t ≤ peak,   peak ≥ so far,   metered_t + ρ_t R_t ≤ cap_t,       charge: price · (peak − so far)
 *
 * metered is the purchase, or the load with what cars and storage take less what they give; ρ_t R_t is what regulation downwards adds to the mean of
 * a slot at most (robust/regulation-signal.ts), which the meter sees too. Purchase covers the worst deviation the plan commits for, so
 * the peak is that of the worst day of the set.
 */
import type { Column, Term } from '../../../program/program.ts';
import { largestMean } from '../../../robust/regulation-signal.ts';
import type { Stage } from '../device.ts';
import type { GridColumns } from '../grid.ts';
import { peakName } from '../names.ts';
import type { V2gProblem } from '../problem.ts';

export interface PeakParts {
  flows: readonly GridColumns[] | null;
  /** What cars and storage give less what they take [slot]. */
  given: readonly (readonly Term[])[];
  /** R [slot] */
  regulation: readonly Term[][];
}

/** The peak; null where none is priced or capped. */
export function addPeak({ program, problem }: Stage, { flows, given, regulation }: PeakParts): Column | null {
  const peak = problem.services?.peak;
  if (!peak) return null;
  const highest = program.addColumn({
    name: peakName('highest slot'),
    lower: peak.soFarKw,
    upper: Infinity,
    cost: peak.pricePerKw,
  });
  program.addOffset(-peak.pricePerKw * peak.soFarKw);
  for (let slot = 0; slot < problem.slots; slot++) {
    const { terms, constantKw } = meteredOf(problem, peak.of, flows, given, slot);
    const signal = meanOfSignal(problem, slot);
    const withSignal = [...terms, ...regulation[slot]!.map(([column]): Term => [column, signal])];
    const row = { lower: -Infinity, terms: withSignal };
    program.addRow({
      ...row,
      name: peakName('highest', slot),
      upper: -constantKw,
      terms: [...withSignal, [highest, -1]],
    });
    const capKw = peak.capKw[slot] ?? null;
    if (capKw !== null) program.addRow({ ...row, name: peakName('cap', slot), upper: capKw - constantKw });
  }
  return highest;
}

function meteredOf(
  problem: V2gProblem,
  of: 'import' | 'net-demand',
  flows: readonly GridColumns[] | null,
  given: readonly (readonly Term[])[],
  slot: number,
): { terms: Term[]; constantKw: number } {
  if (of === 'import') return { terms: flows === null ? [] : [[flows[slot]!.bought, 1]], constantKw: 0 };
  const carsKw =
    problem.charging === 'uncoordinated' ? problem.uncoordinatedKw.reduce((sum, own) => sum + own[slot]!, 0) : 0;
  return {
    terms: given[slot]!.map(([column, value]) => [column, -value]),
    constantKw: problem.loadKw[slot]! + carsKw,
  };
}

/** ρ_t, at the meter. */
export function meanOfSignal(problem: V2gProblem, slot: number): number {
  const service = problem.services?.regulation;
  if (!service) return 0;
  const { windowSlots } = service.signals;
  const from = slot - (slot % windowSlots);
  const slots = Math.min(windowSlots, problem.slots - from);
  return largestMean(service.signals, slots, problem.slotHours, slot - from) / (1 - problem.lossShare);
}
