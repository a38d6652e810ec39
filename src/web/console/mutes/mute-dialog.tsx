import { useState } from 'preact/hooks';
import type { MuteView } from '../../../contract/mutes.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import '../ui/lists.css';
import { TextField } from '../ui/form.js';
import { Segments } from '../ui/segments.js';
import { wrongField } from '../ui/service-said.js';
import { toast, toastProblem } from '../ui/toasts.js';

const TIMES = ['7', '30', '90', 'lifted'] as const;
type MuteTime = (typeof TIMES)[number];

interface MuteDialogProps {
  /** The reader's number in this case. */
  readonly number: string;
  /** By which the service knows the reader; good for this case alone. */
  readonly handle: string;
  readonly onClose: () => void;
  /** Called when it was done, and when it was taken back. */
  readonly onChanged: () => void;
}

/** Says what muting a reader does and what it does not, and for how long it is to be. */
export function MuteDialog({ number, handle, onClose, onChanged }: MuteDialogProps) {
  const action = useAction();
  const [time, setTime] = useState<MuteTime>('30');
  const [note, setNote] = useState('');
  const mute = (): void => {
    void action.run(async () => {
      const { id } = await api.post<MuteView>('/v1/mutes', {
        reader: handle,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(time === 'lifted' ? {} : { days: Number(time) }),
      });
      onClose();
      onChanged();
      toast(t('mutes.done', { number }), () => void undo(id, onChanged));
    });
  };
  return (
    <Dialog title={t('mutes.title', { number })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          mute();
        }}
      >
        <ul class="plan">
          <li>{t('mutes.will.count')}</li>
          <li>{t('mutes.will.stays')}</li>
          <li>{t('mutes.will.notice')}</li>
          <li>{t('mutes.will.log')}</li>
        </ul>
        <Segments
          label={t('mutes.time')}
          value={time}
          choices={TIMES.map((value) => ({
            value,
            name: value === 'lifted' ? t('mutes.forever') : t('mutes.days', { days: Number(value) }),
          }))}
          onChoose={setTime}
        />
        <TextField
          label={t('mutes.note')}
          hint={t('mutes.noteHint')}
          lines={2}
          value={note}
          problem={wrongField(action.problem, '/note')}
          onInput={setNote}
        />
        <footer class="actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="danger" isBusy={action.isBusy}>
            {t('mutes.mute')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

async function undo(id: string, onChanged: () => void): Promise<void> {
  try {
    await api.remove(`/v1/mutes/${id}`);
    toast(t('mutes.lifted'));
    onChanged();
  } catch (error) {
    toastProblem(error);
  }
}
