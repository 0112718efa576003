/** Solves a market case as it is (docs/method/market.md, "Case files"): one result per query, in order. */
import { readMarketCase } from '../../models/market/case-file.ts';
import type { MarketProblem } from '../../models/market/problem.ts';
import {
  policyValues,
  robustValues,
  startValue,
  withAmbiguity,
  type PolicyValues,
} from '../../models/market/robust-values.ts';

export interface MarketCaseResult {
  status: 'optimal';
  /** Guaranteed value at slot 0 [price state][energy level]. */
  value: number[][];
  startValueUsd: number;
  /** The policy that is best when the estimate is believed, under this ambiguity. */
  nominalPolicyWorstCaseUsd: number;
  /** The robust policy when the estimate happens to be true. */
  robustPolicyNominalUsd: number;
}

/** @throws Refusal `case-bad` when the file is not a market case. */
export function solveMarketCase(json: unknown): MarketCaseResult[] {
  return readMarketCase(json).problems.map((problem) => {
    const believed = withAmbiguity(problem, { kind: 'nominal' });
    const robust = robustValues(problem);
    return {
      status: 'optimal',
      value: tableOf(robust),
      startValueUsd: startValue(problem, robust),
      nominalPolicyWorstCaseUsd: valueOf(problem, robustValues(believed).policy),
      robustPolicyNominalUsd: valueOf(believed, robust.policy),
    };
  });
}

const valueOf = (problem: MarketProblem, policy: readonly Int16Array[]): number =>
  startValue(problem, policyValues(problem, policy));

const tableOf = ({ states, levels, value }: PolicyValues): number[][] =>
  Array.from({ length: states }, (_, state) => [...value[0]!.subarray(state * levels, (state + 1) * levels)]);
