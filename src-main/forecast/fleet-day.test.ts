import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayHorizon } from '../base/horizon.ts';
import { zoneOf } from '../base/zone.ts';
import { chargingSeries } from './charging-series.ts';
import { apartmentSessions, sessionOf } from './fixtures/sessions.ts';
import { fleetDay } from './fleet-day.ts';
import { representativeSessions } from './representative-sessions.ts';

const hour = 3_600_000;
const always = { fromUtcMs: -Infinity, toUtcMs: Infinity };

describe('chargingSeries', () => {
  it('draws full power from arrival until the energy is reached', () => {
    const session = sessionOf({ arrivalUtcMs: 1.5 * hour, departureUtcMs: 9 * hour, energyKwh: 22 });
    const { values } = chargingSeries([session], always, 11, { startUtcMs: 0, stepMinutes: 60, length: 6 });
    [0, 0.0055, 0.011, 0.0055, 0, 0].forEach((mw, at) => expect(values[at]).toBeCloseTo(mw, 12));
  });
  it('gives no more than the stay allows, and keeps all energy within the series', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat(3000), fc.integer({ min: 1, max: 900 }), fc.double({ min: 0.1, max: 80, noNaN: true })),
          { maxLength: 20 },
        ),
        (list) => {
          const sessions = list.map(([from, stay, energyKwh]) =>
            sessionOf({ arrivalUtcMs: from * 60_000, departureUtcMs: (from + stay) * 60_000, energyKwh }),
          );
          const { values } = chargingSeries(sessions, always, 11, { startUtcMs: 0, stepMinutes: 15, length: 400 });
          const wanted = list.reduce((sum, [, stay, energyKwh]) => sum + Math.min(energyKwh, (11 * stay) / 60), 0);
          expect(values.reduce((sum, mw) => sum + mw * 250, 0)).toBeCloseTo(wanted, 6);
        },
      ),
    ));
  it('knows nothing outside the covered time', () => {
    const { values, flags } = chargingSeries([], { fromUtcMs: hour, toUtcMs: 3 * hour }, 11, {
      startUtcMs: 0,
      stepMinutes: 60,
      length: 4,
    });
    expect([...values]).toEqual([NaN, 0, 0, NaN]);
    expect([...flags]).toEqual([1, 0, 0, 1]);
  });
});

describe('representativeSessions', () => {
  const pool = apartmentSessions(1, '2023-01-02', 40, 'UTC').map((session, index) => ({
    arrivalMinutes: 900 + ((index * 37) % 500),
    stayMinutes: (session.departureUtcMs - session.arrivalUtcMs) / 60_000,
    energyKwh: session.energyKwh,
  }));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  it('picks real sessions that keep the means and spread over arrival', () => {
    const chosen = representativeSessions(pool, 12.3, 40);
    expect(chosen).toHaveLength(12);
    expect(chosen.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(12.3, 9);
    for (const { weight: _, ...session } of chosen) expect(pool).toContainEqual(session);
    expect(
      mean(chosen.map((session) => session.energyKwh)) / mean(pool.map((session) => session.energyKwh)),
    ).toBeCloseTo(1, 1.5);
    expect(
      mean(chosen.map((session) => session.stayMinutes)) / mean(pool.map((session) => session.stayMinutes)),
    ).toBeCloseTo(1, 1.5);
    const arrivals = chosen.map((session) => session.arrivalMinutes);
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
    expect(arrivals[11]! - arrivals[0]!).toBeGreaterThan(350);
  });
  it('does not depend on the order of the pool', () => {
    expect(representativeSessions([...pool].reverse(), 7, 40)).toEqual(representativeSessions(pool, 7, 40));
  });
  it('stands for many with few, and for hardly any with none', () => {
    expect(representativeSessions(pool, 100, 40)).toHaveLength(40);
    expect(representativeSessions(pool, 0.3, 40)).toMatchObject([{ weight: 0.3 }]);
    expect(representativeSessions(pool, 0.01, 40)).toEqual([]);
    expect(representativeSessions([], 3, 40)).toEqual([]);
  });
});

describe('fleetDay', () => {
  const zone = 'Europe/Berlin';
  const sessions = apartmentSessions(5, '2023-01-01', 200, zone);
  const covered = { fromUtcMs: zoneOf(zone).startOfDay('2023-01-01'), toUtcMs: zoneOf(zone).startOfDay('2023-07-20') };
  const plan = (day: string, windowDays = 60) =>
    fleetDay({ sessions, covered, chargeKw: 11, horizon: dayHorizon(day, zone, 15), windowDays });

  it('expects the cars of the same kind of day, and those that stayed overnight', () => {
    const tuesday = plan('2023-06-13');
    const arriving = tuesday.sessions.filter(({ arrivalMinutes }) => arrivalMinutes >= 0);
    const standing = tuesday.sessions.filter(({ arrivalMinutes }) => arrivalMinutes < 0);
    expect(arriving.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(10, 0);
    // Monday evening's ten; Sunday evening's four on Mondays pull the mean down.
    expect(standing.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(8.8, 0);
    expect(arriving.every(({ arrivalMinutes }) => arrivalMinutes > 12 * 60)).toBe(true);
    const saturday = plan('2023-06-17').sessions.filter(({ arrivalMinutes }) => arrivalMinutes >= 0);
    expect(saturday.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(4, 0);
    expect(tuesday.poolDays.every((date) => date <= '2023-06-11')).toBe(true);
  });
  it('expects the load whose energy the sessions have, and errors about it', () => {
    const { centre, residualDays, skill } = plan('2023-06-13');
    const kwh = centre.reduce((sum, mw) => sum + mw * 250, 0);
    expect(kwh).toBeGreaterThan(105);
    expect(kwh).toBeLessThan(135);
    expect(residualDays).toHaveLength(59);
    expect(residualDays.at(-1)!.day).toBe('2023-06-11');
    expect(residualDays.every(({ usable }) => usable)).toBe(true);
    expect(Math.abs(skill.meanBias)).toBeLessThan(0.0005);
    expect(skill.rmse).toBeLessThan(0.9 * skill.naiveDayRmse);
    expect(skill.rmse).toBeLessThan(0.9 * skill.naiveWeekRmse);
  });
  it('does not look at the day before the plan or later', () => {
    const known = plan('2023-06-13');
    const cut = zoneOf(zone).startOfDay('2023-06-12');
    const changed = sessions.map((session) => (session.arrivalUtcMs >= cut ? { ...session, energyKwh: 100 } : session));
    const after = fleetDay({
      sessions: changed,
      covered,
      chargeKw: 11,
      horizon: dayHorizon('2023-06-13', zone, 15),
      windowDays: 60,
    });
    expect(after).toEqual(known);
  });
  it('says so when there are too few comparable days', () => {
    const { centre, sessions: cars, residualDays } = plan('2023-01-04');
    expect(centre.every(Number.isNaN)).toBe(true);
    expect([cars, residualDays]).toEqual([[], []]);
  });
  it('has the slots of a clock-change day', () => {
    const { centre, residualDays } = plan('2023-03-26', 30);
    expect([centre.length, residualDays[0]!.error.length]).toEqual([92, 92]);
  });
});
