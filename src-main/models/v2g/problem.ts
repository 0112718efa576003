/**
 * The day-ahead scheduling problem of a vehicle-to-grid network as plain data. Source: Zhou et al. 2017; docs/method/v2g.md.
 *
 * Power in kW, energy in kWh, time in slots of `slotHours`, money in the site's currency. Arrays are indexed [slot] with length
 * `slots` unless said. Sign convention: supply and discharge positive, charge positive in its own array.
 */
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import type { PriceSet } from '../../uncertainty/price-set.ts';
import type { RentedStay, TruckFleet } from './mobile.ts';
import type { SiteMesh } from './site-mesh.ts';
import type { Goal, Objectives } from './objectives.ts';
import type { Services } from './services/services.ts';
import type { SiteNetwork } from './site-network.ts';

/** Values of single slots [slot] in place of a device's own number; null: the device's own holds. Made by what-if edits. */
export type SlotValues = (number | null)[];

export interface WindPark {
  id: string;
  name: string;
  /** Forecast available power [slot]; curtailable. */
  availableKw: number[];
  maintenancePerKwh: number;
  /** Output held at a value. */
  pinnedKw?: SlotValues;
}

export interface GasUnit {
  id: string;
  name: string;
  minKw: number;
  maxKw: number;
  /** Largest change between consecutive slots, per hour of slot length. */
  rampKwPerHour: number;
  /** Cost per hour of running at g kW: c1·g + c2·g², as `costSegments` equal segments priced at the chord slope. */
  costLinearPerKwh: number;
  costQuadraticPerKwh2: number;
  costSegments: number;
  noLoadPerHour: number;
  startUpCost: number;
  shutDownCost: number;
  minimumUpHours: number;
  minimumDownHours: number;
  /** 'committed': binary on/off per slot (minKw holds only when on). 'always-on': no binaries. */
  commitment: 'committed' | 'always-on';
  /** State before slot 0; 'free' lets slot 0 choose without a start-up cost. `outputKw` null: no ramp into slot 0. */
  initial: { state: 'free' } | { state: 'on' | 'off'; hours: number; outputKw: number | null };
  /** In place of maxKw; 0: out of service, whatever `commitment` says. The cost curve stays that of maxKw. */
  maxKwAt?: SlotValues;
  /** Output the unit must give at least, so it must run where this is above 0. */
  leastKwAt?: SlotValues;
  /** 1: held on, 0: held off; of a committed unit only. */
  onAt?: SlotValues;
  /** Output held at a value; what is left up to the maximum still counts as reserve. */
  pinnedKw?: SlotValues;
}

export interface StorageUnit {
  id: string;
  name: string;
  minKwh: number;
  maxKwh: number;
  initialKwh: number;
  /** Least energy after the last slot. */
  finalMinKwh: number;
  chargeKw: number;
  dischargeKw: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  /** Wear, on charge and on discharge. */
  degradationPerKwh: number;
  chargeKwAt?: SlotValues;
  dischargeKwAt?: SlotValues;
  minKwhAt?: SlotValues;
  maxKwhAt?: SlotValues;
  /** Discharge − charge held at a value. */
  pinnedKw?: SlotValues;
}

export interface GridConnection {
  importLimitKw: number;
  exportLimitKw: number;
  /** Purchase price [slot]; may be negative. */
  buyPerKwh: number[];
  sellPerKwh: number[];
  importLimitKwAt?: SlotValues;
  exportLimitKwAt?: SlotValues;
  /** Where the market price is a forecast: how far it may be off. Absent: prices are known. */
  priceRisk?: PriceRisk;
}

/** Deviations of the market price from what is expected, one coordinate for each market period of the day, in currency per kWh. */
export interface PriceRisk {
  set: PriceSet;
  /** Market period of each slot [slot]. */
  period: number[];
  /** The purchase price takes a deviation whole, the sale price this share of it. */
  saleShare: number;
}

export interface Aggregator {
  id: string;
  name: string;
  /** Most that all its EVs together may charge or discharge; null: no more than their own chargers set. */
  chargeLimitKwAt?: SlotValues;
  dischargeLimitKwAt?: SlotValues;
}

export interface Ev {
  id: string;
  /** Index into `aggregators`. */
  aggregator: number;
  /** Identical cars that share this row; powers and energies below are for all of them together. */
  cars: number;
  capacityKwh: number;
  /** Connected in slots arrivalSlot … departureSlot − 1. */
  arrivalSlot: number;
  departureSlot: number;
  initialKwh: number;
  minKwh: number;
  maxKwh: number;
  requiredKwh: number;
  chargeKw: number;
  dischargeKw: number;
  /** One-way efficiency, of charging and of discharging. */
  efficiency: number;
  /** How far each of its cars may be off plan; absent: not at all. `lackKwh` is for all cars of the row together. */
  mayBe?: { lateSlots: number; earlySlots: number; lackKwh: number };
}

