/** A distribution feeder as its files say it: buses and branches in physical units, tie switches included. */
export interface FeederBusData {
  id: string;
  /** The bus that the grid above holds at its voltage. */
  kind: 'substation' | 'load';
  loadKw: number;
  loadKvar: number;
  /** What a shunt capacitor gives at 1 pu; absent: there is none. */
  capacitorKvar?: number;
  baseKv: number;
  voltageMinPu: number;
  voltageMaxPu: number;
  /** Place in a drawing or on a map; NaN where none is given. */
  x: number;
  y: number;
}

export interface FeederBranchData {
  from: string;
  to: string;
  rOhm: number;
  xOhm: number;
  /** Largest apparent power; null: none stated. */
  limitMva: number | null;
  /** Open: a tie switch. */
  state: 'closed' | 'open';
}

export interface FeederData {
  /** Voltage the substation is held at. */
  slackVoltagePu: number;
  buses: FeederBusData[];
  branches: FeederBranchData[];
}
