/** Plans: the schedule of a day, its evidence, and the acts on it. Power kW, energy kWh, money in `currency`; arrays [slot]. */
import { z } from 'zod';
import { checkReport } from './check-report.ts';
import { networkChanges } from './network-changes.ts';
import { networkModel } from './network-model.ts';
import { objectiveWish, planObjectives } from './objectives.ts';
import { planEdit } from './plan-edit.ts';
import { backTest, namedSeries, outOfSample, worstCaseDay, worstFinding, worstReplay } from './plan-evidence.ts';
import { planPrices, priceWish } from './plan-prices.ts';
import { planServices, serviceWish } from './plan-services.ts';
import { planTrucks, truckWish } from './plan-trucks.ts';
import { horizonPayload, isoDay, measuredShare, numbers } from './series.ts';
import { daySetView, fitOptions, setKind } from './uncertainty.ts';

export const recourseKind = z.enum(['static', 'affine', 'per-resource', 'full']);
export type RecourseKind = z.infer<typeof recourseKind>;

/** One round of column-and-constraint generation, also the payload of `recourse-round` events while the job runs; null while nothing is proven or found. */
export const recourseRound = z.object({
  round: z.number(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** Days the decisions of the round are held against. */
  days: z.number(),
  /** What the dearest day found for these decisions costs. */
  found: z.number().nullable(),
  seconds: z.number(),
});
export type RecourseRoundPayload = z.infer<typeof recourseRound>;

/** What full recourse was proven to cost beside the plan made with its decisions; `affine` null where it was not kept or found. */
export const fullRecourseView = z.object({
  lower: z.number(),
  upper: z.number(),
  rounds: z.number(),
  seconds: z.number(),
  plan: z.number(),
  affine: z.number().nullable(),
  steps: z.array(recourseRound),
  worst: z.object({ deviationKw: numbers, cost: z.number() }).nullable(),
});

export const planOptions = z.object({
  day: isoDay,
  set: setKind,
  /** α in [0, L]; only the budget set asks for it, the others take it as L. */
  protection: z.number().min(0),
  /** Size on the kind's own scale (`sizeScale`), for every kind but the budget; the fitted one when left out. */
  size: z.number().min(0).optional(),
  /** Γ: how many slots of the day may deviate fully at once; all of them when left out. Only the budget set asks for it. */
  slotProtection: z.number().min(0).optional(),
  /**
   * 'static': supply covers every deviation; 'affine' (when left out): the EV pool takes a decided share of each; 'per-resource': so do gas and storage
   * units; 'full': as that, with units switched on as is best where all else is decided late. The last two go with intervals and budgets.
   */
  recourse: recourseKind.optional(),
  /** How the feeder enters the plan, 'off' for not at all; as the site says when left out. */
  network: z.enum([...networkModel.options, 'off']).optional(),
  /** Lowest voltage kept at any bus; as the site says when left out. */
  voltageMinPu: z.number().min(0.5).max(1).optional(),
  /** What of the feeder stands otherwise than in its file; as the site says when left out. */
  networkChanges: networkChanges.optional(),
  /** 'doubted': cars may come late, leave early or bring less, as fitted from the sessions; trusted when left out. */
  cars: z.enum(['trusted', 'doubted']).optional(),
  /** 'trusted': what the site doubts of output and efficiency is left out of the plan; 'doubted' when left out. */
  coefficients: z.enum(['trusted', 'doubted']).optional(),
  fit: fitOptions.omit({ day: true, set: true }),
  timeLimitSeconds: z.number().positive().max(3600),
});
export type PlanOptionsPayload = z.infer<typeof planOptions>;

const planStatus = z.enum(['draft', 'approved', 'superseded']);

export const planSummary = z.object({
  id: z.string(),
  day: isoDay,
  status: planStatus,
  protection: z.number(),
  totalCost: z.number(),
  currency: z.string(),
  createdAtMs: z.number(),
  gap: z.number().nullable(),
  passed: z.boolean(),
  /** The plan a what-if was made from; null for a plan of its own. */
  basedOn: z.string().nullable(),
  /** Out of the lists by a word of the operator. */
  setAside: z.boolean(),
  /** What it takes in the database. */
  bytes: z.number(),
});
export type PlanSummaryPayload = z.infer<typeof planSummary>;

/** Something that needs a decision before acceptance. level 1 "must fix", 2 "should decide", 3 "note". */
export const exception = z.object({
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  code: z.string(),
  cause: z.string(),
  fromSlot: z.number().nullable(),
  toSlot: z.number().nullable(),
  consequence: z.string(),
  action: z.object({
    label: z.string(),
    screen: z.enum(['overview', 'telemetry', 'uncertainty', 'schedule', 'risk', 'network']),
  }),
  /** How many findings this row stands for. */
  count: z.number(),
});
export type ExceptionPayload = z.infer<typeof exception>;

/** Units by key: currency, %, kW, %, kW. Null where nothing was measured or nothing compares. */
const planMeasure = z.object({
  key: z.enum(['cost', 'violation', 'reserve', 'energy', 'peak']),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  withoutV2g: z.number().nullable(),
  earlier: z.number().nullable(),
  slot: z.number().nullable(),
});

export const planView = z.object({
  id: z.string(),
  day: isoDay,
  status: planStatus,
  currency: z.string(),
  horizon: horizonPayload,
  protection: z.number(),
  components: z.number(),
  /** Proven bound and relative gap; null where nothing is proven. */
  outcome: z.object({
    kind: z.enum(['optimal', 'feasible']),
    bound: z.number().nullable(),
    gap: z.number().nullable(),
  }),
  /** Demand: expected load without EVs, worst deviation β, share θ absorbed by the EV pool, and committed demand = load + (1 − θ)β. */
  loadKw: numbers,
  worstDeviationKw: numbers,
  evShare: numbers,
  /** Who answers a deviation, as a share of all worst deviations of the day and in kW at the load when a slot is at its worst. */
  recourse: z.object({
    kind: recourseKind,
    answerers: z.array(
      z.object({
        kind: z.enum(['beforehand', 'pool', 'aggregator', 'gas', 'storage']),
        id: z.string(),
        name: z.string(),
        share: z.number(),
        answerKw: numbers,
      }),
    ),
    /** The least worst-case cost of any rule of recourse lies between; null unless the plan was made so. */
    full: fullRecourseView.nullable(),
  }),
  committedDemandKw: numbers,
  loadBands: z.array(z.object({ share: z.number(), lowerKw: numbers, upperKw: numbers })),
  gas: z.array(namedSeries),
  wind: z.array(namedSeries.extend({ availableKw: numbers })),
  storage: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      chargeKw: numbers,
      dischargeKw: numbers,
      energyKwh: numbers,
      minKwh: z.number(),
      maxKwh: z.number(),
    }),
  ),
  /** Null where the day was planned without trucks. */
  trucks: planTrucks.nullable(),
  importKw: numbers,
  exportKw: numbers,
  buyPerKwh: numbers,
  sellPerKwh: numbers,
  /** Null without a grid, and where published prices were asked for. */
  prices: planPrices.nullable(),
  aggregators: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      cars: z.number(),
      chargeKw: numbers,
      dischargeKw: numbers,
      /** Energy of connected cars after each slot, and its physical envelope. */
      energyKwh: numbers,
      energyMinKwh: numbers,
      energyMaxKwh: numbers,
      connected: numbers,
      chargeLimitKw: numbers,
      dischargeLimitKw: numbers,
      /** Cars leaving at the end of a slot and the energy they must hold. */
      departures: z.array(
        z.object({ slot: z.number(), cars: z.number(), requiredKwh: z.number(), plannedKwh: z.number() }),
      ),
      neededKwh: z.number(),
      unmetKwh: z.number(),
      /** Tested days on which its cars leave with their planned energy; null where too few days could be tested. */
      departureMet: measuredShare.nullable(),
    }),
  ),
  uncoordinatedKw: numbers,
  reserve: z.object({ requiredKw: numbers, availableKw: numbers }),
  /** Null where the plan offers nothing beside energy. */
  services: planServices.nullable(),
  cost: z.object({
    total: z.number(),
    items: z.array(z.object({ key: z.string(), label: z.string(), amount: z.number() })),
    /** What each slot costs; sums to `total`. */
    bySlot: numbers,
  }),
  /** The same day with EVs charging at full power on arrival and no discharge. Null when no such plan exists. */
  withoutV2g: z.object({ cost: z.number(), peakKw: z.number() }).nullable(),
  peakKw: z.number(),
  check: checkReport,
  test: outOfSample.nullable(),
  backTest: backTest.nullable(),
  /** What it was made for, and what it is worth by each objective. */
  objectives: planObjectives,
  /** Kind and evidence of the set the plan is protected against; null for the set of the slots (interval, budget). */
  daySet: daySetView.nullable(),
  /** Null where nothing is protected. */
  worstCase: worstCaseDay.nullable(),
  /** Every other adversary there is; empty in plans made before they were kept. */
  worstFindings: z.array(worstFinding),
  /** What is doubted of output and efficiency; null where all is taken as known. */
  coefficients: z
    .object({
      unitsAtOnce: z.number(),
      slotsAtOnce: z.number(),
      losses: z.array(
        z.object({
          kind: z.enum(['wind', 'gas', 'storage', 'aggregator']),
          id: z.string(),
          name: z.string(),
          share: z.number(),
        }),
      ),
      /** Supply set aside for what units may not deliver; null where every unit delivers. */
      setAsideKw: numbers.nullable(),
      /** The same day with all of it known; null where that has no schedule, and in plans made before it was kept. */
      known: z.object({ cost: z.number(), peakKw: z.number() }).nullable(),
    })
    .nullable(),
  /** In which form the chance constraint of a Wasserstein ball was stated, and why; null for other sets, and in plans made before it was kept. */
  chance: z.object({ used: z.enum(['exact-binaries', 'exact-sorted', 'cvar']), sentence: z.string() }).nullable(),
  measures: z.array(planMeasure),
  /** The plan of the latest earlier day that has one, which `measures[].earlier` speaks of. */
  earlier: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('plan'), id: z.string(), day: isoDay, status: planStatus }),
    z.object({ kind: z.literal('unreadable'), id: z.string(), day: isoDay }),
  ]),
  /** Share of days with a violation that is aimed for. */
  riskTarget: z.number(),
  exceptions: z.array(exception),
  /** Of a what-if: the plan it was made from, the edits, and each in words. */
  whatIf: z.object({ planId: z.string(), edits: z.array(planEdit), sentences: z.array(z.string()) }).nullable(),
  provenance: z.object({
    schemaVersion: z.number(),
    inputsHash: z.string(),
    dataHash: z.string(),
    setId: z.string(),
    modelVersion: z.string(),
    solverVersion: z.string(),
    seed: z.number(),
    timeLimitSeconds: z.number(),
    relativeGap: z.number(),
    createdAtMs: z.number(),
    operator: z.string(),
    solveSeconds: z.number(),
    /** What was filled, cut or left out when the plan was made, in words. */
    notes: z.array(z.string()),
  }),
});
export type PlanPayload = z.infer<typeof planView>;

