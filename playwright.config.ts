/**
 * Whole-product flows, one spec set through three doors: `browser` (loopback host, real Chromium), `shim` (the built desktop
 * bundle with a fake Electron, the built preload in a real Chromium) and `electron` (skipped with its reason without a binary).
 */
import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './e2e/chromium.ts';
import type { DoorOptions } from './e2e/support/test.ts';

export default defineConfig<DoorOptions>({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/support/global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 4,
  // Limits against hanging, not on speed: a slow machine is no failure.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    launchOptions: chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'browser', testMatch: ['screens/**/*.spec.ts', 'hosts/**/*.spec.ts'], use: { door: 'browser' } },
    { name: 'shim', testMatch: ['screens/**/*.spec.ts', 'shim/**/*.spec.ts'], use: { door: 'shim' } },
    { name: 'electron', testMatch: ['screens/**/*.spec.ts'], use: { door: 'electron' } },
  ],
});
