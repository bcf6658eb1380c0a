import { compareText, digestOf } from '../base/index.ts';
import { codeRead } from './counted-acorn.ts';
import { formatOf, type Parsed, parsePage } from './parse-page.ts';
import { type WorkToParse, workToParse } from './parse-work.ts';

/**
 * What the parser may do for all pages of a run. Of pages that are planned together the smallest come
 * first, so that what is too large leaves out itself and nothing else, the same on every machine; others
 * (what a link leads to beyond the docs, a page that is parsed again) have what is left, as they come.
 * @param keeps characters of pages whose trees are kept, from one run to the next, the last ones parsed: for
 * whoever checks the same pages again and again. What they cost is counted all the same.
 */
export function openParseRoom({ steps, code }: Room = roomOfRun, keeps = 0): ParseRoom {
  const kept = openKept(keeps);
  const planned = new Map<string, Planned>();
  let left = steps;
  let codeLeft = code;

  function workOf(path: string, text: string): WorkToParse & { isLeftOut: boolean } {
    const plan = planned.get(path);
    if (plan?.digest === digestOf(text)) {
      // Once: who parses it again pays again.
      if (!plan.isLeftOut) planned.delete(path);
      return plan;
    }
    const work = workToParse(text);
    const isLeftOut = work.steps > left;
    if (!isLeftOut) left -= work.steps;
    return { ...work, isLeftOut };
  }

  return {
    plan(pages) {
      const counted: [string, Planned][] = [];
      for (const path of pages.paths) {
        const text = pages.textOf(path);
        if (text !== null)
          counted.push([path, { ...workToParse(text), digest: digestOf(text), isLeftOut: false }]);
      }
      counted.sort(([a, one], [b, other]) => one.steps - other.steps || compareText(a, b));
      for (const [path, plan] of counted) {
        plan.isLeftOut = plan.steps > left;
        if (!plan.isLeftOut) left -= plan.steps;
        planned.set(path, plan);
      }
    },
    parse(path, text) {
      const { isLeftOut, ...work } = workOf(path, text);
      if (isLeftOut) return { ok: false, message: leftOutPage, offset: 0, isLeftOut };
      const known = kept.get(path, text);
      if (known !== undefined && known.code <= codeLeft) {
        codeLeft -= known.code;
        return known.parsed;
      }
      const parsed = parsePage(text, formatOf(path), work, codeLeft);
      const read = work.tooMuch === null ? codeRead() : 0;
      codeLeft -= read;
      if (parsed.ok) kept.put(path, { text, parsed, code: read });
      return parsed;
    },
    clear() {
      planned.clear();
      left = steps;
      codeLeft = code;
    },
  };
}

/** Pages as they were parsed, those that were parsed last, of so many characters together. */
function openKept(most: number) {
  const pages = new Map<string, KeptPage>();
  let length = 0;
  const drop = (path: string) => {
    length -= pages.get(path)?.text.length ?? 0;
    pages.delete(path);
  };
  return {
    get(path: string, text: string): KeptPage | undefined {
      const page = pages.get(path);
      return page?.text === text ? page : undefined;
    },
    put(path: string, page: KeptPage): void {
      drop(path);
      if (page.text.length > most) return;
      pages.set(path, page);
      length += page.text.length;
      for (const oldest of pages.keys()) {
        if (length <= most) return;
        drop(oldest);
      }
    },
  };
}

const leftOutPage =
  'the Markdown of all pages together takes more steps of work than a run has, and smaller pages come first';

/**
 * A minute, for some 30 MB of ordinary Markdown, and as much of code. The largest of 33 public repositories
 * takes a sixth of it, the next a sixteenth.
 */
const roomOfRun: Room = { steps: 60_000_000, code: 120_000_000 };

interface Room {
  steps: number;
  /** Characters of MDX's code. */
  code: number;
}

interface KeptPage {
  text: string;
  parsed: Parsed;
  /** Characters of code in it. */
  code: number;
}

interface Planned extends WorkToParse {
  /** Of the text that was counted. */
  digest: string;
  isLeftOut: boolean;
}

export interface ParseRoom {
  /** Pages that are to be parsed, by their paths; those without a text are none. */
  plan(pages: { paths: readonly string[]; textOf: (path: string) => string | null }): void;
  /** As `parsePage`, where there is room for it. */
  parse(path: string, text: string): Parsed;
  /** For another run. */
  clear(): void;
}
