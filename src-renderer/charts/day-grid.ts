/** Rows of days brought onto one calendar, and runs of equal shade, for the heat strip. */
export interface HeatRow {
  id: string | number;
  name: string;
  /** ISO dates, ascending. */
  days: readonly string[];
  validShare: ArrayLike<number>;
  flagged: ArrayLike<number>;
}

export interface DayCell {
  validShare: number;
  flagged: number;
}

/** Days [from, to) of one shade: 0 all valid … 4 nothing valid. */
export interface ShadeRun {
  from: number;
  to: number;
  shade: number;
}

const millisecondsPerDay = 86_400_000;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthSteps = [1, 2, 3, 6, 12, 24, 60];

export function shadeOf(validShare: number): number {
  if (validShare >= 0.9995) return 0;
  if (validShare >= 0.9) return 1;
  if (validShare >= 0.5) return 2;
  return validShare > 0 ? 3 : 4;
}

export function dayGrid(rows: readonly HeatRow[]) {
  const first = rows.flatMap((row) => row.days.slice(0, 1)).sort()[0];
  const last = rows
    .flatMap((row) => row.days.slice(-1))
    .sort()
    .at(-1);
  const days: string[] = [];
  if (first !== undefined && last !== undefined)
    for (let at = Date.parse(first); at <= Date.parse(last); at += millisecondsPerDay)
      days.push(new Date(at).toISOString().slice(0, 10));
  const place = new Map(days.map((day, i) => [day, i]));
  const cells = rows.map((row) => {
    const line: (DayCell | undefined)[] = new Array<DayCell | undefined>(days.length).fill(undefined);
    row.days.forEach((day, i) => {
      line[place.get(day) ?? -1] = { validShare: row.validShare[i] ?? 0, flagged: row.flagged[i] ?? 0 };
    });
    return line;
  });
  return { days, cells, runs: cells.map(runsOf), ticks: (pixels: number) => monthTicks(days, pixels) };
}

function runsOf(line: readonly (DayCell | undefined)[]): ShadeRun[] {
  const runs: ShadeRun[] = [];
  line.forEach((cell, day) => {
    if (!cell) return;
    const shade = shadeOf(cell.validShare);
    const previous = runs.at(-1);
    if (previous && previous.to === day && previous.shade === shade) previous.to = day + 1;
    else runs.push({ from: day, to: day + 1, shade });
  });
  return runs;
}

/** Month starts with room for their names; the year is said at each January and at the first. */
function monthTicks(days: readonly string[], pixels: number): { day: number; label: string }[] {
  const room = 54 / Math.max(0.001, pixels / Math.max(1, days.length));
  const step = monthSteps.find((months) => months * 30 >= room) ?? 60;
  const ticks: { day: number; label: string }[] = [];
  days.forEach((day, i) => {
    const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
    if (!day.endsWith('-01') || (year * 12 + month) % step !== 0 || days.length - i < room / 2) return;
    ticks.push({
      day: i,
      label: month === 0 || ticks.length === 0 ? `${monthNames[month]} ${year}` : monthNames[month]!,
    });
  });
  return ticks.length > 0 || days.length === 0 ? ticks : [{ day: 0, label: days[0]! }];
}
