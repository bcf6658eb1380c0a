import type { Root } from 'mdast';
import { remark } from 'remark';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import { codeRead, countedAcorn, isTooMuchCode, mostCode, startCode } from './counted-acorn.ts';
import { remarkDirectivePlaces } from './directive-places.ts';
import { type WorkToParse, workToParse } from './parse-work.ts';

/**
 * A page's syntax tree, parsed as the site parses it. Only MDX has pages that do not parse; one that would
 * keep the parser busy without end is not given to it.
 * @param work what `workToParse` says of it.
 * @param room characters of code that may be read, where a run has fewer left than a page may have.
 */
export function parsePage(
  text: string,
  format: PageFormat,
  { tooMuch }: Pick<WorkToParse, 'tooMuch'> = workToParse(text),
  room = mostCode,
): Parsed {
  if (tooMuch !== null) {
    const message = `the parser would take too long: ${tooMuch.words}`;
    return { ok: false, message, offset: tooMuch.offset, help: 'break it up, by blank lines or into pages' };
  }
  startCode(room);
  try {
    return { ok: true, tree: processorOf(format).parse(text) };
  } catch (error) {
    // Built for development unified's packages assert that tags and labels close one another.
    if (isAssertion(error)) return { ok: false, message: 'its tags and labels cross one another', offset: 0 };
    if (!(error instanceof Error) || !('reason' in error)) throw error;
    const place = 'place' in error ? error.place : undefined;
    if (isTooMuchCode()) {
      if (codeRead() <= mostCode) return { ok: false, message: leftOutCode, offset: 0, isLeftOut: true };
      const message = 'the parser would take too long: code that has no end, over many lines';
      return { ok: false, message, offset: offsetOf(place), help: 'close its brackets' };
    }
    return { ok: false, message: String(error.reason), offset: offsetOf(place) };
  }
}

function isAssertion(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ASSERTION';
}

/** What parses and writes pages of a format. */
export function processorOf(format: PageFormat): typeof markdown | typeof mdx {
  return format === 'mdx' ? mdx : markdown;
}

/** The format of a page by the name of its file. */
export function formatOf(file: string): PageFormat {
  return /\.mdx$/i.test(file) ? 'mdx' : 'md';
}

/** Offset of a point or of a range's start; 0 where the parser tells none. */
function offsetOf(place: unknown): number {
  if (typeof place !== 'object' || place === null) return 0;
  const point = 'start' in place ? place.start : place;
  const offset = typeof point === 'object' && point !== null && 'offset' in point ? point.offset : 0;
  return typeof offset === 'number' ? offset : 0;
}

const leftOutCode =
  'the code of MDX in all pages together is more than a run reads, and that of others came first';
const markdown = remark()
  .use(remarkGfm)
  .use(remarkFrontmatter, ['yaml', 'toml'])
  .use(remarkDirective)
  .use(remarkDirectivePlaces)
  .freeze();
const mdx = markdown().use(remarkMdx, { acorn: countedAcorn }).freeze();

export type PageFormat = 'md' | 'mdx';

export type Parsed = { ok: true; tree: Root } | ({ ok: false } & Unparsed);

/** Why a page has no tree, with the offset where that is. */
export interface Unparsed {
  message: string;
  offset: number;
  help?: string;
  /** It is no fault of the page: what a run may have parsed was at its end. */
  isLeftOut?: true;
}
