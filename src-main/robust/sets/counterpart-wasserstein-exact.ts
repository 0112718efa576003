/**
 * Counterpart of a row that must hold with probability 1 − ε under every law in the ball: the chance constraint as it is, by sorted samples where one number is
 * uncertain and with a binary for each day that may be given up where shares are decisions (drcc/exact-wasserstein.ts).
 */
import type { ProgramBuilder } from '../../program/program.ts';
import type { WassersteinExactSet } from '../../uncertainty/day-set.ts';
import { addExactChance, type GivenUp } from '../drcc/exact-wasserstein.ts';
import type { UncertainRow } from '../uncertain-row.ts';

export function addWassersteinExactCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: WassersteinExactSet,
  givenUp: GivenUp = 'whole',
): void {
  addExactChance(program, {
    name: row.name,
    shares: row.uncertain,
    samples: set.points,
    epsilon: set.risk,
    radius: set.radius,
    base: { terms: row.terms, constant: 0 },
    upper: row.upper,
    givenUp,
  });
}