const jobStarted = z.object({ jobId: z.string() });
export const planCalls = {
  'plan.list': { request: z.object({ day: isoDay.optional() }), response: z.array(planSummary) },
  'plan.get': { request: z.object({ planId: z.string() }), response: planView },
  /** "Plan tomorrow": import check → fit sets → solve → out-of-sample test. Result of the job: { planId }. */
  'plan.make': {
    request: planOptions.extend({
      prices: priceWish.optional(),
      trucks: truckWish.optional(),
      services: serviceWish.optional(),
      /** What the plan is made for; the cost when left out. */
      objectives: objectiveWish.optional(),
    }),
    response: jobStarted,
  },
  /** What each objective sacrifices on a day; nothing is stored. Result of the job: an `objectiveComparison`. */
  'plan.compareObjectives': {
    request: planOptions.extend({ prices: priceWish.optional(), trucks: truckWish.optional() }),
    response: jobStarted,
  },
  /** The day fitted, solved and tested with each kind of set; nothing is stored. Result of the job: a `setComparison`. */
  'plan.compareSets': {
    request: planOptions
      .omit({ set: true, size: true })
      .extend({ kinds: z.array(setKind).min(1).max(setKind.options.length) }),
    response: jobStarted,
  },
  /** What each step of adaptivity buys on a day; nothing is stored. Result of the job: a `recourseComparison`. */
  'plan.compareRecourse': { request: planOptions.omit({ recourse: true }), response: jobStarted },
  'plan.approve': { request: z.object({ planId: z.string(), reason: z.string() }), response: planSummary },
  'plan.backTest': {
    request: z.object({ planId: z.string(), days: z.number().int().min(1).max(400) }),
    response: backTest,
  },
  /** Carries out the worst day of the plan again, on the plan as it is stored. */
  'plan.replayWorst': { request: z.object({ planId: z.string() }), response: worstReplay },
  'plan.export': {
    request: z.object({ planId: z.string(), format: z.enum(['csv', 'json']) }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
