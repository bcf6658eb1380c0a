/**
 * A link in its parts: the path as written, and the fragment decoded; null for either where there is none.
 */
export function splitUrl(url: string): SplitUrl {
  const [, path = '', query = '', fragment] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(url) ?? [];
  return { path, query, written: fragment ?? null, fragment: fragment ? decoded(fragment) : null };
}

/** Percent signs that encode nothing stay as they are. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface SplitUrl {
  path: string;
  /** With its `?`. */
  query: string;
  /** The fragment as written, without `#`. */
  written: string | null;
  fragment: string | null;
}
