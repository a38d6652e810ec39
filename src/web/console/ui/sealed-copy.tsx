import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ReviewedImage } from '../../../contract/images.js';
import { t } from '../i18n.js';
import { session } from '../session.js';
import { Button } from './button.js';
import { confirm } from './confirm.js';
import { Picture } from './picture.js';

interface SealedCopyProps {
  readonly image: Pick<ReviewedImage, 'snapshot' | 'notShown' | 'notShownBecause'>;
  /** Whether there is a step to open it; else as its copy says. */
  readonly isSealed?: boolean;
  readonly class?: string;
  /** In its place until it is opened, with the button that opens it; null: this person can not. */
  readonly children?: (button: ComponentChildren) => ComponentChildren;
}

/** The picture of an image; where its copy is sealed, who has the permission `legal` opens it by a step of its own. */
export function SealedCopy(props: SealedCopyProps) {
  const { image, isSealed = image.snapshot?.sealed === true, class: around = 'stack', children } = props;
  const [isOpen, setOpen] = useState(false);
  const mayOpen = isSealed && session.value?.legal === true && image.snapshot?.preview != null;
  const open = async (): Promise<void> => {
    const yes = await confirm({
      title: t('sealed.open'),
      body: t('sealed.openText'),
      action: t('sealed.openDo'),
      isDangerous: true,
    });
    if (yes) setOpen(true);
  };
  if (isOpen && mayOpen) {
    return (
      <div class={around}>
        <Picture image={image} size="preview" isOpened />
        <Button onClick={() => setOpen(false)}>{t('sealed.close')}</Button>
      </div>
    );
  }
  const button = mayOpen ? <Button onClick={() => void open()}>{t('sealed.open')}</Button> : null;
  return (
    children?.(button) ?? (
      <div class={around}>
        <Picture image={image} size="preview" />
        {button}
      </div>
    )
  );
}
