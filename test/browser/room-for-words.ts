import type { Locator } from 'playwright-core';

/** How many pixels each of these choices is too narrow for its longest answer; they must be 0. */
export const missingRoom = (choices: Locator): Promise<number[]> =>
  choices.evaluateAll((selects) =>
    selects.map((select) => {
      // As wide as its longest answer is.
      const wished = select.cloneNode(true) as HTMLElement;
      Object.assign(wished.style, {
        position: 'absolute',
        minInlineSize: '0',
        maxInlineSize: 'none',
        inlineSize: 'max-content',
      });
      select.after(wished);
      const more = wished.offsetWidth - (select as HTMLElement).offsetWidth;
      wished.remove();
      return Math.max(0, more);
    }),
  );
