/** Names as Argo CD makes them safe. */

/** A name as DNS takes it: Argo CD's `normalize` and the `*Normalized` parameters. */
export function normalizeName(name: string): string {
  const safe = Array.from(name.toLowerCase(), (char) => (/[-a-z0-9.]/.test(char) ? char : '-')).join('');
  return safe
    .slice(0, 253)
    .replace(/^[-.]+/, '')
    .replace(/[-.]+$/, '');
}

/** Argo CD's `slugify`: cut at `max` characters, or with `smart` at the last dash before them. */
export function slugifyName(name: string, max = 50, smart = false): string {
  const safe = normalizeName(name);
  const cut = !smart && max > 0 ? safe.slice(0, max) : safe;
  const slug = cut
    .replace(/[^a-z0-9_-]/g, '-')
    .replace(/-+/g, '-')
    .replace(/^[-_]+/, '')
    .replace(/[-_]+$/, '');
  if (!smart || max <= 0 || slug.length <= max) return slug;
  const dash = slug.lastIndexOf('-', max);
  return dash >= 0 ? slug.slice(0, dash) : slug.slice(0, max);
}
