import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import type { Drafts } from './drafts.js';

/** Characters, as the contract has it (`LONGEST_NOTE`). */
const LONGEST = 4_000;

interface NoteProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly caseId: string;
  readonly drafts: Drafts;
}

/** For colleagues; kept with its case whatever happens to the decision. Escape goes back to the keys. */
export function Note({ ref, caseId, drafts }: NoteProps) {
  const [text, setText] = useState(() => drafts.of(caseId));
  return (
    <label class="note">
      <span class="unseen">{t('review.note')}</span>
      <textarea
        ref={ref}
        rows={1}
        dir="auto"
        maxLength={LONGEST}
        placeholder={t('review.note.hint')}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          drafts.keep(caseId, currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
      <kbd aria-hidden="true">c</kbd>
    </label>
  );
}
