import type { AddressRules } from '../../../core/address-rules.js';
import type { Locale, Reason } from '../../../core/reasons.js';

/** What of a site is shown and changed. */
export interface SiteSettings {
  readonly name: string;
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
  readonly addressRules: AddressRules;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly reasons: readonly Reason[];
  readonly nearMatches: 'suggest' | 'block';
  readonly severeInstructions: string | null;
}

/** The same in fields. */
export interface SiteForm {
  readonly name: string;
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
  readonly presets: readonly string[];
  readonly imgixHosts: readonly string[];
  readonly ignoreParameters: readonly string[];
  readonly removePaths: readonly string[];
  readonly ignoreWww: boolean;
  readonly ignoreScheme: boolean;
  readonly ignorePathCase: boolean;
  readonly sortParameters: boolean;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly reasons: readonly Reason[];
  readonly nearMatches: 'suggest' | 'block';
  readonly severeInstructions: string;
}

export const formOf = (site: SiteSettings): SiteForm => {
  const rules = site.addressRules;
  return {
    name: site.name,
    origins: site.origins,
    imageHosts: site.imageHosts,
    presets: rules.presets ?? [],
    imgixHosts: rules.imgixHosts ?? [],
    ignoreParameters: rules.ignoreParameters ?? [],
    removePaths: rules.removePaths ?? [],
    ignoreWww: rules.ignoreWww ?? false,
    ignoreScheme: rules.ignoreScheme ?? false,
    ignorePathCase: rules.ignorePathCase ?? false,
    sortParameters: rules.sortParameters ?? false,
    locale: site.locale,
    timeZone: site.timeZone,
    reasons: site.reasons,
    nearMatches: site.nearMatches,
    severeInstructions: site.severeInstructions ?? '',
  };
};

/** Address rules of a form: only what is in force. What somebody typed may be wrong; the service says so. */
export function rulesOf(form: SiteForm): AddressRules {
  const lists = {
    presets: form.presets,
    imgixHosts: form.imgixHosts,
    ignoreParameters: form.ignoreParameters,
    removePaths: form.removePaths,
  };
  const { ignoreWww, ignoreScheme, ignorePathCase, sortParameters } = form;
  const switches = { ignoreWww, ignoreScheme, ignorePathCase, sortParameters };
  return Object.fromEntries([
    ...Object.entries(lists).filter(([, list]) => list.length > 0),
    ...Object.entries(switches).filter(([, on]) => on),
  ]) as AddressRules;
}

const settingsOf = (form: SiteForm): SiteSettings => ({
  name: form.name.trim(),
  origins: form.origins.map((origin) => origin.trim()),
  imageHosts: form.imageHosts.map((host) => host.trim()),
  addressRules: rulesOf(form),
  locale: form.locale,
  timeZone: form.timeZone.trim(),
  reasons: form.reasons,
  nearMatches: form.nearMatches,
  severeInstructions: form.severeInstructions.trim() === '' ? null : form.severeInstructions,
});

/** What to send so that the site becomes what the form says: what differs. */
export function changeOf(saved: SiteForm, form: SiteForm): Partial<SiteSettings> {
  const before = Object.entries(settingsOf(saved));
  const after = settingsOf(form);
  return Object.fromEntries(
    before
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(after[name as keyof SiteSettings]))
      .map(([name]) => [name, after[name as keyof SiteSettings]]),
  );
}
