/** One generator → its sets of parameters, or why they cannot be known. */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../source/index.ts';
import { directoryParameters, matchDirectories } from './directories.ts';
import type { Rendering } from './rendering.ts';
import { renderText, type TemplateOptions } from './template.ts';

export function generate(
  kind: string,
  generator: JsonObject,
  options: TemplateOptions,
  context: SetContext,
): Rendering<JsonObject[]> {
  if (kind === 'list') return fromList(generator, options);
  if (kind === 'git' && Array.isArray(generator.directories))
    return fromDirectories(generator, options, context);
  if (kind === 'git') return { ok: false, why: 'a git generator over files is not expanded' };
  return { ok: false, why: `a \`${kind}\` generator ${needs[kind] ?? 'is not known'}` };
}

const needs: Record<string, string> = {
  clusters: 'needs the clusters that Argo CD knows',
  matrix: 'is not expanded',
  merge: 'is not expanded',
  scmProvider: 'needs the network',
  pullRequest: 'needs the network',
  plugin: 'needs the network',
  clusterDecisionResource: 'needs a cluster',
};

function fromDirectories(
  generator: JsonObject,
  options: TemplateOptions,
  context: SetContext,
): Rendering<JsonObject[]> {
  const items = listAt(generator, 'directories').map((item) => ({
    path: textAt(item, 'path') ?? '',
    exclude: isObject(item) && item.exclude === true,
  }));
  const directories = matchDirectories(items, context.directories);
  const url = textAt(generator, 'repoURL') ?? '';
  if (!context.isLocal(url, () => directories.length > 0)) {
    return { ok: false, why: `the git generator reads another repository, \`${url}\`` };
  }
  const outside = items.find((item) => !item.exclude && !context.covers(fixedPart(item.path)));
  if (outside)
    return { ok: false, why: `\`${outside.path}\` lies outside the manifest folders that are read` };
  const sets: JsonObject[] = [];
  for (const directory of directories) {
    const own = directoryParameters(
      directory,
      options.goTemplate,
      textAt(generator, 'pathParamPrefix') ?? '',
    );
    const values = renderValues(generator, own, options);
    if (!values.ok) return values;
    sets.push({ ...own, ...values.value });
  }
  return { ok: true, value: sets };
}

/** The part of a pattern before its first wildcard, whole names only. */
function fixedPart(pattern: string): string {
  const names = pattern.split('/');
  const wild = names.findIndex((name) => /[*?[\\]/.test(name));
  return (wild < 0 ? names : names.slice(0, wild)).join('/') || '.';
}

function renderValues(
  generator: JsonObject,
  own: JsonObject,
  options: TemplateOptions,
): Rendering<JsonObject> {
  const rendered: JsonObject = {};
  for (const [key, value] of Object.entries(objectAt(generator, 'values'))) {
    const text = renderText(String(value), own, options);
    if (!text.ok) return text;
    rendered[options.goTemplate ? key : `values.${key}`] = text.value;
  }
  if (!options.goTemplate || Object.keys(rendered).length === 0) return { ok: true, value: rendered };
  return { ok: true, value: { values: rendered } };
}

function fromList(generator: JsonObject, options: TemplateOptions): Rendering<JsonObject[]> {
  if (generator.elementsYaml !== undefined)
    return { ok: false, why: 'a list generator with `elementsYaml` is not expanded' };
  const sets: JsonObject[] = [];
  for (const element of listAt(generator, 'elements')) {
    if (!isObject(element)) return { ok: false, why: 'an element of the list is no mapping' };
    if (options.goTemplate) {
      sets.push(element);
      continue;
    }
    const flat: JsonObject = {};
    for (const [key, value] of Object.entries(element)) {
      if (key === 'values' && isObject(value)) {
        for (const [name, inner] of Object.entries(value)) {
          if (typeof inner !== 'string') return { ok: false, why: 'error parsing values map' };
          flat[`values.${name}`] = inner;
        }
      } else if (typeof value === 'string') flat[key] = value;
      else
        return {
          ok: false,
          why: `\`${key}\` of a list element is no text, which a set without goTemplate refuses`,
        };
    }
    sets.push(flat);
  }
  return { ok: true, value: sets };
}

export interface SetContext {
  /** Directories of the repository as Argo CD lists them. */
  directories: readonly string[];
  isLocal(url: string, exists: () => boolean): boolean;
  covers(path: string): boolean;
}
