/** A grid known by its cost curves alone: f(n) as the least convex combination of its pieces, in place of all its rows. */
import type { Term } from '../../../program/program.ts';
import { flowNames, type FlowName, type GridColumns, type GridStage } from '../grid.ts';
import type { CostCurve } from './cost-curve.ts';

/** The dispatch read back is empty: it is found once the trucks' powers are known (curve-program.ts). */
export function addCurveGrid(
  { program, problem, costWeight, truckSupply }: GridStage,
  g: number,
  curves: readonly CostCurve[],
): GridColumns {
  const costBySlot = curves.map((curve, slot): Term[] => {
    const name = `grid ${problem.grids[g]!.id}: net power, slot ${slot}`;
    const start = program.addColumn({
      name: `${name}, start`,
      lower: 1,
      upper: 1,
      cost: costWeight * curve.costUsd[0]!,
    });
    const cost: Term[] = [[start, curve.costUsd[0]!]];
    const parts: Term[] = [[start, curve.netMw[0]!]];
    curve.netMw.slice(1).forEach((toMw, piece) => {
      const widthMw = toMw - curve.netMw[piece]!;
      const slope = (curve.costUsd[piece + 1]! - curve.costUsd[piece]!) / widthMw;
      const part = program.addColumn({
        name: `${name}, piece ${piece}`,
        lower: 0,
        upper: widthMw,
        cost: costWeight * slope,
      });
      cost.push([part, slope]);
      parts.push([part, 1]);
    });
    const net = truckSupply(g, slot).map(([column, sign]): Term => [column, -sign]);
    program.addRow({ name, lower: 0, upper: 0, terms: [...parts, ...net] });
    return cost;
  });
  const none = (): number[] => new Array<number>(problem.slots).fill(0);
  return {
    cost: costBySlot.flat(),
    costBySlot,
    answers: null,
    read: () => Object.fromEntries(flowNames.map((flow) => [flow, none()])) as Record<FlowName, number[]>,
  };
}
