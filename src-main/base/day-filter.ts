/** Which past days a set may learn from, beyond "the last so many": a season, a class of weekday, or days of one's own choice. */
export const seasons = ['winter', 'spring', 'summer', 'autumn'] as const;
export type Season = (typeof seasons)[number];
export const weekdayClasses = ['working', 'weekend', 'saturday', 'sunday'] as const;
export type WeekdayClass = (typeof weekdayClasses)[number];

export interface DayFilter {
  /** Meteorological: winter is December to February. Null: all year. */
  season: Season | null;
  /** 'working' is Monday to Friday, holidays among them. Null: every day of the week. */
  weekdays: WeekdayClass | null;
  /** ISO dates, both included; takes the place of the window. Null: the window. */
  range: { from: string; to: string } | null;
}

export const everyDay: DayFilter = { season: null, weekdays: null, range: null };

export const isEveryDay = ({ season, weekdays, range }: DayFilter): boolean =>
  season === null && weekdays === null && range === null;

/** Month 0 is January; December belongs to the winter that follows it. */
const seasonOf = (month: number): Season => seasons[Math.floor(((month + 1) % 12) / 3)]!;

export function passesFilter({ season, weekdays, range }: DayFilter, day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  if (season !== null && seasonOf(date.getUTCMonth()) !== season) return false;
  if (weekdays !== null && !inClass(weekdays, date.getUTCDay())) return false;
  return range === null || (range.from <= day && day <= range.to);
}

function inClass(wanted: WeekdayClass, weekday: number): boolean {
  if (wanted === 'saturday') return weekday === 6;
  if (wanted === 'sunday') return weekday === 0;
  const weekend = weekday === 0 || weekday === 6;
  return wanted === 'weekend' ? weekend : !weekend;
}

export const seasonWords: Readonly<Record<Season, string>> = {
  winter: 'December to February',
  spring: 'March to May',
  summer: 'June to August',
  autumn: 'September to November',
};

export const weekdayWords: Readonly<Record<WeekdayClass, string>> = {
  working: 'Monday to Friday',
  weekend: 'Saturdays and Sundays',
  saturday: 'Saturdays',
  sunday: 'Sundays',
};

/** "Monday to Friday, December to February": what of the window is learnt from; "every day" when all of it. */
export function filterWords(filter: DayFilter): string {
  const { season, weekdays, range } = filter;
  const words = [
    ...(weekdays === null ? [] : [weekdayWords[weekdays]]),
    ...(season === null ? [] : [seasonWords[season]]),
    ...(range === null ? [] : [`${range.from} to ${range.to}`]),
  ];
  return words.length === 0 ? 'every day' : words.join(', ');
}
