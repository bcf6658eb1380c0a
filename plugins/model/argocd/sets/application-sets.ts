/**
 * ApplicationSet → the Applications that it generates, as far as that can be known from the repository alone.
 */
import {
  asText,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../../base/index.ts';
import type { Reason } from '../../../source/index.ts';
import {
  applyTemplatePatch,
  mergeGeneratorTemplate,
  type Rendering,
  renderTemplate,
  renderText,
  type TemplateOptions,
  templateWork,
} from '../../../template/index.ts';
import { textMapPaths } from './generators/combine.ts';
import { type GeneratorKind, notRendered, type Result, unknown } from './generators/types.ts';
import {
  emptyReason,
  type Failure,
  type GeneratorScope,
  generate,
  kindsOf,
  patternsOf,
  type SetContext,
} from './generators.ts';

const finalizer = 'resources-finalizer.argocd.argoproj.io';

/**
 * Expands one set. What is only not known here makes the expansion incomplete: `unverified` then says why,
 * and the Applications of the other generators still stand. What Argo CD refuses stops the whole set, as it
 * does in a cluster: `refused` says why.
 */
export function expandApplicationSet(set: JsonObject, context: SetContext): Expansion {
  const generators = listAt(set, 'spec', 'generators');
  const options: TemplateOptions = {
    goTemplate: objectAt(set, 'spec').goTemplate === true,
    goTemplateOptions: listAt(set, 'spec', 'goTemplateOptions').map(asText),
  };
  const scope: GeneratorScope = { set: textAt(set, 'metadata', 'name') ?? '', options, context };
  const expansion: Expansion = { generators: [], applications: [], unverified: [], refused: [], empty: [] };
  if (generators.length === 0)
    expansion.unverified.push({ why: 'the set has no generators', path: ['spec', 'generators'] });
  for (const [index, given] of generators.entries()) {
    const path = ['spec', 'generators', index];
    const entry = isObject(given) ? given : {};
    const other = Object.keys(entry).find(
      (key) => key !== 'selector' && !kindsOf(entry).some((kind) => kind === key),
    );
    if (other !== undefined)
      expansion.unverified.push({ why: `a \`${other}\` generator is not known`, path: [...path, other] });
    if (kindsOf(entry).length === 0 && other === undefined)
      expansion.unverified.push({
        why: 'a generator is empty: what is to stand there is not in this repository',
        path,
      });
    for (const kind of kindsOf(entry)) expandGenerator(kind, entry, path);
  }
  if (expansion.refused.length > 0) return { ...expansion, applications: [], empty: [] };
  return withoutRepeated(expansion);

  function expandGenerator(kind: GeneratorKind, entry: JsonObject, path: JsonPath): void {
    const generator = objectAt(entry, kind);
    expansion.generators.push(...describe(kind, generator, [...path, kind]));
    const result = generate(kind, entry, scope);
    if (!result.ok) {
      fail(result, path);
      return;
    }
    if (result.value.length === 0)
      expansion.empty.push({ why: emptyReason(kind, entry), path: [...path, kind] });
    const tooMany = context.room.takeApplications(result.value.length);
    if (tooMany !== null) {
      expansion.unverified.push({ why: tooMany, path: [...path, kind] });
      return;
    }
    const template = mergeGeneratorTemplate(
      objectAt(generator, 'template'),
      objectAt(set, 'spec', 'template'),
    );
    for (const parameters of result.value) {
      const before = templateWork();
      const application = render(set, template, parameters, options);
      const tooMuch = context.room.takeWork(templateWork() - before);
      if (tooMuch !== null) {
        failOnce(unknown(tooMuch, ['spec', 'template']));
        return;
      }
      if (application.ok) expansion.applications.push(application.value);
      else failOnce(application);
    }
  }

  /** What is wrong with a template is wrong for many parameter sets, and said once. */
  function failOnce({ why, path, refused }: Failure): void {
    const list = refused ? expansion.refused : expansion.unverified;
    if (!list.some((item) => item.why === why)) list.push({ why, path });
  }

  function fail({ why, path, refused, help, remedy }: Failure, above: JsonPath): void {
    const item = { why, path: [...above, ...path] };
    if (refused) expansion.refused.push(item);
    else expansion.unverified.push({ ...item, ...(help && { help }), ...(remedy && { remedy }) });
  }
}

/**
 * One Application. Argo CD puts it into the set's own namespace and adds a finalizer where the template has
 * none.
 */
function render(
  set: JsonObject,
  template: JsonObject,
  parameters: JsonObject,
  options: TemplateOptions,
): Result<JsonObject> {
  const known = { ...options, stringMaps: textMapPaths(parameters) };
  const rendered: Rendering<JsonValue> =
    Object.keys(parameters).length === 0
      ? { ok: true, value: template }
      : renderTemplate(template, parameters, known);
  if (!rendered.ok) return notRendered(rendered, ['spec', 'template']);
  let application = isObject(rendered.value) ? rendered.value : {};
  const keep = objectAt(set, 'spec', 'syncPolicy').preserveResourcesOnDeletion === true;
  if (
    !keep &&
    Object.keys(parameters).length > 0 &&
    listAt(application, 'metadata', 'finalizers').length === 0
  )
    application = {
      ...application,
      metadata: { ...objectAt(application, 'metadata'), finalizers: [finalizer] },
    };
  const patch = textAt(set, 'spec', 'templatePatch') ?? '';
  if (patch !== '') {
    const text = renderText(patch, parameters, known);
    const patched = text.ok ? applyTemplatePatch(application, text.value) : text;
    if (!patched.ok) return notRendered(patched, ['spec', 'templatePatch']);
    application = patched.value;
  }
  const metadata = { ...objectAt(application, 'metadata') };
  const namespace = textAt(set, 'metadata', 'namespace');
  if (namespace !== undefined) metadata.namespace = namespace;
  return {
    ok: true,
    value: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata,
      spec: objectAt(application, 'spec'),
    },
  };
}

