import { useState } from 'preact/hooks';
import type { ThresholdRuleAnswer } from '../../../../contract/rules.js';
import type { SessionSite } from '../../../../contract/session.js';
import type { ThresholdRule } from '../../../../core/threshold-rule.js';
import type { ApplyAnswer, ReplayAnswer } from '../../../../contract/replay.js';
import { useAction } from '../../action.js';
import { api, Problem } from '../../api.js';
import { t } from '../../i18n.js';
import { Button } from '../../ui/button.js';
import { toast } from '../../ui/toasts.js';
import { OpenImages } from './open-images.js';

interface ApplyProps {
  readonly site: SessionSite;
  /** Of the rule that is in force. */
  readonly version: number;
  readonly change: Partial<ThresholdRule>;
  readonly open: ReplayAnswer['openImages'];
  readonly onApplied: (answer: ThresholdRuleAnswer) => void;
  readonly onStale: () => void;
}

/** The two ways to go on: the rule for what comes, and, asked for by itself, for what is open now, too. */
export function Apply({ site, version, change, open, onApplied, onStale }: ApplyProps) {
  const action = useAction();
  const [isAsking, setAsking] = useState(false);
  const apply = (block?: readonly string[]): void => {
    void action.run(async () => {
      try {
        const { rule, results } = await api.post<ApplyAnswer>(`/v1/sites/${site.slug}/threshold-rule/apply`, {
          rule: change,
          ifVersion: version,
          ...(block === undefined ? {} : { block }),
        });
        setAsking(false);
        onApplied(rule);
        toast(saidOf(rule.version, results));
      } catch (error) {
        // What was typed stays; what was not touched is theirs then.
        if (error instanceof Problem && error.status === 409) {
          setAsking(false);
          onStale();
        }
        throw error;
      }
    });
  };
  return (
    <div class="stack apply">
      <h3>{t('replay.goOn')}</h3>
      <p class="hint">{t('rules.fromNowOn')}</p>
      <div class="actions">
        <Button kind="main" isBusy={action.isBusy && !isAsking} onClick={() => apply()}>
          {t('replay.apply', { version: version + 1 })}
        </Button>
        {open.total === 0 ? null : (
          <Button waits={action.isBusy} onClick={() => setAsking(true)}>
            {t('replay.applyToOpen', { count: open.total })}
          </Button>
        )}
      </div>
      {isAsking ? (
        <OpenImages
          version={version + 1}
          open={open}
          isBusy={action.isBusy}
          onApply={apply}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}

function saidOf(version: number, results: ApplyAnswer['results']): string {
  const saved = t('rules.saved', { version });
  if (results.length === 0) return saved;
  const count = (outcome: string): number => results.filter((one) => one.outcome === outcome).length;
  const became = { blocked: count('blocked'), held: count('held'), unchanged: count('unchanged') };
  return `${saved} ${t('replay.applied', became)}`;
}
