import { defineConfig } from 'vite';

/** Texts are called by the folder of their part, so that no two are called by their language alone. */
const nameOfChunk = ({ facadeModuleId, name }) => {
  const [, part, language] = /(\w[\w-]*)\/texts\/(\w\w)\.ts$/.exec(facadeModuleId ?? '') ?? [];
  return `assets/${part === undefined ? name : `texts-${part}-${language}`}-[hash].js`;
};

/** The console: one page, its scripts and styles, with what they hold in their names; served under /console. */
export default defineConfig({
  base: '/console/',
  logLevel: 'error',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // The browsers that docs/widget.md names.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    outDir: '../../../dist/web/console',
    emptyOutDir: true,
    // A strict policy takes no data: addresses.
    assetsInlineLimit: 0,
    // Those of whoever wrote what is bundled want to be passed on with it.
    license: { fileName: 'assets/licences.md' },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { chunkFileNames: nameOfChunk } },
  },
});
