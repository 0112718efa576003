/**
 * Marginal revenue at a place as weights of corners that are known so far (work-corners.ts):
 *
 *   w_0 + Σ w_v = 1,  R = Σ w_v R_v,  w ≥ 0
 *   trucks of group g that charge (discharge) at step b = Σ w_v j_{g,b,v},  trucks of group g present ≥ Σ w_v j_{g,v}
 *
 * A mixture of days that work at full power here and idle there earns what such work earns, not what the mean of their powers would.
 */
import type { Column, ProgramBuilder, Row, Term } from '../../../program/program.ts';
import { worthOfPieces, type CostCurve } from './cost-curve.ts';
import type { WorkCorner } from './work-corners.ts';
import type { WorkPlace } from './work-place.ts';
import { directions, type Direction, type WorkGroup } from './work-steps.ts';

export interface WorkHullPlace {
  /** For names. */
  name: string;
  place: WorkPlace;
  curve: CostCurve;
  groups: readonly WorkGroup[];
  corners: readonly WorkCorner[];
  /** Trucks of the mixture that work at a step. */
  working: (group: number, direction: Direction, step: number) => Term[];
  /** Trucks of the mixture that are there. */
  present: (group: number) => Term[];
  /** Range of what a truck at a step is worth, USD, by the name of its row; null: no more than power is worth. */
  rangeUsd: (row: string) => { lower: number; upper: number } | null;
}

export interface WorkHull {
  /** R, and f(0) − f(n), USD. */
  revenue: Term[];
  saving: Term[];
  weights: Row;
  /** [group] */
  present: Row[];
  work: Record<Direction, Row[]>[];
  /** Trucks at steps that are over or short. */
  loose: Column[];
  corners: { key: string; column: Column }[];
}

export const workRow = (place: string, group: number, direction: Direction, mw: number): string =>
  `trucks of group ${group} that ${direction} ${mw.toFixed(4)} MW at ${place}`;

export function addWorkHull(program: ProgramBuilder, hull: WorkHullPlace): WorkHull {
  const { name, place, curve, groups, corners, working, present } = hull;
  const isIdle = place.range.fromMw <= 0 && place.range.toMw >= 0;
  const none = program.addColumn({ name: `no truck at ${name}`, lower: 0, upper: isIdle ? 1 : 0 });
  const weights = corners.map(({ key }) =>
    program.addColumn({ name: `work at ${name}: ${key}`, lower: 0, upper: Infinity }),
  );
  const all: Term[] = [[none, 1], ...weights.map((column): Term => [column, 1])];
  const terms = new Map<string, Term[]>();
  corners.forEach(({ work }, v) => {
    for (const { group, direction, step, trucks } of work) {
      const key = `${group} ${direction} ${step}`;
      const own = terms.get(key) ?? [];
      own.push([weights[v]!, -trucks]);
      terms.set(key, own);
    }
  });
  // While corners are few, or to stay near good prices, work may be over or short at a price.
  const dearest = 2 * Math.max(...worthOfPieces(curve).map(Math.abs));
  const loose: Column[] = [];
  const rowsOf = (group: number, direction: Direction): Row[] =>
    groups[group]!.steps[direction].map((mw, step) => {
      const row = workRow(name, group, direction, mw);
      const { lower, upper } = hull.rangeUsd(row) ?? { lower: -dearest * mw, upper: dearest * mw };
      const short = program.addColumn({ name: `short: ${row}`, lower: 0, upper: Infinity, cost: upper });
      const over = program.addColumn({ name: `over: ${row}`, lower: 0, upper: Infinity, cost: -lower });
      loose.push(short, over);
      const known = terms.get(`${group} ${direction} ${step}`) ?? [];
      return program.addRow({
        name: row,
        lower: 0,
        upper: 0,
        terms: [...working(group, direction, step), ...known, [short, 1], [over, -1]],
      });
    });
  const of = (usd: (corner: WorkCorner) => number): Term[] =>
    corners.flatMap((corner, v): Term[] => (usd(corner) === 0 ? [] : [[weights[v]!, usd(corner)]]));
  return {
    revenue: of(({ revenueUsd }) => revenueUsd),
    saving: of(({ savingUsd }) => savingUsd),
    weights: program.addRow({ name: `weights at ${name}`, lower: 1, upper: 1, terms: all }),
    present: groups.map((_, group) => {
      const counted = corners.flatMap(({ netMw }, v): Term[] => {
        const { length } = netMw[group]!;
        return length === 0 ? [] : [[weights[v]!, -length]];
      });
      const row = `trucks of group ${group} at ${name}`;
      return program.addRow({ name: row, lower: 0, upper: Infinity, terms: [...present(group), ...counted] });
    }),
    work: groups.map((_, group) => {
      const [charge, discharge] = directions.map((direction) => rowsOf(group, direction));
      return { charge: charge!, discharge: discharge! };
    }),
    loose,
    corners: corners.map(({ key }, v) => ({ key, column: weights[v]! })),
  };
}
