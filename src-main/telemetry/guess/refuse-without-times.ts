/** What cannot be telemetry: a table without a single dated time, or no table at all. */
import { Refusal } from '../../base/errors.ts';
import type { ColumnProfile } from './profile.ts';

/** Columns of a wide table named in a refusal. */
const namedColumns = 6;

/**
 * One sentence instead of a doubt for every role: without dated times none of them has an answer.
 * @param roles role → column name as guessed; a `year` makes the date of numbers
 * @throws Refusal `import-bad-file`
 */
export function refuseWithoutTimes(
  file: string,
  profiles: readonly ColumnProfile[],
  roles: Readonly<Record<string, string>>,
): void {
  const dated = profiles.some(({ holds }) => holds === 'instant' || holds === 'date');
  if (dated || roles['year'] !== undefined) return;
  if (profiles.every(({ holds }) => holds === 'nothing'))
    throw new Refusal('import-bad-file', { file, problem: 'it has no rows below the column names' });
  const clock = profiles.find(({ holds }) => holds === 'clock');
  const isTable = profiles.length > 1 && profiles.some(({ holds }) => holds === 'number');
  const names = profiles.slice(0, namedColumns).map(({ name }) => name);
  const more = profiles.length > namedColumns ? ` and ${profiles.length - namedColumns} more` : '';
  throw new Refusal('import-bad-file', {
    file,
    problem: clock
      ? `"${clock.name}" holds times of day without a date: a distribution over the day, not a record of what happened`
      : isTable
        ? `no column holds times (its columns are ${names.join(', ')}${more})`
        : 'it is no table: no line names columns and none holds a time',
    next: 'Choose a file in which every row has a date and a time.',
  });
}
