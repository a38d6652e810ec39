import type { SessionSite } from '../../../contract/session.js';
import type { AutomationAnswer } from '../../../contract/automation.js';
import { api } from '../api.js';
import { type Live, useLive } from '../live.js';

/** How often it is asked how automatic blocking goes, in milliseconds: of one site, and of all that somebody has. */
const EVERY = 10_000;
const EVERY_OF_MANY = 30_000;

export type Automations = readonly { readonly site: SessionSite; readonly automation: AutomationAnswer }[];

/** How automatic blocking goes on some sites, again and again. */
export function useAutomation(sites: readonly SessionSite[]): Live<Automations> {
  return useLive<Automations>(
    `automation ${sites.map(({ slug }) => slug).join(' ')}`,
    (how) =>
      Promise.all(
        sites.map(async (site) => ({
          site,
          automation: await api.get<AutomationAnswer>(`/v1/sites/${site.slug}/automation`, {}, how),
        })),
      ),
    sites.length > 1 ? EVERY_OF_MANY : EVERY,
  );
}
