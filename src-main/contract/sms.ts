/**
 * Plans of shared mobile storage: rents and routes of a day, what the grids answer, and the evidence. Power kW, energy kWh, money in
 * `currency`, rents per kWh; arrays [slot] of the payload's horizon; indices refer to the lists of the same payload.
 */
import { z } from 'zod';
import { checkReport } from './check-report.ts';
import { arrivalConfidence, epsilon, marginForm } from './mobile-storage.ts';
import { placedTerminal } from './roads.ts';
import { horizonPayload, isoDay, measuredShare, numbers } from './series.ts';
import { smsOverride } from './sms-overrides.ts';

export const smsOptions = z.object({
  day: isoDay,
  /** Left out: as mobile storage says. */
  epsilon: epsilon.optional(),
  margin: marginForm.optional(),
  arrivalConfidence: arrivalConfidence.optional(),
  ties: z.enum(['optimistic', 'pessimistic']).optional(),
  timeLimitSeconds: z.number().positive().max(3600),
  overrides: z.array(smsOverride).max(500),
  /** The plan this one was drafted from, for the record; null for a first plan. */
  basedOn: z.string().nullable(),
});
export type SmsOptionsPayload = z.infer<typeof smsOptions>;

const smsStatus = z.enum(['draft', 'approved', 'superseded']);

export const smsSummary = z.object({
  id: z.string(),
  day: isoDay,
  status: smsStatus,
  currency: z.string(),
  ownerProfit: z.number(),
  /** Of the grids together against a day without trucks. */
  usersSaving: z.number(),
  /** Null where nothing is proven. */
  gap: z.number().nullable(),
  epsilon: z.number(),
  margin: marginForm,
  overrides: z.number(),
  basedOn: z.string().nullable(),
  createdAtMs: z.number(),
  passed: z.boolean(),
  /** Out of the lists by a word of the operator. */
  setAside: z.boolean(),
  /** What it takes in the database. */
  bytes: z.number(),
});
export type SmsSummaryPayload = z.infer<typeof smsSummary>;

/** One round of the decomposition; also the payload of `sms-round` events while the job runs. */
export const smsRound = z.object({
  round: z.number(),
  /** Null while nothing is proven. */
  upperBound: z.number().nullable(),
  /** What this round's decision brings; null when it was not evaluated. */
  profit: z.number().nullable(),
  /** Best so far, the lower bound; null before the first. */
  incumbent: z.number().nullable(),
  /** (bound − incumbent) / max(1, |incumbent|); null while one of them is missing. */
  gap: z.number().nullable(),
  elapsedSeconds: z.number(),
});
export type SmsRoundPayload = z.infer<typeof smsRound>;

export const smsException = z.object({
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  code: z.string(),
  cause: z.string(),
  consequence: z.string(),
  fromSlot: z.number().nullable(),
  toSlot: z.number().nullable(),
  subject: z.object({ kind: z.enum(['plan', 'truck', 'grid', 'terminal']), index: z.number() }),
});
export type SmsExceptionPayload = z.infer<typeof smsException>;

const stay = z.object({
  kind: z.literal('stay'),
  terminal: z.number(),
  fromSlot: z.number(),
  untilSlot: z.number(),
});
/** Leaves at the start of `fromSlot`, may be used at the start of `untilSlot`. */
const drive = z.object({
  kind: z.literal('drive'),
  from: z.number(),
  to: z.number(),
  fromSlot: z.number(),
  untilSlot: z.number(),
  /** Minutes on the road as forecast, and at the latest with `confidence`. */
  minutes: z.number(),
  latestMinutes: z.number(),
  confidence: z.number(),
  /** Links that may be late at once for that; null where a plan did not keep it. */
  lateLinks: z.number().nullable(),
  lengthKm: z.number(),
  energyKwh: z.number(),
  cost: z.number(),
  /** Nodes passed (indices of the network's geometry) and minutes after departure at each; first the origin at 0, last the end. */
  path: z.object({ nodes: numbers, minutes: numbers, links: numbers }),
});

