/**
 * Frame times of the charts in a real Chromium: `node bench/frames.ts`. Each act is measured beside the least that draws the same
 * picture (attributes set by hand; uPlot alone), with the frame-rate limit off; a frame ends when it has been painted.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { chromiumLaunch } from '../e2e/chromium.ts';
import { medianOf, recordPairs } from './record.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const inside = join(root, 'src-renderer', 'charts', 'fixtures', 'frames.svelte.ts');
const framesPerRun = 60;
const rounds = 15;
const origin = 'http://frames.invalid';

const acts = [
  {
    act: 'move the cursor',
    what: 'a dispatch of 30 series over 96 slots, the time cursor moved',
    bare: 'two attributes set',
  },
  { act: 'draw another day', what: 'the same dispatch, every series changed', bare: 'the same paths set by hand' },
  {
    act: 'move the trucks',
    what: 'map of 1,521 nodes and 5,928 links beside the stringline, the time slider moved five minutes',
    bare: 'the same pictures, two glyphs and a line moved by hand',
  },
  {
    act: 'move the map',
    what: 'the same map looked at closer and moved, wider and back',
    bare: 'the same picture, its roads moved by one transform',
  },
  { act: 'pan a year', what: '35,040 quarter hours, a month in view, moved on', bare: 'uPlot alone' },
] as const;

async function buildPage(folder: string): Promise<void> {
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><title>Frames</title><script type="module" src="${inside}"></script>`,
  );
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    plugins: [svelte()],
    build: { outDir: join(folder, 'out'), target: 'esnext', rolldownOptions: { input: join(folder, 'index.html') } },
  });
}

async function openPage(folder: string): Promise<{ page: Page; close(): Promise<void> }> {
  const options = chromiumLaunch();
  const browser = await chromium.launch({
    ...options,
    args: [...options.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    return route.fulfill({ path: join(folder, 'out', path === '/' ? 'index.html' : path) });
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction('window.runFrames !== undefined');
  return { page, close: () => browser.close() };
}

const folder = mkdtempSync(join(tmpdir(), 'surewatt-frames-'));
try {
  await buildPage(folder);
  const { page, close } = await openPage(folder);
  const run = (act: string, side: 'ours' | 'bare') =>
    page.evaluate<number[]>(`window.runFrames(${JSON.stringify(act)}, '${side}', ${framesPerRun})`);
  await recordPairs(
    'frames',
    acts.map(({ act, what, bare }) => ({
      name: act,
      ours: `${framesPerRun} frames of ${what}`,
      reference: bare,
      rounds,
      runOurs: () => run(act, 'ours'),
      runReference: () => run(act, 'bare'),
    })),
  );
  for (const { act } of acts) {
    const frames = (await run(act, 'ours')).toSorted((a, b) => a - b);
    const late = frames[Math.floor(0.95 * frames.length)]!;
    process.stdout.write(
      `${act}: one frame ${medianOf(frames).toFixed(1)} ms, 95th percentile ${late.toFixed(1)} ms\n`,
    );
  }
  await close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
