import { useState } from 'preact/hooks';
import type { EventPage } from '../../../contract/events.js';
import type { ImageHistory } from '../../../contract/images.js';
import type { SessionSite } from '../../../contract/session.js';
import { api, Problem } from '../api.js';
import { useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { session } from '../session.js';
import { Button } from '../ui/button.js';
import { toast, toastProblem } from '../ui/toasts.js';
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
      await send(action, site.slug, target, choice);
      const shown = effectOf(action, image?.blocks ?? []).isShownAfter ? 'yes' : 'no';
      const decision = await decisionOf(action, site.slug, target);
      toast(
        t(`image.did.${action}`, { shown }),
        decision === null ? undefined : () => void takeBack(decision, onDone),
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
          disabled={isBusy}
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

async function send(
  action: ImageAction,
  site: string,
  target: ImageActionsProps['target'],
  { policy, note }: ActionChoice,
): Promise<void> {
  const said = note.trim() === '' ? {} : { note: note.trim() };
  switch (action) {
    case 'block':
      await api.put('/v1/images/block', { image: target, policy, ...said }, { site });
      return;
    case 'unblock':
      await api.remove('/v1/images/block', { site, ...target });
      return;
    case 'protect':
      await api.put('/v1/images/protection', { image: target, ...said }, { site });
      return;
    case 'unprotect':
      await api.remove('/v1/images/protection', { site, ...target });
  }
}

/** The decision that was just taken, as the log has it, so that it can be undone; protection is none. */
async function decisionOf(
  action: ImageAction,
  site: string,
  target: ImageActionsProps['target'],
): Promise<string | null> {
  if (action === 'protect' || action === 'unprotect') return null;
  const { id } = await api.get<ImageHistory>('/v1/images', { site, ...target });
  const { items } = await api.get<EventPage>('/v1/events', { site, image: id, limit: 10 });
  const made = items.find(({ decision }) => decision !== null);
  return made?.actor.id === session.value?.staff.id ? (made?.decision ?? null) : null;
}

async function takeBack(decision: string, onDone: () => void): Promise<void> {
  try {
    await api.post(`/v1/decisions/${decision}/undo`);
    toast(t('image.undone'));
    onDone();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toastProblem(error);
  }
}
