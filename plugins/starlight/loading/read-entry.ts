/** What the front matter says; of a page with one that does not parse, whoever's it is, the page remains. */
export async function readInfo(
  type: EntryType,
  entry: Parameters<EntryType['getEntryInfo']>[0],
): Promise<EntryInfo> {
  try {
    const info = await type.getEntryInfo(entry);
    return { ...info, data: foreignData(info.data) };
  } catch {
    return withoutFrontMatter(entry.contents);
  }
}

/** A page whose front matter is let be. */
export function withoutFrontMatter(contents: string): EntryInfo {
  const body = contents.replace(/^\ufeff?---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/, '');
  return { data: {}, body };
}

/** Of front matter that was written for another site what every page has: a schema could refuse the rest. */
function foreignData({ title, description }: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(typeof title === 'string' || typeof title === 'number' ? { title: String(title) } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}

export interface EntryType {
  getEntryInfo(entry: { contents: string; fileUrl: URL }): Promise<EntryInfo>;
}

/** What the front matter of a page says, and more. */
export interface EntryInfo {
  data: Record<string, unknown>;
  body?: string;
}
