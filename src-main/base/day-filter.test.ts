import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyDay, filterWords, isEveryDay, passesFilter, seasons, weekdayClasses } from './day-filter.ts';
import { addDays } from './zone.ts';

const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1990-01-01', count));

describe('passesFilter', () => {
  it('knows the meteorological seasons by their first and last days', () => {
    const of = (day: string) => seasons.filter((season) => passesFilter({ ...everyDay, season }, day));
    expect(
      [
        '2022-12-01',
        '2023-02-28',
        '2023-03-01',
        '2023-05-31',
        '2023-06-01',
        '2023-08-31',
        '2023-09-01',
        '2023-11-30',
      ].map((day) => of(day).join()),
    ).toEqual(['winter', 'winter', 'spring', 'spring', 'summer', 'summer', 'autumn', 'autumn']);
  });

  it('knows the weekdays: 2023-06-12 was a Monday', () => {
    const of = (day: string) => weekdayClasses.filter((weekdays) => passesFilter({ ...everyDay, weekdays }, day));
    expect(['2023-06-12', '2023-06-16', '2023-06-17', '2023-06-18'].map(of)).toEqual([
      ['working'],
      ['working'],
      ['weekend', 'saturday'],
      ['weekend', 'sunday'],
    ]);
  });

  it('puts every day in exactly one season, and into working days or weekend but not both', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(seasons.filter((season) => passesFilter({ ...everyDay, season }, day))).toHaveLength(1);
        const inClass = (weekdays: 'working' | 'weekend') => passesFilter({ ...everyDay, weekdays }, day);
        expect(inClass('working')).not.toBe(inClass('weekend'));
      }),
    );
  });

  it('includes both ends of a range, and asks for everything at once', () => {
    const range = { from: '2023-06-12', to: '2023-06-18' };
    const passing = (filter: Partial<typeof everyDay>) =>
      Array.from({ length: 10 }, (_, count) => addDays('2023-06-10', count)).filter((day) =>
        passesFilter({ ...everyDay, range, ...filter }, day),
      );
    expect(passing({})).toHaveLength(7);
    expect(passing({ weekdays: 'weekend' })).toEqual(['2023-06-17', '2023-06-18']);
    expect(passing({ season: 'winter' })).toEqual([]);
  });
});

it('says what is learnt from', () => {
  expect(filterWords(everyDay)).toBe('every day');
  expect(isEveryDay(everyDay)).toBe(true);
  const filter = { season: 'winter', weekdays: 'working', range: { from: '2022-01-01', to: '2022-12-31' } } as const;
  expect(filterWords(filter)).toBe('Monday to Friday, December to February, 2022-01-01 to 2022-12-31');
  expect(isEveryDay(filter)).toBe(false);
});
