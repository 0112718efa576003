/** What every device family of the scheduling program gives to the rest: its terms in the power balance and its part of the answer. */
import type { ProgramBuilder, Term } from '../../program/program.ts';
import type { V2gProblem } from './problem.ts';
import type { CostItems } from './schedule.ts';

/** A charge/discharge or purchase/sale pair that must not run both ways in this slot; `index` counts devices of that kind. */
export interface ExclusivePair {
  kind: 'grid' | 'storage' | 'ev' | 'truck' | 'stay';
  index: number;
  slot: number;
}

export interface Stage {
  program: ProgramBuilder;
  problem: V2gProblem;
  /** Pairs that get a binary. */
  isExclusive: (pair: ExclusivePair) => boolean;
  /** EVs, by index, whose standby is settled together (standby.ts). */
  sharesStandby: (ev: number) => boolean;
}

/** Values of a solution by column. */
export type ValueOf = (column: number) => number;

export interface Device<Answer> {
  /** Terms of the power balance [slot]; generation and import pass the losses, the rest stands at the load. */
  supply: Term[][];
  read: (valueOf: ValueOf) => { answer: Answer; cost: Partial<CostItems> };
}

export const perSlot = <Value>(problem: V2gProblem, make: (slot: number) => Value): Value[] =>
  Array.from({ length: problem.slots }, (_, slot) => make(slot));
