import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/buttons.css';
import './styles/blocks.css';
import './styles/fields.css';
import './styles/notices.css';
import './styles/choices.css';
import './styles/tables.css';
import './styles/dialogs.css';
import './styles/toasts.css';
import './styles/pictures.css';
import './styles/media.css';
import { render } from 'preact';
import { watchActivity } from './activity.js';
import { App } from './app.js';
import { listenToKeys } from './commands.js';
import { Problem } from './api.js';
import { toastDefect } from './ui/toasts.js';

const place = document.getElementById('console');
if (place === null) throw new Error('The page has no place for the console.');
watchActivity();
listenToKeys();
// What somebody asked for was not done: silence would look as if it were.
addEventListener('unhandledrejection', ({ reason }) => {
  if (!(reason instanceof Problem)) toastDefect();
});
addEventListener('error', ({ error }) => {
  if (error instanceof Error) toastDefect();
});
render(<App />, place);
