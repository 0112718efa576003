/** What a plan keeps of how it was made: data, set, solver, prices, trucks, and the forms and bounds it was found with. */
import type { SetGuarantee } from '../../uncertainty/day-set.ts';
import type { PriceSet } from '../../uncertainty/price-set.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import type { PlanEdit } from '../drafts/plan-edit.ts';
import type { MobileStorage } from '../sms/mobile-storage.ts';
import type { StayDispatch } from '../sms/rented-stays.ts';
import type { Way } from '../sms/travel.ts';
import type { ChanceForm } from './chance-form.ts';

export interface PriceProvenance {
  treatment: 'published' | 'expected' | 'robust';
  /** Published when the plan was made: a point, without risk. */
  known: boolean;
  /** Days the forecast was judged on, and its error beside that of repeating the day before, currency per kWh; null where known. */
  forecast: { days: number; rmse: number; naiveRmse: number } | null;
  /** Null where nothing is protected. */
  set: {
    kind: PriceSet['kind'];
    nominal: number;
    guarantee: SetGuarantee;
    /** Held-out market periods within the set, days without a trade dearer than it says, and days on which this plan's bill would have kept to it. */
    periods: MeasuredShare;
    trades: MeasuredShare;
    /** Null for a what-if, which is not measured anew. */
    bill: MeasuredShare | null;
  } | null;
}

/** What a plan keeps of its trucks; `withoutTrucks`: the same day without any, null when that has no schedule. */
export type TruckProvenance = { withoutTrucks: { cost: number; peakKw: number } | null } & (
  | {
      mode: 'owned';
      roadsId: string;
      /** The definition, with the terminals that are the places of the fleet. */
      storage: MobileStorage;
      terminalNodes: number[];
      /** [from][to], km at the start of the day; NaN where there is no way. */
      distanceKm: number[][];
      /** What the trucks drive, by slot of the day. */
      ways: Way[];
    }
  | { mode: 'rented'; planId: string; contentHash: string; dispatch: StayDispatch }
);

/** Worst-case objectives of a day, in the site's currency, with nothing proven yet as null. */
export interface FullRecourseProvenance {
  /** What full recourse costs lies between. */
  lower: number;
  upper: number;
  rounds: number;
  seconds: number;
  /** What the day costs with a share for the EV pool alone, which the search began from; null where it has no such plan, absent in plans made before it was kept. */
  affine?: number | null;
  /** How the bounds came together; round 0 is the plan begun from. */
  steps?: {
    round: number;
    lower: number | null;
    upper: number | null;
    days: number;
    found: number | null;
    seconds: number;
  }[];
  /** The worst day found for the decisions `on` [gas unit][slot]: total deviation [slot], kW, and what it costs who knows it;
   * `network`: whether the rows of a feeder were part of it. */
  worst?: { deviationKw: number[]; cost: number; on: ((0 | 1)[] | null)[]; network: 'left-out' | 'held' };
}

export interface PlanProvenance {
  /** Shape of the stored plan (`planSchemaVersion`); a plan of another shape is refused on reading. */
  schemaVersion: number;
  /** SHA-256 (hex) of the canonical JSON of the problem: data, set and options together. */
  inputsHash: string;
  /** Of the telemetry rows the day was built from. */
  dataHash: string;
  setId: string;
  /** Zone of the site it was made for: its day begins at midnight there. */
  zone: string;
  modelVersion: string;
  solverVersion: string;
  seed: number;
  timeLimitSeconds: number;
  relativeGap: number;
  createdAtMs: number;
  operator: string;
  solveSeconds: number;
  /** What was filled, cut or left out when the plan was made, in words. */
  notes: string[];
  /** How the prices of the day were treated; absent where published ones were asked for. */
  prices?: PriceProvenance;
  /** Where units are on and off as is best under full recourse: what that was proven to cost, in the objective's terms. */
  fullRecourse?: FullRecourseProvenance;
  /** Absent where the day was planned without trucks. */
  trucks?: TruckProvenance;
  /** The same day with every coefficient known, where some are not; `known` is null when that day has no schedule. */
  coefficients?: { known: { cost: number; peakKw: number } | null };
  /** Of a Wasserstein ball: in which form its chance constraint was stated; absent in plans made before it was kept. */
  chance?: ChanceForm;
  /** Of a what-if: the plan whose problem was edited, and the edits in their order. */
  basedOn?: { planId: string; edits: PlanEdit[] };
}
