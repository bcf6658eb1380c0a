/**
 * Makes a group one stop of the keyboard: the arrows go from one of its stops to the next. Keys that have
 * done so go no further.
 */
export function rove(group: Element, selector: string): void {
  roveAmong([...group.querySelectorAll<HTMLElement | SVGElement>(selector)], group);
}

/** The same of stops that lie apart. @param within what holds them all. */
export function roveAmong(all: (HTMLElement | SVGElement)[], within: Element): void {
  const enter = (stop: HTMLElement | SVGElement) => {
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
    const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1 }[event.key];
    const next = at < 0 || to === undefined ? undefined : all[to];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  });
}
