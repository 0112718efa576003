import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Feeder } from '../models/feeder/feeder.ts';
import { feederTree } from '../models/feeder/feeder-tree.ts';
import { powerFlow } from './power-flow.ts';

const twoBuses = (rPu: number, xPu: number): Feeder => ({
  name: 'two buses',
  slackBus: '1',
  slackVoltagePu: 1,
  voltageMinPu: 0.5,
  voltageMaxPu: 1.1,
  branches: [{ from: '1', to: '2', rPu, xPu, limitMva: null }],
});

describe('powerFlow', () => {
  it('solves the quadratic of two buses', () => {
    const [r, x, p, q] = [0.03, 0.04, 1.2, 0.5];
    const flow = powerFlow(feederTree(twoBuses(r, x)), 1, { pMw: [0, p], qMvar: [0, q] });
    // v² + (2(rp + xq) − 1) v + |z|²|s|² = 0 for the squared voltage at the load.
    const half = (1 - 2 * (r * p + x * q)) / 2;
    const squared = half + Math.sqrt(half ** 2 - (r ** 2 + x ** 2) * (p ** 2 + q ** 2));
    expect(flow.converged).toBe(true);
    expect(flow.voltagePu[1]).toBeCloseTo(Math.sqrt(squared), 10);
    const loss = (r * (p ** 2 + q ** 2)) / squared;
    expect(flow.lossMw).toBeCloseTo(loss, 10);
    expect(flow.importMw).toBeCloseTo(p + loss, 10);
    expect(flow.importMvar).toBeCloseTo(q + (x * (p ** 2 + q ** 2)) / squared, 10);
  });

  it('raises the voltage where power flows back', () => {
    const flow = powerFlow(feederTree(twoBuses(0.05, 0.02)), 1, { pMw: [0, -1], qMvar: [0, 0] });
    expect(flow.voltagePu[1]).toBeGreaterThan(1);
    expect(flow.importMw).toBeCloseTo(-1 + flow.lossMw, 10);
  });

  it('lets a capacitor give with the square of the voltage', () => {
    const plain = twoBuses(0.05, 0.08);
    const demand = { pMw: [0, 1], qMvar: [0, 0.6] };
    const helped = powerFlow(feederTree({ ...plain, capacitors: [{ bus: '2', mvar: 0.5 }] }), 1, demand);
    const given = 0.5 * helped.voltagePu[1]! ** 2;
    const same = powerFlow(feederTree(plain), 1, { pMw: [0, 1], qMvar: [0, 0.6 - given] });
    expect(helped.voltagePu[1]).toBeCloseTo(same.voltagePu[1]!, 11);
    expect(helped.voltagePu[1]).toBeGreaterThan(powerFlow(feederTree(plain), 1, demand).voltagePu[1]! + 0.03);
    expect(given).toBeLessThan(0.49);
  });

  it('says when a feeder cannot carry its load', () => {
    expect(powerFlow(feederTree(twoBuses(0.3, 0.4)), 1, { pMw: [0, 2], qMvar: [0, 1] }).converged).toBe(false);
  });
});

const folder = new URL('../../../shared/data/feeder/', import.meta.url);
const rows = (name: string): string[][] =>
  readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

describe.skipIf(!existsSync(folder))('published feeders, where they are at hand', () => {
  it.each([
    { name: 'ieee33', lossKw: 202.677, lowestPu: 0.91309, atBus: '18' },
    { name: 'ieee69', lossKw: 224.99, lowestPu: 0.90919, atBus: '65' },
  ])('$name loses $lossKw kW and is lowest at bus $atBus', ({ name, lossKw, lowestPu, atBus }) => {
    const buses = rows(`${name}_bus.csv`);
    const ohms = Number(buses[0]![4]) ** 2;
    const tree = feederTree({
      ...twoBuses(1, 1),
      branches: rows(`${name}_branch.csv`)
        .filter((row) => row[5] === '1')
        .map(([from, to, r, x]) => ({
          from: from!,
          to: to!,
          rPu: Number(r) / ohms,
          xPu: Number(x) / ohms,
          limitMva: null,
        })),
    });
    const load = new Map(buses.map(([bus, , p, q]) => [bus, { p: Number(p) / 1000, q: Number(q) / 1000 }]));
    const flow = powerFlow(tree, 1, {
      pMw: tree.buses.map((bus) => load.get(bus)!.p),
      qMvar: tree.buses.map((bus) => load.get(bus)!.q),
    });
    expect(1000 * flow.lossMw).toBeCloseTo(lossKw, 1);
    const lowest = Math.min(...flow.voltagePu);
    expect(lowest).toBeCloseTo(lowestPu, 4);
    expect(tree.buses[flow.voltagePu.indexOf(lowest)]).toBe(atBus);
  });
});
