/** Solves a case of shared mobile storage as it is (docs/method/sms.md, "Case files"): one result per query, in order. */
import { readSmsCase } from '../../models/sms/case-file.ts';
import type { Leg, SmsRound } from '../../models/sms/plan.ts';
import type { Solver } from '../../solver/solver.ts';
import type { Helpers } from '../helpers/helpers.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveSms, type SmsAnswer } from '../sms/solve-sms.ts';

export type SmsCaseResult =
  | {
      status: 'optimal' | 'feasible';
      /** rent − degradation − travel − holding */
      ownerProfitUsd: number;
      /** Proven: no prices and routes bring the owner more. */
      upperBoundUsd: number;
      /** Proven gap relative to the profit, at least to 1 USD. */
      gap: number;
      rentUsd: number;
      usersCostUsd: number;
      usersCostWithoutTrucksUsd: number;
      /** [grid][slot] */
      priceUsdPerMwh: number[][];
      /** [truck] */
      routes: Leg[][];
      rounds: SmsRound[];
    }
  | { status: 'infeasible'; why: string }
  | { status: 'cancelled' }
  | { status: 'failed'; why: string };

/** @throws Refusal `case-bad` when the file is not a case of shared mobile storage. */
export async function solveSmsCase(json: unknown, solver: Solver, helpers: Helpers): Promise<SmsCaseResult[]> {
  const results: SmsCaseResult[] = [];
  for (const problem of readSmsCase(json).problems)
    results.push(resultOf(await solveSms(problem, solver, exactSolve, undefined, { helpers })));
  return results;
}

function resultOf(answer: SmsAnswer): SmsCaseResult {
  switch (answer.kind) {
    case 'optimal':
    case 'feasible': {
      const { plan, upperBoundUsd, gap, rounds } = answer;
      return {
        status: answer.kind,
        ownerProfitUsd: plan.ownerProfitUsd,
        upperBoundUsd,
        gap,
        rentUsd: plan.rentUsd,
        usersCostUsd: plan.usersCostUsd,
        usersCostWithoutTrucksUsd: plan.usersCostWithoutTrucksUsd,
        priceUsdPerMwh: plan.priceUsdPerMwh,
        routes: plan.trucks.map(({ legs }) => legs),
        rounds,
      };
    }
    case 'infeasible':
      return { status: 'infeasible', why: answer.why };
    case 'failed':
      return { status: 'failed', why: answer.problem };
    case 'cancelled':
      return { status: 'cancelled' };
  }
}
