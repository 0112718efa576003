/**
 * One build, three environments: the renderer (client), what runs in Node (main) and the preload script (preload).
 * Plain Vite environments, so that building and serving need no Electron binary.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const native = ['better-sqlite3', 'highs', 'electron'];

export default defineConfig({
  root: path('src-renderer'),
  base: './',
  publicDir: false,
  // Read from disk or over the loopback: a chunk's size costs nothing worth splitting for.
  build: { chunkSizeWarningLimit: 2000 },
  plugins: [svelte()],
  builder: {
    // Vite would otherwise add a server build of its own and fail on the HTML input.
    async buildApp(builder) {
      const { client, main, preload } = builder.environments;
      if (!client || !main || !preload) throw new Error('an environment is missing');
      await Promise.all([builder.build(client), builder.build(main), builder.build(preload)]);
    },
  },
  environments: {
    client: {
      build: {
        outDir: path('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        assetsInlineLimit: 0,
        modulePreload: false,
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: native, conditions: ['node', 'import', 'default'] },
      build: {
        outDir: path('dist/main'),
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: {
            desktop: path('src-main/hosts/desktop/main.ts'),
            browser: path('src-main/hosts/browser/main.ts'),
            cli: path('src-main/hosts/cli/main.ts'),
            worker: path('src-main/solver/worker.ts'),
            helper: path('src-main/hosts/threads/helper-entry.ts'),
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: native },
      build: {
        outDir: path('dist/preload'),
        emptyOutDir: true,
        target: 'chrome140',
        minify: false,
        rolldownOptions: {
          input: path('src-main/hosts/desktop/preload.ts'),
          // A sandboxed preload cannot import: one CommonJS file.
          output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
        },
      },
    },
  },
});
