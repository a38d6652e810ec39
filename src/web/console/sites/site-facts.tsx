import type { SiteAnswer } from '../../../contract/sites.js';
import { t, tOr } from '../i18n.js';
import { Facts } from '../ui/facts.js';

/** A site as those see it who do not change it. */
export function SiteFacts({ site }: { readonly site: SiteAnswer }) {
  const { addressRules: rules } = site;
  const switches = (['ignoreWww', 'ignoreScheme', 'ignorePathCase', 'sortParameters'] as const)
    .filter((name) => rules[name] === true)
    .map((name) => t(`sites.field.${name}`));
  const lists = [...(rules.presets ?? []).map((preset) => t(`sites.preset.${preset}`)), ...switches];
  const patterns = [
    ...(rules.imgixHosts ?? []),
    ...(rules.ignoreParameters ?? []),
    ...(rules.removePaths ?? []),
  ];
  return (
    <section class="card form" aria-label={t('page.sites')}>
      <Facts
        of={[
          { name: t('sites.field.name'), value: <bdi>{site.name}</bdi> },
          { name: t('sites.field.slug'), value: <span class="address">{site.slug}</span> },
          { name: t('sites.field.origins'), value: <Lines of={site.origins} /> },
          { name: t('sites.field.imageHosts'), value: <Lines of={site.imageHosts} /> },
          {
            name: t('sites.group.addresses'),
            value:
              lists.length + patterns.length === 0 ? (
                t('sites.noRules')
              ) : (
                <>
                  {lists.join(' · ')}
                  <Lines of={patterns} />
                </>
              ),
          },
          { name: t('sites.field.locale'), value: t(`sites.locale.${site.locale}`) },
          { name: t('sites.field.timeZone'), value: <span class="address">{site.timeZone}</span> },
          {
            name: t('sites.group.reasons'),
            value: site.reasons.map((reason) => tOr(`reason.${reason}`, reason)).join(' · '),
          },
          { name: t('sites.field.nearMatches'), value: t(`sites.near.${site.nearMatches}`) },
          {
            name: t('sites.field.severeInstructions'),
            value:
              site.severeInstructions === null ? (
                t('sites.noInstructions')
              ) : (
                <div class="lines" dir="auto">
                  {site.severeInstructions}
                </div>
              ),
          },
        ]}
      />
    </section>
  );
}

const Lines = ({ of }: { readonly of: readonly string[] }) =>
  of.length === 0 ? null : (
    <ul>
      {of.map((line) => (
        <li key={line} class="address">
          {line}
        </li>
      ))}
    </ul>
  );
