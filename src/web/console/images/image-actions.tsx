import { useState } from 'preact/hooks';
import type { ImageHistory } from '../../../contract/image-history.js';
import type { PublishedImage } from '../../../contract/publishing.js';
import type { SessionSite } from '../../../contract/session.js';
import { api, Problem } from '../api.js';
import { useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { toast, toastProblem } from '../ui/toasts.js';
import { changes } from './changes.js';
import { ActionDialog, type ActionChoice } from './action-dialog.js';
import { type ImageAction, effectOf, possible } from './what-stays.js';

interface ImageActionsProps {
  readonly site: SessionSite;
  readonly target: { readonly id: string } | { readonly url: string };
  /** Null: nobody ever reported it. */
  readonly image: ImageHistory | null;
  readonly onDone: () => void;
}

const KEYS: Readonly<Record<ImageAction, string>> = {
  block: 'b',
  unblock: 'u',
  protect: 'p',
  unprotect: 'p',
};

/** What staff can do with an image itself, each after saying what will happen. */
export function ImageActions({ site, target, image, onDone }: ImageActionsProps) {
  const [asked, setAsked] = useState<ImageAction | null>(null);
  const [isBusy, setBusy] = useState(false);
  const actions = possible(image);
  const act = async (action: ImageAction, choice: ActionChoice): Promise<void> => {
    setAsked(null);
    setBusy(true);
    try {
      const { decision } = await send(action, site.slug, target, choice);
      const shown = effectOf(action, image?.blocks ?? []).isShownAfter ? 'yes' : 'no';
      toast(
        t(`image.did.${action}`, { shown }),
        decision === undefined ? undefined : () => void takeBack(decision),
      );
      onDone();
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  useCommands(
    actions.map((action) => ({
      id: `image ${action}`,
      name: `image.act.${action}` as const,
      group: 'page.images' as const,
      key: KEYS[action],
      isOff: isBusy,
      run: () => setAsked(action),
    })),
  );
  return (
    <div class="actions" role="group" aria-label={t('image.actions')}>
      {actions.map((action) => (
        <Button
          key={action}
          kind={action === 'block' ? 'danger' : 'plain'}
          shortcut={KEYS[action]}
          waits={isBusy}
          onClick={() => setAsked(action)}
        >
          {t(`image.act.${action}`)}
        </Button>
      ))}
      {asked === null ? null : (
        <ActionDialog
          action={asked}
          image={image}
          policies={site.reasons}
          onDo={(choice) => void act(asked, choice)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function send(
  action: ImageAction,
  site: string,
  target: ImageActionsProps['target'],
  { policy, note }: ActionChoice,
): Promise<PublishedImage> {
  const said = note.trim() === '' ? {} : { note: note.trim() };
  switch (action) {
    case 'block':
      return api.put('/v1/images/block', { image: target, policy, ...said }, { site });
    case 'unblock':
      return api.remove('/v1/images/block', { site, ...target });
    case 'protect':
      return api.put('/v1/images/protection', { image: target, ...said }, { site });
    case 'unprotect':
      return api.remove('/v1/images/protection', { site, ...target });
  }
}

async function takeBack(decision: string): Promise<void> {
  try {
    await api.post(`/v1/decisions/${decision}/undo`);
    toast(t('image.undone'));
    changes.value += 1;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toastProblem(error);
  }
}
