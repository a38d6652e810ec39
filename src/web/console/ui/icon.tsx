/** Drawn here, in lines of the text's colour: 20 by 20. */
const PATHS = {
  account: 'M10 10.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3.5 17c.6-3.2 3.2-4.5 6.5-4.5s5.9 1.3 6.5 4.5',
  dot: 'M10 8.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z',
  images: 'M3 4.5h14v11H3zM3 13l4-4 3.5 3.5L13 10l4 4M12.5 7.5h.01',
  jobs: 'M10 3v3M10 14v3M3 10h3M14 10h3M5 5l2 2M13 13l2 2M15 5l-2 2M7 13l-2 2',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7',
  keys: 'M12.5 11a3.5 3.5 0 1 0-3.3-2.3L3.5 14.5v2h2.5v-1.5h1.5v-1.5h1.5l1.2-1.3',
  log: 'M5 3.5h10v13H5zM8 7h4M8 10h4M8 13h2.5',
  members:
    'M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 16c.5-2.7 2.5-4 5-4s4.5 1.3 5 4M13 4.3a2.75 2.75 0 0 1 0 5M14.5 12.4c1.7.5 2.7 1.7 3 3.6',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  moon: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z',
  mutes: 'M3 8v4h2.5L9.5 15.5v-11L5.5 8ZM13 8l4 4M17 8l-4 4',
  out: 'M8 3.5H4v13h4M8 10h9M13.5 6.5 17 10l-3.5 3.5',
  queue: 'M3 5h2M3 10h2M3 15h2M8 5h9M8 10h9M8 15h9',
  review:
    'M2 10c1.8-3.3 4.6-5 8-5s6.2 1.7 8 5c-1.8 3.3-4.6 5-8 5s-6.2-1.7-8-5ZM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  rules: 'M3 6h6M13 6h4M11 4v4M3 14h2M9 14h8M7 12v4',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4',
  sites:
    'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3 10h14M10 3c2.5 2 3.5 4.3 3.5 7s-1 5-3.5 7c-2.5-2-3.5-4.3-3.5-7s1-5 3.5-7Z',
  statistics: 'M3 17h14M5 17v-5M10 17V4M15 17V8',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  webhooks:
    'M8 5.5a2.75 2.75 0 1 1 3.6 2.6M10.2 8 7.5 13M12.5 15.5a2.75 2.75 0 1 0 .5-4.5M12.5 14H7.5M5.5 11.5A2.75 2.75 0 1 0 8 15',
} as const;

export type IconName = keyof typeof PATHS;

export const isIcon = (name: string): name is IconName => Object.hasOwn(PATHS, name);

/** Those that have a beginning and an end, as lines of text do: right to left in Arabic. */
const TURNING: ReadonlySet<IconName> = new Set(['log', 'out', 'queue']);

/** A drawing beside words, which say what it means. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg
    class={TURNING.has(name) ? 'icon turning' : 'icon'}
    viewBox="0 0 20 20"
    width="20"
    height="20"
    aria-hidden="true"
    focusable="false"
  >
    <path d={PATHS[name]} />
  </svg>
);
