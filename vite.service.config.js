import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

/** What runs in a process of its own, by the name that it gets in dist/service/. */
const PROGRAMS = {
  main: 'dist/src/main.js',
  cli: 'dist/src/cli/main.js',
};

/** The compiler's maps, so that a trace leads to the TypeScript. */
const compilersMaps = {
  name: 'compilers-maps',
  load: (id) =>
    id.includes('/dist/src/')
      ? { code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) }
      : null,
};

/** What the compiler made of src/, in few files: 700 of them took a third of a start (docs/adr/0035-the-service-in-few-files.md). */
export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  plugins: [compilersMaps],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/service',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: PROGRAMS,
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', sourcemapExcludeSources: true },
    },
  },
});
