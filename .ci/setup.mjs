/**
 * What every entry needs before the product can run: dependencies, the Node it is built for, a build that fits the sources,
 * and a Chromium. Plain JavaScript without dependencies, because it runs on a fresh clone under whatever Node is there.
 * Everything it says goes to standard error: standard output belongs to the command that asked.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const neededNode = 24;
const onWindows = process.platform === 'win32';
const npm = onWindows ? 'npm.cmd' : 'npm';

export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends with a sentence a person can act on; no stack. */
export function giveUp(line) {
  say(line);
  process.exit(1);
}

/** Installs what package-lock.json asks for, unless it is already there. */
export function ensureDependencies() {
  if (process.versions.node.split('.')[0] < 20)
    giveUp(`Node ${process.versions.node} is too old; install Node 20 or newer.`);
  const missing = outdatedPackage();
  if (!missing) return;
  say(`Installing dependencies (${missing}) …`);
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: onWindows,
  });
  if (status !== 0) giveUp('npm ci failed. Check the network or the npm registry setting, then try again.');
}

/** Why the installed packages do not fit the lock file, or '' when they do. */
function outdatedPackage() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'none are installed yet';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.peer || entry.devOptional) continue;
    if (installed[path]?.version !== entry.version)
      return `${path.replace('node_modules/', '')} ${entry.version} is wanted`;
  }
  return '';
}

/** The Node the product runs on: the one the npm package `node` brings, else this one when it is new enough. */
export function productNode() {
  const brought = join(root, 'node_modules', 'node', 'bin', onWindows ? 'node.exe' : 'node');
  if (!runs(brought) && !isNewEnough(process.versions.node)) {
    say(`Fetching Node ${neededNode} (npm package "node") …`);
    spawnSync(npm, ['rebuild', 'node', '--ignore-scripts=false'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: onWindows,
    });
  }
  if (runs(brought)) return brought;
  if (isNewEnough(process.versions.node)) return process.execPath;
  return giveUp(
    `Node ${process.versions.node} is too old and the npm package "node" did not bring Node ${neededNode}: ` +
      `allow its install script (npm rebuild node) or install Node ${neededNode}.`,
  );
}

function runs(file) {
  if (!existsSync(file)) return false;
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return status === 0 && isNewEnough(stdout.trim().slice(1));
}

function isNewEnough(version) {
  return Number(version.split('.')[0]) >= neededNode;
}

/** The environment of child processes: Node 24 and the installed tools come first on PATH. */
export function productEnvironment(node, extra = {}) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

/** Path of a tool's JavaScript entry inside node_modules, to be run by `productNode()`. */
export function toolEntry(packageName, binName = packageName) {
  const folder = join(root, 'node_modules', ...packageName.split('/'));
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[binName]);
}

const stampFile = join(root, 'dist', '.built-from');

/** Builds with Vite unless dist/ was built from exactly these sources. */
export function ensureBuild(node) {
  const fingerprint = sourceFingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;
  say('Building …');
  const { status } = spawnSync(node, buildCommand(), {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: productEnvironment(node, { NODE_ENV: 'production' }),
  });
  if (status !== 0) giveUp('The build failed; the messages above say where.');
  writeBuildStamp(fingerprint);
}

export function buildCommand() {
  return [toolEntry('vite'), 'build', '--app', '--config', 'electron.config.ts', '--logLevel', 'error'];
}

export function writeBuildStamp(fingerprint = sourceFingerprint()) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

/** SHA-256 over the names and contents of everything a build depends on. */
export function sourceFingerprint() {
  const hash = createHash('sha256');
  const add = (path) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  for (const path of ['electron.config.ts', 'package.json', 'package-lock.json']) add(path);
  for (const folder of ['src-main', 'src-renderer'])
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).sort(byPath))
      if (entry.isFile() && !entry.name.includes('.test.'))
        add(join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
  return hash.digest('hex');
}

function byPath(a, b) {
  const left = join(a.parentPath ?? a.path, a.name);
  const right = join(b.parentPath ?? b.path, b.name);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Stops a child and waits for it; kills it when it does not go within five seconds. */
export function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

export function start(command, args, options) {
  return spawn(command, args, { cwd: root, ...options });
}
