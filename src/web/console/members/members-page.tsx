import { useLocation } from 'preact-iso';
import { t } from '../i18n.js';
import { session } from '../session.js';
import { ForSite } from '../ui/for-site.js';
import { Page } from '../ui/page.js';
import { ShownOnce } from '../ui/shown-once.js';
import '../ui/form.css';
import { AllStaff } from './all-staff.js';
import { MembersOf } from './members-of.js';

const HERE = '/console/members';

/** Who works for a site; for admins also everybody who has an account. */
export default function MembersPage() {
  const { query } = useLocation();
  const isAdmin = session.value?.admin === true;
  const isAll = isAdmin && query['all'] !== undefined;
  return (
    <Page title={t('page.members')}>
      {isAdmin ? (
        <nav class="tabs" aria-label={t('page.members')}>
          <a href={HERE} aria-current={isAll ? undefined : 'page'}>
            {t('members.ofSite')}
          </a>
          <a href={`${HERE}?all`} aria-current={isAll ? 'page' : undefined}>
            {t('members.all')}
          </a>
        </nav>
      ) : null}
      {isAll ? (
        <AllStaff />
      ) : (
        <ForSite path={HERE} role="lead">
          {(site) => <MembersOf key={site.slug} site={site} />}
        </ForSite>
      )}
      <ShownOnce />
    </Page>
  );
}
