import { flagBits } from '../types.ts';
import { mark, runsWhere, type Finding, type RuleInput } from './finding.ts';

/**
 * Times a file named more than once, as the import marked them. Where the values contradicted each other the import also set
 * `impossible`: one of the two must be wrong, and nobody knows which.
 */
export function findDuplicates(input: RuleInput): Finding[] {
  const { flags: imported, values } = input.series;
  const conflict = flagBits.duplicate | flagBits.impossible;
  const exact = runsWhere(values.length, (slot) => (imported[slot]! & conflict) === flagBits.duplicate);
  const contradicting = runsWhere(values.length, (slot) => (imported[slot]! & conflict) === conflict);
  return [
    ...exact.map(([from, to]) =>
      mark(input, 'duplicate', from, to, 'the file repeats these rows; one of each is kept'),
    ),
    ...contradicting.map(([from, to]) => {
      for (let i = from; i < to; i++) input.flags[i]! |= flagBits.impossible;
      return mark(
        input,
        'duplicate',
        from,
        to,
        'the file states two different values for the same time; the first is kept',
      );
    }),
  ];
}
