/** The live tables of a built page, taken apart where they may be cut. */
export function tablesOf(html: string): BuiltTable[] {
  const tables: BuiltTable[] = [];
  for (let at = html.indexOf(begin); at >= 0; at = html.indexOf(begin, at + 1)) {
    const table = tableAt(html, at);
    if (table !== null) tables.push(table);
  }
  return tables;
}

/** Null where it is not written as ours are. */
function tableAt(html: string, start: number): BuiltTable | null {
  const rows: BuiltRow[] = [];
  const headings = new Map<string, string>();
  let [group, name, row, opened, closed] = ['', '', -1, -1, -1];
  /** Where a row ends another begins, or its group ends. */
  const endRow = (at: number, isHeading: boolean) => {
    if (row < 0) return;
    if (isHeading) headings.set(name, html.slice(row, at));
    else rows.push({ group, heading: '', html: html.slice(row, at) });
    row = -1;
  };
  let isHeading = false;
  tag.lastIndex = start;
  for (let found = tag.exec(html); found !== null; found = tag.exec(html)) {
    const [text] = found;
    if (text.startsWith('<tbody')) {
      if (opened < 0) opened = found.index;
      name = / data-group="([^"]*)"/.exec(text)?.[1] ?? '';
      group = text.replace(/ style="[^"]*"/, '');
    } else if (text.startsWith('<tr')) {
      endRow(found.index, isHeading);
      if (opened >= 0) row = found.index;
      isHeading = text.includes('class="pl-group"');
      if (text.includes('class="pl-empty"')) return null;
    } else if (text.startsWith('</tbody')) {
      endRow(found.index, isHeading);
      closed = found.index + text.length;
    } else if (text.startsWith('</figure')) {
      if (opened < 0 || closed < 0) return null;
      const end = found.index + text.length;
      const before = html.slice(start, opened);
      return {
        ...{ start, end, before, after: html.slice(closed, end) },
        name: /^[^>]* id="([^"]*)\.table"/.exec(before)?.[1] ?? null,
        total: Number(/^[^>]* data-total="(\d+)"/.exec(before)?.[1] ?? 0),
        caption: /<figcaption[^>]*>([^<]*)</.exec(before)?.[1] ?? '',
        rows: rows.map((one) => ({ ...one, heading: headings.get(nameOf(one.group)) ?? '' })),
      };
    }
  }
  return null;
}

function nameOf(group: string): string {
  return / data-group="([^"]*)"/.exec(group)?.[1] ?? '';
}

const begin = '<figure class="pl-table';
const tag = /<\/?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;

export interface BuiltTable {
  /** Where its figure begins and ends. */
  start: number;
  end: number;
  /** All before its first row or heading of a group, and all behind the last. */
  before: string;
  after: string;
  /** What its address on the page goes by. */
  name: string | null;
  /** Rows there are, written or not. */
  total: number;
  /** HTML. */
  caption: string;
  rows: BuiltRow[];
}

interface BuiltRow {
  /** The tag that opens its group. */
  group: string;
  /** The row that names its group; empty where it has no name. */
  heading: string;
  html: string;
}
