import { defineConfig } from 'vite';

/** Each becomes one classic script, dist/web/<name>.js; its CSS, if it imports any, dist/web/<name>.css. */
const SCRIPTS = {
  widget: 'src/web/widget/main.ts',
  demo: 'src/web/demo/main.ts',
};

/** Browsers of the last three years; the widget's constructable stylesheets need them (Safari 16.4 is the youngest). */
const TARGET = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

const environments = Object.entries(SCRIPTS).map(([name, input]) => [
  name,
  {
    consumer: 'client',
    build: {
      rolldownOptions: {
        input,
        output: {
          format: 'iife',
          entryFileNames: `${name}.js`,
          assetFileNames: `${name}[extname]`,
        },
      },
    },
  },
]);

export default defineConfig({
  logLevel: 'error',
  publicDir: false,
  build: {
    target: TARGET,
    outDir: 'dist/web',
    // What else is there belongs to the other script.
    emptyOutDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
  },
  environments: Object.fromEntries(environments),
  builder: {
    async buildApp(builder) {
      for (const name of Object.keys(SCRIPTS)) await builder.build(builder.environments[name]);
    },
  },
});
