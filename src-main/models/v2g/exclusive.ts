/**
 * Keeps a pair of opposite flows from running at once:  in ≤ inLimit · b,  out ≤ outLimit · (1 − b),  b binary.
 *
 * A linear program burns energy by running both ways only where energy has a negative worth (a negative price, a must-run unit), so the
 * binary is added where a first solution did so; see planning/plan/solve-v2g.ts.
 */
import type { Column, ProgramBuilder } from '../../program/program.ts';
import type { ExclusivePair } from './device.ts';
import type { V2gProblem } from './problem.ts';
import type { V2gSchedule } from './schedule.ts';

export interface OppositeFlows {
  inward: Column;
  inwardLimit: number;
  outward: Column;
  outwardLimit: number;
}

export function addExclusion(program: ProgramBuilder, flows: OppositeFlows, name: (what: string) => string): void {
  const direction = program.addColumn({ name: name('direction'), lower: 0, upper: 1, kind: 'integer' });
  program.addRow({
    name: name('one direction, in'),
    lower: -Infinity,
    upper: 0,
    terms: [
      [flows.inward, 1],
      [direction, -flows.inwardLimit],
    ],
  });
  program.addRow({
    name: name('one direction, out'),
    lower: -Infinity,
    upper: flows.outwardLimit,
    terms: [
      [flows.outward, 1],
      [direction, flows.outwardLimit],
    ],
  });
}

/** Pairs whose smaller flow exceeds the tolerance in a schedule. */
export function findSimultaneous(problem: V2gProblem, schedule: V2gSchedule, toleranceKw = 1e-4): ExclusivePair[] {
  const pairs: ExclusivePair[] = [];
  const collect = (kind: ExclusivePair['kind'], index: number, inward: number[], outward: number[]): void => {
    for (let slot = 0; slot < problem.slots; slot++)
      if (Math.min(inward[slot]!, outward[slot]!) > toleranceKw) pairs.push({ kind, index, slot });
  };
  if (schedule.grid) collect('grid', 0, schedule.grid.importKw, schedule.grid.exportKw);
  schedule.storage.forEach((unit, index) => collect('storage', index, unit.chargeKw, unit.dischargeKw));
  schedule.evs.forEach((ev, index) => collect('ev', index, ev.chargeKw, ev.dischargeKw));
  schedule.trucks?.forEach((truck, index) => collect('truck', index, truck.chargeKw, truck.dischargeKw));
  schedule.stays?.forEach((stay, index) => collect('stay', index, stay.chargeKw, stay.dischargeKw));
  return pairs;
}

export const pairKey = (pair: ExclusivePair): string => `${pair.kind} ${pair.index} ${pair.slot}`;
