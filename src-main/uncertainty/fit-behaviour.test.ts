import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import type { BehaviourDay, CarBehaviour } from '../forecast/behaviour-days.ts';
import { fitBehaviour, leastBehaviourDays, mostAway } from './fit-behaviour.ts';

const car = (late: number, early: number, more: number, at = 480): CarBehaviour => ({
  arrivalMinutes: { planned: at, real: at + late },
  departureMinutes: { planned: at + 540, real: at + 540 - early },
  energyKwh: { planned: 10, real: 10 + more },
});
const dayOf = (index: number, cars: CarBehaviour[], weight = 1): BehaviourDay => ({
  day: `day ${index}`,
  weight,
  cars,
});

describe('amounts of behaviour', () => {
  it('are the conformal rank of days, cars of a day sharing one', () => {
    // Forty days of four cars, all late by as many minutes as the day counts.
    const days = Array.from({ length: 40 }, (_, d) => dayOf(d, [0, 1, 2, 3].map((k) => car(d + 1, 2 * (d + 1), k === 0 ? 5 : 0)))); // prettier-ignore
    const set = fitBehaviour(days, 0.9)!;
    // ⌈41 · 0.9⌉ = 37
    expect(set.lateMinutes).toBe(37);
    expect(set.earlyMinutes).toBe(74);
    expect(set.moreKwh).toBe(5);
    expect(set.atOnce).toBe(4);
    // Ever later days: what was learnt from the earlier ones covers none of the later.
    expect(set.coverage.late.share).toBeLessThan(0.2);
    expect(set.coverage.atOnce.share).toBe(1);
  });
  it('are not told from too few days', () => {
    const few = Array.from({ length: leastBehaviourDays - 1 }, (_, d) => dayOf(d, [car(1, 1, 1)]));
    expect(fitBehaviour(few, 0.9)).toBeNull();
  });
});

it('counts cars away in one moment, as found by looking at every minute', () => {
  const minutes = fc.integer({ min: -90, max: 90 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(minutes, minutes, fc.integer({ min: 300, max: 700 })), { minLength: 1, maxLength: 6 }),
      (drawn) => {
        const day = dayOf(0, drawn.map(([late, early, at]) => car(late, early, 0, at)), 1.5); // prettier-ignore
        let most = 0;
        for (let minute = 0; minute < 1440; minute++) {
          const away = day.cars.filter(({ arrivalMinutes: a, departureMinutes: d }) => minute >= a.planned && minute < d.planned && !(minute >= a.real && minute < d.real)); // prettier-ignore
          most = Math.max(most, away.length);
        }
        expect(mostAway(day)).toBe(1.5 * most);
      },
    ),
  );
});

it('keeps its promise on days of a known law: held-out coverage holds the truth inside its interval', () => {
  let within = 0;
  let days = 0;
  const runs = 60;
  for (let run = 0; run < runs; run++) {
    const random = seededRandom(1000 + run);
    const drawn = Array.from({ length: 90 }, (_, d) => {
      // A bad day makes every car late: cars of a day move together.
      const common = 60 * random.normal();
      return dayOf(
        d,
        Array.from({ length: 8 }, () => car(Math.round(common + 30 * random.normal()), 0, 0)),
      );
    });
    const set = fitBehaviour(drawn, 0.9)!;
    const { lower, upper } = set.coverage.late;
    if (lower <= 0.9 + 0.03 && upper >= 0.9 - 0.03) within++;
    if (set.coverage.atOnce.lower <= 0.93 && set.coverage.atOnce.upper >= 0.87) days++;
  }
  expect(within).toBeGreaterThan(0.85 * runs);
  expect(days).toBeGreaterThan(0.85 * runs);
});
