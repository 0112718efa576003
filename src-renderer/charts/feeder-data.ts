/** What the charts of a feeder draw: the tree, and voltages as flat arrays, slot · buses + bus. */
export interface FeederShape {
  buses: readonly string[];
  parent: Float64Array;
  distance: Float64Array;
  limitMva: Float64Array;
  /** Place of each bus; NaN where none is known. */
  x: Float64Array;
  y: Float64Array;
  /** Open tie switches, by the indices of their buses. */
  ties: readonly { from: number; to: number }[];
}

export interface FeederVoltages {
  voltagePu: Float64Array;
  lowestPu: Float64Array;
  highestPu: Float64Array;
  linearPu: Float64Array;
  /** Limits of each bus. */
  feeder: { voltageMinPu: Float64Array; voltageMaxPu: Float64Array };
  /** Those of all buses that have none of their own. */
  voltageMinPu: number;
  voltageMaxPu: number;
}

/** Rounding of the flow and of the solver: what lies beyond a limit by less is at it. */
const tolerancePu = 2.5e-5;

/** How far the worst voltages of a bus are from their limits, pu; negative beyond one. NaN where no flow exists. */
export function marginPu(of: FeederVoltages, at: number): number {
  const { voltageMinPu, voltageMaxPu } = of.feeder;
  const bus = at % voltageMinPu.length;
  return Math.min(of.lowestPu[at]! - voltageMinPu[bus]!, voltageMaxPu[bus]! - of.highestPu[at]!);
}

export const isBroken = (of: FeederVoltages, at: number): boolean => !(marginPu(of, at) >= -tolerancePu);

/** Whether the branch that feeds a bus is loaded beyond its limit at worst. */
export function isOverloaded(
  of: { heaviestMva: Float64Array; feeder: { limitMva: Float64Array } },
  at: number,
): boolean {
  const { limitMva } = of.feeder;
  return of.heaviestMva[at]! > limitMva[at % limitMva.length]! * (1 + 1e-6);
}

/** Shade 0 … 4 by the part of the band's half that is used up. */
export function shadeOf(of: FeederVoltages, at: number): number {
  const bus = at % of.feeder.voltageMinPu.length;
  const half = (of.feeder.voltageMaxPu[bus]! - of.feeder.voltageMinPu[bus]!) / 2;
  const used = 1 - marginPu(of, at) / half;
  return Number.isNaN(used) ? 4 : Math.max(0, Math.min(4, Math.floor(used * 5)));
}
