/** What both template languages of ApplicationSets share. */
/** A name as DNS takes it: Argo CD's `normalize` and the `*Normalized` parameters. */
export function normalizeName(name: string): string {
  const safe = Array.from(name.toLowerCase(), (char) => (/[-a-z0-9.]/.test(char) ? char : '-')).join('');
  return safe
    .slice(0, 253)
    .replace(/^[-.]+/, '')
    .replace(/[-.]+$/, '');
}

/** Not ok: it could not be known, and why. */
export type Rendering<T> = { ok: true; value: T } | { ok: false; why: string };
