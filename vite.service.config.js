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

/** Half of a start, and used by nobody but our own code and each other, so that the copy that is taken in is the only one. */
const TAKEN_IN = ['@nestjs/', 'rxjs'];

/** What Nest loads where somebody uses it: nobody does. */
const NOT_INSTALLED = ['@fastify/view', '@fastify/multipart'];

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Loaded from node_modules, as packages are. What only those need that are taken in comes with them: theirs is the right version. */
const LOADED = Object.keys(dependencies).filter((name) => !TAKEN_IN.some((taken) => name.startsWith(taken)));

/** What the compiler made of src/, in few files: 700 of them took a third of a start (docs/adr/0035-the-service-in-few-files.md). */
export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  plugins: [compilersMaps],
  ssr: { noExternal: true, external: [...LOADED, ...NOT_INSTALLED] },
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
