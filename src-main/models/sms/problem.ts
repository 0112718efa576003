/**
 * Pricing and routing of shared mobile storage as plain data: battery trucks that serve several distribution grids on a road network.
 * Source: Lu, Xu, Yan, Shahidehpour, Sun, Han 2024; docs/method/sms.md.
 *
 * Power in MW, energy in MWh, money in USD, time in slots of `slotHours`. Arrays are indexed [slot] with length `slots` unless said.
 */
/** A radial feeder; buses[0] is the root, where the grid imports. */
export interface Feeder {
  baseKv: number;
  buses: FeederBus[];
  /** Bus indices, from the root outwards: one line to every bus but the root. */
  lines: { from: number; to: number; rOhm: number; xOhm: number; limitMw: number | null }[];
  minPu: number;
  maxPu: number;
  /** Voltage at the root. */
  rootPu: number;
  /** Where stations of the grid are connected that name no bus of their own, and where its generator is. */
  truckBus: number;
  generatorBus: number;
}

export interface FeederBus {
  id: string;
  /** Of the grid's load and wind; both sum to 1 over the buses. */
  loadShare: number;
  windShare: number;
  /** Reactive power of the load. */
  mvarPerMw: number;
}

export interface SmsGrid {
  id: string;
  /** Left out: all at one bus. */
  feeder?: Feeder;
  loadMw: number[];
  /** Forecast available wind; curtailable. */
  windMw: number[];
  importUsdPerMwh: number[];
  /** Import and import reserve together. */
  importCapMw: number;
  importReserveCapMw: number;
  importReserveUsdPerMw: number;
  /** Output and reserve together. */
  generatorCapMw: number;
  generatorUsdPerMwh: number;
  generatorReserveUsdPerMw: number;
  /** Largest change of output between consecutive slots; null: none. */
  generatorRampMw: number | null;
  curtailUsdPerMwh: number;
  unservedUsdPerMwh: number;
  dumpUsdPerMwh: number;
  emergencyReserveUsdPerMw: number;
  /** Reserve that the distributionally robust chance constraint on intraday wind demands. */
  downsideMarginMw: number[];
  /** Paid by the grid once per slot in which any truck charges or discharges there; no income of the owner. */
  activityFeeUsd: number;
}

export type Terminal =
  | { id: string; kind: 'depot' }
  /** `bus`: of the grid's feeder; left out: its `truckBus`. */
  | { id: string; kind: 'station'; grid: number; truckCapacity: number; bus?: number };

/** What is demanded of where a truck spends slots fromSlot … untilSlot − 1. */
export interface PlaceRule {
  /** 'only': it stands at one of these terminals, and does not drive; 'never': it stands at none of them. */
  kind: 'only' | 'never';
  terminals: number[];
  fromSlot: number;
  untilSlot: number;
}

export interface Truck {
  id: string;
  /** Terminal at the start of slot 0, and after the last slot. */
  start: number;
  end: number;
  capacityMwh: number;
  minMwh: number;
  initialMwh: number;
  finalMinMwh: number;
  powerMw: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  /** Of energy at the truck's terminals, charged or discharged. */
  degradationUsdPerMwh: number;
  /** Of `travelEnergyMwh`, as a multiple; left out: 1. */
  drivingFactor?: number;
  /** The operator's demands; all of them hold. */
  places?: PlaceRule[];
}

/** Among equally good answers of the users, the one that is best or worst for the owner. */
export type Ties = 'optimistic' | 'pessimistic';

/** Moments of the grids' wind errors (actual − forecast), by which they may answer each other's (reserve-sharing.ts). */
export interface ReserveSharing {
  /** k(ε). */
  factor: number;
  /** [slot][grid] */
  meanMw: number[][];
  /** [slot][grid][grid] */
  covarianceMw2: number[][][];
}

export interface SmsProblem {
  name: string;
  slots: number;
  slotHours: number;
  grids: SmsGrid[];
  terminals: Terminal[];
  /** [from][to][slot]: slots from one terminal to another when leaving at the start of the slot, at least 1; null: impossible. */
  travelSlots: (number | null)[][][];
  /** [from][to][slot]; null where the trip is impossible. */
  travelCostUsd: (number | null)[][][];
  /** [from][to][slot]: taken from the battery by the trip (driving.ts), null where it is impossible; left out: nothing. */
  travelEnergyMwh?: (number | null)[][][];
  /** Grids may hold reserve for each other; `downsideMarginMw` then says nothing. Left out: each for itself. */
  reserveSharing?: ReserveSharing;
  /** [terminal], for each slot that a truck stays there. */
  holdCostUsdPerSlot: number[];
  trucks: Truck[];
  /** [grid][slot]: the rental prices the owner may choose from, per MWh charged or discharged. */
  priceMenuUsdPerMwh: number[][][];
  /** [grid][slot]: any price up to this may be asked instead; the menu is then an empty list. */
  priceCapUsdPerMwh?: number[][];
  /** [grid][slot]: with a cap, the least that may be asked; left out: nothing. */
  priceFloorUsdPerMwh?: number[][];
  ties: Ties;
}
