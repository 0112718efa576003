/**
 * `npm test`: everything that must hold, on a fresh clone too. Types, lint, walls and build count as one check each; unit and
 * component tests and the whole-product flows count one by one. Everything runs even when something failed; the last line says
 * how it went.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTestChromium } from './browsers.mjs';
import { playwrightCounts, vitestCounts } from './counts.mjs';
import {
  buildCommand,
  ensureDependencies,
  productEnvironment,
  productNode,
  root,
  say,
  sourceFingerprint,
  start,
  stop,
  toolEntry,
  writeBuildStamp,
} from './setup.mjs';

ensureDependencies();
const node = productNode();
const missingChromium = ensureTestChromium(
  createRequire(import.meta.url)('@playwright/test').chromium.executablePath(),
);
const reports = mkdtempSync(join(tmpdir(), 'surewatt-reports-'));
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => void Promise.all([...running].map((child) => stop(child))).then(() => process.exit(130)));

const total = { passed: 0, failed: 0, skipped: 0 };
const startedMs = performance.now();

/** Runs commands one after the other until one fails; resolves with the exit code and all they said. */
async function runAll(commands, extraEnvironment) {
  let text = '';
  for (const [tool, ...args] of commands) {
    const child = start(node, [tool, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: plainEnvironment(extraEnvironment),
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    const code = await new Promise((resolve) => {
      child.on('error', (problem) => {
        text += `${problem.message}\n`;
        resolve(1);
      });
      child.on('exit', (exitCode, signal) => resolve(exitCode ?? (signal ? 1 : 0)));
    });
    running.delete(child);
    if (code !== 0) return { code, text };
  }
  return { code: 0, text };
}

/** No colours in what is captured; FORCE_COLOR would make Node warn about the contradiction in every child. */
function plainEnvironment(extra) {
  const { FORCE_COLOR: _colour, ...environment } = productEnvironment(node, { NO_COLOR: '1', ...extra });
  return environment;
}

/** One step: what it says is shown when it fails; its counts join the total. */
async function step(name, commands, { counts, environment } = {}) {
  const began = performance.now();
  const { code, text } = await runAll(commands, environment);
  const found = counts?.(code) ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, notes: [] };
  for (const key of Object.keys(total)) total[key] += found[key];
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (found.failed > 0) console.log(`\n──── ${name} ────\n${text.trimEnd()}\n`);
  for (const note of found.notes) console.log(`  ${name}: ${note}`);
  const skipped = found.skipped > 0 ? `, ${found.skipped} skipped` : '';
  console.log(
    `${found.failed > 0 ? 'FAILED' : 'passed'}  ${name}: ${found.passed} passed, ${found.failed} failed${skipped} (${seconds} s)`,
  );
  return code === 0;
}

const tsc = toolEntry('typescript', 'tsc');
const report = (name) => join(reports, name);

async function staticChecks() {
  await step('lint', [
    [toolEntry('eslint'), '.', '--max-warnings', '0'],
    [toolEntry('prettier'), '--check', '--log-level', 'warn', '.'],
  ]);
  await step('types', [
    [tsc, '-p', 'tsconfig.pure.json'],
    [tsc, '-p', 'tsconfig.node.json'],
    [toolEntry('svelte-check'), '--tsconfig', 'tsconfig.dom.json', '--fail-on-warnings', '--output', 'human'],
  ]);
  await step('walls', [
    [toolEntry('dependency-cruiser', 'depcruise'), 'src-main', 'src-renderer', '--config', '.dependency-cruiser.cjs'],
  ]);
}

async function build() {
  const fingerprint = sourceFingerprint();
  const built = await step('build', [buildCommand()], { environment: { NODE_ENV: 'production' } });
  if (built) writeBuildStamp(fingerprint);
  return built;
}

async function units() {
  // How much of the code they reach is another question, which costs a third more time: `npm run unit`.
  const vitest = [toolEntry('vitest'), 'run', '--reporter=dot', '--reporter=json'];
  vitest.push(`--outputFile.json=${report('unit.json')}`);
  if (missingChromium) vitest.push('--project', 'node');
  await step('unit and component tests', [vitest], { counts: (code) => vitestCounts(report('unit.json'), code) });
}

async function flows() {
  const playwright = [toolEntry('@playwright/test', 'playwright'), 'test', '--reporter=dot,json'];
  await step('flows', [playwright], {
    counts: (code) => playwrightCounts(report('flows.json'), code),
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('flows.json') },
  });
}

say(`Checking Surewatt with Node ${readVersion()} …`);
const built = await build();
// Beside each other: no test measures time, and the checks are done long before the tests are.
await Promise.all([units(), staticChecks()]);
if (missingChromium) {
  console.log(`FAILED  component tests and flows: ${missingChromium}`);
  total.failed += 1;
} else if (built) await flows();
else {
  console.log('FAILED  flows: there is no build to run them on');
  total.failed += 1;
}

rmSync(reports, { recursive: true, force: true });
console.log(`Checked in ${((performance.now() - startedMs) / 1000).toFixed(0)} s.`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function readVersion() {
  const manifest = join(root, 'node_modules', 'node', 'package.json');
  return node === process.execPath ? process.versions.node : JSON.parse(readFileSync(manifest, 'utf8')).version;
}
