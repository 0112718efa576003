/**
 * The answer to a `V2gProblem`, as plain data: what is stored, shown, verified and replayed. Units as in problem.ts.
 * The dispatch is the committed one: it covers expected demand plus the share (1 − θ_t) of the worst deviation β_t.
 */
import type { Leg } from '../sms/plan.ts';
import type { MeshPrices } from './site-mesh.ts';
import type { ObjectiveAnswer } from './objectives.ts';
import type { ServicesSchedule } from './services/services.ts';
import type { NetworkSchedule } from './site-network.ts';

export interface CostItems {
  generation: number;
  noLoad: number;
  startUp: number;
  shutDown: number;
  windMaintenance: number;
  storageWear: number;
  gridPurchase: number;
  /** Negative: income. */
  gridSale: number;
  /** What the worst prices of the set add to purchase and sale; absent where prices are known. */
  priceRisk?: number;
  /** Trips, standing and wear of trucks of one's own, and rent of others': absent without them. */
  truckTravel?: number;
  truckStanding?: number;
  truckWear?: number;
  /** Charged elsewhere less discharged elsewhere. */
  truckEnergy?: number;
  truckRent?: number;
  evDischarge: number;
  unmetEnergy: number;
  /** Worst price of energy that cars off plan leave without; absent where every car is taken to keep to its plan. */
  offPlan?: number;
  /** What fuel and wear of the responses add on the dearest day of the set; absent where single resources take no shares. */
  response?: number;
  /** Negative: income. Of products offered beside energy; absent where the product is not. */
  reserveIncome?: number;
  regulationIncome?: number;
  /** Of what the signals are expected to move through batteries. */
  regulationWear?: number;
  peakCharge?: number;
  /** Negative: income. */
  voltageIncome?: number;
}

/** One of `problem.trucks.trucks`. */
export interface TruckSchedule {
  id: string;
  /** Terminals are places of the fleet; slots are those of the day. */
  legs: Leg[];
  /** Place where it stands [slot]; null while it drives. */
  placeBySlot: (number | null)[];
  chargeKw: number[];
  dischargeKw: number[];
  energyKwh: number[];
  travelCost: number;
  standingCost: number;
}

/** One of `problem.stays`; zero outside the stay. */
export interface StaySchedule {
  id: string;
  chargeKw: number[];
  dischargeKw: number[];
  energyKwh: number[];
}

export interface V2gSchedule {
  slots: number;
  slotHours: number;
  protection: number;
  /** Worst deviation β_t at this protection [slot], and the share θ_t of it that the EV pool absorbs. */
  worstDeviationKw: number[];
  evShare: number[];
  /** Shares of a deviation that single resources take at the load, [unit][slot]; with θ_t and what is committed beforehand they add up to one. */
  responseShare?: { gas: number[][]; storage: number[][] };
  /** Supply set aside for what units may not deliver [slot]. Present where that is not known. */
  undeliveredKw?: number[];
  /** Supply set aside for what cars off plan do not do [slot]. Present where cars may be off plan, with what each row's cars would then lack [EV], kWh. */
  offPlan?: { setAsideKw: number[]; unmetKwh: number[] };
  gas: { id: string; outputKw: number[]; on: number[] }[];
  wind: { id: string; outputKw: number[] }[];
  storage: { id: string; chargeKw: number[]; dischargeKw: number[]; energyKwh: number[] }[];
  trucks?: TruckSchedule[];
  stays?: StaySchedule[];
  grid: { importKw: number[]; exportKw: number[] } | null;
  /** One per `problem.evs`; zero outside the connection; energyKwh after each connected slot, else 0. */
  evs: {
    id: string;
    chargeKw: number[];
    dischargeKw: number[];
    energyKwh: number[];
    unmetKwh: number;
    /** Part of the worst deviation that falls to it; adds up to θ_t β_t. Present where the pool's account is kept by car. */
    standbyKw?: number[];
  }[];
  /** Absent where no network is part of the program. */
  network?: NetworkSchedule;
  /** Absent where no meshed network is part of the program. */
  mesh?: MeshPrices;
  /** Present where objectives beside the cost were stated. */
  objectives?: ObjectiveAnswer;
  /** Absent where nothing is offered beside energy. */
  services?: ServicesSchedule;
  cost: CostItems;
  /** Sum of `cost`: worst-case committed cost. */
  totalCost: number;
  /** `totalCost` plus the throughput tie-break: what the solver minimised, unless it was given a goal. */
  objective: number;
}
