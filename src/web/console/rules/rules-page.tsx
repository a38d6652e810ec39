import type { RuleVersionAnswer, ThresholdRuleAnswer } from '../../../contract/rules.js';
import type { SessionSite } from '../../../contract/session.js';
import { AutomationSummary } from '../automation/automation-summary.js';
import { BreakerPlace } from '../automation/breaker-place.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useList } from '../list.js';
import { useLive } from '../live.js';
import { ForSite } from '../ui/for-site.js';
import { Failed, Loading, Page } from '../ui/page.js';
import { RuleEditor } from './rule-editor.js';
import { RuleVersions } from './rule-versions.js';
import './rules.css';

/** When readers hide an image by themselves: the rule of a site, and every version of it. */
export default function RulesPage() {
  return (
    <Page title={t('page.rules')}>
      <ForSite path="/console/rules" role="lead">
        {(site) => <RuleOf key={site.slug} site={site} />}
      </ForSite>
    </Page>
  );
}

function RuleOf({ site }: { readonly site: SessionSite }) {
  const at = `/v1/sites/${site.slug}/threshold-rule`;
  const current = useLive(at, (how) => api.get<ThresholdRuleAnswer>(at, {}, how));
  const versions = useList<RuleVersionAnswer>(`${at}/versions`);
  if (current.data === undefined) {
    return current.problem === null ? (
      <Loading />
    ) : (
      <Failed problem={current.problem} onAgain={current.reload} />
    );
  }
  const show = (answer: ThresholdRuleAnswer): void => {
    current.show(answer);
    versions.reload();
  };
  return (
    <>
      <BreakerPlace />
      <RuleEditor site={site} current={current.data} onSaved={show} onStale={current.reload} />
      <AutomationSummary site={site} />
      <RuleVersions site={site} current={current.data} versions={versions} onSaved={show} />
    </>
  );
}
