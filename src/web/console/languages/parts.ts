import type { Texts as FirstTexts } from './en.js';

/** Texts that are loaded with the parts of the console that say them: those of a folder, under `texts/`. */
export const PARTS = {
  account: {
    en: () => import('../account/texts/en.js'),
    fr: () => import('../account/texts/fr.js'),
    ar: () => import('../account/texts/ar.js'),
    es: () => import('../account/texts/es.js'),
  },
  automation: {
    en: () => import('../automation/texts/en.js'),
    fr: () => import('../automation/texts/fr.js'),
    ar: () => import('../automation/texts/ar.js'),
    es: () => import('../automation/texts/es.js'),
  },
  jobs: {
    en: () => import('../jobs/texts/en.js'),
    fr: () => import('../jobs/texts/fr.js'),
    ar: () => import('../jobs/texts/ar.js'),
    es: () => import('../jobs/texts/es.js'),
  },
  keys: {
    en: () => import('../keys/texts/en.js'),
    fr: () => import('../keys/texts/fr.js'),
    ar: () => import('../keys/texts/ar.js'),
    es: () => import('../keys/texts/es.js'),
  },
  log: {
    en: () => import('../log/texts/en.js'),
    fr: () => import('../log/texts/fr.js'),
    ar: () => import('../log/texts/ar.js'),
    es: () => import('../log/texts/es.js'),
  },
  members: {
    en: () => import('../members/texts/en.js'),
    fr: () => import('../members/texts/fr.js'),
    ar: () => import('../members/texts/ar.js'),
    es: () => import('../members/texts/es.js'),
  },
  mutes: {
    en: () => import('../mutes/texts/en.js'),
    fr: () => import('../mutes/texts/fr.js'),
    ar: () => import('../mutes/texts/ar.js'),
    es: () => import('../mutes/texts/es.js'),
  },
  rules: {
    en: () => import('../rules/texts/en.js'),
    fr: () => import('../rules/texts/fr.js'),
    ar: () => import('../rules/texts/ar.js'),
    es: () => import('../rules/texts/es.js'),
  },
  sites: {
    en: () => import('../sites/texts/en.js'),
    fr: () => import('../sites/texts/fr.js'),
    ar: () => import('../sites/texts/ar.js'),
    es: () => import('../sites/texts/es.js'),
  },
  statistics: {
    en: () => import('../statistics/texts/en.js'),
    fr: () => import('../statistics/texts/fr.js'),
    ar: () => import('../statistics/texts/ar.js'),
    es: () => import('../statistics/texts/es.js'),
  },
  webhooks: {
    en: () => import('../webhooks/texts/en.js'),
    fr: () => import('../webhooks/texts/fr.js'),
    ar: () => import('../webhooks/texts/ar.js'),
    es: () => import('../webhooks/texts/es.js'),
  },
} as const;

export type PartName = keyof typeof PARTS;

type TextsOf<Name extends PartName> = Awaited<ReturnType<(typeof PARTS)[Name]['en']>>['default'];

/** The key of every text of the console. */
export type TextKey = keyof FirstTexts | { [Name in PartName]: keyof TextsOf<Name> }[PartName];
