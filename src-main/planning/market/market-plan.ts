/** A market plan as it is kept: written once, hashed, read back whole. */
import type { MarketProblem } from '../../models/market/problem.ts';
import type { ChainChecks } from '../../uncertainty/chain-checks.ts';
import type { StateChoice } from '../../uncertainty/choose-states.ts';
import type { PriceChain } from '../../uncertainty/price-chain.ts';
import type { RowSetKind } from '../../uncertainty/row-set.ts';
import type { LearningPoint } from './learn-market.ts';
import type { MeanInterval } from './mean-interval.ts';
import type { VirtualBattery } from './virtual-battery.ts';

export interface MarketWish {
  day: string;
  ambiguity: RowSetKind;
  /** Of each row. */
  confidence: number;
  /** Past days learnt from. */
  windowDays: number;
  /** The last of them that are held out for the replay; the plan itself learns from them too. */
  testDays: number;
  /** Price states of an hour; null: chosen from the data. */
  states: number | null;
  imbalancePerMwh: number;
  /** What-if: rows held with a confidence of their own. */
  rows?: RowDoubt[] | undefined;
}

/** Confidence of one row of the chain, in place of that of all. */
export interface RowDoubt {
  /** Of the local day, 0 to 23; the price state it is left from. */
  hour: number;
  state: number;
  confidence: number;
}

/** What one kind of set is worth on the day. */
export interface KindValue {
  kind: RowSetKind;
  /** The robust policy under its adversary. */
  guaranteed: number;
  /** The nominal policy under the same adversary. */
  nominalPolicyWorst: number;
  /** The robust policy if the estimate is true. */
  robustPolicyExpected: number;
}

/** Realised money per day on days not learnt from. */
export interface KindReplay {
  kind: RowSetKind;
  waiting: MeanInterval;
  /** Less the nominal policy, day by day. */
  waitingLessNominal: MeanInterval;
  worstTenth: number;
  /** Of the kinds whose bids were replayed. */
  bidding: MeanInterval | null;
  biddingLessNominal: MeanInterval | null;
}

/** A past day, run at its own prices with tomorrow's fleet; energies at the grid, bought positive. */
export interface PastDay {
  day: string;
  pricePerMwh: number[];
  states: number[];
  nominalKwh: number[];
  robustKwh: number[];
  nominalMoney: number;
  robustMoney: number;
  bidMoney: number;
  hindsightMoney: number;
}

export interface MarketCheck {
  passed: boolean;
  items: { name: string; promised: number; found: number; passed: boolean }[];
}

export interface MarketPlan {
  id: string;
  day: string;
  currency: string;
  zone: string;
  wish: MarketWish;
  seriesName: string;
  /** Days learnt from [day][hour]. */
  history: { day: string; pricePerMwh: number[] }[];
  leftOut: { clockChanges: string[]; incomplete: string[] };
  choice: StateChoice | null;
  chain: PriceChain;
  checks: ChainChecks;
  battery: VirtualBattery;
  /** Hour of the local day of each slot. */
  hours: number[];
  /** Under the set that was asked for. */
  problem: MarketProblem;
  values: KindValue[];
  /** Learnt on line from the history under the set asked for; not in plans of earlier versions. */
  learning?: LearningPoint[];
  bids: { quantityKwh: number[][]; guaranteed: number; expected: number; expectedImbalanceKwh: number };
  replay: { testDays: number; learntDays: number; kinds: KindReplay[]; hindsight: MeanInterval; days: PastDay[] };
  check: MarketCheck;
  provenance: {
    /** Shape of the record; see base/schema-versions.ts. */
    schemaVersion?: number;
    inputsHash: string;
    modelVersion: string;
    createdAtMs: number;
    operator: string;
    seconds: number;
  };
  contentHash: string;
}

export interface MarketPlanSummary {
  id: string;
  day: string;
  currency: string;
  ambiguity: RowSetKind;
  confidence: number;
  guaranteed: number;
  createdAtMs: number;
  passed: boolean;
}

export interface MarketStore {
  /** @throws Refusal `plan-corrupt` when the hash is not that of the content. */
  saveMarketPlan(plan: MarketPlan): void;
  /** @throws Refusal `plan-corrupt`, `other-format` */
  getMarketPlan(id: string): MarketPlan | null;
  /** Newest first. */
  listMarketPlans(day?: string | undefined): MarketPlanSummary[];
}
