/**
 * A day of shared mobile storage: what the grids expect and must keep in reserve, how trucks can drive, then rents and routes, the
 * grids' answer, and the re-check. Stored once, whole or not at all.
 */
import { canonicalJson } from '../../base/canonical-json.ts';
import { Refusal } from '../../base/errors.ts';
import { dayHorizon } from '../../base/horizon.ts';
import { smsPlanSchemaVersion } from '../../base/schema-versions.ts';
import type { SmsPlan, SmsRound } from '../../models/sms/plan.ts';
import { withoutTrucks } from '../../models/sms/pattern.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { buildSmsProblem } from './build-sms-problem.ts';
import { gridFeeders } from './grid-feeder.ts';
import type { JobHandle } from '../jobs.ts';
import { fillNotes } from '../intake/fill-rules.ts';
import { marketPrice } from '../prices/market-price.ts';
import type { SmsPlanOptions, SmsPlanRecord } from './mobile-ports.ts';
import { mobileStorageOf, roadsOf } from './mobile-tools.ts';
import { operationSolve } from '../operation-solve.ts';
import { closedRoads, overrideProblem } from './override-problem.ts';
import type { SmsOverride } from './sms-override.ts';
import { solveSms } from './solve-sms.ts';
import { stopWithBest } from './stop-with-best.ts';
import { operatorOf, siteOf, type PlanTools } from '../tools.ts';
import { travelOf, type Travel, type Way } from './travel.ts';
import { checkSms, readSmsPlan } from './verify-sms-plan.ts';
import { forecastGrids, sharedViolations, sharingOf, type GridForecasts, type MarginWish } from './wind-margins.ts';

/** Left out: as the definition of mobile storage says. */
export interface SmsWish extends Partial<SmsPlanOptions> {
  day: string;
  timeLimitSeconds: number;
  overrides: SmsOverride[];
  basedOn: string | null;
}

export const smsPhases = ['Check imports', 'Fit margins', 'Route', 'Price and route'];
/** Version of the model, part of every plan's provenance; raised when the same inputs may give another plan. */
export const smsModelVersion = 'sms-1';
const windowDays = 180;

/** @throws Refusal `no-site`, `no-mobile-storage`, `no-roads`, `no-telemetry`, `too-little-history`, `routes-impossible`,
 *  `plan-infeasible`, `cancelled`, `solver-failed`, `bad-request` for an override of what is not there */
export async function planSms(
  tools: PlanTools,
  wish: SmsWish,
  job: JobHandle,
  onRound: (round: SmsRound) => void,
): Promise<SmsPlanRecord> {
  const { store, clock, hash } = tools;
  const { day } = wish;
  job.enterPhase(0);
  const site = siteOf(store);
  const storage = mobileStorageOf(store);
  const roads = roadsOf(store, storage);
  if (wish.basedOn !== null) readSmsPlan(store, wish.basedOn);
  const feeders = gridFeeders(store, storage);
  const options = optionsOf(wish, storage);
  const horizon = dayHorizon(day, site.zone, storage.slotMinutes);

  job.enterPhase(1);
  await clock.nextTurn();
  const read: string[] = [];
  const { epsilon, margin, arrivalConfidence, ties } = options;
  const wished = { epsilon, margin, windowDays };
  const { forecasts, evidence, windErrors } = forecastGrids(store, site, storage.grids, horizon, wished, read);
  const sharing = storage.reserves === 'shared' ? sharingOf(windErrors, wished) : null;
  const price = marketPrice(store, site, horizon);
  const dataHash = hash([...read, `price ${price.perKwh.join(' ')}`].join('\n'));
  refuseWhenCancelled(job, day);

  job.enterPhase(2);
  const closedLinks = closedRoads(wish.overrides);
  const nextTurn = (): Promise<void> => clock.nextTurn();
  const travel = await travelOf({ storage, roads, horizon, arrivalConfidence, closedLinks }, nextTurn, job.signal);
  const parts = {
    storage,
    horizon,
    forecasts,
    marketPerKwh: price.perKwh,
    tables: travel.tables,
    ties,
    sharing,
    feeders,
  };
  const problem = overrideProblem(buildSmsProblem(parts), storage, wish.overrides);

  job.enterPhase(3);
  const startedMs = clock.nowMs();
  const stop = stopWithBest(job.stopSignal);
  const solveOptions = {
    ...operationSolve,
    timeLimitSeconds: options.timeLimitSeconds,
    signal: job.signal,
    stopSignal: stop.signal,
  };
  const onSearch = (round: SmsRound): void => {
    job.report(Math.min(1, round.elapsedSeconds / options.timeLimitSeconds), roundLine(round, site.currency));
    onRound(round);
    if (round.incumbentUsd !== null) stop.found();
  };
  const answer = await solveSms(problem, tools.solver, solveOptions, onSearch, { helpers: tools.helpers });
  refuseWhenCancelled(job, day);
  if (answer.kind === 'infeasible') throw new Refusal('plan-infeasible', { day, why: answer.why });
  if (answer.kind === 'cancelled')
    throw new Refusal('solver-failed', { problem: 'no plan of trucks was found before the search ended' });
  if (answer.kind === 'failed') throw new Refusal('solver-failed', { problem: answer.problem });
  const { plan, rounds } = answer;
  const ways = waysOf(plan, travel);
  const aloneCurtailMw = await curtailedAlone(problem, tools);
  const check = checkSms({ problem, plan, ways, storage, options, overrides: wish.overrides, roads });

  const createdAtMs = clock.nowMs();
  const inputsHash = hash(
    canonicalJson({ problem, roads: roads.id, options, smsModelVersion, solver: tools.solver.version }),
  );
  const content: Omit<SmsPlanRecord, 'contentHash' | 'status'> = {
    id: `${day}-sms-${hash(`${inputsHash} ${createdAtMs}`).slice(0, 8)}`,
    day,
    currency: site.currency,
    options,
    overrides: wish.overrides,
    basedOn: wish.basedOn,
    roadsId: roads.id,
    storage,
    outcome: { kind: answer.kind, upperBound: known(answer.upperBoundUsd), gap: known(answer.gap) },
    rounds,
    problem,
    plan,
    aloneCurtailMw,
    terminalNodes: travel.terminalNodes,
    ways,
    distanceKm: travel.distanceKm,
    evidence: sharing === null ? evidence : { ...evidence, violations: violationsOf(plan, windErrors, wished) },
    check,
    provenance: {
      inputsHash,
      dataHash,
      zone: horizon.zone,
      modelVersion: smsModelVersion,
      solverVersion: tools.solver.version,
      seed: operationSolve.seed,
      schemaVersion: smsPlanSchemaVersion,
      createdAtMs,
      operator: operatorOf(store),
      solveSeconds: (createdAtMs - startedMs) / 1000,
      notes: fillNotes('Price of the day', price.rule, { line: 0, longer: price.filledSlots.length, open: 0 }),
    },
  };
  const record: SmsPlanRecord = { ...content, status: 'draft', contentHash: hash(canonicalJson(content)) };
  await store.whenWritable();
  store.saveSmsPlan(record);
  return record;
}

