/** One day under one strategy: what was planned and what became of it, or why there is nothing to tell. */
import type { DialJudgement } from '../protection/judge-dial.ts';
import type { RealisedCost } from '../../verify/realised-day.ts';

/** Slots of the day beyond a limit of the feeder, by AC power flow of what flowed. */
export interface RealisedNetworkDay {
  voltageSlots: number;
  lineSlots: number;
  /** Without any flow. */
  unsolvedSlots: number;
  /** Null where no slot has a flow. */
  lowestPu: number | null;
  lowestBus: string;
  /** In the clock of the site. */
  lowestAt: string;
}

export interface RealisedStrategyDay {
  state: 'realised';
  day: string;
  strategy: string;
  /** α of the plan where it has one. */
  protection: number | null;
  /** Worst-case cost of the plan, and its proven relative gap (null: nothing proven). */
  plannedCost: number;
  gap: number | null;
  realisedCost: number;
  cost: RealisedCost;
  slots: number;
  /** Slots in which what was committed did not suffice, and the first of them in the clock of the site. */
  violatedSlots: number;
  firstViolation: string | null;
  shortKwh: number;
  /** Of it: bought in real time, taken from cars against their promise, supplied by nobody. */
  boughtKwh: number;
  askedOfCarsKwh: number;
  unservedKwh: number;
  soldKwh: number;
  spilledKwh: number;
  curtailedKwh: number;
  availableWindKwh: number;
  promises: { cars: number; kept: number };
  unmetKwh: number;
  /** The feeder on the day as it was; null or left out where the site has none. */
  network?: RealisedNetworkDay | null;
  /** Of the chance dial: whether a size kept its target; where none did, the safest solved was played. Null or left out for other strategies. */
  dial?: DialJudgement | null;
  solveSeconds: number;
}

export interface FailedStrategyDay {
  state: 'failed';
  day: string;
  strategy: string;
  code: string;
  /** In words. */
  problem: string;
}

export type StrategyDay = RealisedStrategyDay | FailedStrategyDay;
