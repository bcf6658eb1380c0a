import { posix } from 'node:path';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { stringify } from 'yaml';
import { type JsonValue, stableStringify } from '../../../base/index.ts';
import { longestManifest } from '../../../engine/index.ts';
import type { Resource } from '../../../model/index.ts';
import type { Content } from '../../../remark/index.ts';
import type { Place } from '../../../source/index.ts';
import { block, fileOf, place, unsearched } from '../html.ts';
import { changedLines } from './changed-lines.ts';
import { type CodeLine, codeLines } from './code-lines.ts';
import { differingLines, saysAll } from './differing-lines.ts';
import type { Section, Thing } from './thing.ts';

/**
 * What is written, with its comments and line numbers, and beside it what the cluster gets, where that is
 * not the same: each line that is not as written with the line that made it so.
 */
export function manifestSections(thing: Thing): Section[] {
  const { resource, explanation, page } = thing;
  const { say } = page.speech;
  if (explanation.isMade) return [];
  const written = writtenPart(thing);
  const notes = resource.kind === 'Secret' ? [say('resource.secretKeys')] : [];
  if (written !== null && isAsWritten(thing)) {
    const same = resource.source === 'file' ? [] : [say('manifest.same', { engine: engineOf(resource) })];
    return [{ title: say('manifest.title'), body: [...same, written, ...notes].join('\n\n') }];
  }
  return [
    ...(written === null
      ? []
      : [
          {
            title: say(isWritten(resource) ? 'manifest.written' : 'manifest.maker'),
            body: written,
          },
        ]),
    {
      title: say('manifest.rendered'),
      body: [...renderedPart(thing), ...notes].join('\n\n'),
    },
  ];
}

/** The lines of its file, or of what generates it; null where the file is not here. */
function writtenPart({ resource, page }: Thing): string | null {
  const { origin } = resource;
  const lines = page.platform.sources.files.get(origin.file)?.text.split('\n');
  if (lines === undefined || resource.origin.fetched !== undefined) return null;
  const end = isWritten(resource) ? Math.max(origin.endLine, origin.line) : endOfEntry(lines, origin.line);
  const own = lines.slice(origin.line - 1, end);
  while (own.at(-1)?.trim() === '') own.pop();
  const shown = own.slice(0, longestManifest).map((text): CodeLine => ({ text }));
  const caption = [fileOf(origin, page), ...moreLines(own.length - shown.length, { page })];
  return codeLines({ caption, lines: shown, first: origin.line, anchor: '' });
}

/** What made it, and as the cluster gets it, but for what is as written or what the former says. */
function renderedPart({ resource, page }: Thing): string[] {
  const steps = stepsOf({ resource, page });
  const made =
    steps.length === 0 ? [] : [block(h('ul.pl-made.not-content', unsearched, steps.map(stepElement)))];
  const { platform, speech } = page;
  const text = stringify(resource.rendered, { lineWidth: 0 }).trimEnd();
  const written = documentOf(resource, { page })?.value;
  const causes =
    written === undefined ? new Map<number, string>() : changedLines(text, written, resource, platform);
  const all = text.split('\n');
  const differing =
    written === undefined
      ? null
      : differingLines(all, new Set(causes.keys()), written, resource.rendered as JsonValue);
  const engine = engineOf(resource);
  const told = steps.flatMap(({ excerpt }) => excerpt);
  if (differing !== null && saysAll(told, differing, new Set(causes.keys()), all))
    return [...made, speech.say('manifest.added', { engine })];
  const numbers = differing ?? all.map((_, index) => index + 1);
  const lines = numbers.slice(0, longestManifest).map((number): CodeLine => {
    const cause = causes.get(number);
    return {
      text: all[number - 1] ?? '',
      note: cause === '' ? speech.say('manifest.changed') : cause,
    };
  });
  const caption = [
    speech.say(differing === null ? 'manifest.asApplied' : 'manifest.differing', { engine }),
    ...moreLines(numbers.length - lines.length, { page }),
  ];
  return [...made, codeLines({ caption, lines, first: differing === null ? 1 : null })];
}