function optionsOf(wish: SmsWish, storage: SmsPlanRecord['storage']): SmsPlanOptions {
  return {
    epsilon: wish.epsilon ?? storage.epsilon,
    margin: wish.margin ?? storage.margin,
    arrivalConfidence: wish.arrivalConfidence ?? storage.arrivalConfidence,
    ties: wish.ties ?? storage.ties,
    timeLimitSeconds: wish.timeLimitSeconds,
  };
}

/** Of the shares that were chosen. */
const violationsOf = (
  { grids }: SmsPlan,
  windErrors: GridForecasts['windErrors'],
  wish: MarginWish,
): SmsPlanRecord['evidence']['violations'] =>
  sharedViolations(
    windErrors,
    grids.map(({ answerShares }) => answerShares!),
    wish,
  );

/** [grid][slot] */
async function curtailedAlone(problem: SmsProblem, { solver }: PlanTools): Promise<number[][]> {
  const { program, read } = withoutTrucks(problem);
  const outcome = await solver.solve(program, { ...operationSolve, explainInfeasibility: 'no' });
  if (outcome.kind !== 'optimal')
    throw new Refusal('solver-failed', { problem: `the grids alone are ${outcome.kind}` });
  return read(outcome.solution.columns).map(({ curtailMw }) => curtailMw);
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Each trip once, however many trucks drive it. */
function waysOf(plan: SmsPlan, travel: Travel): Way[] {
  const trips = new Map<string, [number, number, number]>();
  for (const { legs } of plan.trucks)
    for (const leg of legs)
      if (leg.kind === 'travel') trips.set(`${leg.from} ${leg.to} ${leg.fromSlot}`, [leg.from, leg.to, leg.fromSlot]);
  return [...trips.values()].map((trip) => travel.wayOf(...trip));
}

function roundLine({ round, incumbentUsd, upperBoundUsd, elapsedSeconds }: SmsRound, currency: string): string {
  const money = (value: number | null): string =>
    value !== null && Number.isFinite(value) ? `${value.toFixed(2)} ${currency}` : 'none yet';
  return `round ${round}: best ${money(incumbentUsd)}, bound ${money(upperBoundUsd)}, ${elapsedSeconds.toFixed(1)} s`;
}

function refuseWhenCancelled(job: JobHandle, day: string): void {
  if (job.signal.cancelled) throw new Refusal('cancelled', { what: `The plan of mobile storage for ${day}` });
}
