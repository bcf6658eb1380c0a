/** What was opened last from the search, by slug, newest first. Without storage there is nothing. */
export function readRecent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function remember(slug: string): void {
  try {
    const others = readRecent().filter((one) => one !== slug);
    localStorage.setItem(key, JSON.stringify([slug, ...others].slice(0, most)));
  } catch {
    // A browser that keeps nothing has no recent ones.
  }
}

const key = 'plumbline-recent';
const most = 6;