export const truckLeg = z.discriminatedUnion('kind', [stay, drive]);
export type TruckLegPayload = z.infer<typeof truckLeg>;

/** What is told of a truck's day whoever owns it; what it earns or buys is added where that is known. */
export const truckDay = z.object({
  id: z.string(),
  name: z.string(),
  home: z.number(),
  end: z.number(),
  capacityKwh: z.number(),
  minKwh: z.number(),
  initialKwh: z.number(),
  finalMinKwh: z.number(),
  powerKw: z.number(),
  legs: z.array(truckLeg),
  /** Terminal in the slot; −1 while it drives. */
  terminal: numbers,
  /** Wherever it stands, at the site or elsewhere. */
  chargeKw: numbers,
  dischargeKw: numbers,
  /** After the slot. */
  energyKwh: numbers,
});
export const truckTotals = z.object({
  travelCost: z.number(),
  standingCost: z.number(),
  degradationCost: z.number(),
  chargeKwh: z.number(),
  dischargeKwh: z.number(),
  lengthKm: z.number(),
  /** Taken from the battery by driving. */
  drivingKwh: z.number(),
  drivingSlots: z.number(),
  workingSlots: z.number(),
  /** (charged + discharged) / (power · hours of the day) */
  utilisation: z.number(),
  /** Discharged / usable capacity. */
  cycles: z.number(),
});

const smsTruck = truckDay.extend({
  /** Of its energy, kept for the rest of the way: nobody else may use it. */
  aheadKwh: numbers,
  /** Earned in the slot. */
  rent: numbers,
  totals: truckTotals.extend({
    rent: z.number(),
    idleSlots: z.number(),
  }),
});

const smsGrid = z.object({
  id: z.string(),
  name: z.string(),
  rentPerKwh: numbers,
  /** Rents that may be asked, for the choices of a price override; empty where any up to the cap may be. */
  rentMenuPerKwh: z.array(z.number()),
  /** Null where there is a menu. */
  rentCapPerKwh: z.number().nullable(),
  loadKw: numbers,
  /** Forecast available wind, and what of it exceeds the load. */
  windKw: numbers,
  surplusKw: numbers,
  curtailKw: numbers,
  /** Curtailed on a day without trucks. */
  curtailAloneKw: numbers,
  importKw: numbers,
  importPerKwh: numbers,
  generatorKw: numbers,
  unservedKw: numbers,
  dumpKw: numbers,
  /** By the trucks standing here. */
  chargeKw: numbers,
  dischargeKw: numbers,
  /** load − wind used + charge − discharge: what the grid takes from import and generator. */
  netKw: numbers,
  reserve: z.object({
    marginKw: numbers,
    importKw: numbers,
    generatorKw: numbers,
    curtailedKw: numbers,
    emergencyKw: numbers,
  }),
  /** Share of each grid's wind deviation that this one answers [grid][slot]; null where each answers its own. */
  answers: z.array(numbers).nullable(),
  totals: z.object({
    rent: z.number(),
    chargeKwh: z.number(),
    dischargeKwh: z.number(),
    /** Surplus wind that trucks took instead of being curtailed. */
    windSavedKwh: z.number(),
  }),
  /** Cents; pays = own + rent − transfer. */
  account: z.object({
    aloneCents: z.number(),
    ownCents: z.number(),
    rentCents: z.number(),
    transferCents: z.number(),
    paysCents: z.number(),
  }),
  /** How often the margin was too small on held-out days, beside the accepted risk. */
  violation: z.object({
    epsilon: z.number(),
    days: z.number(),
    allSlots: measuredShare,
    worstSlot: measuredShare,
    anySlot: measuredShare,
    verdict: z.enum(['keeps', 'breaks', 'unproven']),
  }),
  /** Voltages on the grid's feeder, per unit [slot]; null where the grid is one bus. */
  feeder: z
    .object({
      buses: z.number(),
      minPu: z.number(),
      maxPu: z.number(),
      lowestPu: numbers,
      highestPu: numbers,
      /** Lowest of the day, and where. */
      worst: z.object({ slot: z.number(), bus: z.string() }),
    })
    .nullable(),
});

