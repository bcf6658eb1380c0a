/** Does something to each part of a table: at once where they are few, else one after another. */
export function inSlices(table: HTMLTableElement, act: (part: HTMLTableSectionElement) => void): void {
  const parts = [...(table.tHead ? [table.tHead] : []), ...table.tBodies];
  const next = () => {
    const part = parts.shift();
    if (part === undefined) return;
    act(part);
    if (table.rows.length > mostAtOnce) setTimeout(next);
    else next();
  };
  next();
}

/** Rows. */
const mostAtOnce = 500;

export function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act);
  else setTimeout(act, 200);
}
