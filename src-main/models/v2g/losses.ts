/**
 * What is lost on the way in each slot, as something that can be minimised.
 *
 *   branch flow:     Σ_j r_j ℓ_j, the model's own
 *   lindistflow:     Σ_j r_j ℓ_j with ℓ_j V₀² ≥ P_j² + Q_j²   ⇔   ‖(2 P_j, 2 Q_j, ℓ_j − V₀²)‖ ≤ ℓ_j + V₀²
 *   no feeder:       share · (Σ g + Σ w + purchase)
 *
 * The linear model is lossless: its estimate is that of its own flows at the substation's voltage V₀, a convex quadratic, which enters as cones only
 * where it is asked for. It leaves out that voltages fall and that losses flow too, and so lies below the AC loss. Source: Baran and Wu 1989.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import type { SlotFlow } from '../feeder/branch-flow.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import type { ValueOf } from './device.ts';

export interface SlotLoss {
  /** kW, to be minimised; for the linear model only where `estimated`. */
  lostKw: AffineExpression;
  /** kW, of a solution. */
  read: (valueOf: ValueOf) => number;
}

const kwPerMw = 1000;
/** As for branch flow, per unit. */
const coneTolerance = 1e-6;

export const branchFlowLoss = ({ loss }: SlotFlow): SlotLoss =>
  linearLoss({ terms: loss.map(([column, mw]): Term => [column, kwPerMw * mw]), constant: 0 });

/** @param columnsWanted whether the program is to know of it */
export function linearFlowLoss(
  program: ProgramBuilder,
  tree: FeederTree,
  slackVoltagePu: number,
  { activeFlow, reactiveFlow }: SlotFlow,
  name: (what: string, bus: string) => string,
  columnsWanted: 'columns' | 'reading',
): SlotLoss {
  const squared = slackVoltagePu ** 2;
  const terms = tree.buses.flatMap((bus, index): Term[] => {
    const [p, q] = [activeFlow[index] ?? null, reactiveFlow[index] ?? null];
    if (columnsWanted === 'reading' || p === null || q === null || tree.rPu[index] === 0) return [];
    const current = program.addColumn({ name: name('squared current, estimated', bus), lower: 0, upper: Infinity });
    program.addCone({
      name: name('current, estimated', bus),
      norm: [
        { terms: [[p, 2]], constant: 0 },
        { terms: [[q, 2]], constant: 0 },
        { terms: [[current, 1]], constant: -squared },
      ],
      bound: { terms: [[current, 1]], constant: squared },
      tolerance: coneTolerance,
    });
    return [[current, kwPerMw * tree.rPu[index]!]];
  });
  const valueAt = (column: Column | null | undefined, valueOf: ValueOf): number =>
    column === null || column === undefined ? 0 : valueOf(column);
  return {
    lostKw: { terms, constant: 0 },
    read: (valueOf) =>
      tree.buses.reduce((sum, _, index) => {
        const flow = valueAt(activeFlow[index], valueOf) ** 2 + valueAt(reactiveFlow[index], valueOf) ** 2;
        return sum + (kwPerMw * (tree.rPu[index] ?? 0) * flow) / squared;
      }, 0),
  };
}

/** @param generated columns of what is generated or bought in the slot */
export const flatLoss = (generated: readonly Column[], lossShare: number): SlotLoss =>
  linearLoss({ terms: generated.map((column): Term => [column, lossShare]), constant: 0 });

function linearLoss(lostKw: AffineExpression): SlotLoss {
  return {
    lostKw,
    read: (valueOf) => lostKw.terms.reduce((sum, [column, kw]) => sum + kw * valueOf(column), lostKw.constant),
  };
}
