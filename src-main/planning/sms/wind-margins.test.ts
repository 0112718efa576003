import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayHorizon, type Horizon } from '../../base/horizon.ts';
import { ownMarginMw } from '../../models/sms/reserve-sharing.ts';
import { openDemoDesk, type DemoDesk } from '../fixtures/demo-desk.ts';
import { townGrid } from '../fixtures/mobile-town.ts';
import { marginForms, type MarginName } from './mobile-storage.ts';
import { siteOf } from '../tools.ts';
import { forecastGrids, sharedViolations, sharingOf } from './wind-margins.ts';

let desk: DemoDesk;
let horizon: Horizon;
beforeAll(async () => {
  desk = await openDemoDesk();
  horizon = dayHorizon('2023-06-15', 'Europe/Berlin', 60);
});
afterAll(() => desk.close());

function forecast(margin: MarginName, epsilon: number, grids = [townGrid('a')], read: string[] = []) {
  const { store } = desk.core.tools;
  return forecastGrids(store, siteOf(store), grids, horizon, { epsilon, margin, windowDays: 180 }, read);
}
const meanMargin = (margin: MarginName, epsilon = 0.05): number => {
  const [grid] = forecast(margin, epsilon).forecasts;
  return grid!.marginKw.reduce((sum, kw) => sum + kw, 0) / horizon.slots;
};

it('gives grids of one series margins and wind in proportion to their shares, and none to one without wind', () => {
  const grids = [townGrid('a'), townGrid('b', { windShare: 1.5e-4 }), townGrid('c', { windShare: 0 })];
  const read: string[] = [];
  const { forecasts, evidence } = forecast('cantelli', 0.05, grids, read);
  forecasts[0]!.marginKw.forEach((kw, slot) => {
    expect(forecasts[1]!.marginKw[slot]).toBeCloseTo(3 * kw, 6);
    expect(forecasts[1]!.windKw[slot]).toBeCloseTo(3 * forecasts[0]!.windKw[slot]!, 6);
    expect([forecasts[2]!.marginKw[slot], forecasts[2]!.windKw[slot]]).toEqual([0, 0]);
  });
  // Load and wind, actual and forecast: each series is read once, however many grids share it.
  expect(read).toHaveLength(4);
  expect(evidence.violations[0]).toEqual(evidence.violations[1]);
  // One wind behind both: the correlation is 1 but for what shrinkage takes for a hundred days.
  expect(evidence.errorCorrelation[0]![1]).toBeGreaterThan(0.95);
});

it('asks for more reserve the less is known of the law, and the less risk is accepted', () => {
  const order: MarginName[] = ['gaussian', 'unimodal-symmetric', 'unimodal', 'symmetric', 'cantelli', 'delage-ye'];
  const margins = order.map((margin) => meanMargin(margin));
  expect(margins).toEqual(margins.toSorted((a, b) => a - b));
  for (const margin of marginForms) expect(meanMargin(margin, 0.02)).toBeGreaterThan(meanMargin(margin, 0.1));
});

it('lets a grid follow telemetry of its own, which must be of the right kind', () => {
  const { store } = desk.core.tools;
  const [load, wind] = (['load-actual', 'wind-actual'] as const).map((kind) =>
    store.listSeries().find((series) => series.kind === kind)!,
  );
  const { startUtcMs, stepMinutes, values } = store.readSeries(wind!.id, wind!.fromUtcMs, wind!.toUtcMs);
  const series = { name: 'Half the wind', unit: 'MW' as const, zone: 'UTC', stepMinutes, source: 'made up' };
  const writer = store.beginImport({ kind: 'wind-actual', fileName: 'own.csv', fileHash: 'own', mapping: {}, series });
  writer.addSamples(
    Array.from(values, (value, at) => ({ utcMs: startUtcMs + at * stepMinutes * 60_000, value: value / 2, flags: 0 })),
  );
  writer.commit({ rowCount: values.length });
  const ownId = store.listSeries().find(({ name }) => name === series.name)!.id;
  const withSeries = (id: string, seriesId: number) =>
    townGrid(id, { series: { ...townGrid('x').series, 'wind-actual': seriesId } });
  const { forecasts, evidence } = forecast('cantelli', 0.05, [townGrid('a'), withSeries('own', ownId)]);
  const [whole, half] = forecasts.map(({ windKw }) => windKw.reduce((sum, kw) => sum + kw, 0));
  expect(half! / whole!).toBeGreaterThan(0.35);
  expect(half! / whole!).toBeLessThan(0.65);
  expect(evidence.errorCorrelation[0]![1]).toBeLessThan(0.95);
  expect(() => forecast('cantelli', 0.05, [withSeries('wrong', load!.id)])).toThrow(/no wind-actual telemetry/);
});

it('shares reserve by the moments of all grids, and measures the errors that each has taken on', () => {
  const wish = { epsilon: 0.1, margin: 'cantelli' as const, windowDays: 180 };
  const { windErrors, forecasts, evidence } = forecast('cantelli', 0.1, [
    townGrid('a', { windShare: 2e-4 }),
    townGrid('calm', { windShare: 0 }),
    townGrid('b', { windShare: 1e-4 }),
  ]);
  const sharing = sharingOf(windErrors, wish)!;
  forecasts.forEach(({ marginKw }, g) =>
    marginKw.forEach((kw, slot) => expect(1000 * ownMarginMw(sharing, g, slot)).toBeCloseTo(kw, 6)),
  );
  // One series behind both: nearly all of the product of the deviations, less what is drawn towards zero.
  const [[aa, , ab], , [, , bb]] = sharing.covarianceMw2[12] as [
    [number, number, number],
    number[],
    [number, number, number],
  ];
  expect(ab / Math.sqrt(aa * bb)).toBeGreaterThan(0.9);
  expect(sharing.covarianceMw2[12]![1]).toEqual([0, 0, 0]);
  const slots = forecasts[0]!.windKw.length;
  const each = (row: number[]): number[][] => Array.from({ length: slots }, () => row);
  const own = sharedViolations(windErrors, [each([1, 0, 0]), each([0, 1, 0]), each([0, 0, 1])], wish);
  expect(own.map(({ allSlots }) => allSlots)).toEqual(evidence.violations.map(({ allSlots }) => allSlots));
  const [all, , none] = sharedViolations(windErrors, [each([1, 1, 1]), each([0, 0, 0]), each([0, 0, 0])], wish);
  expect(all!.days).toBe(own[0]!.days);
  expect(none!.days).toBe(0);
  expect(() => sharingOf(windErrors, { ...wish, margin: 'wasserstein' })).toThrow(/reserves cannot be shared/);
  expect(sharingOf([windErrors[0]!, null], wish)).toBeNull();
});

it('refuses a risk outside (0, 1)', () => {
  for (const epsilon of [0, 1]) expect(() => forecast('cantelli', epsilon)).toThrow(/cannot be/);
});
