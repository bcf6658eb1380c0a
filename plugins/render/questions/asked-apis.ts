import { compareText } from '../../base/index.ts';

/**
 * What the templates of a chart ask of the cluster that they are rendered for: whether it serves an API, and
 * what `lookup` finds there. Helm without a cluster knows Kubernetes' own APIs alone and finds nothing, and
 * leaves the rest out without a word. What a named template asks counts where it is included.
 * @param files of the chart and of the charts in it, by their path in it.
 * @param values texts that its templates may render with `tpl`.
 */
export function questionsIn(files: readonly TemplateFile[], values: readonly string[] = []): Questions {
  const given = values.map((text) => ({ path: 'templates/', text }));
  const templates = [...files, ...given].filter(({ path }) => /(^|\/)templates\//.test(path));
  const others = files.filter(
    ({ path, text }) => /\.ya?ml$/.test(path) && !/(^|\/)(templates|crds)\//.test(path) && asks.test(text),
  );
  if (others.length === 0 && !templates.some(({ text }) => asks.test(text))) return noQuestions;
  const named = new Map<string, string[]>();
  for (const { text } of templates)
    for (const [name, body] of definitionsIn(text)) named.set(name, [...(named.get(name) ?? []), body]);
  const all = templates.flatMap(({ text }) => kindsIn(text));
  const found: Found = { apis: new Map(), any: false, lookups: [] };
  for (const { text } of [...templates, ...others]) {
    const own = kindsIn(text);
    // Of named templates alone nothing is made.
    if (own.length === 0 && definition.test(text)) continue;
    const texts = included(text, named);
    for (const one of texts) note(one, own.length === 0 ? all : own, found);
  }
  const sorted = [...found.apis].sort(([a], [b]) => compareText(a, b));
  return {
    apis: Object.fromEntries(sorted.map(([api, kinds]) => [api, distinct(kinds)])),
    any: found.any,
    lookups: distinct(found.lookups),
  };
}

/** The same of several charts that are rendered together. */
export function unitedQuestions(all: readonly Questions[]): Questions {
  const apis = all.flatMap((one) => Object.entries(one.apis));
  const names = distinct(apis.map(([api]) => api));
  return {
    apis: Object.fromEntries(
      names.map((api) => [api, distinct(apis.flatMap(([name, kinds]) => (name === api ? kinds : [])))]),
    ),
    any: all.some((one) => one.any),
    lookups: distinct(all.flatMap((one) => one.lookups)),
  };
}

/**
 * True for an API that not every cluster serves: Kubernetes' own all do, but for those of its groups that
 * come by themselves.
 */
export function isForeignApi(api: string): boolean {
  const [group = ''] = api.split('/');
  if (!group.includes('.')) return false;
  return (
    !/^[a-z]+(\.(authorization|apiserver))?\.k8s\.io$/.test(group) ||
    /^(metrics|gateway|snapshot)\b/.test(group)
  );
}

function note(text: string, kinds: readonly string[], found: Found): void {
  for (const [, api = ''] of text.matchAll(question)) {
    const named = api.split('/')[2];
    const known = found.apis.get(api) ?? [];
    found.apis.set(api, [...known, ...kinds, ...(named === undefined ? [] : [named])]);
  }
  found.any ||= madeUp.test(text);
  if (lookup.test(text)) found.lookups.push(...kinds);
}

/** The text, and those of all named templates that it includes at any depth. */
function included(text: string, named: ReadonlyMap<string, readonly string[]>): string[] {
  const texts = [text];
  const seen = new Set<string>();
  for (const one of texts)
    for (const [, name = ''] of one.matchAll(inclusion)) {
      if (seen.has(name)) continue;
      seen.add(name);
      texts.push(...(named.get(name) ?? []));
    }
  return texts;
}

/** Named templates, each to where the next one begins. */
function definitionsIn(text: string): [string, string][] {
  return text.split(/(?=\{\{-?\s*define\s)/).flatMap((part): [string, string][] => {
    const name = definition.exec(part)?.[1];
    return name === undefined ? [] : [[name, part]];
  });
}

function kindsIn(text: string): string[] {
  return [...text.matchAll(/^kind:[ \t]*["']?([A-Z]\w*)/gm)].map(([, kind = '']) => kind);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

const definition = /\{\{-?\s*define\s+["`]([^"`\n]+)["`]/;
const inclusion = /\b(?:include|template)\s+\(?\s*["`]([^"`\n]+)["`]/g;
/**
 * `.Capabilities.APIVersions.Has "monitoring.coreos.com/v1"`, in any of its spellings, and through the helper
 * that many charts share.
 */
const question =
  /(?:\bAPIVersions\.Has|\bapiVersions\.has["`])\s*\(?\s*(?:dict\s+["`]version["`]\s+)?["`]([\w.-]+(?:\/[\w.-]+){0,2})["`]/g;
/** A name that is no text, or the whole list. */
const madeUp = /\bAPIVersions(?:\.Has\s*\(?\s*[.$a-z]|\s*(?:[|)]|-?\}\}))/;
const lookup = /\{\{[^{}]*(?<![\w.$"-])lookup\s+["`$.(]/;
const asks = /\bAPIVersions\b|\bapiVersions\.has\b|\blookup\b/;

export const noQuestions: Questions = { apis: {}, any: false, lookups: [] };

export interface Questions {
  /** Each API that is asked for, `GROUP/VERSION` or `GROUP/VERSION/KIND`: the kinds that may hang on it. */
  apis: Record<string, string[]>;
  /** True where it asks for others by names that it makes up. */
  any: boolean;
  /** Kinds that may hang on what `lookup` finds. */
  lookups: string[];
}

export interface TemplateFile {
  path: string;
  text: string;
}

interface Found {
  apis: Map<string, string[]>;
  any: boolean;
  lookups: string[];
}
