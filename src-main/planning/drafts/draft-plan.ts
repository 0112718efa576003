/**
 * A what-if: the stored problem of a plan, with edits, solved again on the same set and the same data. The plan it makes is a draft like any
 * other, checked and tested; the plan it is based on never changes.
 */
import type { CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { readPlan } from '../plan/approve-plan.ts';
import { completePlan, type PlanWork } from '../plan/complete-plan.ts';
import type { JobHandle } from '../jobs.ts';
import { operationSolve } from '../operation-solve.ts';
import { planHorizon } from '../plan/plan-horizon.ts';
import type { Clock, PlanRecord } from '../ports.ts';
import type { PlanTools } from '../tools.ts';
import { applyEdits } from './apply-edits.ts';
import { clockSpan } from './edit-words.ts';
import { trucksOfPlan } from '../plan/day-trucks.ts';
import type { PlanEdit } from './plan-edit.ts';
import { relaxEdits } from './relax-edits.ts';
import { closedRoadsOf } from './route-edits.ts';

export interface DraftOptions {
  planId: string;
  edits: PlanEdit[];
  timeLimitSeconds: number;
}

export const draftPhases = ['Solve the what-if', 'Test out of sample'];

/** Time for one of the solves that look for what would have to give way, and for all of them. */
const relaxSolveSeconds = 10;
const relaxSeconds = 25;

/**
 * @throws Refusal as `applyEdits` for edits that cannot be, `plan-infeasible` with `relax` (the least changes that would allow a plan) in its
 * details, `plan-not-found`, `cancelled`, `solver-failed`.
 */
export async function draftPlan(tools: PlanTools, options: DraftOptions, job: JobHandle): Promise<PlanRecord> {
  const base = readPlan(tools.store, options.planId);
  const set = tools.store.getSet(base.provenance.setId);
  if (!set) throw new Refusal('not-found', { what: 'set', id: base.provenance.setId });
  if (options.edits.length === 0)
    throw new Refusal('bad-request', { call: 'plan.draft', problem: 'a what-if needs at least one edit' });
  const horizon = planHorizon(base);
  const span = clockSpan(horizon);
  const trucks = await trucksOfPlan(tools, base, closedRoadsOf(options.edits), horizon, job);
  const routed = { ...base.problem, ...trucks.parts };
  const problem = applyEdits(routed, options.edits, span);
  const basedOn = { planId: base.id, edits: options.edits };
  const work = {
    day: base.day,
    horizon,
    problem,
    set,
    dataHash: base.provenance.dataHash,
    options: { basedOn, timeLimitSeconds: options.timeLimitSeconds },
    timeLimitSeconds: options.timeLimitSeconds,
    notes: base.provenance.notes,
    near: base,
    start: tools.store.getPlanBasis(base.id),
    whyCvar: base.provenance.chance?.why ?? null,
    basedOn,
    ...pricesOf(base),
    ...(trucks.told ? { trucks: trucks.told } : {}),
  };
  try {
    return await completePlan(tools, work, { solve: 0, test: 1 }, job);
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code !== 'plan-infeasible') throw thrown;
    const { details } = thrown.report;
    job.report(null, 'no plan; looking for the least change that allows one');
    const relax = await relaxEdits(routed, options.edits, details['conflict'] as string[], {
      solver: tools.solver,
      options: { ...operationSolve, timeLimitSeconds: relaxSolveSeconds, signal: untilDue(tools.clock, job.signal) },
      span,
      onProgress: (done, of) => job.report(done / of, `no plan; trying what could give way, ${done} of ${of}`),
    });
    if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The what-if' });
    throw new Refusal('plan-infeasible', { ...details, relax });
  }
}

/** Prices are those of the plan it is based on; how its own bill would have fared on held-out days is not measured anew. */
function pricesOf({ provenance: { prices } }: PlanRecord): Pick<PlanWork, 'prices'> {
  if (!prices) return {};
  return { prices: () => ({ ...prices, set: prices.set && { ...prices.set, bill: null } }) };
}

/** Reads as cancelled when the time is over; a solve under way is cancelled by the operator alone. */
function untilDue(clock: Clock, signal: CancelSignal): CancelSignal {
  const dueMs = clock.nowMs() + 1000 * relaxSeconds;
  return {
    get cancelled() {
      return signal.cancelled || clock.nowMs() > dueMs;
    },
    onCancel: (listener) => signal.onCancel(listener),
  };
}
