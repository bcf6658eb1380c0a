/** ApplicationSet → the Applications that it generates, as far as that can be known from the repository alone. */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../source/index.ts';
import { generate, type SetContext } from './generators.ts';
import type { Rendering } from './rendering.ts';
import { isSelected } from './selector.ts';
import { renderTemplate, type TemplateOptions } from './template.ts';

const finalizer = 'resources-finalizer.argocd.argoproj.io';

/**
 * Expands one set. A generator, a template or a function that is not evaluated makes the expansion incomplete:
 * `unverified` then says why, and the Applications of the other generators still stand (in a cluster, an error of
 * one would stop them all; here nothing has failed, it is only not known).
 */
export function expandApplicationSet(set: JsonObject, context: SetContext): Expansion {
  const generators = listAt(set, 'spec', 'generators');
  const options: TemplateOptions = {
    goTemplate: set.spec !== undefined && objectAt(set, 'spec').goTemplate === true,
    missingKeyError: listAt(set, 'spec', 'goTemplateOptions').includes('missingkey=error'),
  };
  const expansion: Expansion = { generators: [], applications: [], unverified: [], empty: [] };
  if (generators.length === 0)
    expansion.unverified.push({ why: 'the set has no generators', path: ['spec', 'generators'] });
  for (const [index, entry] of generators.entries()) {
    const path = ['spec', 'generators', index];
    const kinds = Object.keys(isObject(entry) ? entry : {}).filter((key) => key !== 'selector');
    if (kinds.length === 0) expansion.unverified.push({ why: 'a generator is empty', path });
    for (const kind of kinds) {
      const result = generate(kind, objectAt(entry, kind), options, context);
      expansion.generators.push({
        type: kind,
        ...patternsOf(kind, objectAt(entry, kind)),
        path: [...path, kind],
      });
      if (!result.ok) {
        expansion.unverified.push({ why: result.why, path: [...path, kind] });
        continue;
      }
      if (result.value.length === 0) expansion.empty.push({ why: emptyReason(kind), path: [...path, kind] });
      const selector = isObject(entry) && isObject(entry.selector) ? entry.selector : null;
      const chosen = result.value.filter(
        (parameters) => selector === null || isSelected(selector, parameters),
      );
      if (objectAt(entry, kind).template !== undefined) {
        expansion.unverified.push({
          why: "the generator's own template is not merged",
          path: [...path, kind, 'template'],
        });
        continue;
      }
      for (const parameters of chosen) {
        const application = render(set, parameters, options);
        if (application.ok) expansion.applications.push(application.value);
        else if (!expansion.unverified.some(({ why }) => why === application.why)) {
          expansion.unverified.push({ why: application.why, path: ['spec', 'template'] });
        }
      }
    }
  }
  if (textAt(set, 'spec', 'templatePatch') !== undefined) {
    expansion.unverified.push({ why: '`templatePatch` is not applied', path: ['spec', 'templatePatch'] });
  }
  return withoutRepeated(expansion);
}

/** One Application. Argo CD puts it into the set's own namespace and adds a finalizer where the template has none. */
function render(set: JsonObject, parameters: JsonObject, options: TemplateOptions): Rendering<JsonObject> {
  const template = objectAt(set, 'spec', 'template');
  const rendered: Rendering<JsonValue> =
    Object.keys(parameters).length === 0
      ? { ok: true, value: template }
      : renderTemplate(template, parameters, options);
  if (!rendered.ok) return rendered;
  const metadata = { ...objectAt(rendered.value, 'metadata') };
  const namespace = textAt(set, 'metadata', 'namespace');
  if (namespace !== undefined) metadata.namespace = namespace;
  const keep = objectAt(set, 'spec', 'syncPolicy').preserveResourcesOnDeletion === true;
  if (!keep && Object.keys(parameters).length > 0 && listAt(metadata, 'finalizers').length === 0)
    metadata.finalizers = [finalizer];
  if (textAt(metadata, 'name') === undefined)
    return { ok: false, why: 'the template gives an Application without a name' };
  return {
    ok: true,
    value: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata,
      spec: objectAt(rendered.value, 'spec'),
    },
  };
}

/** Of Applications that one set gives the same name, Argo CD creates none. */
function withoutRepeated(expansion: Expansion): Expansion {
  const count = new Map<string, number>();
  for (const application of expansion.applications) {
    const name = textAt(application, 'metadata', 'name') ?? '';
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  for (const [name, times] of count) {
    if (times < 2) continue;
    const why = `the template gives ${times} Applications the name \`${name}\`: Argo CD creates none of them`;
    expansion.unverified.push({ why, path: ['spec', 'template', 'metadata', 'name'] });
  }
  const once = (application: JsonObject) => count.get(textAt(application, 'metadata', 'name') ?? '') === 1;
  return { ...expansion, applications: expansion.applications.filter(once) };
}

function emptyReason(kind: string): string {
  return kind === 'git' ? 'no directory of this repository matches' : 'the generator gives no parameters';
}

function patternsOf(kind: string, generator: JsonObject): { paths: string[]; exclude: string[] } {
  if (kind !== 'git') return { paths: [], exclude: [] };
  const items = listAt(generator, Array.isArray(generator.directories) ? 'directories' : 'files').filter(
    isObject,
  );
  const texts = (excluded: boolean): string[] =>
    items
      .filter((item) => (item.exclude === true) === excluded)
      .flatMap((item) => textAt(item, 'path') ?? []);
  return { paths: texts(false), exclude: texts(true) };
}

export interface Expansion {
  generators: { type: string; paths: string[]; exclude: string[]; path: (string | number)[] }[];
  applications: JsonObject[];
  /** What was not expanded, why, and where in the set. */
  unverified: { why: string; path: (string | number)[] }[];
  /** Generators that are fully known and give nothing. */
  empty: { why: string; path: (string | number)[] }[];
}
