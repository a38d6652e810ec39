import { useEffect } from 'preact/hooks';
import { language, LANGUAGES, speakAgain } from '../i18n.js';
import { BEFORE } from '../languages/before.js';
import { whyNotLoaded } from '../load-part.js';
import { Button } from './button.js';
import { useAgain } from './not-loaded.js';

/** Where the file is gone because the service has a newer build by now, that one has its own. */
async function reloadIfNewer(): Promise<void> {
  if ((await whyNotLoaded()) === 'newer build') location.reload();
}

const again = (): Promise<void> => speakAgain().catch(reloadIfNewer);

/** In the place of the console while the first language has not come; it is tried again until it has. */
export function NotSpoken() {
  useEffect(() => void reloadIfNewer(), []);
  useAgain(again);
  const { title, text, tryAgain } = BEFORE[language.value];
  return (
    <div class="front" lang={language.value} dir={LANGUAGES[language.value].dir}>
      <main class="front-card" id="main">
        <div class="stack" role="alert">
          <h1>{title}</h1>
          <p>{text}</p>
          <Button onClick={() => void again()}>{tryAgain}</Button>
        </div>
      </main>
    </div>
  );
}
