/**
 * Products a site offers beside energy, co-optimised with its schedule: docs/method/services.md. Prices in the site's currency, devices by id,
 * arrays [slot].
 */
import type { RegulationSignals } from '../../../uncertainty/regulation-signal.ts';

export interface Services {
  /** Takes the place of `reserve` of the problem, which must then ask for nothing. */
  reserve?: ReserveService;
  regulation?: RegulationService;
  peak?: PeakService;
  voltage?: VoltageService[];
}

/** Who may hold a product. */
export interface Providers {
  gas: string[];
  storage: string[];
  aggregators: string[];
}

export interface ReserveService {
  /** How long what is held must be given once it is called; a call begins with a slot and takes as many whole slots as this needs. */
  durationHours: number;
  /** By when it must be there, which limits gas units by their ramp. */
  withinHours: number;
  areas: ControlArea[];
}

export interface ControlArea extends Providers {
  id: string;
  name: string;
  requiredKw: number[];
  /** Most that is held and paid for; at least `requiredKw`. */
  mostKw: number[];
  /** Paid for each kW held and hour, required or not. */
  pricePerKwh: number[];
}

export interface RegulationService extends Providers {
  signals: RegulationSignals;
  /** By when full capacity must be there, which limits gas units by their ramp. */
  withinHours: number;
  /** Most the market takes. */
  mostKw: number[];
  /** Paid for each kW offered and hour. */
  capacityPricePerKwh: number[];
  /** Paid for each kW that is moved, times the performance score. */
  mileagePricePerKw: number[];
  /** kW moved for each kW offered, per hour, as expected. */
  mileagePerHour: number;
  /** From 0 to 1. */
  performanceScore: number;
  /** Expected mean of |s|: kWh through a battery for each kW offered and hour, which its wear is counted by. */
  throughputShare: number;
}

export interface PeakService {
  /** What is metered: purchase from the grid, or load with what cars and storage take less what they give. */
  of: 'import' | 'net-demand';
  /** Charged for each kW by which the day's highest slot exceeds `soFarKw`. */
  pricePerKw: number;
  /** Highest metered so far in the billing period. */
  soFarKw: number;
  /** Never above [slot]; null: not limited. */
  capKw: (number | null)[];
}

/** A range of reactive power, −Q to Q, kept available at a bus beside active power. */
export interface VoltageService {
  id: string;
  name: string;
  bus: string;
  /** Converters at the bus and their rating. */
  converters: { kind: 'storage' | 'aggregator'; id: string; ratedKva: number }[];
  requiredKvar: number[];
  mostKvar: number[];
  pricePerKvarh: number[];
}

/** In order of the problem's lists. */
export interface ServicesSchedule {
  regulation?: HeldBy;
  reserve?: HeldBy & {
    /** [area][slot] */
    offeredKw: number[][];
  };
  peak?: { peakKw: number };
  /** [product][converter][slot] */
  voltageKvar?: number[][][];
}

/** kW [unit][slot]. */
export interface HeldBy {
  gasKw: number[][];
  storageKw: number[][];
  evKw: number[][];
}
