import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { factor } from '../fuzz.ts';

/**
 * What axe finds on a page against WCAG 2.2 AA, or against some of its rules: the rule, the first elements
 * and why. Of elements that are made alike two are left to it, since it takes seconds for each thousand; the
 * nightly run looks at all of them.
 */
export async function violations(page: Page, { rules, within, without = [] }: Asked = {}): Promise<string[]> {
  // Expressive Code lets the keyboard into a code block that scrolls only once the page is idle.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('pre')].every(
      (pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex >= 0,
    ),
  );
  // The shade at the edges of what scrolls would leave axe undecided about all text in it.
  await page.addStyleTag({ content: '.pl-scroll, .pl-canvas { background-image: none !important }' });
  // A cell of a card whose words are left out below is no empty one, which no card shows.
  await page.addStyleTag({ content: '.pl-scroll td:empty { display: block !important }' });
  if (factor === 1) await page.evaluate(leaveTwoOfAKind);
  // A page has no frames, and what passes is not asked for: without the two axe takes twice as long.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ['violations'],
    runOnly: rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    // Experimental in axe: it takes the keys shown in Starlight's search button and SVG titles for labels.
    rules: Object.fromEntries(
      ['label-content-name-mismatch', ...without].map((rule) => [rule, { enabled: false }]),
    ),
  });
  const found = await (within === undefined ? axe : axe.include(within)).analyze();
  return found.violations.map((one) => {
    const places = one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200));
    return `${one.id}: ${places.join('\n')} ${one.nodes[0]?.failureSummary}`;
  });
}

/**
 * Takes out what stands on the page twice already: the same elements in the same order, with the same
 * classes, styles, roles and states, texts in the same places, below the same ancestors. Where only words,
 * addresses and sizes differ, axe has nothing else to say. Runs in the page, so it can use nothing from
 * outside.
 */
function leaveTwoOfAKind(): void {
  // What differs from one to the next of a kind; that there is something in it does not.
  const free =
    /^(?:id|(?:xlink:)?href|src|alt|title|name|value|for|datetime|d|[xyr]|[cr][xy]|[xy][12]|points|width|height|viewBox|transform|mask|data-(?:code|d2|group|hash|id|index|rows|total)|aria-(?:label|labelledby|describedby|controls))$/;
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const scrolling = [...document.body.querySelectorAll<HTMLElement>('*')]
    .filter((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)
    .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflow))
    .map((one) => ({ one, width: one.scrollWidth, height: one.scrollHeight }));
  const scrolls = new Set<Element>(scrolling.map(({ one }) => one));
  const own = (one: Element): string =>
    [
      one.localName,
      scrolls.has(one),
      ...[...one.attributes].map(({ name, value }) =>
        free.test(name) ? `${name} ${value.trim() !== ''}` : `${name}=${value}`,
      ),
    ].join();

  const kinds = new Map<Element, number>();
  const kindOf = (one: Element): number => {
    const parts = [...one.childNodes].flatMap((node) => {
      if (node instanceof Element) return kindOf(node);
      return node instanceof Text && node.data.trim() !== '' ? 'text' : [];
    });
    // A list of three is as one of four.
    const kind = numberOf(`${own(one)}>${[...new Set(parts)].join()}`);
    kinds.set(one, kind);
    return kind;
  };
  kindOf(document.body);

  const seen = new Map<string, number>();
  const leaveTwo = (parent: Element, above: number): void => {
    const here = numberOf(`${above}/${own(parent)}`);
    // A row or a list of terms is at fault without its parts.
    const isWhole = parent.matches('tr, dl, dl > div, [role="row"]');
    for (const child of [...parent.children]) {
      const key = `${here}/${kinds.get(child)}`;
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      if (count > 2 && !isWhole) child.remove();
      else leaveTwo(child, here);
    }
  };
  leaveTwo(document.body, 0);

  // What scrolled must scroll still, since a keyboard has to reach it.
  for (const { one, width, height } of scrolling) {
    if (one.scrollWidth >= width && one.scrollHeight >= height) continue;
    const filler = document.createElement('span');
    filler.style.cssText = `display:block;width:${width}px;height:${height}px`;
    one.append(filler);
  }
}

interface Asked {
  rules?: string[];
  /** Rules that are left out. */
  without?: string[];
  /** The element that is looked into; the whole page without it. */
  within?: string;
}
