/**
 * How long a page would keep the parser busy, which nothing can interrupt; `tooMuch` where it is more than a
 * few seconds, as of no page that somebody would write. Counted from its lines alone, in time linear in the
 * text: the parser (micromark) takes the square of the marks in a paragraph and of how deep its lists and
 * quotes are nested, reads what stands in a directive once for each one around it, and looks for the end of a
 * comment or of code through all of the paragraph, from each begin.
 */
export function workToParse(text: string, allowed = allowedWork): WorkToParse {
  if (text.length > longest)
    return { steps: 0, tooMuch: { offset: 0, words: `more than ${longest / 2 ** 20} MiB` } };
  let spent = 0;
  let offset = 0;
  let paragraph = emptyParagraph();
  const directives: OpenDirective[] = [];
  const lines = text.split(/(?<=\n|\r(?!\n))/);
  for (const [at, line] of lines.entries()) {
    const [lead = ''] = leadOf.exec(line) ?? [];
    const body = line.slice(lead.length);
    if (/^[ \t>\r\n]*$/.test(line)) paragraph = emptyParagraph();
    if (paragraph.isTable && !line.startsWith('|')) paragraph = { ...paragraph, isTable: false };
    if (paragraph.length === 0 && isTableAt(lines, at)) paragraph.isTable = true;
    // Each row of a table is read on its own.
    const before = paragraph.isTable ? { ...emptyParagraph(), length: 1, isTable: true } : paragraph;
    const now = withLine(before, lead, body);
    follow(directives, lead, body);
    spent +=
      perPair * (now.marks ** 2 - before.marks ** 2) +
      (now.length * now.scans - before.length * before.scans) +
      perDepth * now.depth ** 2 +
      perReading * directives.length * line.length;
    if (spent > allowed) return { steps: 0, tooMuch: { offset, words: wordsOf(now, directives.length) } };
    paragraph = now;
    offset += line.length;
  }
  return { steps: Math.ceil(text.length * perCharacter + spent * perPart), tooMuch: null };
}

/** A paragraph, or whatever else stands between two blank lines, with one more line. */
function withLine(paragraph: Paragraph, lead: string, body: string): Paragraph {
  const marks = body.match(/\*+|_+|~+|[[\]]/g)?.length ?? 0;
  const codes = body.includes('`') ? withRuns(paragraph.codes, body) : paragraph.codes;
  const scans = paragraph.scans + (body.match(/<[!?]/g)?.length ?? 0) + (codes.size - paragraph.codes.size);
  const indent = lead.replaceAll('\t', '    ').length;
  // A line of a paragraph belongs to the lists and quotes around it, whatever it begins with.
  const depth = Math.max(paragraph.depth, lead.match(/>|[^ \t>]+/g)?.length ?? 0, Math.floor(indent / 2));
  return {
    ...paragraph,
    length: paragraph.length + body.length,
    marks: paragraph.marks + marks,
    codes,
    scans,
    depth,
  };
}

function withRuns(known: ReadonlySet<number>, body: string): Set<number> {
  const codes = new Set(known);
  for (const [ticks] of body.matchAll(/`+/g)) codes.add(ticks.length);
  return codes;
}

/** The directives that hold other blocks (`:::note`) and are open after a line. */
function follow(open: OpenDirective[], lead: string, body: string): void {
  const [, colons, name = ''] = /^(:{3,})(.*)/.exec(body) ?? [];
  if (colons === undefined) return;
  const inContainer = /\S/.test(lead);
  const size = colons.length;
  if (name.trim() !== '') open.push({ size, inContainer });
  else {
    const closed = open.findIndex((one) => one.size <= size && (!inContainer || one.inContainer));
    if (closed >= 0) open.splice(closed);
  }
}

/** Whether a table begins in a line: only where it certainly is one are its rows read one by one. */
function isTableAt(lines: readonly string[], at: number): boolean {
  const [head = '', rule = ''] = [lines[at]?.trimEnd(), lines[at + 1]?.trimEnd()];
  return (
    /^\|[^\\`]*\|$/.test(head) &&
    /^\|(?:[ \t]*:?-+:?[ \t]*\|)+$/.test(rule) &&
    head.split('|').length === rule.split('|').length
  );
}

function wordsOf({ marks, depth }: Paragraph, directives: number): string {
  const kinds = [
    marks > 1000 ? `${marks} marks in one paragraph` : '',
    depth > 20 ? `blocks ${depth} deep in others` : '',
    directives > 20 ? `${directives} directives in one another` : '',
  ].filter((kind) => kind !== '');
  return kinds.length > 0 ? kinds.join(' and ') : 'marks in long paragraphs';
}

function emptyParagraph(): Paragraph {
  return { length: 0, marks: 0, codes: new Set(), scans: 0, depth: 0, isTable: false };
}

/** What a line may have before its own text: quotes, list marks and blanks. */
const leadOf = /^(?:[ \t]+|>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))*/;

/** Characters. */
const longest = 2 * 2 ** 20;
/** Parts of a step, of about 30 ns. Pages of real repositories take less than a tenth of it. */
const allowedWork = 50_000_000;
/** Steps for a character of any page, and for a part of one. */
const perCharacter = 2;
const perPart = 0.03;
const perPair = 1;
const perDepth = 20;
const perReading = 20;

interface Paragraph {
  length: number;
  /** Runs of emphasis, and brackets. */
  marks: number;
  /** The lengths of its runs of backticks: of those of one length each second one ends the first. */
  codes: ReadonlySet<number>;
  /** Begins whose end is looked for through the whole of it. */
  scans: number;
  /** Lists and quotes around it, at most. */
  depth: number;
  isTable: boolean;
}

interface OpenDirective {
  size: number;
  /** In a list or a quote, with which it ends. */
  inContainer: boolean;
}

export interface WorkToParse {
  /** About a microsecond of an ordinary core each; none for what is too much, as it is not parsed. */
  steps: number;
  tooMuch: TooMuch | null;
}

interface TooMuch {
  /** Of the line from which on it is too much. */
  offset: number;
  words: string;
}
