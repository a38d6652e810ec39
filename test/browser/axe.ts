import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeWindow {
  readonly axe: {
    run: (
      context: Document,
      options: object,
    ) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }>;
  };
}

/** What axe finds wrong on a page as it is now (behaviour 55), WCAG 2.2 AA and good practice; it must be []. */
export async function axeFinds(page: Page): Promise<string[]> {
  // Not by a script tag, which the console's policy refuses.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as AxeWindow).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${String(target)}: ${failureSummary ?? ''}`),
    );
  });
}

/** What sticks out of a page, so that one would have to scroll sideways; it must be []. */
export const sticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return right > clientWidth + 0.5 || left < -0.5;
      })
      .map(({ tagName, className }) => `${tagName}.${String(className)}`)
      .concat(`${scrollWidth} > ${clientWidth}`);
  });

export const isTooWide = async (page: Page): Promise<boolean> => (await sticksOut(page)).length > 0;
