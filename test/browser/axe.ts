import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { factor } from '../fuzz.ts';

/**
 * What axe finds on a page against WCAG 2.2 AA, or against some of its rules: the rule, the first elements
 * and why. Rows of a table that are made as two rows above them are taken out first, since axe takes seconds
 * for each thousand elements; the nightly run looks at all of them.
 */
export async function violations(page: Page, { rules, within }: Asked = {}): Promise<string[]> {
  // Expressive Code lets the keyboard into a code block that scrolls only once the page is idle.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('pre')].every(
      (pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex >= 0,
    ),
  );
  if (factor === 1) await page.evaluate(removeRepeatedRows);
  // A page has no frames, and what passes is not asked for: without the two axe takes twice as long.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ['violations'],
    runOnly: rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    // Experimental in axe: it takes the keys shown in Starlight's search button and SVG titles for labels.
    rules: { 'label-content-name-mismatch': { enabled: false } },
  });
  const found = await (within === undefined ? axe : axe.include(within)).analyze();
  return found.violations.map((one) => {
    const places = one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200));
    return `${one.id}: ${places.join('\n')} ${one.nodes[0]?.failureSummary}`;
  });
}

/** Runs in the page, so it can use nothing from outside. */
function removeRepeatedRows(): void {
  for (const table of document.querySelectorAll('table')) {
    const seen = new Map<string, number>();
    for (const row of table.querySelectorAll('tbody tr')) {
      const shape = [row, ...row.querySelectorAll('*')]
        .map((one) => `${one.tagName}.${one.getAttribute('class')}`)
        .join();
      const count = seen.get(shape) ?? 0;
      seen.set(shape, count + 1);
      if (count >= 2) row.remove();
    }
  }
}

interface Asked {
  rules?: string[];
  /** The element that is looked into; the whole page without it. */
  within?: string;
}
