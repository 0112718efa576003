import { expect, it } from 'vitest';
import { smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import { townGrid, townStorage, townTruck } from '../fixtures/mobile-town.ts';
import { highestRent, inBlocks, oneFleetPerGrid, studyStorage } from './study-problem.ts';

it('averages hours to blocks, and lets a trip take whole blocks', () => {
  const hourly = smallSms(6, { holdCostUsdPerSlot: [0, 0.5, 0.5] });
  hourly.grids[0]!.windMw = [1, 2, 3, 0, 0, 6];
  hourly.travelSlots[0]![1] = [1, 1, 1, 4, 4, null];
  const { slots, slotHours, grids, travelSlots, holdCostUsdPerSlot, priceMenuUsdPerMwh } = inBlocks(hourly, 3);
  expect({ slots, slotHours }).toEqual({ slots: 2, slotHours: 3 });
  expect(grids[0]!.windMw).toEqual([2, 2]);
  expect(travelSlots[0]![1]).toEqual([1, 2]);
  expect(travelSlots[0]![0]).toEqual([0, 0]);
  expect(holdCostUsdPerSlot).toEqual([0, 1.5, 1.5]);
  expect(priceMenuUsdPerMwh[0]).toHaveLength(2);
  expect(() => inBlocks(hourly, 4)).toThrow('no whole number of blocks');
});

it('keeps the grids that differ most in wind, one truck each, and lets any rent be asked', () => {
  const grids = [townGrid('calm', { windShare: 0 }), townGrid('middle'), townGrid('windy', { windShare: 4e-4 })];
  const places = grids.map(({ id }, at) => ({
    ...townStorage().terminals[1]!,
    id: `at ${id}`,
    node: `${at}`,
    grid: id,
  }));
  const depot = townStorage().terminals[0]!;
  const made = studyStorage(townStorage({ grids, terminals: [depot, ...places], trucks: [townTruck('a')] }));
  expect(made.grids.map(({ id, rentCapPerKwh, rentMenuPerKwh }) => [id, rentCapPerKwh, rentMenuPerKwh])).toEqual([
    ['calm', 5, undefined],
    ['windy', 5, undefined],
  ]);
  expect(made.terminals.map(({ id }) => id)).toEqual(['depot', 'at calm', 'at windy']);
  expect(made.trucks.map(({ id, initialKwh, finalMinKwh }) => [id, initialKwh, finalMinKwh])).toEqual([
    ['truck-1', 100, 100],
    ['truck-2', 100, 100],
  ]);
});

it('knows the highest rent of menus and caps', () => {
  expect(highestRent(townStorage())).toBe(0.05);
  expect(highestRent(townStorage({ grids: [townGrid('a', { rentCapPerKwh: 0.3 })] }))).toBe(0.3);
});

it('keeps each truck at its own grid', () => {
  const trucks = ['a', 'b'].map((id) => smallTruck(id, { start: 0, end: 0 }));
  const apart = oneFleetPerGrid(smallSms(4, { trucks }));
  expect(apart.trucks.map(({ places }) => places!.map(({ terminals }) => terminals))).toEqual([[[2]], [[1]]]);
});
