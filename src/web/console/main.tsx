import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import { render } from 'preact';
import { App } from './app.js';
import { listenToKeys } from './commands.js';

const place = document.getElementById('console');
if (place === null) throw new Error('The page has no place for the console.');
listenToKeys();
render(<App />, place);
