/** Roles of the columns of a file of regular values. */
import type { ImportDoubt } from '../mapping.ts';
import type { SeriesKind } from '../types.ts';
import type { ColumnProfile } from './profile.ts';

export interface ColumnGuess {
  columns: Record<string, string>;
  subtractColumn: string;
  doubts: ImportDoubt[];
}

const forecastWords = /forecast|prognos|day.?ahead|vorhersage|predict/i;
const kindWords: Record<string, RegExp> = {
  load: /load|last|demand|verbrauch|consumption/i,
  wind: /wind/i,
  price: /price|preis|€|eur|usd|\$/i,
};
/** Columns that stand beside the wanted one and are something else. */
const otherThings =
  /residual|pump|temperature|temperatur|humidity|speed|diffuse|radiation|irradian|\bflows?\b|error|quality|flag|count/i;

export function guessSeriesColumns(profiles: readonly ColumnProfile[], kind: SeriesKind): ColumnGuess {
  const doubts: ImportDoubt[] = [];
  const columns = guessTimeColumns(profiles, doubts);
  const taken = new Set(Object.values(columns));
  const numbers = profiles.filter((profile) => profile.holds === 'number' && !taken.has(profile.name));
  const family = kind.split('-')[0]!;
  const wantsForecast = kind.endsWith('forecast');
  const score = ({ name, missingShare }: ColumnProfile): number => {
    if (otherThings.test(name)) return -10;
    const forecastFit = kind === 'price' ? 0 : forecastWords.test(name) === wantsForecast ? 1 : 0;
    return (kindWords[family]!.test(name) ? 3 : 0) + forecastFit - missingShare;
  };
  const ranked = numbers
    .map((profile) => ({ profile, score: score(profile) }))
    .sort((a, b) => b.score - a.score || a.profile.index - b.profile.index);
  const subtraction = family === 'wind' ? findSubtraction(numbers) : null;
  const [best, second] = ranked;
  if (subtraction && !(best && kindWords['wind']!.test(best.profile.name) && best.score > 0)) {
    doubts.push({
      field: 'subtractColumn',
      why: `no column holds wind; "${subtraction.load}" less "${subtraction.residual}" is the feed-in of wind and sun together`,
      choices: [subtraction.residual, ''],
    });
    return { columns: { ...columns, value: subtraction.load }, subtractColumn: subtraction.residual, doubts };
  }
  if (!best)
    doubts.push({ field: 'columns.value', why: 'no column holds numbers', choices: profiles.map(({ name }) => name) });
  else {
    columns['value'] = best.profile.name;
    if ((second && second.score > best.score - 0.5) || best.score < 0)
      doubts.push({
        field: 'columns.value',
        why: `${numbers.length} columns hold numbers and several could be the one`,
        choices: ranked.map(({ profile }) => profile.name),
      });
  }
  return { columns, subtractColumn: '', doubts };
}

function findSubtraction(numbers: readonly ColumnProfile[]): { load: string; residual: string } | null {
  const residual = numbers.find(({ name }) => /residual/i.test(name));
  const load = numbers.find(({ name }) => kindWords['load']!.test(name) && !otherThings.test(name));
  return residual && load ? { load: load.name, residual: residual.name } : null;
}

function guessTimeColumns(profiles: readonly ColumnProfile[], doubts: ImportDoubt[]): Record<string, string> {
  const instants = profiles.filter((profile) => profile.holds === 'instant');
  const isEnd = ({ name }: ColumnProfile): boolean => /\b(end|ende|bis|to|until)\b/i.test(name.replace(/_/g, ' '));
  const start = instants.find((profile) => !isEnd(profile)) ?? instants[0];
  if (start) {
    const end = instants.find((profile) => profile !== start && isEnd(profile));
    const others = instants.filter((profile) => profile !== start && profile !== end);
    if (others.length > 0)
      doubts.push({
        field: 'columns.time',
        why: 'several columns hold times',
        choices: instants.map(({ name }) => name),
      });
    return { time: start.name, ...(end ? { endTime: end.name } : {}) };
  }
  const date = profiles.find((profile) => profile.holds === 'date');
  const clocks = profiles.filter((profile) => profile.holds === 'clock');
  const clock = clocks.find((profile) => !isEnd(profile)) ?? clocks[0];
  if (date && clock) {
    const end = clocks.find((profile) => profile !== clock && isEnd(profile));
    return { date: date.name, time: clock.name, ...(end ? { endTime: end.name } : {}) };
  }
  const part = (pattern: RegExp): ColumnProfile | undefined =>
    profiles.find((profile) => profile.holds === 'number' && pattern.test(profile.name.trim()));
  const periodColumn = part(/^(period|interval|hour|stunde|he)$/i);
  const [year, month, day] = [part(/^(year|jahr)$/i), part(/^(month|monat)$/i), part(/^(day|tag)$/i)];
  if (periodColumn && (date || (year && month && day))) {
    const role = periodColumn.cells.some((cell) => Number(cell) === 0) ? 'hour' : 'period';
    const dayRoles: Record<string, string> = date
      ? { date: date.name }
      : { year: year!.name, month: month!.name, day: day!.name };
    return { ...dayRoles, [role]: periodColumn.name };
  }
  doubts.push({ field: 'columns.time', why: 'no column holds times', choices: profiles.map(({ name }) => name) });
  return { time: date?.name ?? profiles[0]?.name ?? '' };
}
