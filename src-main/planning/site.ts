/** The site: what the operator owns or steers, and how national or regional telemetry maps onto it. Stored as versioned JSON. */
import type { SlotMinutes } from '../base/horizon.ts';
import type { GasUnit, StorageUnit, UncertainCoefficients } from '../models/v2g/problem.ts';
import type { SeriesKind } from '../telemetry/types.ts';

export interface AggregatorSite {
  id: string;
  name: string;
  /** Stations of the session telemetry that belong to this aggregator. */
  stations: string[];
  /** Cars at the site per session recorded (scales a sample up to a fleet). */
  carsPerSession: number;
  capacityKwh: number;
  chargeKw: number;
  dischargeKw: number;
  efficiency: number;
  /** Shares of capacity: never below; wanted at departure; the most. */
  minShare: number;
  departureShare: number;
  maxShare: number;
}

/** The feeder the site hangs on and the bus of each device; what is not placed stands at the substation. */
export interface NetworkSite {
  /** Null: the first imported, so that a later import never changes what is planned on. */
  feederId: string | null;
  model: NetworkModel;
  voltageMinPu: number;
  voltageMaxPu: number;
  places: NetworkPlace[];
  /** Where the load stands, shares that sum to 1; absent: as the loads of the feeder's file do. */
  loads?: { bus: string; share: number }[] | undefined;
  /** What stands otherwise than in the feeder's file; absent: nothing. */
  changes?: NetworkChanges | undefined;
}

/** Settings of a feeder that an operator may turn: each absent one is as the feeder's file and the site say. */
export interface NetworkChanges {
  /** Voltage of the substation, by the tap of its transformer. */
  slackVoltagePu?: number | undefined;
  /** Limits of single buses in place of those for all. */
  busLimits?: { bus: string; voltageMinPu: number; voltageMaxPu: number }[] | undefined;
  /** Largest apparent power of a branch in place of the file's; null: none. */
  lineLimits?: { from: string; to: string; limitMva: number | null }[] | undefined;
  /** Switched on the whole day, kvar at 1 pu; in place of what the file has at that bus, and 0 takes that away. */
  capacitors?: { bus: string; kvar: number }[] | undefined;
}

/** 'dc' is that of meshed networks, 'lindistflow' and 'branch-flow' are those of feeders. */
export type NetworkModel = 'unconstrained' | 'lindistflow' | 'branch-flow' | 'dc';

export interface NetworkPlace {
  kind: 'wind' | 'gas' | 'storage' | 'aggregator';
  id: string;
  bus: string;
  /** Rating of a converter that may give and take reactive power; 0: it runs at unity power factor. Gas units have none. */
  converterKva: number;
}

/** One number for the whole day, or numbers for parts of it by the local clock ("17:30", to "24:00"), 0 elsewhere. */
export type ByClock = number | ClockPeriod[];

export interface ClockPeriod {
  from: string;
  /** Before `from`: over midnight. */
  to: string;
  value: number;
}

interface ProvidersSite {
  gas: string[];
  storage: string[];
  aggregators: string[];
}

/** Products offered beside energy; prices per kW and hour, per kW moved, per kvar and hour. */
export interface ServicesSite {
  /** Whether a plan offers them that does not say. */
  offer: 'always' | 'on-request';
  reserve?:
    | {
        durationMinutes: number;
        withinMinutes: number;
        /** Required is the larger of a share of the area's load and a number. */
        areas: (ProvidersSite & {
          id: string;
          name: string;
          loadShare: number;
          shareOfLoad: number;
          requiredKw: ByClock;
          mostKw: ByClock;
          pricePerKwh: ByClock;
        })[];
      }
    | undefined;
  regulation?:
    | (ProvidersSite & {
        windowMinutes: number;
        netShare: number;
        runningMinutes: number;
        withinMinutes: number;
        mostKw: ByClock;
        capacityPricePerKwh: ByClock;
        mileagePricePerKw: ByClock;
        mileagePerHour: number;
        performanceScore: number;
        throughputShare: number;
      })
    | undefined;
  peak?: { of: 'import' | 'net-demand'; pricePerKw: number; soFarKw: number; caps: ClockPeriod[] } | undefined;
  voltage?:
    | { id: string; name: string; bus: string; requiredKvar: ByClock; mostKvar: ByClock; pricePerKvarh: ByClock }[]
    | undefined;
}

export interface Site {
  name: string;
  zone: string;
  currency: 'EUR' | 'USD' | 'GBP' | 'CHF';
  slotMinutes: SlotMinutes;
  /** Telemetry series used for each kind; null: the newest of that kind. */
  series: Record<SeriesKind, number | null>;
  /** Site demand in kW = series in MW × 1000 × share. */
  loadShare: number;
  wind: { id: string; name: string; share: number; maintenancePerKwh: number }[];
  gas: GasUnit[];
  storage: StorageUnit[];
  /** Purchase at market price plus fee; sale at a share of the market price. */
  grid: { importLimitKw: number; exportLimitKw: number; feePerKwh: number; saleShare: number } | null;
  aggregators: AggregatorSite[];
  throughputPerKwh: number;
  dischargePerKwh: number;
  unmetPerKwh: number;
  lossShare: number;
  reserve: { shareOfLoad: number; counts: 'installed' | 'spinning' };
  /** What devices may lose of output and efficiency; absent: nothing. */
  coefficients?: UncertainCoefficients | undefined;
  /** Absent: the network is not looked at. */
  network?: NetworkSite | undefined;
  /** Absent: energy is all the site offers. */
  services?: ServicesSite | undefined;
}
