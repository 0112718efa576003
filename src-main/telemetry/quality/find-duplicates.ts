import { flagBits } from '../types.ts';
import { finding } from './finding.ts';
import { followRuns } from './follow-runs.ts';
import type { SeriesShape } from './quality-source.ts';
import type { Rule } from './stretch.ts';

const conflict = flagBits.duplicate | flagBits.impossible;

/**
 * Times a file named more than once, as the import marked them. Where the values contradicted each other the import also set
 * `impossible`: one of the two must be wrong, and nobody knows which.
 */
export function findDuplicates(shape: SeriesShape): Rule {
  const repeated = followRuns(
    shape.length,
    flagBits.duplicate,
    (_, imported) => (imported & conflict) === flagBits.duplicate,
  );
  const contradicting = followRuns(shape.length, conflict, (_, imported) => (imported & conflict) === conflict);
  const state = (detail: string) => (run: { from: number; to: number }) =>
    finding(shape, 'duplicate', run.from, run.to, detail);
  return (stretch) => [
    ...repeated(stretch).map(state('the file repeats these rows; one of each is kept')),
    ...contradicting(stretch).map(state('the file states two different values for the same time; the first is kept')),
  ];
}
