import type { BackTestStore } from '../planning/backtest/back-test-ports.ts';
import { getBackTest, listBackTests, listStrategyDays, saveBackTest, saveStrategyDay } from './back-tests.ts';
import type { StoreParts } from './store-parts.ts';

export function backTestStore({ nowMs, read, gate }: StoreParts): BackTestStore {
  return {
    saveStrategyDay: (key, outcome) => gate.write((connection) => saveStrategyDay(connection, key, outcome, nowMs())),
    listStrategyDays: (key, from, to) => read((connection) => listStrategyDays(connection, key, from, to)),
    saveBackTest: (record) => gate.write((connection) => saveBackTest(connection, record)),
    listBackTests: () => read(listBackTests),
    getBackTest: (id) => read((connection) => getBackTest(connection, id)),
  };
}
