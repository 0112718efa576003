/** What the charts of a feeder draw: the tree, and voltages as flat arrays, slot · buses + bus. */
export interface FeederShape {
  buses: readonly string[];
  parent: Float64Array;
  distance: Float64Array;
  limitMva: Float64Array;
}

export interface FeederVoltages {
  voltagePu: Float64Array;
  lowestPu: Float64Array;
  highestPu: Float64Array;
  linearPu: Float64Array;
  voltageMinPu: number;
  voltageMaxPu: number;
}

/** Rounding of the flow and of the solver: what lies beyond a limit by less is at it. */
const tolerancePu = 2.5e-5;

/** How far the worst voltages of a bus are from their limits, pu; negative beyond one. NaN where no flow exists. */
export const marginPu = (of: FeederVoltages, at: number): number =>
  Math.min(of.lowestPu[at]! - of.voltageMinPu, of.voltageMaxPu - of.highestPu[at]!);

export const isBroken = (of: FeederVoltages, at: number): boolean => !(marginPu(of, at) >= -tolerancePu);

/** Shade 0 … 4 by the part of the band's half that is used up. */
export function shadeOf(of: FeederVoltages, at: number): number {
  const half = (of.voltageMaxPu - of.voltageMinPu) / 2;
  const used = 1 - marginPu(of, at) / half;
  return Number.isNaN(used) ? 4 : Math.max(0, Math.min(4, Math.floor(used * 5)));
}
