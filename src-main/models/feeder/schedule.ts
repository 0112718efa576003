/** A dispatch on a feeder, read back from the program. MW, Mvar, MWh; arrays [slot] unless said. */
export interface FeederSchedule {
  /** What was minimised, in the problem's currency. */
  objective: number;
  /** Bus names in the order of [bus] below, the substation first. */
  buses: string[];
  importMw: number[];
  importMvar: number[];
  /** [wind][slot] */
  windMw: number[][];
  windMvar: number[][];
  /** [battery][slot] */
  chargeMw: number[][];
  dischargeMw: number[][];
  /** After each slot [battery][slot]. */
  energyMwh: number[][];
  /** By the network model [slot][bus]. */
  voltagePu: number[][];
  /** Sum over branches of r times squared current, by the network model; 0 for the lossless one. */
  lossMw: number[];
}
