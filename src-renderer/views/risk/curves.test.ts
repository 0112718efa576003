/** Risk curves as they arrive, join, stand beside each other and are exported. */
import { expect, test } from 'vitest';
import { createClient } from '../../../src-main/contract/client.ts';
import { sweepFixture } from '../../charts/fixtures/sweep.ts';
import { measured } from '../../charts/fixtures/day.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import { riskCurveCsv } from '../../stores/risk-curve-csv.ts';
import { joinCurves } from '../../stores/risk-curves.ts';
import { createStores } from '../../stores/stores.svelte.ts';
import { frontierLines, kindStandings } from './kind-standings.ts';

async function opened(transport = fixtureTransport()) {
  const stores = createStores(createClient(transport));
  stores.jobs.start();
  stores.risk.start();
  await stores.desk.refresh();
  return { stores, transport };
}

test('points of a sweep that arrive before the answer are kept, and another job’s are not', async () => {
  const whole = sweepFixture();
  const curve = { ...whole, points: [], wanted: [0, 1, 2, 3, 4, 5, 6] };
  const point = (size: number) => ({ ...whole.points[0]!, size });
  const transport = fixtureTransport();
  const { stores } = await opened(transport);
  transport.answer({
    'risk.sweep': () => {
      transport.emit('sweep-curve', { jobId: 'sweep-1', curve });
      transport.emit('sweep-point', { jobId: 'sweep-1', kind: 'budget', point: point(4) });
      transport.emit('sweep-point', { jobId: 'other', kind: 'budget', point: point(5) });
      return { jobId: 'sweep-1' };
    },
  });
  stores.risk.step = 1;
  void stores.risk.make();
  await expect.poll(() => stores.risk.points.map((one) => one.size)).toEqual([4]);
  expect(stores.risk.missing).toHaveLength(6);
});

test('curves join where they are of one set under one wish, and take its place where they are not', () => {
  const before = sweepFixture();
  const fresh = { ...before, points: [{ ...before.points[0]!, size: 2.25 }], wanted: [2.25] };
  const [joined] = joinCurves([before], [fresh]);
  expect(joined!.points).toHaveLength(before.points.length + 1);
  expect(joined!.wanted).toContain(2.25);
  const [other] = joinCurves([before], [{ ...fresh, setId: 'another' }]);
  expect(other!.points.map(({ size }) => size)).toEqual([2.25]);
  expect(joinCurves([before], [{ ...fresh, scale: { ...fresh.scale, kind: 'factor' } }])).toHaveLength(2);
});

test('the risk curves are exported kind by kind, with empty cells where nothing is known', () => {
  const [one, two] = [sweepFixture(), sweepFixture('ellipsoid')];
  const failed = { ...two.points[0]!, state: 'failed' as const, problem: 'no, time', bound: NaN };
  const lines = riskCurveCsv([one, { ...two, points: [failed] }], 'EUR')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(1 + one.points.length + 1);
  expect(lines[0]).toMatch(/^set,size,size_of,bound_of,state,worst_case_cost_EUR,/);
  expect(lines[1]).toMatch(/^budget,0,"protection, components at once",limit,solved,/);
  expect(lines.at(-1)).toBe('ellipsoid,0,"radius, standard deviations",day,failed,,,,,,,,,,,,"no, time"');
});

test('each kind stands by the cheapest of its sizes that keeps the target', () => {
  const [budget, ellipsoid] = [sweepFixture(), sweepFixture('ellipsoid', 1.1)];
  const factor = { ...sweepFixture('factor'), points: sweepFixture().points.slice(0, 3) };
  const free = sweepFixture('support');
  free.points[0] = { ...free.points[0]!, anyViolation: measured(0, 10_000) };
  const [one, two, three, four] = kindStandings([budget, ellipsoid, factor, free], 0.05);
  expect(one).toMatchObject({ kind: 'budget', best: { size: 4 }, fitted: { size: 4 }, state: 'dearer' });
  expect(two!.extraCost).toBeGreaterThan(one!.extraCost!);
  expect(three).toMatchObject({ best: null, extraCost: null, state: 'open' });
  const whole = { ...factor, wanted: factor.points.map(({ size }) => size) };
  expect(kindStandings([whole], 0.05)[0]).toMatchObject({ best: null, state: 'not-reached' });
  expect(four).toMatchObject({ best: { size: 0 }, extraCost: 0, state: 'not-binding' });
  expect(kindStandings([budget, ellipsoid], 0.05).map(({ state }) => state)).toEqual(['cheapest', 'dearer']);
  // What lies beyond the first size that was never short is not drawn.
  expect(frontierLines([budget, free]).map(({ points }) => points.length)).toEqual([11, 1]);
});
