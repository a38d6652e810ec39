import { useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { ServiceSaid } from '../ui/service-said.js';
import { toastProblem } from '../ui/toasts.js';
import { api } from '../api.js';
import { confirm } from '../ui/confirm.js';
import type { Desk } from './desk.js';
import type { Sent } from './sent.js';
import { type Refusal, refusalOf } from './refusal.js';
import { sentenceOf, whyNotHad } from './refusal-sentence.js';
import { Address } from '../ui/address.js';
import { visible } from '../ui/visible-controls.js';
import { anewFrom, whatCanFollow } from './what-can-follow.js';
import { nameOf } from './work.js';
import type { Workplace } from './workplace.js';

/** Decisions that were not taken, each with who was faster, what one had typed, and what can be done now; and those on their way. */
export function Refusals({
  desk,
  place: { drafts, outbox },
}: {
  readonly desk: Desk;
  readonly place: Workplace;
}) {
  const [first] = outbox.refused.value;
  const follows = whatCanFollow(first?.refusal ?? null);
  const leave = (item: Sent): void => outbox.dismiss(item);
  const anew = (item: Sent): void => void lookAnew(desk, outbox, item).catch(toastProblem);
  useCommands([
    {
      id: 'review refusal leave',
      name: 'review.refused.leave',
      group: 'review.keys',
      key: 'a',
      isOff: first === undefined,
      run: () => first !== undefined && leave(first),
    },
    {
      id: 'review refusal anew',
      name: follows === 'undo' ? 'review.refused.undo' : 'review.refused.anew',
      group: 'review.keys',
      key: 'o',
      isOff: follows === 'nothing',
      run: () => first !== undefined && anew(first),
    },
  ]);
  const refused = desk.refused.value;
  return (
    <>
      {outbox.waiting.value === 0 ? null : (
        <p class="notice warn" role="status">
          {t('review.waiting', { count: outbox.waiting.value })}
        </p>
      )}
      {outbox.undoing.value === 0 ? null : (
        <p class="notice warn" role="status">
          {t('review.undoing', { count: outbox.undoing.value })}
        </p>
      )}
      {refused === null ? null : (
        <NotHad
          refusal={refusalOf(refused.problem)}
          note={drafts.of(refused.caseId)}
          onClose={() => {
            desk.refused.value = null;
          }}
        />
      )}
      {outbox.refused.value.map((item) => (
        <Refused
          key={item.caseId}
          item={item}
          isFirst={item === first}
          onLeave={() => leave(item)}
          onAnew={() => anew(item)}
        />
      ))}
    </>
  );
}

interface NotHadProps {
  readonly refusal: Refusal;
  readonly note: string;
  readonly onClose: () => void;
}

/** In the place of a case that was asked for by name: why it is not in front, and where its image is told of. */
const NotHad = ({ refusal, note, onClose }: NotHadProps) => (
  <div class="notice bad" role="alert">
    <div class="stack">
      <p>{whyNotHad(refusal)}</p>
      {refusal.problem == null ? null : <ServiceSaid problem={refusal.problem} />}
      <NoteOf text={note} />
    </div>
    <div class="actions">
      {refusal.case?.status === 'closed' ? (
        <a class="button" href={`/console/images/${refusal.case.image.id}`}>
          {t('review.notHad.image')}
        </a>
      ) : null}
      <Button onClick={onClose}>{t('common.close')}</Button>
    </div>
  </div>
);

/** What somebody had typed: it is never lost. */
const NoteOf = ({ text }: { readonly text: string }) =>
  text === '' ? null : (
    <blockquote dir="auto" aria-label={t('review.note')}>
      {visible(text)}
    </blockquote>
  );

interface RefusedProps {
  readonly item: Sent;
  /** The keys are for this one. */
  readonly isFirst: boolean;
  readonly onLeave: () => void;
  readonly onAnew: () => void;
}

function Refused({ item, isFirst, onLeave, onAnew }: RefusedProps) {
  const { refusal, request, image } = item;
  if (refusal === null) return null;
  const follows = whatCanFollow(refusal);
  return (
    <section class="notice bad refused" role="alert">
      <div class="stack">
        <h2>{sentenceOf(refusal)}</h2>
        {refusal.problem == null ? null : <ServiceSaid problem={refusal.problem} />}
        <p>
          {t('review.refused.yours', { decision: nameOf(request) })} <Address of={image} />
        </p>
        <NoteOf text={request.note ?? ''} />
      </div>
      <div class="actions">
        <Button {...(isFirst ? { shortcut: 'a' } : {})} onClick={onLeave}>
          {t(refusal.kind === 'decided' ? 'review.refused.leave' : 'common.close')}
        </Button>
        {follows === 'nothing' ? null : (
          <Button kind="main" {...(isFirst ? { shortcut: 'o' } : {})} onClick={onAnew}>
            {t(follows === 'undo' ? 'review.refused.undo' : 'review.refused.anew')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Puts the case, or what came in its place, in front again, with what was typed. Asks before another's decision is undone. */
async function lookAnew(desk: Desk, outbox: Workplace['outbox'], item: Sent): Promise<void> {
  if (item.refusal === null) return;
  if (whatCanFollow(item.refusal) === 'undo') {
    const yes = await confirm({
      title: t('review.refused.undo.sure'),
      body: <p>{sentenceOf(item.refusal)}</p>,
      action: t('review.refused.undo'),
      isDangerous: true,
    });
    if (!yes) return;
  }
  const caseId = await anewFrom(api, item.refusal, item.caseId);
  await desk.open(caseId);
  const refused = desk.refused.peek();
  if (refused === null) return outbox.dismiss(item);
  // One notice tells both: what one had decided, and what became of the case since.
  desk.refused.value = null;
  outbox.refuse(item, refusalOf(refused.problem, item.request.contentVersion ?? null));
}
