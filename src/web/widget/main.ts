import { readOptions } from './options.js';
import { runWidget } from './widget.js';

/** Said of the document that it has a widget: a page may hold the script tag twice, or run it again. */
const RUNS = Symbol.for('vigie.widget');

/** Whoever puts the page into a frame of theirs could lead readers to click what they do not see. */
function inForeignFrame(): boolean {
  try {
    return window.top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}

const options = readOptions();
if (options && 'canParse' in URL && !inForeignFrame() && !(RUNS in document)) {
  Object.assign(document, { [RUNS]: true });
  runWidget(options);
}
