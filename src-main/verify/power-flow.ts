/**
 * AC power flow of a radial feeder by backward–forward sweep: the checker of every network model, independent of all of them.
 *
 *   backward: J_j = (S_j / V_j)* + Σ_{k fed by j} J_k        forward: V_j = V_parent − Z_j J_j
 *
 * Source: Shirmohammadi, Hong, Semlyen and Luo 1988. Per unit on 1 MVA; arrays [bus] in the order of the tree.
 */
import type { FeederTree } from '../models/feeder/feeder.ts';

export interface PowerFlow {
  converged: boolean;
  sweeps: number;
  /** |V_j| */
  voltagePu: number[];
  /** Total active loss, MW. */
  lossMw: number;
  /** Active and reactive power that the substation delivers. */
  importMw: number;
  importMvar: number;
  /** Squared current of the branch that feeds each bus, per unit; 0 at the substation. */
  squaredCurrentPu: number[];
  /** Apparent power at the sending end of the branch that feeds each bus, MVA. */
  sendingMva: number[];
}

export interface PowerFlowOptions {
  /** Largest change of a voltage in the last sweep, pu. */
  tolerancePu?: number;
  mostSweeps?: number;
}

/**
 * @param demand net consumption at each bus (consumed − produced), MW and Mvar.
 * @returns the last sweep even when it did not converge: `converged` says so. A feeder loaded beyond its nose has no solution.
 */
export function powerFlow(
  tree: FeederTree,
  slackVoltagePu: number,
  demand: { pMw: readonly number[]; qMvar: readonly number[] },
  { tolerancePu = 1e-12, mostSweeps = 500 }: PowerFlowOptions = {},
): PowerFlow {
  const count = tree.buses.length;
  const real = new Float64Array(count).fill(slackVoltagePu);
  const imaginary = new Float64Array(count);
  const currentReal = new Float64Array(count);
  const currentImaginary = new Float64Array(count);
  let converged = false;
  let sweeps = 0;
  while (!converged && sweeps < mostSweeps) {
    sweeps++;
    for (let bus = count - 1; bus >= 0; bus--) {
      const square = real[bus]! ** 2 + imaginary[bus]! ** 2;
      const p = demand.pMw[bus]!;
      // A capacitor gives with the square of the voltage.
      const q = demand.qMvar[bus]! - tree.shuntMvar[bus]! * square;
      // (S / V)* = (P − jQ) / V*
      currentReal[bus] = (p * real[bus]! + q * imaginary[bus]!) / square;
      currentImaginary[bus] = (p * imaginary[bus]! - q * real[bus]!) / square;
      for (const child of tree.children[bus]!) {
        currentReal[bus]! += currentReal[child]!;
        currentImaginary[bus]! += currentImaginary[child]!;
      }
    }
    let change = 0;
    for (let bus = 1; bus < count; bus++) {
      const parent = tree.parent[bus]!;
      const nextReal = real[parent]! - tree.rPu[bus]! * currentReal[bus]! + tree.xPu[bus]! * currentImaginary[bus]!;
      const nextImaginary =
        imaginary[parent]! - tree.rPu[bus]! * currentImaginary[bus]! - tree.xPu[bus]! * currentReal[bus]!;
      change = Math.max(change, Math.abs(nextReal - real[bus]!), Math.abs(nextImaginary - imaginary[bus]!));
      real[bus] = nextReal;
      imaginary[bus] = nextImaginary;
    }
    converged = change <= tolerancePu;
    if (!Number.isFinite(change)) break;
  }
  const squaredCurrentPu = tree.buses.map((_, bus) =>
    bus === 0 ? 0 : currentReal[bus]! ** 2 + currentImaginary[bus]! ** 2,
  );
  return {
    converged,
    sweeps,
    voltagePu: tree.buses.map((_, bus) => Math.hypot(real[bus]!, imaginary[bus]!)),
    lossMw: squaredCurrentPu.reduce((sum, square, bus) => sum + tree.rPu[bus]! * square, 0),
    importMw: slackVoltagePu * currentReal[0]!,
    importMvar: -slackVoltagePu * currentImaginary[0]!,
    squaredCurrentPu,
    sendingMva: tree.buses.map((_, bus) => {
      const parent = tree.parent[bus]!;
      return bus === 0 ? 0 : Math.hypot(real[parent]!, imaginary[parent]!) * Math.sqrt(squaredCurrentPu[bus]!);
    }),
  };
}
