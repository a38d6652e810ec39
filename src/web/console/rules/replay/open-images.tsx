import { useState } from 'preact/hooks';
import type { ReplayAnswer } from '../../../../contract/replay.js';
import { formatNumber, t } from '../../i18n.js';
import { Address } from '../../ui/address.js';
import { nameOfImage } from '../../ui/image-name.js';
import { Button } from '../../ui/button.js';
import { CheckBox } from '../../ui/check-box.js';
import { Dialog } from '../../ui/dialog.js';
import '../../ui/lists.css';

interface OpenImagesProps {
  /** That the rule will have. */
  readonly version: number;
  readonly open: ReplayAnswer['openImages'];
  readonly isBusy: boolean;
  readonly onApply: (block: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Which images are blocked at once with the rule: shown before, chosen one by one, and what will happen said in words. */
export function OpenImages({ version, open, isBusy, onApply, onClose }: OpenImagesProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(open.items.map(({ image }) => image.id)),
  );
  const picked = open.items.filter(({ image }) => chosen.has(image.id));
  const toggle = (id: string, isIn: boolean): void => {
    const next = new Set(chosen);
    if (isIn) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const block = picked.filter(({ would }) => would === 'block').length;
  return (
    <Dialog title={t('replay.openTitle', { version })} onClose={onClose} isWide>
      <ul class="plan">
        <li>{t('replay.will.rule', { version })}</li>
        <li class="warning">{t('replay.will.block', { count: block })}</li>
        {picked.length > block ? <li>{t('replay.will.hold', { count: picked.length - block })}</li> : null}
        <li>{t('replay.will.back')}</li>
        {open.items.length < open.total ? (
          <li>
            {t('replay.will.first', { shown: open.items.length, rest: open.total - open.items.length })}
          </li>
        ) : null}
      </ul>
      <ul class="lines open-images" aria-label={t('replay.openList')}>
        {open.items.map(({ image, reporters, would }) => (
          <li key={image.id}>
            <CheckBox checked={chosen.has(image.id)} onChange={(isIn) => toggle(image.id, isIn)}>
              <Address of={nameOfImage(image)} />
            </CheckBox>
            <span class="marks">
              <span class="hint">{t('replay.reporters', { count: reporters })}</span>
              <span class={would === 'block' ? 'badge bad' : 'badge warn'}>{t(`replay.would.${would}`)}</span>
            </span>
          </li>
        ))}
      </ul>
      <footer class="actions">
        <Button onClick={onClose} waits={isBusy}>
          {t('common.cancel')}
        </Button>
        <Button
          kind="danger"
          isBusy={isBusy}
          disabled={picked.length === 0}
          onClick={() => onApply(picked.map(({ image }) => image.id))}
        >
          {t('replay.applyNow', { version, count: formatNumber(picked.length) })}
        </Button>
      </footer>
    </Dialog>
  );
}