/** The kustomizations, patches and transformers on its way, with their lines where no Git host shows them. */
function stepsOf({ resource, page }: Pick<Thing, 'resource' | 'page'>): Step[] {
  const folder = posix.dirname(resource.origin.file);
  return resource.origin.via.map(({ file, line, what }) => {
    const at = { file, line, column: 1, endLine: line, endColumn: 1 };
    const isElsewhere = page.links.place(at)?.startsWith('http') ?? false;
    // What makes it stands right above, and a kustomization only names its file.
    const isAbove = file === resource.origin.file && line === resource.origin.line;
    const isTold = isElsewhere || isAbove || what === 'kustomization';
    // Its own folder stands above.
    const name = posix.dirname(file) === folder ? posix.basename(file) : file;
    return {
      what,
      link: place(at, page, resource, `${name}:${line}`),
      excerpt: isTold ? [] : linesFrom(at, { page }),
    };
  });
}

function stepElement({ what, link, excerpt }: Step): Element {
  return h('li', [link, ` ${what}`, ...(excerpt.length === 0 ? [] : [excerptElement(excerpt)])]);
}

function excerptElement(lines: string[]): Content {
  const [first = '', ...rest] = lines;
  const indent = /^\s*/.exec(first)?.[0].length ?? 0;
  const text = [first, ...rest].map((one) => h('span', one.slice(indent)));
  return h('code.pl-excerpt', text);
}

/** The entry that begins at a line: what follows and is indented more. */
function linesFrom({ file, line }: Place, { page }: Pick<Thing, 'page'>): string[] {
  const lines =
    page.platform.sources.files
      .get(file)
      ?.text.split('\n')
      .slice(line - 1) ?? [];
  const indent = (text: string) => /^[\s]*/.exec(text)?.[0].length ?? 0;
  const [first = ''] = lines;
  const end = lines.findIndex((text, index) => index > 0 && indent(text) <= indent(first));
  return lines
    .slice(0, Math.min(end < 0 ? lines.length : end, longestExcerpt))
    .filter((text) => text.trim() !== '');
}

/** `kustomize`, `Helm`, `ApplicationSet cicd`. */
function engineOf({ source, generatedBy }: Resource): string {
  if (source === 'applicationset') return `ApplicationSet ${generatedBy?.split('/').at(-1) ?? ''}`;
  return source === 'helm' ? 'Helm' : source === 'kustomize' ? 'kustomize' : 'Argo CD';
}

/** True of a document of its own; false of what a chart, a generator or a set makes. */
function isWritten({ source, origin }: Resource): boolean {
  return origin.document >= 0 && source !== 'applicationset';
}

/** The last line of the entry that begins at a line, which is all that is indented more. */
function endOfEntry(lines: readonly string[], first: number): number {
  const indentOf = (text = '') => /^\s*/.exec(text)?.[0].length ?? 0;
  const own = indentOf(lines[first - 1]);
  const next = lines.findIndex(
    (text, index) => index >= first && text.trim() !== '' && indentOf(text) <= own,
  );
  return next < 0 ? lines.length : next;
}

function isAsWritten(thing: Thing): boolean {
  const written = documentOf(thing.resource, thing)?.value;
  return written !== undefined && stableStringify(written) === stableStringify(thing.resource.rendered);
}

/** Its own document; undefined for what a generator or a chart makes. */
function documentOf({ origin, source }: Resource, { page }: Pick<Thing, 'page'>) {
  if (source !== 'file' && source !== 'kustomize') return undefined;
  return page.platform.sources.files
    .get(origin.file)
    ?.documents.find(({ index }) => index === origin.document);
}

function moreLines(count: number, { page }: Pick<Thing, 'page'>): (Element | string)[] {
  return count > 0 ? [' ', h('span.pl-muted', page.speech.say('resource.moreLines', { count }))] : [];
}

const longestExcerpt = 8;

interface Step {
  what: string;
  link: Element;
  /** Lines of it; none where they say nothing more. */
  excerpt: string[];
}
