/**
 * Reads how many tests passed, failed and were skipped out of the JSON reports. A run that ended badly without a failed test
 * to show for it (a crash, a file that cannot be loaded, no tests at all) counts as one failure: nothing may look green by
 * not having run.
 */
import { existsSync, readFileSync } from 'node:fs';

/** @returns {{passed: number, failed: number, skipped: number, notes: string[]}} */
export function vitestCounts(file, exitCode) {
  const report = readReport(file);
  if (!report) return nothing('no report was written');
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    notes: report.testResults
      .filter(
        (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
      )
      .map((result) => `${result.name} could not be run`),
  };
  counts.failed += counts.notes.length;
  return blameExit(counts, exitCode);
}

/** @returns {{passed: number, failed: number, skipped: number, notes: string[]}} */
export function playwrightCounts(file, exitCode) {
  const report = readReport(file);
  if (!report) return nothing('no report was written');
  const { expected, unexpected, flaky, skipped } = report.stats;
  // A test that needed a second try is no proof: it counts as failed.
  const counts = { passed: expected, failed: unexpected + flaky, skipped, notes: [] };
  const reasons = new Map();
  for (const { projectName, reason } of report.suites.flatMap(skippedTests)) {
    const key = `${projectName}: ${reason}`;
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
  }
  for (const [reason, count] of reasons) counts.notes.push(`${count} skipped in ${reason}`);
  for (const error of report.errors ?? []) counts.notes.push(error.message ?? 'error outside the tests');
  return blameExit(counts, exitCode);
}

function skippedTests(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'skipped')
      .map((test) => ({
        projectName: test.projectName,
        reason: test.annotations.find((annotation) => annotation.type === 'skip')?.description ?? 'no reason given',
      })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(skippedTests)];
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function nothing(note) {
  return { passed: 0, failed: 1, skipped: 0, notes: [note] };
}

function blameExit(counts, exitCode) {
  if (counts.failed > 0) return counts;
  if (exitCode !== 0) return { ...counts, failed: 1, notes: [...counts.notes, `ended with code ${exitCode}`] };
  if (counts.passed === 0) return { ...counts, failed: 1, notes: [...counts.notes, 'no test ran'] };
  return counts;
}
