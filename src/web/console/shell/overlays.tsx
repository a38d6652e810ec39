import { signal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { useCommands } from '../commands.js';
import { opensPalette } from '../keyboard.js';
import { Palette } from './palette.js';
import { Sheet } from './sheet.js';

const open = signal<'palette' | 'sheet' | null>(null);

export const openPalette = (): void => {
  open.value = 'palette';
};
export const openSheet = (): void => {
  open.value = 'sheet';
};
const close = (): void => {
  open.value = null;
};

/** What helps everywhere: the palette and the sheet of shortcuts, with their keys. */
export function Overlays() {
  const { route } = useLocation();
  useCommands([
    { id: 'palette', name: 'palette.open', group: 'shortcuts.everywhere', key: 'Ctrl+K', run: openPalette },
    { id: 'sheet', name: 'shortcuts.title', group: 'shortcuts.everywhere', key: '?', run: openSheet },
  ]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!opensPalette(event) || event.isComposing) return;
      if (open.peek() === 'palette') {
        event.preventDefault();
        close();
      } else if (document.querySelector('dialog[open]') === null) {
        event.preventDefault();
        openPalette();
      }
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
      close();
    };
  }, []);
  switch (open.value) {
    case 'palette':
      return (
        <Palette
          onClose={close}
          onImage={(search) => route(`/console/images?${new URLSearchParams({ q: search }).toString()}`)}
        />
      );
    case 'sheet':
      return <Sheet onClose={close} />;
    case null:
      return null;
  }
}
