/** Trucks of a V2G case file: `trucks` as in docs/method/v2g.md, "Case files". Tables may be one number, or one list over [from][to]. */
import type { CaseFields } from '../case-fields.ts';
import type { OwnTruck, TruckFleet, TruckPlace } from './mobile.ts';

/** Undefined when the case has none. @throws Refusal `case-bad` naming the field. */
export function readTruckFleet(fields: CaseFields, value: unknown, slots: number): TruckFleet | undefined {
  if (value === undefined) return undefined;
  const whole = fields.record(value, 'trucks');
  const slotsPerStep = whole['slotsPerStep'] === undefined ? 1 : fields.field(whole, 'trucks', 'slotsPerStep');
  const places = fields.list(whole['places'], 'trucks.places', (item, path, at): TruckPlace => {
    const place = fields.record(item, path);
    const kind = fields.text(place['kind'], `${path}.kind`);
    if (kind !== 'depot' && kind !== 'station' && kind !== 'elsewhere')
      return fields.refuse(`${path}.kind is "${kind}"; depot, station or elsewhere expected`);
    const or = (name: string, otherwise: number): number =>
      place[name] === undefined ? otherwise : fields.field(place, path, name);
    const id = place['id'] === undefined ? `place-${at + 1}` : fields.text(place['id'], `${path}.id`);
    return {
      id,
      name: id,
      kind,
      truckCapacity: kind === 'depot' ? 0 : or('trucks', 1),
      powerKw: kind === 'depot' ? 0 : fields.field(place, path, 'powerKw'),
      standingCost: or('standingUsdPerStep', 0),
      chargePerKwh: kind === 'elsewhere' ? fields.field(place, path, 'chargeUsdPerKwh') : 0,
      dischargePerKwh: place['dischargeUsdPerKwh'] === undefined ? null : or('dischargeUsdPerKwh', 0),
    };
  });
  const steps = Math.floor(slots / slotsPerStep);
  /** [from][to], the same in every step; null: no way. */
  const table = (name: string): (number | null)[][][] =>
    fields.list(whole[name], `trucks.${name}`, (row, path, from) =>
      fields.list(row, path, (cell, place, to) => {
        const one = from === to ? 0 : cell === null ? null : fields.number(cell, place);
        return new Array<number | null>(steps).fill(one);
      }),
    );
  const trucks = fields.list(whole['trucks'], 'trucks.trucks', (item, path, at): OwnTruck => {
    const truck = fields.record(item, path);
    const field = (name: string): number => fields.field(truck, path, name);
    const id = truck['id'] === undefined ? `truck-${at + 1}` : fields.text(truck['id'], `${path}.id`);
    return {
      id,
      name: id,
      start: field('start'),
      end: field('end'),
      minKwh: field('minKwh'),
      maxKwh: field('maxKwh'),
      initialKwh: field('initialKwh'),
      finalMinKwh: field('finalMinKwh'),
      powerKw: field('powerKw'),
      chargeEfficiency: field('chargeEfficiency'),
      dischargeEfficiency: field('dischargeEfficiency'),
      degradationPerKwh: field('degradationUsdPerKwh'),
    };
  });
  return {
    slotsPerStep,
    places,
    travelSteps: table('travelSteps'),
    travelCost: table('travelUsd'),
    ...(whole['travelKwh'] === undefined ? {} : { travelKwh: table('travelKwh') }),
    trucks,
  };
}
