/** Minutes from one value to the next. */
import type { DateOrder } from '../mapping.ts';
import { createWrittenTime } from '../time/written-time.ts';
import type { ColumnProfile } from './profile.ts';

/** The commonest distance between neighbouring rows; null when less than half of them share one. */
export function guessStepMinutes(
  rows: readonly string[][],
  profiles: readonly ColumnProfile[],
  columns: Record<string, string>,
  order: DateOrder,
): number | null {
  const profile = (role: string): ColumnProfile | undefined => profiles.find(({ name }) => name === columns[role]);
  const periods = profile('period') ?? profile('hour');
  if (periods) return stepOfPeriods(Math.max(...periods.cells.map(Number)) + (columns['hour'] === undefined ? 0 : 1));
  const time = profile('time');
  if (!time) return null;
  const written = createWrittenTime(time.index, profile('date')?.index ?? -1, order);
  const distances = new Map<number, number>();
  let last = NaN;
  let pairs = 0;
  for (const cells of rows) {
    if (written.read(cells) !== 'time') continue;
    const { localMs, offsetMinutes } = written.parsed;
    const at = Number.isNaN(offsetMinutes) ? localMs : localMs - offsetMinutes * 60_000;
    const distance = Math.abs(at - last);
    if (distance > 0) {
      distances.set(distance, (distances.get(distance) ?? 0) + 1);
      pairs++;
    }
    last = at;
  }
  const [distance, count] = [...distances].sort((a, b) => b[1] - a[1])[0] ?? [NaN, 0];
  return count * 2 > pairs && 86_400_000 % distance === 0 ? distance / 60_000 : null;
}

/** 24 intervals a day are hours, 96 quarter hours; a day of a clock change has one hour more or less. */
function stepOfPeriods(most: number): number | null {
  for (const step of [60, 30, 15, 10, 5, 1]) {
    const day = 1440 / step;
    if (most === day || most === day + 60 / step || most === day - 60 / step) return step;
  }
  return null;
}
