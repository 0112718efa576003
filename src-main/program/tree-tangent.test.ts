import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeFlow, type ConeTree, type TreeDemand } from './tree-flow.ts';
import { reachable, treeTangent, treeValue, type TreeFunction } from './tree-tangent.ts';

/** 0–1–2–3 and a spur 1–4. */
const tree: ConeTree = {
  parent: [-1, 0, 1, 2, 1],
  r: [0, 0.006, 0.009, 0.012, 0.008],
  x: [0, 0.005, 0.006, 0.007, 0.004],
  s: [0, 0, 0.3, 0.2, 0],
};
const value = fc.double({ min: -0.8, max: 1.2, noNaN: true });
const values = fc.array(value, { minLength: 4, maxLength: 4 }).map((drawn) => [0, ...drawn]);
const demands = fc.record({ p: values, q: values });
const functions: TreeFunction[] = [
  { of: 'loss' },
  { of: 'sag', node: 3 },
  { of: 'rise', node: 4 },
  { of: 'arc', node: 1, along: [0.8, 0.6] },
  { of: 'arc', node: 2, along: [-0.6, 0.8] },
];

const at = (demand: TreeDemand, what: TreeFunction): number => treeValue(treeFlow(tree, 1, demand), what);

describe('the flow of a tree of cones', () => {
  it('keeps every cone tight and every balance', () => {
    fc.assert(
      fc.property(demands, (demand) => {
        const { converged, p, q, squaredCurrent, squaredVoltage, loss } = treeFlow(tree, 1, demand);
        expect(converged).toBe(true);
        for (let j = 1; j < 5; j++) {
          const fed = [1, 2, 3, 4].filter((k) => tree.parent[k] === j);
          const out = fed.reduce((sum, k) => sum + p[k]!, 0);
          expect(p[j]).toBeCloseTo(demand.p[j]! + tree.r[j]! * squaredCurrent[j]! + out, 12);
          expect(squaredCurrent[j]! * squaredVoltage[tree.parent[j]!]!).toBeCloseTo(p[j]! ** 2 + q[j]! ** 2, 11);
        }
        // What the root gives is what the nodes draw and what is lost.
        expect(p[1]).toBeCloseTo(demand.p.reduce((sum, drawn) => sum + drawn, 0) + loss, 11);
      }),
    );
  });

  it('is said not to exist beyond its nose, and found just before it', () => {
    const demand = { p: [0, 0, 0, 60, 0], q: [0, 0, 0, 30, 0] };
    const exists = (drawn: TreeDemand): boolean => treeFlow(tree, 1, drawn).converged;
    expect(exists(demand)).toBe(false);
    const near = reachable(demand, exists);
    expect(exists(near)).toBe(true);
    expect(near.p[3]).toBeGreaterThan(5);
    expect(near.q[3]! / near.p[3]!).toBeCloseTo(0.5, 9);
  });
});

describe('a tangent of a tree of cones', () => {
  it.each(functions)('has the slopes of $of', (what) => {
    fc.assert(
      fc.property(demands, (demand) => {
        const { perP, perQ } = treeTangent(tree, treeFlow(tree, 1, demand), what);
        const step = 1e-5;
        for (let j = 1; j < 5; j++) {
          const moved = (of: 'p' | 'q', by: number): TreeDemand => ({
            ...demand,
            [of]: demand[of].with(j, demand[of][j]! + by),
          });
          const slope = (of: 'p' | 'q'): number =>
            (at(moved(of, step), what) - at(moved(of, -step), what)) / (2 * step);
          expect(perP[j]).toBeCloseTo(slope('p'), 6);
          expect(perQ[j]).toBeCloseTo(slope('q'), 6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('lies nowhere above its function where it says so, which it does for losses and low voltages', () => {
    let said = 0;
    fc.assert(
      fc.property(demands, demands, fc.constantFrom(...functions), (here, there, what) => {
        const { value: height, perP, perQ, below } = treeTangent(tree, treeFlow(tree, 1, here), what);
        if (what.of === 'loss') expect(below).toBe(true);
        if (what.of === 'rise') expect(below).toBe(false);
        if (!below) return;
        said++;
        const line = there.p.reduce(
          (sum, drawn, j) => sum + perP[j]! * (drawn - here.p[j]!) + perQ[j]! * (there.q[j]! - here.q[j]!),
          height,
        );
        expect(line).toBeLessThanOrEqual(at(there, what) + 1e-10);
      }),
      { numRuns: 500 },
    );
    expect(said).toBeGreaterThan(100);
  });
});
