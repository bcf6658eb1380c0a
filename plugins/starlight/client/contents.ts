/**
 * The contents of a page that is made: which part is read is marked in them, and a way that was taken closes
 * them.
 */

/** Pixels from the top of the window at which a heading is the one that is read; it is needed at once. */
const belowHeader = 160;

const list = document.querySelector<HTMLElement>('#pl-toc');
if (list) follow(list);

function follow(list: HTMLElement): void {
  list.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLAnchorElement && list.matches(':popover-open')) list.hidePopover();
  });
  const parts = [...list.querySelectorAll('a')].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });
  const mark = () => {
    const read = parts.findLast(({ heading }) => heading.getBoundingClientRect().top < belowHeader);
    for (const { link } of parts) link.ariaCurrent = link === read?.link ? 'true' : null;
  };
  let isAsked = false;
  addEventListener(
    'scroll',
    () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
