import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dayHorizon } from '../../base/horizon.ts';
import type { Site } from '../site.ts';
import { servicesOf } from './day-services.ts';

const site = JSON.parse(readFileSync(new URL('../../../db/demo/site.json', import.meta.url), 'utf8')) as Site;
const at = (day: string) => dayHorizon(day, 'Europe/Berlin', 15);
const load = (slots: number) => new Array<number>(slots).fill(1000);

describe('services of a day', () => {
  it('are offered when asked for, or where the site says so by itself', () => {
    expect(servicesOf(site, at('2023-06-15'), load(96), undefined)).toBeUndefined();
    expect(servicesOf(site, at('2023-06-15'), load(96), 'offered')).toBeDefined();
    const always: Site = { ...site, services: { ...site.services!, offer: 'always' } };
    expect(servicesOf(always, at('2023-06-15'), load(96), undefined)).toBeDefined();
    expect(servicesOf(always, at('2023-06-15'), load(96), 'none')).toBeUndefined();
    expect(servicesOf({ ...site, services: undefined }, at('2023-06-15'), load(96), 'offered')).toBeUndefined();
  });
  it('go by the local clock, on the day with 25 hours too, and over midnight', () => {
    const regulation = { ...site.services!.regulation!, mostKw: [{ from: '22:00', to: '03:00', value: 80 }] };
    const night: Site = { ...site, services: { offer: 'always', regulation } };
    const horizon = at('2023-10-29');
    const { mostKw } = servicesOf(night, horizon, load(100), 'offered')!.regulation!;
    // Midnight to three takes four hours on that day.
    expect(mostKw.map((kw, slot) => (kw > 0 ? slot : -1)).filter((slot) => slot >= 0)).toEqual([
      ...Array.from({ length: 16 }, (_, k) => k),
      ...Array.from({ length: 8 }, (_, k) => 92 + k),
    ]);
  });
  it('require the larger of a share of the load and a number, and never pay for less', () => {
    const [east] = servicesOf(site, at('2023-06-15'), load(96), 'offered')!.reserve!.areas;
    expect(east!.requiredKw[0]).toBeCloseTo(0.6 * 0.08 * 1000, 9);
    const small: Site = structuredClone(site);
    Object.assign(small.services!.reserve!.areas[0]!, { mostKw: 10, requiredKw: 60 });
    const [area] = servicesOf(small, at('2023-06-15'), load(96), 'offered')!.reserve!.areas;
    expect([area!.requiredKw[0], area!.mostKw[0]]).toEqual([60, 60]);
  });
  it('cap the peak only where a period does', () => {
    const { capKw } = servicesOf(site, at('2023-06-15'), load(96), 'offered')!.peak!;
    expect([capKw[67], capKw[68], capKw[79], capKw[80]]).toEqual([null, 1000, 1000, null]);
  });
});