/** A source of deviation within a slot: ξ_{j,t} with |ξ_{j,t}| ≤ halfWidthKw[t]; positive means more demand or less wind. */
export interface UncertainComponent {
  id: string;
  name: string;
  kind: 'aggregator' | 'load' | 'wind';
  halfWidthKw: number[];
}

export interface V2gProblem {
  name: string;
  currency: string;
  slots: number;
  slotHours: number;
  /** Expected demand without EVs. */
  loadKw: number[];
  wind: WindPark[];
  gas: GasUnit[];
  storage: StorageUnit[];
  /** Trucks of the operator's own, routed with the schedule. */
  trucks?: TruckFleet;
  /** Stays of rented trucks. */
  stays?: RentedStay[];
  grid: GridConnection | null;
  aggregators: Aggregator[];
  evs: Ev[];
  /** Tie-break on EV charge and discharge; part of the objective, not of the cost. */
  throughputPerKwh: number;
  /** Subsidy to EV owners and battery wear, on EV discharge; part of the cost. */
  dischargePerKwh: number;
  /** Price of a kWh missing at departure; null: departure energy is a hard limit. */
  unmetPerKwh: number | null;
  /** Share of generated and imported power lost on the way to the load; demand side sees (1 − share). */
  lossShare: number;
  reserve: {
    /** Headroom that must stay free above schedule, as a share of `loadKw`. */
    shareOfLoad: number;
    /** 'installed': any unit's maxKw − g counts (the paper's case); 'spinning': only units that are on, and storage that holds energy. */
    counts: 'installed' | 'spinning';
    shareOfLoadAt?: SlotValues;
  };
  uncertainty: {
    components: UncertainComponent[];
    protection: number;
    /**
     * The deviations of a day, where slots depend on each other: coordinates component · slots + slot, in the order of `components`. Absent:
     * every slot on its own, by half-widths and protection.
     */
    set?: UncertaintySet | undefined;
  };
  /** Share θ_t of a deviation the EV pool absorbs: a decision, or fixed. Slots without a connected EV have θ = 0. */
  recourse: 'optimal' | number;
  /**
   * Who answers a deviation once it is there. 'pool' (also when absent): the EV pool takes its share, committed supply covers the rest beforehand.
   * 'each-resource': every gas unit and storage unit takes a share of its own too; only for intervals and budgets.
   */
  responders?: 'pool' | 'each-resource';
  /**
   * What stands behind the pool's promise. 'published' (also when absent): one account of energy in which departed cars keep their surplus, the
   * case's formulation. 'by-car': each car its part while it is there, with slots on their own, else 'published' holds. 'by-car-in-days': that, and where slots
   * depend on each other as well.
   */
  poolAccount?: 'published' | 'by-car' | 'by-car-in-days';
  /** Coefficients that are not known; absent: all are. */
  coefficients?: UncertainCoefficients;
  /** Cars that may be off plan at once [aggregator] (`Ev.mayBe`); absent: none. */
  carsOffPlan?: number[];
  /** 'coordinated': the EVs are scheduled. 'uncoordinated': they charge as `uncoordinatedKw`, no discharge, no recourse. */
  charging: 'coordinated' | 'uncoordinated';
  /** EV demand when nobody coordinates [aggregator][slot]: full power from arrival until the energy is reached. */
  uncoordinatedKw: number[][];
  /** Absent: no network is looked at. With 'branch-flow' its losses take the place of `lossShare`, which must be 0 then. */
  network?: SiteNetwork;
  /** A meshed network in place of a feeder; never both. */
  mesh?: SiteMesh;
  /** What the plan is made for; absent: the cost. */
  objectives?: Objectives;
  /** What this one solve minimises and keeps, on the way to `objectives`; absent: the cost. */
  goal?: Goal;
  /** Products offered beside energy; absent: none. */
  services?: Services;
}

/** What a device may lose: a gas unit or wind park of the output it was scheduled for, storage and the chargers of an aggregator of their efficiency. */
export interface UncertainLoss {
  kind: 'gas' | 'wind' | 'storage' | 'aggregator';
  id: string;
  /** At most this share, from 0 on and below 1. */
  share: number;
}

export interface UncertainCoefficients {
  losses: UncertainLoss[];
  /** Units that may fail to deliver in one slot; from their number on every one may. */
  unitsAtOnce: number;
  /** Slots of the day in which a battery may be less efficient; from their number on every one. */
  slotsAtOnce: number;
}

/** Number of uncertain components: the largest meaningful protection. */
export const componentCount = (problem: V2gProblem): number => problem.uncertainty.components.length;
