/** A radial distribution feeder as plain data. Impedances and powers per unit on 1 MVA, so a power in pu is one in MW (Mvar). */
export interface FeederBranch {
  from: string;
  to: string;
  rPu: number;
  xPu: number;
  /** Largest apparent power at the sending end; null: none stated. */
  limitMva: number | null;
}

export interface Feeder {
  name: string;
  /** The substation; every other bus hangs on it. */
  slackBus: string;
  slackVoltagePu: number;
  voltageMinPu: number;
  voltageMaxPu: number;
  /** Closed branches only, in any direction; open tie switches are left out. */
  branches: FeederBranch[];
  /** Limits of single buses in place of those for all. */
  busLimits?: { bus: string; voltageMinPu: number; voltageMaxPu: number }[] | undefined;
  /** Shunt capacitors: Mvar given at 1 pu, with the square of the voltage beside it. */
  capacitors?: { bus: string; mvar: number }[] | undefined;
}

/**
 * The same feeder seen from the substation: buses in an order in which each comes after the bus that feeds it. Arrays are indexed [bus];
 * what belongs to a branch stands at the bus it feeds, so index 0, the substation, holds nothing.
 */
export interface FeederTree {
  buses: string[];
  /** Index of the feeding bus; −1 for the substation. */
  parent: number[];
  /** Buses fed directly [bus]. */
  children: number[][];
  rPu: number[];
  xPu: number[];
  limitMva: (number | null)[];
  /** Mvar that capacitors give at 1 pu [bus]. */
  shuntMvar: number[];
  voltageMinPu: number[];
  voltageMaxPu: number[];
}