/**
 * Of Applications that one set gives the same name, Argo CD creates none, nor one without a name; the others
 * stand.
 */
function withoutRepeated(expansion: Expansion): Expansion {
  const count = new Map<string, number>();
  for (const application of expansion.applications) {
    const name = textAt(application, 'metadata', 'name') ?? '';
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  for (const [name, times] of count) {
    if (name === '') {
      const why = 'the template gives an Application without a name: Argo CD does not create it';
      expansion.refused.push({ why, path: ['spec', 'template', 'metadata'] });
    }
    if (times < 2 || name === '') continue;
    const why = `the template gives ${times} Applications the name \`${name}\`: Argo CD creates none of them`;
    expansion.refused.push({ why, path: ['spec', 'template', 'metadata', 'name'] });
  }
  const stands = (application: JsonObject) => {
    const name = textAt(application, 'metadata', 'name') ?? '';
    return name !== '' && count.get(name) === 1;
  };
  return { ...expansion, applications: expansion.applications.filter(stands) };
}

/** A generator and the ones inside it, outermost first. */
function describe(kind: GeneratorKind, generator: JsonObject, path: JsonPath): Expansion['generators'] {
  const inner = listAt(generator, 'generators').flatMap((child, index) =>
    isObject(child)
      ? kindsOf(child).flatMap((own) =>
          describe(own, objectAt(child, own), [...path, 'generators', index, own]),
        )
      : [],
  );
  return [{ type: kind, ...patternsOf(kind, generator), path }, ...inner];
}

export interface Expansion {
  /** Those of the set, each followed by the ones inside it. */
  generators: { type: string; paths: string[]; exclude: string[]; path: JsonPath }[];
  applications: JsonObject[];
  /** What was not expanded, why, and where in the set. */
  unverified: (Reason & { path: JsonPath; help?: string })[];
  /** What Argo CD itself does not accept. */
  refused: { why: string; path: JsonPath }[];
  /** Generators that are fully known and give nothing. */
  empty: { why: string; path: JsonPath }[];
}
