/** The geometry behind map and stringline: true to shape, few paths, nothing covered, and no line faster than a truck. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelSpots, type Box } from './label-spots.ts';
import { clearestOrigin, shortestWays, spreadOut } from './place-order.ts';
import { linkAt } from './road-hit.ts';
import { roadPaths, roadRank, wayPath } from './road-paths.ts';
import { projectRoads, scaleBar } from './road-projection.ts';
import type { DriveLeg, RoadShape, TruckDay } from './road-shape.ts';
import { spreadTrucks } from './spread-trucks.ts';
import { stringMarks } from './string-marks.ts';
import { drivingPoint, energyAt, trailPoints, truckPlace } from './truck-place.ts';

/** Three towns of Andorra on a line, both ways, and a track. */
const roads: RoadShape = {
  coordinates: 'degrees',
  x: [1.49, 1.52, 1.6, 1.73],
  y: [42.46, 42.51, 42.57, 42.54],
  linkFrom: [0, 1, 1, 2, 2, 3],
  linkTo: [1, 0, 2, 1, 3, 2],
  linkClass: [0, 0, 0, 1, 2, 2],
  classes: ['trunk', 'tertiary', 'track'],
};
const leg = (change: Partial<DriveLeg> = {}): DriveLeg => ({
  kind: 'drive',
  from: 0,
  to: 1,
  fromSlot: 1,
  untilSlot: 2,
  minutes: 30,
  lengthKm: 20,
  path: { nodes: [0, 1, 2], minutes: [0, 10, 30] },
  ...change,
});
const truck: TruckDay = {
  id: 't',
  name: 'Truck',
  capacityKwh: 1000,
  initialKwh: 400,
  legs: [
    { kind: 'stay', terminal: 0, fromSlot: 0, untilSlot: 1 },
    leg(),
    { kind: 'stay', terminal: 1, fromSlot: 2, untilSlot: 5 },
  ],
  chargeKw: [0, 0, 100, 100, 0],
  dischargeKw: [0, 0, 0, 0, 50],
  energyKwh: [400, 400, 500, 600, 550],
};

describe('projectRoads', () => {
  it('keeps distances on the ground in both directions', () => {
    const { x, y, kmPerPixel } = projectRoads(roads, 600, 400, 20);
    const km = Math.hypot(x[3]! - x[0]!, y[3]! - y[0]!) * kmPerPixel!;
    // Great-circle distance by the haversine formula, computed apart: 21.62 km.
    const radians = (degrees: number) => (degrees * Math.PI) / 180;
    const a =
      Math.sin(radians(0.04)) ** 2 + Math.cos(radians(42.46)) * Math.cos(radians(42.54)) * Math.sin(radians(0.12)) ** 2;
    expect(km).toBeCloseTo(2 * 6371 * Math.asin(Math.sqrt(a)), 1);
    expect(y[2]!).toBeLessThan(y[0]!);
  });

  it('fits any network into the drawing', () => {
    const coordinate = fc.double({ min: -60, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 8 }), (nodes) => {
        const shape = { ...roads, x: nodes.map(([x]) => x), y: nodes.map(([, y]) => y) };
        const { x, y } = projectRoads(shape, 500, 300, 10);
        nodes.forEach((_, node) => {
          expect(x[node]!).toBeGreaterThan(9.9);
          expect(x[node]!).toBeLessThan(490.1);
          expect(y[node]!).toBeGreaterThan(9.9);
          expect(y[node]!).toBeLessThan(290.1);
        });
      }),
      {
        examples: [
          [
            [
              [0, 0],
              [5e-324, 5e-324],
            ],
          ],
        ],
      },
    );
  });

  it('offers a round scale bar', () => {
    expect(scaleBar(0.05, 120)).toEqual({ km: 5, pixels: 100 });
    expect(scaleBar(0.03, 120).km).toBe(2);
  });
});

