import { useState } from 'preact/hooks';
import type { RuleVersionAnswer, ThresholdRuleAnswer } from '../../../contract/rules.js';
import type { SessionSite } from '../../../contract/session.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t, tOr } from '../i18n.js';
import type { List } from '../list.js';
import { Ago } from '../ui/ago.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { Failed, Loading } from '../ui/page.js';
import { toast } from '../ui/toasts.js';
import { bareRule, changeOf } from './bare-rule.js';
import { CompareVersions } from './compare-versions.js';
import { ruleChanges } from './rule-changes.js';
import { Sentences } from './rule-text.js';

interface RuleVersionsProps {
  readonly site: SessionSite;
  readonly current: ThresholdRuleAnswer;
  readonly versions: List<RuleVersionAnswer>;
  readonly onSaved: (answer: ThresholdRuleAnswer) => void;
}

/** Who changed what of a rule, and when; what is between two versions; and the way back to one. */
export function RuleVersions({ site, current, versions, onSaved }: RuleVersionsProps) {
  const action = useAction();
  const [isComparing, setComparing] = useState(false);
  const { items, more, problem, reload } = versions;
  if (items === undefined) {
    return problem === null ? <Loading /> : <Failed problem={problem} onAgain={reload} />;
  }
  const restore = async ({ version, rule }: RuleVersionAnswer): Promise<void> => {
    const changes = ruleChanges(bareRule(current), rule);
    const yes = await confirm({
      title: t('rules.restoreTitle', { version }),
      body: (
        <>
          <Sentences of={changes} />
          <p>{t('rules.restoreText', { next: current.version + 1 })}</p>
          <p class="hint">{t('rules.fromNowOn')}</p>
        </>
      ),
      action: t('rules.restore', { version }),
    });
    if (!yes) return;
    await action.run(async () => {
      const body = { ...changeOf(bareRule(current), rule), version: current.version };
      const answer = await api.put<ThresholdRuleAnswer>(`/v1/sites/${site.slug}/threshold-rule`, body);
      onSaved(answer);
      toast(t('rules.saved', { version: answer.version }));
    });
  };
  return (
    <section class="stack versions" aria-labelledby="rule-versions">
      <header class="page-head">
        <h2 id="rule-versions">{t('rules.versions')}</h2>
        {items.length < 2 ? null : (
          <Button pressed={isComparing} onClick={() => setComparing(!isComparing)}>
            {t('rules.compare')}
          </Button>
        )}
      </header>
      {isComparing ? <CompareVersions versions={items} /> : null}
      <ol class="rows">
        {items.map((one, index) => (
          <li key={one.version} class="card">
            <div class="main">
              <strong>
                {t('rules.version', { version: one.version })}{' '}
                {one.version === current.version ? (
                  <span class="badge good">{t('rules.isInForce')}</span>
                ) : null}
              </strong>
              <span class="hint">
                {one.changedBy === null ? t('rules.byOperator') : <bdi>{one.changedBy}</bdi>}
                {' · '}
                <Ago at={one.changedAt} />
              </span>
              <Changed one={one} before={items[index + 1]} />
            </div>
            {ruleChanges(bareRule(current), one.rule).length === 0 ? null : (
              <Button waits={action.isBusy} onClick={() => void restore(one)}>
                {t('rules.restore', { version: one.version })}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {more === null ? null : <Button onClick={more}>{t('list.more')}</Button>}
    </section>
  );
}

interface ChangedProps {
  readonly one: RuleVersionAnswer;
  /** Undefined: it is not loaded. */
  readonly before: RuleVersionAnswer | undefined;
}

function Changed({ one, before }: ChangedProps) {
  if (before !== undefined) return <Sentences of={ruleChanges(before.rule, one.rule)} />;
  if (one.version === 1) return <p>{t('rules.first')}</p>;
  return <p>{one.changed.map((part) => tOr(`rules.part.${part}`, part)).join(' · ')}</p>;
}
