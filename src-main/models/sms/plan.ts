/** Answer of the pricing and routing problem as plain data. Units and conventions as in problem.ts. */
export type Leg =
  | { kind: 'stay'; terminal: number; fromSlot: number; untilSlot: number }
  /** Leaves at the start of `fromSlot`, is there at the start of `untilSlot`. */
  | { kind: 'travel'; from: number; to: number; fromSlot: number; untilSlot: number };

export interface TruckPlan {
  id: string;
  legs: Leg[];
  /** Terminal where the truck spends the slot; null while it drives. */
  terminalBySlot: (number | null)[];
  chargeMw: number[];
  dischargeMw: number[];
  /** After the slot. */
  energyMwh: number[];
  travelUsd: number;
  holdingUsd: number;
}

/** Per bus [bus][slot] and line [line][slot] of a grid with a feeder. */
export interface FeederDispatch {
  curtailMw: number[][];
  unservedMw: number[][];
  dumpMw: number[][];
  /** What trucks were asked to take beyond what can reach them; part of `unservedMw`. */
  beyondLoadMw: number[][];
  flowMw: number[][];
  flowMvar: number[][];
  voltagePu: number[][];
}

export interface GridDispatch {
  feeder?: FeederDispatch;
  /** Share of each grid's wind deviation that this one answers [slot][grid], where reserves are shared. */
  answerShares?: number[][];
  importMw: number[];
  importReserveMw: number[];
  generatorMw: number[];
  generatorReserveMw: number[];
  curtailMw: number[];
  unservedMw: number[];
  dumpMw: number[];
  emergencyReserveMw: number[];
  /** A truck charges or discharges here. */
  active: boolean[];
}

/** What the users answer to prices and to the presence of trucks. */
export interface Reply {
  /** [truck][slot] */
  chargeMw: number[][];
  dischargeMw: number[][];
  energyMwh: number[][];
  grids: GridDispatch[];
}

/** What the owner decides: prices [grid][slot], and one route per truck. */
export interface OwnerDecision {
  priceUsdPerMwh: number[][];
  routes: Leg[][];
}

/**
 * One grid's account in whole cents. The users answer jointly, so one grid may charge a truck for another's evening; the transfer shares
 * what they save together equally. Transfers sum to zero, rents to the owner's income.
 */
export interface GridAccount {
  id: string;
  /** Least cost without any truck. */
  aloneCents: number;
  /** Energy, reserves and activity fees with trucks, without rent. */
  ownCents: number;
  rentCents: number;
  /** Received from the other grids; negative when paid. */
  transferCents: number;
  /** own + rent − transfer */
  paysCents: number;
}

export interface Settlement {
  grids: GridAccount[];
  ownerIncomeCents: number;
}

/** One step of the search: what was proven and what is at hand. */
export interface SmsRound {
  round: number;
  /** No decision can bring the owner more. */
  upperBoundUsd: number;
  /** What this round's decision brings at the users' true answer; null when it was not evaluated. */
  profitUsd: number | null;
  /** Best so far; null before the first. */
  incumbentUsd: number | null;
  /** (bound − incumbent) / max(1, |incumbent|); null before the first. */
  gap: number | null;
  /** Users' integer patterns the owner's program knows; days of trucks where it works with those. */
  patterns: number;
  /** Different routes of the fleet that were priced and answered by the users. */
  routes: number;
  elapsedSeconds: number;
}

export interface SmsPlan {
  /** [grid][slot] */
  priceUsdPerMwh: number[][];
  trucks: TruckPlan[];
  grids: (GridDispatch & { id: string })[];
  rentUsd: number;
  degradationUsd: number;
  travelUsd: number;
  holdingUsd: number;
  /** rent − degradation − travel − holding */
  ownerProfitUsd: number;
  /** All grids: energy, reserves, fees and rent. */
  usersCostUsd: number;
  usersCostWithoutTrucksUsd: number;
  settlement: Settlement;
}