describe('roadPaths', () => {
  it('draws each stretch once, by its wider class, the wide ones last', () => {
    const paths = roadPaths(roads, projectRoads(roads, 600, 400, 20), (link) =>
      roadRank(roads.classes[roads.linkClass[link]!]!),
    );
    expect([...paths.keys()]).toEqual([3, 0]);
    expect(paths.get(0)!.match(/M/g)).toHaveLength(2);
    expect(paths.get(3)!.match(/M/g)).toHaveLength(1);
    expect(roadRank('primary_link')).toBe(0);
    expect(roadRank('class 7')).toBe(1);
  });

  it('finds the link under the pointer, and none far from all', () => {
    const projection = projectRoads(roads, 600, 400, 20);
    const middle = [(projection.x[2]! + projection.x[3]!) / 2, (projection.y[2]! + projection.y[3]!) / 2] as const;
    expect(linkAt(roads, projection, middle[0], middle[1] + 3, 6)).toBeOneOf([4, 5]);
    expect(linkAt(roads, projection, middle[0], middle[1] + 60, 6)).toBeNull();
    expect(wayPath([0, 1], projection)).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+$/);
  });
});

describe('truckPlace', () => {
  it('stands, drives along its path in time, and is there early until its slot begins', () => {
    expect(truckPlace(truck, 59, 60)).toEqual({ kind: 'standing', terminal: 0, early: false });
    expect(truckPlace(truck, 60 + 5, 60)).toMatchObject({ kind: 'driving', after: 1, share: 0.5 });
    expect(truckPlace(truck, 60 + 20, 60)).toMatchObject({ kind: 'driving', after: 2, share: 0.5 });
    expect(truckPlace(truck, 60 + 31, 60)).toEqual({ kind: 'standing', terminal: 1, early: true });
    expect(truckPlace(truck, 120, 60)).toEqual({ kind: 'standing', terminal: 1, early: false });
    expect(truckPlace(truck, 9999, 60)).toEqual({ kind: 'standing', terminal: 1, early: false });
  });

  it('never jumps: from one minute to the next it moves no farther than its fastest stretch', () => {
    const { x, y } = projectRoads(roads, 600, 400, 20);
    const at = (minute: number) => {
      const place = truckPlace(truck, minute, 60);
      if (place.kind === 'driving') return drivingPoint(place, { x, y });
      return place.terminal === 0 ? { x: x[0]!, y: y[0]! } : { x: x[2]!, y: y[2]! };
    };
    const fastest = Math.max(
      Math.hypot(x[1]! - x[0]!, y[1]! - y[0]!) / 10,
      Math.hypot(x[2]! - x[1]!, y[2]! - y[1]!) / 20,
    );
    for (let minute = 0; minute < 200; minute++) {
      const [now, next] = [at(minute), at(minute + 1)];
      expect(Math.hypot(next.x - now.x, next.y - now.y)).toBeLessThanOrEqual(fastest + 1e-9);
    }
  });

  it('leaves a trail of what it drove lately, and holds what it charged', () => {
    const { x, y } = projectRoads(roads, 600, 400, 20);
    const [trail] = trailPoints(truck, 80, 60, 15, { x, y });
    expect(trail).toHaveLength(3);
    expect(trail![1]).toEqual({ x: x[1], y: y[1] });
    expect(trailPoints(truck, 60, 60, 15, { x, y })).toEqual([]);
    expect(trailPoints(truck, 200, 60, 15, { x, y })).toEqual([]);
    expect(energyAt(truck, 0, 60)).toBe(400);
    expect(energyAt(truck, 150, 60)).toBe(450);
    expect(energyAt(truck, 300, 60)).toBe(550);
  });
});

