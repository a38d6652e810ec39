import type { ComponentType } from 'preact';
import type { TextKey } from './i18n.js';
import type { PartName } from './languages/parts.js';
import { loadPart } from './load-part.js';
import type { Role } from './session.js';

/** A page of the console, each a file of its own that is loaded when it is first opened. */
export interface PageEntry {
  /** As preact-iso reads it. */
  readonly path: string;
  /** Where the menu leads. */
  readonly href: string;
  readonly name: TextKey;
  readonly group: 'work' | 'settings' | 'own';
  /** The least role, on some site, of those who have it in their menu; left out: everybody has. */
  readonly role?: Role;
  /** The second of two keys that open it, after `g`. */
  readonly key: string;
  readonly component: ComponentType;
  /** Loads it ahead. */
  readonly preload: () => void;
}

type Loader = () => Promise<{ default: ComponentType }>;

const page = (
  entry: Omit<PageEntry, 'component' | 'preload' | 'path'> & { path?: string },
  load: Loader,
  texts: readonly PartName[] = [],
): PageEntry => ({ path: entry.href, ...entry, ...loadPart(load, texts, entry.name) });

/** In the order of the menu. */
export const PAGES: readonly PageEntry[] = [
  page(
    {
      path: '/console/review/:case?',
      href: '/console/review',
      name: 'page.review',
      group: 'work',
      role: 'moderator',
      key: 'r',
    },
    () => import('./review/review-page.js'),
  ),
  page(
    { href: '/console/queue', name: 'page.queue', group: 'work', role: 'moderator', key: 'q' },
    () => import('./queue/queue-page.js'),
  ),
  page(
    {
      path: '/console/images/:image?',
      href: '/console/images',
      name: 'page.images',
      group: 'work',
      role: 'moderator',
      key: 'i',
    },
    () => import('./images/images-page.js'),
  ),
  page(
    { href: '/console/log', name: 'page.log', group: 'work', role: 'moderator', key: 'l' },
    () => import('./log/log-page.js'),
    ['log'],
  ),
  page(
    { href: '/console/statistics', name: 'page.statistics', group: 'work', role: 'moderator', key: 'd' },
    () => import('./statistics/statistics-page.js'),
    ['statistics'],
  ),
  page(
    { href: '/console/rules', name: 'page.rules', group: 'settings', role: 'lead', key: 't' },
    () => import('./rules/rules-page.js'),
    ['rules', 'automation'],
  ),
  page(
    { href: '/console/mutes', name: 'page.mutes', group: 'settings', role: 'lead', key: 'u' },
    () => import('./mutes/mutes-page.js'),
    ['mutes'],
  ),
  page(
    {
      path: '/console/sites/:slug?',
      href: '/console/sites',
      name: 'page.sites',
      group: 'settings',
      role: 'moderator',
      key: 's',
    },
    () => import('./sites/sites-page.js'),
    ['sites'],
  ),
  page(
    { href: '/console/keys', name: 'page.keys', group: 'settings', role: 'admin', key: 'k' },
    () => import('./keys/keys-page.js'),
    ['keys', 'sites'],
  ),
  page(
    { href: '/console/members', name: 'page.members', group: 'settings', role: 'lead', key: 'm' },
    () => import('./members/members-page.js'),
    ['members'],
  ),
  page(
    {
      path: '/console/webhooks/:id?',
      href: '/console/webhooks',
      name: 'page.webhooks',
      group: 'settings',
      role: 'lead',
      key: 'w',
    },
    () => import('./webhooks/webhooks-page.js'),
    ['webhooks'],
  ),
  page(
    { href: '/console/jobs', name: 'page.jobs', group: 'settings', role: 'admin', key: 'j' },
    () => import('./jobs/jobs-page.js'),
    ['jobs'],
  ),
  page(
    { href: '/console/account', name: 'page.account', group: 'own', key: 'a' },
    () => import('./account/account-page.js'),
    ['account'],
  ),
];
