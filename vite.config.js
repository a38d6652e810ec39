import { defineConfig } from 'vite';

/** Each becomes one classic script, dist/web/<name>.js; its CSS, if it imports any, dist/web/<name>.css. */
const SCRIPTS = {
  widget: 'src/web/widget/main.ts',
  demo: 'src/web/demo/main.ts',
};

/** The browsers that docs/widget.md names. */
const TARGET = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

/**
 * Arabic letters are two bytes each, and so foreign to the rest of the script that compression hardly helps. The widget's
 * texts hold them as ASCII, 0x5e0 code points lower, and read them back (`inArabic`): 2% of its size.
 */
const arabicAsAscii = {
  name: 'arabic-as-ascii',
  transform: (code, id) =>
    id.endsWith('/widget/texts.ts')
      ? code.replace(/[\u0600-\u06ff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x5e0))
      : null,
};

/**
 * Numbers of the widget that have a name stand where they are used: names are read in the source, and are half a percent of
 * its size.
 */
const numbersInPlace = {
  name: 'numbers-in-place',
  transform: (code, id) =>
    id.includes('/web/widget/')
      ? [...code.matchAll(/^const ([A-Z_]+) = ([\d._e]+);$/gm)].reduce(
          (text, [line, name, number]) =>
            text.replace(line, '').replaceAll(new RegExp(`\\b${name}\\b`, 'g'), number),
          code,
        )
      : null,
};

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
  plugins: [arabicAsAscii, numbersInPlace],
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
