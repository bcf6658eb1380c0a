/** Templates of charts, read once each. */
import { oncePer, whileSame } from '../../base/index.ts';
import type { Place, SourceFile, Sources } from '../../source/index.ts';
import { parseTemplate, type Template, TemplateError } from '../../template/index.ts';
import { type Part, partsOf, spanAt } from './find-written.ts';
import { type Helpers, type Skeleton, writeSkeleton } from './skeleton.ts';

/** Undefined for a file that is no template, or one that Helm would not read. */
export function openTemplates(sources: Sources): (file: string, chart: string) => OpenTemplate | undefined {
  const known = new Map<string, OpenTemplate | undefined>();
  const helpers = new Map<string, SourceFile[]>();
  let defining: SourceFile[] | undefined;
  return (file, chart) => {
    const key = `${file}\0${chart}`;
    if (!known.has(key)) known.set(key, open(file, chart));
    return known.get(key);
  };

  function open(file: string, chart: string): OpenTemplate | undefined {
    const source = sources.files.get(file);
    const template = source && templateOf(source);
    if (source === undefined || template === undefined) return undefined;
    const defined = helpersIn(chart);
    const skeleton = sameSkeleton(source, defined, () =>
      writeSkeleton(file, template.body, helpersOf(defined)),
    );
    return {
      skeleton,
      parts: partsIn(source, skeleton),
      placeOf: (from, to) => placeOf(skeleton, sources, from, to),
    };
  }

  /** Files of the whole chart, the parts it holds included: Helm knows helpers by their names alone. */
  function helpersIn(chart: string): SourceFile[] {
    const below = chart === '.' ? '' : `${chart}/`;
    defining ??= [...sources.files.values()].filter(mayDefine);
    const found = helpers.get(chart) ?? defining.filter(({ path }) => path.startsWith(below));
    helpers.set(chart, found);
    return found;
  }
}

const mayDefine = oncePer(({ role, text }: SourceFile) => role === 'chart' && text.includes('define'));
const sameSkeleton = whileSame<SourceFile, Skeleton>();

function helpersOf(files: readonly SourceFile[]): Helpers {
  const found = new Map<string, { file: string; offset: number; body: Template['body'] }>();
  for (const source of files)
    for (const [name, body] of templateOf(source)?.named ?? [])
      found.set(name, { file: source.path, offset: source.text.indexOf(name), body });
  return found;
}

/** As they were read before of the same file, where nothing that it includes is otherwise. */
function partsIn(source: SourceFile, skeleton: Skeleton): Part[] {
  const known = read.get(source);
  if (known?.text === skeleton.text) return known.parts;
  const parts = partsOf(skeleton);
  read.set(source, { text: skeleton.text, parts });
  return parts;
}

const read = new WeakMap<SourceFile, { text: string; parts: Part[] }>();

const templateOf = oncePer(({ role, text }: SourceFile): Template | undefined =>
  role === 'chart' && text.length <= maxTemplate ? parsedText(text) : undefined,
);

function parsedText(text: string): Template | undefined {
  try {
    return parseTemplate(text, () => true);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return undefined;
  }
}

/** What stands at a place of the skeleton, in the file that it was written in; of actions the whole. */
function placeOf(skeleton: Skeleton, { files }: Sources, from: number, to: number): Place {
  const first = spanAt(skeleton, from);
  const { file = '' } = first ?? {};
  const { text = '' } = files.get(file) ?? {};
  const start = first?.slot
    ? Math.max(0, text.lastIndexOf('{{', first.offset))
    : (first?.offset ?? 0) + from - (first?.from ?? 0);
  const before = text.slice(0, start).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const rest = (text.slice(start).split('\n', 1)[0] ?? '').trimEnd();
  const last = spanAt(skeleton, Math.max(from, to - 1));
  const end =
    last === undefined || last.file !== file
      ? start
      : last.slot
        ? text.indexOf('}}', last.offset) + 2
        : last.offset + to - last.from;
  // What goes on in the next lines, or in a helper, ends with the line.
  const length = end > start && end - start <= rest.length ? end - start : rest.length;
  return { file, line, column, endLine: line, endColumn: column + Math.max(1, length) };
}

/** A larger template is not looked into. */
const maxTemplate = 500_000;

export interface OpenTemplate {
  skeleton: Skeleton;
  parts: Part[];
  /** Offsets of the skeleton → the template. */
  placeOf(from: number, to: number): Place;
}
