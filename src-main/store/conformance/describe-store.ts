/** What every `Store` must do, whatever lies beneath it. An adapter's test calls this with a way to open a file. */
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import type { Store } from '../../planning/ports.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { keepsBackTests } from './back-tests.ts';
import { keepsDesk } from './desk.ts';
import { keepsFindings } from './findings.ts';
import { keepsFrozenSets } from './frozen-sets.ts';
import { keepsPlans } from './plans.ts';
import { keepsPlansAside } from './plans-aside.ts';
import type { StoreUnderTest } from './store-under-test.ts';
import { keepsTelemetry } from './telemetry.ts';

const suites = {
  telemetry: keepsTelemetry,
  'findings and verdicts': keepsFindings,
  plans: keepsPlans,
  'plans that were set aside': keepsPlansAside,
  'back-tests': keepsBackTests,
  'frozen sets': keepsFrozenSets,
  'the desk': keepsDesk,
};

/** `open` opens a database file, making it when it is not there; the suites close every store they opened. */
export function describeStore(name: string, open: (file: string) => Store): void {
  const opened = (file: string): Store => {
    const store = open(file);
    onTestFinished(() => store.close());
    return store;
  };
  const underTest: StoreUnderTest = { open, opened, fresh: () => opened(join(scratchFolder(), 'store.db')) };
  for (const [what, suite] of Object.entries(suites)) describe(`${name} keeps ${what}`, () => suite(underTest));
}
