/**
 * Battery trucks in the day of a site, as plain data. Two ways, never both: trucks of the operator's own, routed with the schedule; and
 * trucks rented from their owner for agreed stays. Units as in problem.ts.
 */
import type { PlaceRule } from '../sms/problem.ts';
import type { SlotValues } from './problem.ts';

/** Routes are decided in steps of several slots: a truck spends a whole step at one place, or on the road. */
export interface TruckFleet {
  /** Divides the slots of the day. */
  slotsPerStep: number;
  places: TruckPlace[];
  /** [from][to][step]: steps of a trip that leaves at the start of the step, at least 1; null: impossible. */
  travelSteps: (number | null)[][][];
  /** Taken from the battery by the trip [from][to][step]; left out: nothing. */
  travelKwh?: (number | null)[][][];
  /** Wage and road, and the energy that is not taken from the battery, of the trip [from][to][step]; null where it is impossible. */
  travelCost: (number | null)[][][];
  trucks: OwnTruck[];
}

export interface TruckPlace {
  id: string;
  name: string;
  /** What a truck is connected to here; left out at a depot. */
  grid?: { id: string; name: string };
  /** 'station': a truck is connected to the site; 'elsewhere': to another grid, at agreed prices; 'depot': to nothing. */
  kind: 'depot' | 'station' | 'elsewhere';
  /** Of a station: its bus on the site's network; left out: the substation. */
  bus?: string;
  /** Trucks that may stand here at the same time; not counted at a depot. */
  truckCapacity: number;
  /** Most that all trucks together exchange here, either way. */
  powerKw: number;
  /** Elsewhere: what a kWh charged costs, and what one discharged earns (null: it cannot be discharged). */
  chargePerKwh: number;
  dischargePerKwh: number | null;
  /** Of one truck for one step. */
  standingCost: number;
}

export interface OwnTruck {
  id: string;
  name: string;
  /** Places at the start of the first and after the last step. */
  start: number;
  end: number;
  minKwh: number;
  maxKwh: number;
  initialKwh: number;
  finalMinKwh: number;
  powerKw: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  /** Wear, on charge and on discharge. */
  degradationPerKwh: number;
  /** Of `travelKwh`, as a multiple; left out: 1. */
  drivingFactor?: number;
  /** The operator's demands, in steps; all of them hold. */
  rules?: PlaceRule[];
}

/**
 * A stay of a rented truck at a station of the site. What it brings and what it must leave with are agreed with the owner, who sends it to
 * other grids before and after; in between the site uses it and pays by the kWh.
 */
export interface RentedStay {
  id: string;
  name: string;
  /** Slots from … until − 1. */
  from: number;
  until: number;
  minKwh: number;
  maxKwh: number;
  arrivingKwh: number;
  leavingKwh: number;
  powerKw: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  /** Of a kWh charged or discharged [slot]. */
  rentPerKwh: number[];
  /** Where on the site's network; left out: the substation. */
  bus?: string;
  /** Discharge − charge held at what the owner's plan says [slot]; left out: the site chooses within the stay. */
  pinnedKw?: SlotValues;
}
