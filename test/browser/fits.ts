import type { Page } from 'playwright';

/**
 * What of a page is cut off sideways: tables and drawings that are wider than their frames, with those that
 * stand folded up. Runs in the page, so it can use nothing from outside.
 */
export async function cutOff(page: Page): Promise<CutOff> {
  return page.evaluate(() => {
    const folded = document.querySelectorAll<HTMLDetailsElement>('details:not([open])');
    for (const details of folded) details.open = true;
    const wide = (selector: string) => {
      const frames = [...document.querySelectorAll<HTMLElement>(selector)];
      const seen = frames.filter((frame) => frame.getClientRects().length > 0);
      const cut = seen.filter((frame) => frame.scrollWidth > frame.clientWidth + 1);
      return {
        all: seen.length,
        cut: cut.map((frame) => frame.closest('figure')?.querySelector('.pl-caption')?.textContent ?? '?'),
      };
    };
    const found = {
      tables: wide('.pl-scroll'),
      diagrams: wide('.pl-diagram :is(.pl-canvas, .pl-outline)'),
    };
    for (const details of folded) details.open = false;
    return found;
  });
}

/** Stops of the Tab key before the foot of a page, besides those of the site's own frame. */
export async function stopsWithin(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    const all = main?.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, [tabindex]');
    return [...(all ?? [])].filter(
      (one) =>
        one.tabIndex >= 0 &&
        !one.closest('footer') &&
        one.getClientRects().length > 0 &&
        !one.matches(':disabled'),
    ).length;
  });
}

/** How far a page jumped about while it came, as the browser counts it. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & Shift)[])
            if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 300);
      }),
  );

  interface Shift {
    value: number;
    hadRecentInput: boolean;
  }
}

interface CutOff {
  tables: { all: number; cut: string[] };
  diagrams: { all: number; cut: string[] };
}
