/**
 * An address that a browser runs or shows as a document of its own making, however it is written: browsers
 * skip blanks and control characters. A picture may be its own bytes.
 */
export function runsSomething(url: string, kind: 'link' | 'image' = 'link'): boolean {
  return schemeThatRuns(url, kind) !== null;
}

/** The scheme of such an address, in lower case; null for any other. */
export function schemeThatRuns(url: string, kind: 'link' | 'image' = 'link'): string | null {
  const bare = decoded(url).replaceAll(/[\p{Cc}\p{Z}]/gu, '');
  if (kind === 'image' && /^data:image\//i.test(bare)) return null;
  return /^(?:javascript|vbscript|data)(?=:)/i.exec(bare)?.[0].toLowerCase() ?? null;
}

/**
 * An address whose percent signs can be decoded: those that encode nothing are encoded themselves. Astro
 * decodes the address of every picture, and a page with another would be empty.
 */
export function wellFormed(url: string): string {
  try {
    decodeURI(url);
    return url;
  } catch {
    return url.replaceAll('%', '%25');
  }
}

/** No browser decodes a scheme, but what rewrites addresses may. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
