import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './e2e/chromium.ts';

const icons = [
  'calendar-range',
  'chart-spline',
  'check',
  'chevron-left',
  'chevron-right',
  'database',
  'layout-dashboard',
  'route',
  'scale',
  'search',
  'user-round',
  'x',
  'zoom-in',
  'zoom-out',
];

// Two projects: rooms of the core in Node, components in a real Chromium.
export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'json-summary'],
      include: ['src-main/**/*.ts', 'src-renderer/**/*.{ts,svelte}'],
    },
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['src-main/**/*.test.ts', 'db/**/*.test.ts', 'bench/**/*.test.ts'],
          // Limits against hanging, not on speed: a slow machine is no failure.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        plugins: [svelte()],
        // Found at the start, not in mid-run: a dependency discovered late makes Vite reload the page under a running test.
        optimizeDeps: {
          include: [
            'axe-core',
            'bits-ui',
            'd3-array',
            'd3-scale',
            'd3-shape',
            'fast-check',
            'temporal-polyfill',
            'uplot',
            'vitest-browser-svelte',
            'zod',
            ...icons.map((icon) => `@lucide/svelte/icons/${icon}`),
          ],
        },
        test: {
          name: 'chromium',
          include: ['src-renderer/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch() }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 720 } }],
          },
        },
      },
    ],
  },
});
