/** What the columns of a table seem to hold, judged by their first rows. */
import { isMissing, parseNumber } from '../text/cells.ts';
import { emptyTime, parseTime } from '../time/parse-time.ts';

export interface ColumnProfile {
  name: string;
  index: number;
  /** `instant`: date and time; `clock`: time of day; `date` also for instants that are all at midnight beside a clock column. */
  holds: 'instant' | 'date' | 'clock' | 'number' | 'text' | 'nothing';
  /** Every instant carries an offset from UTC. */
  withOffset: boolean;
  /** Cells that say something, in order. */
  cells: string[];
  missingShare: number;
}

/** Rows of another form up to this share, or one, do not change what a column holds: the reader will stop at them. */
const tolerated = 0.05;

export function profileColumns(columns: readonly string[], rows: readonly string[][]): ColumnProfile[] {
  const profiles = columns.map((name, index) => profileColumn(name, index, rows));
  const hasClock = profiles.some((profile) => profile.holds === 'clock');
  const scratch = emptyTime();
  for (const profile of profiles) {
    const idle = (cell: string) => parseTime(cell, 'dmy', scratch) && scratch.localMs % 86_400_000 === 0;
    if (
      hasClock &&
      profile.holds === 'instant' &&
      profile.cells.every((cell) => idle(cell.trim()) || !parseTime(cell, 'dmy', scratch))
    )
      profile.holds = 'date';
  }
  return profiles;
}

function profileColumn(name: string, index: number, rows: readonly string[][]): ColumnProfile {
  const cells = rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));
  const counts = { instant: 0, date: 0, clock: 0, number: 0, text: 0, nothing: 0 };
  let offsets = 0;
  const time = emptyTime();
  const namesDate = /date|datum|day|tag/i.test(name);
  for (const raw of cells) {
    const cell = raw.trim();
    const compactDate = namesDate && /^(19|20)\d{6}$/.test(cell);
    if (!compactDate && (parseNumber(cell, '.') !== null || parseNumber(cell, ',') !== null)) counts.number++;
    else if (parseTime(cell, 'dmy', time) || parseTime(cell, 'mdy', time)) {
      counts[time.hasDate ? (time.hasTime ? 'instant' : 'date') : 'clock']++;
      if (!Number.isNaN(time.offsetMinutes)) offsets++;
    } else counts.text++;
  }
  const odd = Math.max(cells.length >= 3 ? 1 : 0, cells.length * tolerated);
  const enough = cells.length - odd;
  const holds = (Object.keys(counts) as ColumnProfile['holds'][]).find(
    (kind) => counts[kind] > 0 && counts[kind] >= enough,
  );
  return {
    name,
    index,
    holds: cells.length === 0 ? 'nothing' : (holds ?? 'text'),
    withOffset: offsets > 0 && offsets === counts.instant,
    cells,
    missingShare: rows.length === 0 ? 0 : 1 - cells.length / rows.length,
  };
}
