import { CopyButton } from './copy-button.js';

/** A text to be taken elsewhere, with a button that copies it. */
export const Copied = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <div class="copied">
    {/* Reached by keyboard, too: where the browser does not copy, it is marked by hand. */}
    <code class="secret address" tabIndex={0} aria-label={label}>
      {text}
    </code>
    <CopyButton text={text} label={label} />
  </div>
);
