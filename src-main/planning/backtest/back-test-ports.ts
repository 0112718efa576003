/** What back-tests need kept; implemented by the store. */
import type { DayWish } from './back-test-day.ts';
import type { StrategyDay } from './strategy-day.ts';

export interface BackTestWish extends DayWish {
  /** ISO dates, both included. */
  from: string;
  to: string;
  /** Every n-th day from `from` on. */
  every: number;
  /** Names (strategy.ts). */
  strategies: string[];
}

export interface BackTestRecord {
  id: string;
  /** Names all that a result depends on besides day and strategy. */
  settingsKey: string;
  asked: BackTestWish;
  currency: string;
  createdAtMs: number;
}

export interface BackTestStore {
  saveStrategyDay(settingsKey: string, outcome: StrategyDay): void;
  /** By day, then by strategy; both days included. */
  listStrategyDays(settingsKey: string, fromDay: string, toDay: string): StrategyDay[];
  /** Asked again it is the same question, and the newest. */
  saveBackTest(record: BackTestRecord): void;
  /** Newest first. */
  listBackTests(): BackTestRecord[];
  getBackTest(id: string): BackTestRecord | null;
}
