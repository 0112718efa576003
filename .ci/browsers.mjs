/** Finds an installed Chromium, Chrome or Edge, and the Electron binary if somebody put one there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, say } from './setup.mjs';

const names = {
  linux: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ],
  darwin: [],
  win32: [],
};
const places = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** Path of an installed browser that knows app-mode windows; undefined when there is none. */
export function findChromium() {
  const named = process.env.PLAYWRIGHT_CHROMIUM ?? process.env.SUREWATT_BROWSER;
  if (named) return named;
  const platform = process.platform in places ? process.platform : 'linux';
  if (platform !== 'linux') return places[platform].find((path) => existsSync(path));
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...places.linux];
  for (const name of names.linux)
    for (const folder of folders) if (folder && existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** Chromium refuses its own sandbox to root, as in a container. */
export function rootFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Whether a window can be shown at all. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/** Path of the Electron binary; undefined when npm's `electron` package has none. Never downloads. */
export function findElectron() {
  const pathFile = join(root, 'node_modules', 'electron', 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined;
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const binary = override
    ? join(override, name ?? (process.platform === 'win32' ? 'electron.exe' : 'electron'))
    : name && join(root, 'node_modules', 'electron', 'dist', name);
  return binary && existsSync(binary) ? binary : undefined;
}

/**
 * A Chromium for the tests: Playwright's own if it was downloaded, else an installed one; on Debian as root the `chromium`
 * package is installed. Returns a reason when there is none.
 */
export function ensureTestChromium(playwrightChromium) {
  if (existsSync(playwrightChromium) || findChromium()) return '';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing the Debian package "chromium" for the tests …');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: environment }).status === 0;
    if (run('update') && run('install', '-y', '--no-install-recommends', 'chromium') && findChromium()) return '';
    return 'apt-get could not install the package "chromium"; install Chromium or set PLAYWRIGHT_CHROMIUM';
  }
  return 'no Chromium was found; install Chromium or Chrome, or set PLAYWRIGHT_CHROMIUM to one';
}
