/**
 * The owners of a site as one virtual power plant on the day of a plan: their best trade together, each by itself, and a settlement at
 * the plant's internal price under which nobody would rather leave. Nothing is stored.
 */
import { Refusal } from '../../base/errors.ts';
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import { balanceName } from '../../models/v2g/names.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { coalitionProblem, vppMembers, type VppMember } from '../../models/vpp/coalition.ts';
import { settleVpp, type VppSettlement } from '../../models/vpp/settle-vpp.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { checkVpp } from '../../verify/check-vpp.ts';
import { exactSolve } from '../exact-solve.ts';
import type { JobHandle } from '../jobs.ts';
import { readPlan } from '../plan/approve-plan.ts';
import type { PlanTools } from '../tools.ts';

export interface VppResult extends VppSettlement {
  planId: string;
  day: string;
  currency: string;
  /** Money in less money out of the whole plant, and of its members by themselves. */
  togetherCents: number;
  aloneCents: number;
  /** Bought and sold [slot], kW. */
  boughtKw: number[];
  soldKw: number[];
  check: { passed: boolean; problems: string[] };
}

export const vppPhases = ['Each by itself', 'All together'];

export interface SolvedCoalition {
  problem: V2gProblem;
  schedule: V2gSchedule;
  /** Dual price of the power balance [slot], money per kWh. */
  pricePerKwh: number[];
}

/** @throws Refusal `plan-not-found`, `plan-corrupt`, `bad-request` without a market, `plan-infeasible`, `cancelled` */
export async function settleVppOf(tools: PlanTools, planId: string, job: JobHandle): Promise<VppResult> {
  const { day, problem } = readPlan(tools.store, planId);
  if (!problem.grid)
    throw new Refusal('bad-request', { call: 'vpp', problem: 'the site of this plan has no connection to a market' });
  const members = vppMembers(problem);
  const options: SolveOptions = { ...exactSolve, explainInfeasibility: 'no', signal: job.signal };
  const solve = async (of: readonly VppMember[]): Promise<SolvedCoalition> => {
    const solved = await solveCoalition(problem, of, tools.solver, options);
    if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The settlement' });
    if (solved === null)
      throw new Refusal('plan-infeasible', {
        day,
        why: `${of.map(({ name }) => name).join(', ')} cannot keep every car's promise on its part of the connection`,
      });
    return solved;
  };
  job.enterPhase(0);
  const alone: SolvedCoalition[] = [];
  for (const member of members) {
    alone.push(await solve([member]));
    job.report(alone.length / members.length, member.name);
  }
  job.enterPhase(1);
  const whole = await solve(members);
  const settlement = settleVpp(
    whole.problem,
    whole.schedule,
    members,
    whole.pricePerKwh,
    alone.map(({ schedule }) => schedule.totalCost),
  );
  const grid = whole.schedule.grid!;
  return {
    ...settlement,
    planId,
    day,
    currency: problem.currency,
    togetherCents: Math.round(-100 * whole.schedule.totalCost),
    aloneCents: settlement.accounts.reduce((sum, { aloneCents }) => sum + aloneCents, 0),
    boughtKw: grid.importKw,
    soldKw: grid.exportKw,
    check: recheck(settlement, [whole, ...alone]),
  };
}

/** The best day of a coalition; null when it cannot keep its promises, or was cancelled. @throws Refusal `solver-failed` */
export async function solveCoalition(
  problem: V2gProblem,
  members: readonly VppMember[],
  solver: Solver,
  options: SolveOptions,
): Promise<SolvedCoalition | null> {
  const own = coalitionProblem(problem, members);
  const { program, read } = buildV2g(own);
  const outcome = await solver.solve(program, options);
  if (outcome.kind === 'infeasible' || outcome.kind === 'cancelled') return null;
  if (outcome.kind !== 'optimal')
    throw new Refusal('solver-failed', { problem: outcome.kind === 'failed' ? outcome.problem : outcome.kind });
  const rows = new Map(program.rowNames.map((name, row) => [name, row]));
  return {
    problem: own,
    schedule: read({ columns: outcome.solution.columns, objective: outcome.solution.objective }),
    pricePerKwh: Array.from(
      { length: own.slots },
      (_, slot) => outcome.solution.rowDuals[rows.get(balanceName(slot))!]! / own.slotHours,
    ),
  };
}

function recheck(settlement: VppSettlement, solved: readonly SolvedCoalition[]): VppResult['check'] {
  const [whole] = solved as readonly [SolvedCoalition, ...SolvedCoalition[]];
  const { slotHours, lossShare } = whole.problem;
  const { importKw, exportKw } = whole.schedule.grid!;
  const tradedKwh = exportKw.reduce((sum, kw, slot) => sum + (kw - (1 - lossShare) * importKw[slot]!) * slotHours, 0);
  const problems = [
    ...solved.flatMap(({ problem, schedule }) => checkPlan(problem, schedule).breaches.map(({ sentence }) => sentence)),
    ...checkVpp(settlement, tradedKwh).map(({ id, what, off }) => `${id ?? 'the plant'}: ${what} off by ${off.toFixed(2)}`), // prettier-ignore
  ];
  return { passed: problems.length === 0, problems: problems.slice(0, 20) };
}
