import type { ComponentChildren } from 'preact';
import type { SessionSite } from '../../../contract/session.js';
import { t } from '../i18n.js';
import { chosenSite } from '../preferences.js';
import { hasRole, type Role, site, sites } from '../session.js';
import { useSiteInAddress } from '../site-in-address.js';
import { Button } from './button.js';
import { NoSite } from './no-site.js';
import { Empty } from './page.js';
import './form.css';

interface ForSiteProps {
  /** Of the page, whose address names the site. */
  readonly path: string;
  /** What one must be on the site. */
  readonly role: Role;
  readonly children: (site: SessionSite) => ComponentChildren;
}

/** A part of a page that is about one site: where none is chosen one chooses, and without the role one sees why. */
export function ForSite({ path, role, children }: ForSiteProps) {
  useSiteInAddress(path, {});
  const chosen = site.value;
  const own = sites.value.filter((one) => hasRole(role, one));
  if (chosen !== null && hasRole(role, chosen)) return <>{children(chosen)}</>;
  if (chosen !== null) {
    return (
      <Empty title={t('forSite.notAllowed', { role: t(`role.${role}`), site: chosen.name })}>
        <p>{t('forSite.yourRole', { role: t(`role.${chosen.role}`) })}</p>
        <Choice of={own} />
      </Empty>
    );
  }
  return own.length === 0 ? (
    <NoSite />
  ) : (
    <Empty title={t('forSite.choose')}>
      <Choice of={own} />
    </Empty>
  );
}

const Choice = ({ of }: { readonly of: readonly SessionSite[] }) => (
  <div class="actions">
    {of.map(({ slug, name }) => (
      <Button
        key={slug}
        onClick={() => {
          chosenSite.value = slug;
        }}
      >
        <bdi>{name}</bdi>
      </Button>
    ))}
  </div>
);
