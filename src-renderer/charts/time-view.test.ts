import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneOf } from '../../src-main/base/zone.ts';
import { calendarTicks } from './calendar-ticks.ts';
import { lookAt, panBy, reveal, within, zoomAbout } from './time-view.ts';

const day = 86_400_000;
const all = { fromMs: 0, toMs: 365 * day };

describe('the view of a long axis', () => {
  it('never leaves the data, whatever is pressed', () => {
    const move = fc.oneof(
      fc.record({
        kind: fc.constant('zoom' as const),
        at: fc.double({ min: 0, max: 365, noNaN: true }),
        factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant('pan' as const),
        at: fc.double({ min: -400, max: 400, noNaN: true }),
        factor: fc.constant(1),
      }),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        let view = all;
        for (const step of moves)
          view =
            step.kind === 'zoom'
              ? zoomAbout(view, step.at * day, step.factor, all, 900_000)
              : panBy(view, step.at * day, all);
        expect(view.fromMs).toBeGreaterThanOrEqual(-1e-3);
        expect(view.toMs).toBeLessThanOrEqual(all.toMs + 1e-3);
        expect(view.toMs - view.fromMs).toBeGreaterThanOrEqual(8 * 900_000 - 1);
      }),
    );
  });
  it('keeps the instant under the pointer where it is', () => {
    const view = zoomAbout({ fromMs: 100 * day, toMs: 200 * day }, 125 * day, 0.5, all, 900_000);
    expect((125 * day - view.fromMs) / (view.toMs - view.fromMs)).toBeCloseTo(0.25);
  });
  it('reveals and looks at what it is told to', () => {
    expect(reveal({ fromMs: 0, toMs: day }, 10 * day, all)).toEqual({ fromMs: 9.1 * day, toMs: 10.1 * day });
    expect(lookAt({ fromMs: 10 * day, toMs: 11 * day }, day, all)).toEqual({ fromMs: 9 * day, toMs: 12 * day });
    expect(within({ fromMs: -day, toMs: 400 * day }, all)).toEqual(all);
  });
});

describe('calendar ticks', () => {
  const berlin = zoneOf('Europe/Berlin');
  it('stand on local midnights and full hours through a clock change', () => {
    const from = berlin.startOfDay('2022-03-26');
    const to = berlin.startOfDay('2022-03-29');
    for (const tick of calendarTicks(berlin, from, to, 300))
      expect(berlin.format(tick.utcMs).slice(11, 16)).toBe('00:00');
    const hours = calendarTicks(berlin, berlin.startOfDay('2022-03-27'), berlin.startOfDay('2022-03-28'), 2400).map(
      (tick) => tick.label,
    );
    expect(hours).toContain('01:00');
    expect(hours).not.toContain('02:00');
    expect(hours).toContain('03:00');
  });
  it('name years and months with room between them', () => {
    const ticks = calendarTicks(berlin, berlin.startOfDay('2021-11-15'), berlin.startOfDay('2022-12-31'), 900);
    expect(ticks.map((tick) => tick.label).slice(0, 3)).toEqual(['Dec 2021', '2022', 'Feb']);
    const room = (64 * (berlin.startOfDay('2022-12-31') - berlin.startOfDay('2021-11-15'))) / 900;
    ticks.slice(1).forEach((tick, i) => expect(tick.utcMs - ticks[i]!.utcMs).toBeGreaterThan(0.9 * room));
  });
});