describe('spreadTrucks', () => {
  it('draws no truck over another, and says where a moved one really is', () => {
    const spot = fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 60 }) });
    fc.assert(
      fc.property(fc.array(spot, { minLength: 2, maxLength: 4 }), (points) => {
        const drawn = spreadTrucks(points.map((point) => ({ ...point, driving: true })));
        drawn.forEach(({ x, y, at }, index) => {
          expect(at ?? { x, y }).toEqual(points[index]);
          for (const other of drawn.slice(0, index))
            expect(Math.abs(other.x - x) >= 30 || Math.abs(other.y - y) >= 24).toBe(true);
        });
      }),
    );
  });

  it('moves one that drives out of the way of one that stands', () => {
    const [stands, drives] = spreadTrucks([
      { x: 50, y: 50, driving: false },
      { x: 52, y: 49, driving: true },
    ]);
    expect(stands).toEqual({ x: 50, y: 50, driving: false });
    expect(drives).toMatchObject({ x: 52, y: 77, at: { x: 52, y: 49 } });
  });

  it('does not move one over a terminal', () => {
    const two = [50, 51].map((x) => ({ x, y: 50, driving: true }));
    expect(spreadTrucks(two, [{ x: 50, y: 80 }])[1]).toMatchObject({ x: 51, y: 22 });
  });
});

describe('labelSpots', () => {
  const bounds: Box = { left: 0, top: 0, right: 400, bottom: 300 };
  const touches = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  it('keeps names of a few places apart, off what is taken, and inside', () => {
    const labels = [
      { x: 200, y: 150, width: 90, height: 26 },
      { x: 215, y: 165, width: 90, height: 26 },
      { x: 385, y: 40, width: 70, height: 26 },
    ];
    const taken = [{ left: 190, top: 125, right: 250, bottom: 150 }];
    const spots = labelSpots(labels, taken, bounds);
    for (const [i, spot] of spots.entries()) {
      expect(spot.left >= 0 && spot.right <= 400 && spot.top >= 0 && spot.bottom <= 300).toBe(true);
      for (const other of [...spots.slice(0, i), ...taken]) expect(touches(spot, other)).toBe(false);
    }
  });
});

describe('the places of a stringline', () => {
  it('no line is steeper than its truck is fast, whatever the distances', () => {
    const km = fc.double({ min: 0.5, max: 90, noNaN: true });
    const network = fc.integer({ min: 2, max: 6 }).chain((count) =>
      fc.record({
        distances: fc.array(fc.array(km, { minLength: count, maxLength: count }), {
          minLength: count,
          maxLength: count,
        }),
        trips: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), km), { maxLength: 5 }),
        origin: fc.nat(count - 1),
      }),
    );
    fc.assert(
      fc.property(network, ({ distances, trips, origin }) => {
        const driven = trips
          .filter(([from, to]) => from !== to)
          .map(([from, to, lengthKm]) => leg({ from, to, lengthKm }));
        const ways = shortestWays(distances, driven);
        const place = ways[origin]!;
        for (const { from, to, lengthKm } of driven)
          expect(Math.abs(place[to]! - place[from]!)).toBeLessThanOrEqual(lengthKm + 1e-9);
        distances.forEach((row, i) =>
          row.forEach((direct, j) => {
            if (i !== j) expect(Math.abs(place[i]! - place[j]!)).toBeLessThanOrEqual(direct + 1e-9);
          }),
        );
      }),
    );
  });

  it('are measured from where they stand clearest apart', () => {
    // A star: seen from the middle (0) the ends 1 and 2 fall together, seen from an end they do not.
    const star = [
      [0, 10, 10],
      [10, 0, 20],
      [10, 20, 0],
    ];
    expect(clearestOrigin(star)).toBe(1);
    expect(spreadOut([10, 12, 13, 80], 15, 0, 100)).toEqual([10, 25, 40, 80]);
    expect(spreadOut([90, 95], 15, 0, 100)).toEqual([85, 100]);
  });

  it('show a day in pieces that follow each other without a gap', () => {
    const marks = stringMarks(truck, 60);
    expect(marks.map(({ what }) => what)).toEqual(['idle', 'drive', 'wait', 'charge', 'discharge']);
    marks.slice(1).forEach((mark, i) => expect(mark.from).toBe(marks[i]!.until));
    expect(marks.at(-1)!.until).toBe(300);
  });
});
