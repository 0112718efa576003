import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateOrder } from '../mapping.ts';
import { emptyTime, parseTime } from './parse-time.ts';

function read(text: string, order: DateOrder = 'ymd'): string | null {
  const out = emptyTime();
  if (!parseTime(text, order, out)) return null;
  if (!out.hasDate) return `+${out.localMs / 60_000}min`;
  const offset = Number.isNaN(out.offsetMinutes) ? '' : ` ${out.offsetMinutes}`;
  return new Date(out.localMs).toISOString().slice(0, 19) + offset;
}

describe('parseTime', () => {
  it('reads the forms that files are written in', () => {
    expect(read('2024-06-01 00:00:00+02:00')).toBe('2024-06-01T00:00:00 120');
    expect(read('2018/01/12 15:54:00+00')).toBe('2018-01-12T15:54:00 0');
    expect(read('2024-06-01T10:00:00.250Z')).toBe('2024-06-01T10:00:00 0');
    expect(read('2024-06-01T10:00-0330')).toBe('2024-06-01T10:00:00 -210');
    expect(read('Mon, 25 Mar 2019 16:24:42 GMT')).toBe('2019-03-25T16:24:42 0');
    expect(read('Jan 1, 2023 12:00 AM')).toBe('2023-01-01T00:00:00');
    expect(read('Jan 1, 2023 12:30 PM')).toBe('2023-01-01T12:30:00');
    expect(read('Oct 29, 2023 11:00 PM')).toBe('2023-10-29T23:00:00');
    expect(read('21.12.2018 10:20', 'dmy')).toBe('2018-12-21T10:20:00');
    expect(read('1/31/17 0:10', 'mdy')).toBe('2017-01-31T00:10:00');
    expect(read('20230615')).toBe('2023-06-15T00:00:00');
    expect(read('30. Okt. 2022', 'dmy')).toBe('2022-10-30T00:00:00');
    expect(read('14:15')).toBe('+855min');
    expect(read('24:00')).toBe('+1440min');
  });
  it('gives a year that lost its century back, and says so', () => {
    const out = emptyTime();
    expect(parseTime('0014-11-18 15:40:26', 'ymd', out)).toBe(true);
    expect(new Date(out.localMs).getUTCFullYear()).toBe(2014);
    expect(out.lostCentury).toBe(true);
    parseTime('2014-11-18 15:40:26', 'ymd', out);
    expect(out.lostCentury).toBe(false);
  });
  it('changes day and month back only where both can be a month', () => {
    expect(read('2017-01-12T00:00:00', 'day-month-swapped')).toBe('2017-12-01T00:00:00');
    expect(read('2017-09-13T00:00:00', 'day-month-swapped')).toBe('2017-09-13T00:00:00');
    expect(read('01/12/2017', 'day-month-swapped')).toBe('2017-01-12T00:00:00');
  });
  it('takes nothing that is not a time', () => {
    for (const text of [
      '',
      'NA',
      '10.964,25',
      '2024-13-01',
      '2023-02-29',
      '2024-06-01 25:00',
      '12:60',
      '24:01',
      '13:00 PM',
      'Wednesday',
      '1.5',
      '2024-06-01 00:00+2',
    ])
      expect(read(text), text).toBeNull();
    expect(read('2024-02-29')).toBe('2024-02-29T00:00:00');
  });
  it('reads back any minute in every order', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2068-12-31'), noInvalidDate: true }),
        (date) => {
          const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
          const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
          const wanted = `${date.toISOString().slice(0, 16)}:00`;
          expect(read(`${y}-${two(m)}-${two(d)} ${clock}`)).toBe(wanted);
          expect(read(`${d}.${m}.${y} ${clock}`, 'dmy')).toBe(wanted);
          expect(read(`${m}/${d}/${two(y % 100)} ${clock}`, 'mdy')).toBe(wanted);
          expect(
            read(
              `${date.toLocaleDateString('en-US', { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' })} ${clock}`,
            ),
          ).toBe(wanted);
        },
      ),
    );
  });
});
