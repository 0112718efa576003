/**
 * `npm start`: sets up, builds when needed, and opens the desk in the best window this machine has. One line says which:
 * Electron's own when its binary is there, else an app-mode window of an installed Chromium, Chrome or Edge, else the address
 * for a browser elsewhere on this machine. Takes --db FILE, --port N, --empty (no demo on first run) and --no-window.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, findElectron, hasDisplay, rootFlags } from './browsers.mjs';
import {
  ensureBuild,
  ensureDependencies,
  giveUp,
  productEnvironment,
  productNode,
  root,
  say,
  start,
  stop,
} from './setup.mjs';

const options = {
  db: { type: 'string' },
  port: { type: 'string' },
  empty: { type: 'boolean' },
  'no-window': { type: 'boolean' },
};
const { values } = readArguments();
const children = [];
let ending = false;

ensureDependencies();
const node = productNode();
ensureBuild(node);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));

const forwarded = [...(values.db ? ['--db', values.db] : []), ...(values.empty ? ['--empty'] : [])];
const electron = values['no-window'] || !hasDisplay() ? undefined : findElectron();
if (electron) openElectron();
else openBrowser(await startHost());

function readArguments() {
  try {
    return parseArgs({ options });
  } catch (problem) {
    return giveUp(`${problem.message}\nnpm start takes: -- [--db FILE] [--port N] [--empty] [--no-window]`);
  }
}

function openElectron() {
  console.log('Surewatt opens in its desktop window (Electron).');
  const child = start(electron, [...rootFlags(), root, ...forwarded], { stdio: ['ignore', 'inherit', 'inherit'] });
  follow(child, 'The desktop window');
}

/** Starts the loopback host; resolves with the address it prints. */
function startHost() {
  const entry = join(root, 'dist', 'main', 'browser.js');
  const args = [entry, ...forwarded, ...(values.port ? ['--port', values.port] : [])];
  const host = start(node, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: productEnvironment(node) });
  follow(host, 'The host');
  return new Promise((resolve) => {
    let text = '';
    host.stdout.on('data', (chunk) => {
      text += chunk;
      const address = /Surewatt is at (\S+)/.exec(text);
      if (address) resolve(address[1]);
    });
  });
}

function openBrowser(address) {
  const browser = values['no-window'] || !hasDisplay() ? undefined : findChromium();
  if (!browser) {
    const why = values['no-window']
      ? 'no window was wanted'
      : hasDisplay()
        ? 'neither Electron nor a Chromium was found'
        : 'there is no display';
    console.log(
      `Surewatt runs without a window (${why}); open ${address} in a browser on this machine. Ctrl+C ends it.`,
    );
    return;
  }
  console.log(
    'Surewatt opens in an app-mode window of an installed browser (the Electron binary is not here). Ctrl+C ends it.',
  );
  const profile = mkdtempSync(join(tmpdir(), 'surewatt-window-'));
  process.on('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }));
  const flags = [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...rootFlags(),
  ];
  follow(start(browser, flags, { stdio: 'ignore' }), 'The browser window');
}

/** When one part ends, everything ends. */
function follow(child, name) {
  children.push(child);
  child.on('error', (problem) => {
    say(`${name} could not be started: ${problem.message}`);
    void end(1);
  });
  child.on('exit', (code) => {
    if (!ending && code) say(`${name} ended with code ${code}.`);
    void end(code ?? 0);
  });
}

async function end(code) {
  if (ending) return;
  ending = true;
  await Promise.all(children.map((child) => stop(child)));
  process.exit(code);
}
