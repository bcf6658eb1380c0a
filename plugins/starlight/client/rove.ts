/**
 * Makes a group one stop of the keyboard: the arrows go from one of its stops to the next. Keys that have
 * done so go no further.
 */
export function rove(group: Element, selector: string): () => void {
  return roveAmong([...group.querySelectorAll<Stop>(selector)], group);
}

/**
 * The same of stops that lie apart.
 * @param within what holds them all.
 * @returns what lets the keyboard in where a stop can be seen, once others are hidden or shown.
 */
export function roveAmong(all: Stop[], within: Element): () => void {
  const enter = (stop: Stop) => {
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  };
  if (all[0]) enter(all[0]);
  within.addEventListener('focusin', ({ target }) => {
    const stop = all.find((one) => one === target);
    if (stop) enter(stop);
  });
  within.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const at = target instanceof HTMLElement || target instanceof SVGElement ? all.indexOf(target) : -1;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (at < 0 || step === undefined) return;
    const next = step > 0 ? all.slice(at + 1).find(isSeen) : all.slice(0, at).findLast(isSeen);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  });
  return () => {
    const first = all.some((one) => one.tabIndex === 0 && isSeen(one)) ? undefined : all.find(isSeen);
    if (first) enter(first);
  };
}

/** What is hidden, or folded away, takes no focus. */
export function isSeen(stop: Element): boolean {
  return stop.checkVisibility();
}

type Stop = HTMLElement | SVGElement;