export const smsPlanView = z.object({
  id: z.string(),
  day: isoDay,
  status: smsStatus,
  currency: z.string(),
  horizon: horizonPayload,
  roadsId: z.string(),
  options: z.object({
    epsilon: z.number(),
    margin: marginForm,
    arrivalConfidence: z.number(),
    ties: z.enum(['optimistic', 'pessimistic']),
    timeLimitSeconds: z.number(),
  }),
  overrides: z.array(smsOverride),
  basedOn: z.string().nullable(),
  outcome: z.object({
    kind: z.enum(['optimal', 'feasible']),
    upperBound: z.number().nullable(),
    gap: z.number().nullable(),
  }),
  owner: z.object({
    profit: z.number(),
    rent: z.number(),
    degradation: z.number(),
    travel: z.number(),
    standing: z.number(),
    incomeCents: z.number(),
  }),
  users: z.object({ cost: z.number(), costWithoutTrucks: z.number() }),
  terminals: z.array(placedTerminal),
  /** Road distance between terminals at the start of the day, km [from][to]; NaN where there is no way. */
  distanceKm: z.array(numbers),
  trucks: z.array(smsTruck),
  grids: z.array(smsGrid),
  /** Of the grids' wind errors, mean over the slots [grid][grid]. */
  errorCorrelation: z.array(numbers),
  rounds: z.array(smsRound),
  check: checkReport,
  exceptions: z.array(smsException),
  provenance: z.object({
    inputsHash: z.string(),
    dataHash: z.string(),
    contentHash: z.string(),
    roadsId: z.string(),
    modelVersion: z.string(),
    solverVersion: z.string(),
    seed: z.number(),
    createdAtMs: z.number(),
    operator: z.string(),
    solveSeconds: z.number(),
    notes: z.array(z.string()),
  }),
});
export type SmsPlanPayload = z.infer<typeof smsPlanView>;

export const smsTraffic = z.object({
  /** Periods of equal length in a day. */
  periods: z.number().int().positive(),
  /** [link · periods + period] of the network's geometry, minutes under the traffic of the period. */
  linkMinutes: numbers,
  /** [from][to][slot] between the plan's terminals, minutes when leaving at the start of the slot; NaN where there is no way. */
  tripMinutes: z.array(z.array(numbers)),
});
export type SmsTrafficPayload = z.infer<typeof smsTraffic>;

export const smsCalls = {
  /** Newest day first, newest plan of a day first. */
  'sms.list': { request: z.object({ day: isoDay.optional() }), response: z.array(smsSummary) },
  'sms.get': { request: z.object({ planId: z.string() }), response: smsPlanView },
  /** Travel times of the plan's roads by the clock, for the map. */
  'sms.traffic': { request: z.object({ planId: z.string() }), response: smsTraffic },
  /**
   * Prices and routes a day; with overrides it re-routes a draft. Each round arrives as `sms-round`. "jobs.useBest" keeps the best so
   * far. Result of the job: { planId }.
   */
  'sms.make': { request: smsOptions, response: z.object({ jobId: z.string() }) },
  /** Checks the stored plan again; approving another plan of the day supersedes the one before. */
  'sms.approve': { request: z.object({ planId: z.string(), reason: z.string() }), response: smsSummary },
  /** 'csv': the itinerary, one row per leg; 'slots': one row per truck and slot; 'geo': features with coordinates; 'json': the record. */
  'sms.export': {
    request: z.object({ planId: z.string(), format: z.enum(['csv', 'slots', 'geo', 'json']) }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
