/**
 * Shared mobile storage of the site: trucks, terminals, the grids that rent, and how the roads are driven. Stored as versioned JSON;
 * field by field in docs/operator/mobile-storage.md. Power kW, energy kWh, money in the site's currency.
 */
import type { SlotMinutes } from '../../base/horizon.ts';
import type { Ties } from '../../models/sms/problem.ts';

export const marginForms = [
  'gaussian',
  'unimodal-symmetric',
  'unimodal',
  'symmetric',
  'cantelli',
  'delage-ye',
  'wasserstein',
  'wasserstein-safe',
] as const;
export type MarginName = (typeof marginForms)[number];

export interface MobileTerminal {
  id: string;
  name: string;
  /** Node of the road network. */
  node: string;
  /** Grid a truck can work for here; null: a depot. */
  grid: string | null;
  places: number;
  standingPerHour: number;
  /** Most that all trucks of the operator's own together exchange here; left out: what they have. */
  powerKw?: number | undefined;
  /** Bus of its grid's feeder; left out: the feeder's `stationBus`. */
  bus?: string | undefined;
}

export interface MobileTruck {
  id: string;
  name: string;
  /** Terminals at the start and at the end of the day. */
  home: string;
  end: string;
  capacityKwh: number;
  minKwh: number;
  initialKwh: number;
  finalMinKwh: number;
  powerKw: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  degradationPerKwh: number;
  /** In place of that of `travel`. */
  energyKwhPerKm?: number | undefined;
}

/** An imported radial feeder a grid stands on. Its loads share the grid's demand as they share that of the file. */
export interface MobileFeeder {
  /** Null: the first imported. */
  feederId: string | null;
  stationBus: string;
  windBus: string;
  /** Left out: the substation. */
  generatorBus?: string | undefined;
  /** Left out: as the file says. */
  voltageMinPu?: number | undefined;
  voltageMaxPu?: number | undefined;
}

export interface MobileGrid {
  id: string;
  name: string;
  /** Telemetry of its own by series id; null: the site's. */
  series: {
    'load-actual': number | null;
    'load-forecast': number | null;
    'wind-actual': number | null;
    'wind-forecast': number | null;
  };
  /** Demand and wind as shares of those series. */
  loadShare: number;
  windShare: number;
  importLimitKw: number;
  importReserveKw: number;
  importReservePerKwh: number;
  importFeePerKwh: number;
  generatorKw: number;
  generatorPerKwh: number;
  generatorReservePerKwh: number;
  generatorRampKwPerHour: number | null;
  curtailPerKwh: number;
  unservedPerKwh: number;
  dumpPerKwh: number;
  emergencyReservePerKwh: number;
  activityFee: number;
  /** Left out: all at one bus. */
  feeder?: MobileFeeder | undefined;
  /** At which trucks of the operator's own charge and discharge here; left out: they do not. */
  tariff?: { chargePerKwh: number; dischargePerKwh: number | null } | undefined;
  /** Rents the owner may ask; or, for every grid, any up to a cap. */
  rentMenuPerKwh?: number[] | undefined;
  rentCapPerKwh?: number | undefined;
}

export interface MobileStorage {
  /** 'owned': the operator's own, routed with the schedule of the site; 'rented' (also when left out): priced and routed by their owner. */
  ownership?: 'owned' | 'rented' | undefined;
  /** The grid that is the site: its terminals are the site's stations. */
  siteGrid?: string | null | undefined;
  slotMinutes: SlotMinutes;
  epsilon: number;
  margin: MarginName;
  /** 'shared': grids may hold reserve for each other. */
  reserves?: 'own' | 'shared' | undefined;
  arrivalConfidence: number;
  ties: Ties;
  roads: {
    /** Null: the first imported. */
    networkId: string | null;
    forbiddenClasses: string[];
    closedLinks: { from: string; to: string }[];
    /** Flow over capacity in the busiest hour where the network's own data name none. */
    peakFlowRatio: number;
    /** Share of the busiest hour's traffic by hour of the day; null: a usual working day. */
    hourlyFlow: number[] | null;
    /** A road may take up to this share longer than forecast. */
    lateShare: number;
  };
  travel: {
    wagePerHour: number;
    roadPerKm: number;
    energyKwhPerKm: number;
    energyPerKwh: number;
    /** 'battery': trips take their energy from the battery that is rented out; else it only costs. */
    energyFrom?: 'battery' | 'elsewhere' | undefined;
  };
  terminals: MobileTerminal[];
  trucks: MobileTruck[];
  grids: MobileGrid[];
}
