import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Packages with native parts stay outside the bundle. The others are read in one file instead of some three hundred: a third of a start. */
const outside = ['@napi-rs/keyring', 'better-sqlite3', 'electron', /^node:/];

/** Names in the page what the window's own script and styles are made of: `first.ts` has it fetched once what is stored has been drawn, and begins it. */
const laterScripts: Plugin = {
  name: 'later-scripts',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const main = chunks.find((each) => each.facadeModuleId === at('src/renderer/main.tsx'));
      const first = chunks.find((each) => each.isEntry);
      const scripts = [main?.fileName, ...(main?.imports ?? [])].filter((name) => name !== undefined && !first?.imports.includes(name));
      // What is styles alone leaves no script behind.
      const alone = Object.values(bundle).flatMap((each) => (each.type === 'asset' && each.names.includes('styles.css') ? [each.fileName] : []));
      const others = chunks.filter((each) => scripts.includes(each.fileName)).flatMap((each) => [...(each.viteMetadata?.importedCss ?? [])]);
      return [...scripts, ...alone, ...others].map((name) => ({ tag: 'link', attrs: { rel: 'later', href: `./${name}` }, injectTo: 'head' as const }));
    },
  },
};

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      target: 'node20.18',
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rollupOptions: {
        external: outside,
        input: { index: at('src/main/electron/main.ts'), node: at('src/main/node/main.ts'), sandbox: at('src/sandbox/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20.18',
      rollupOptions: { external: ['electron'], input: { index: at('src/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('src/renderer'),
    base: '/',
    plugins: [react(), laterScripts],
    build: {
      outDir: at('out/renderer'), emptyOutDir: true, target: 'chrome130', minify: true,
      rollupOptions: {
        input: at('src/renderer/index.html'),
        // Few files: each is a request that the main process answers while it is busy starting.
        // What draws the first sight stands alone: it waits for no library.
        output: { codeSplitting: { groups: [{ name: 'sight', test: /app\/firstSight|app\/keptScreen|ui\/segments|contract\/firstSight|preload-helper/, priority: 1 }, { name: 'libraries', test: /node_modules(?!.*\.css$)/ }, { name: 'common', minShareCount: 2 }] } },
      },
    },
  },
});
