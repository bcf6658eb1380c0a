/**
 * Secrets that the values of a chart name. Where Helm renders the chart its workloads say what they read; of
 * one that is not rendered only its values are known, and whether the chart reads the Secret is not.
 */
import { posix } from 'node:path';
import { at, isObject, type JsonPath, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import { type Place, parseYaml, type Sources, toJson, type UnverifiedChart } from '../../source/index.ts';
import type { BuildContext } from '../context.ts';
import type { FoundDeployer } from '../deployers/discover.ts';
import { inBlock } from '../helm/value-places.ts';
import type { Resource } from '../types.ts';
import type { SecretName } from './objects.ts';

/**
 * In the order of the deployers; each has a place of its own, and one that is named twice is there twice.
 *
 * @param resourceOf what a deployer is in the model.
 */
export function mentionsOf(
  deployers: readonly FoundDeployer[],
  resourceOf: (index: number) => Resource | undefined,
  context: BuildContext,
): Mention[] {
  return deployers.flatMap(({ deployment }, index) => {
    const charts = deployment.unverified.filter((one) => one.kind === 'chart');
    const resource = charts.length === 0 ? undefined : resourceOf(index);
    if (resource === undefined) return [];
    return charts.flatMap((chart) =>
      valuesOf(chart, resource, context).flatMap(({ namespace, value, path, placeOf }) =>
        namesIn(value).map(({ name, key, path: inner }) => ({
          resource,
          secret: { namespace, name },
          keys: key === null ? null : [key],
          at: [...path, ...inner].join('.'),
          place: () => placeOf(inner),
        })),
      ),
    );
  });
}

function valuesOf(chart: UnverifiedChart, resource: Resource, context: BuildContext): Values[] {
  const { files } = context.sources;
  const document = files.get(chart.origin?.file ?? '')?.documents[0];
  const entries = [...listAt(document?.value, 'helmCharts').entries()].filter(
    ([, entry]) => textAt(entry, 'name') === chart.chart.name,
  );
  if (document === undefined || entries.length === 0) return givenBy(resource, context);
  return entries.flatMap(([index, entry]) => {
    const namespace =
      textAt(entry, 'namespace') ?? textAt(document.value, 'namespace') ?? destinationOf(resource);
    const folder = posix.dirname(chart.origin?.file ?? '');
    const path = ['helmCharts', index, 'valuesInline'];
    const named = [textAt(entry, 'valuesFile'), ...listAt(entry, 'additionalValuesFiles')];
    return [
      {
        namespace,
        value: at(document.value, ...path) ?? null,
        path,
        placeOf: (inner: JsonPath) => document.locate([...path, ...inner]),
      },
      ...named.flatMap((file) =>
        typeof file === 'string' ? ofFile(posix.join(folder, file), namespace, context.sources) : [],
      ),
    ];
  });
}

/** What an Application or a HelmRelease gives its charts. */
function givenBy(resource: Resource, context: BuildContext): Values[] {
  const namespace = destinationOf(resource);
  const inline = (path: JsonPath): Values => ({
    namespace,
    value: at(resource.rendered, ...path) ?? null,
    path,
    placeOf: (inner) => context.locate(resource, [...path, ...inner]),
  });
  if (resource.kind === 'HelmRelease') return [inline(['spec', 'values'])];
  const several = listAt(resource.rendered, 'spec', 'sources');
  const paths: JsonPath[] = [
    ['spec', 'source'],
    ...[...several.keys()].map((index): JsonPath => ['spec', 'sources', index]),
  ];
  return paths.flatMap((path) => {
    const source = at(resource.rendered, ...path);
    if (!isObject(source) || !isObject(source.helm)) return [];
    const text = textAt(source, 'helm', 'values');
    const block = [...path, 'helm', 'values'];
    return [
      inline([...path, 'helm', 'valuesObject']),
      ...(text === undefined
        ? []
        : [
            {
              namespace,
              value: toJson(parseYaml(text)[0]?.contents).value,
              path: block,
              placeOf: (inner: JsonPath) =>
                inBlock(text, inner, context.locate(resource, block), context.sources),
            },
          ]),
      ...listAt(source, 'helm', 'valueFiles').flatMap((file) =>
        typeof file === 'string' ? ofFile(pathOf(file, source, several), namespace, context.sources) : [],
      ),
    ];
  });
}

/** `$ref/…` is in the root of the repository of that source, anything else below the path of its own. */
function pathOf(file: string, source: JsonValue, sources: readonly JsonValue[]): string {
  const [first = '', ...rest] = file.split('/');
  const isNamed = sources.some((one) => `$${textAt(one, 'ref') ?? ''}` === first);
  return isNamed ? rest.join('/') : posix.join(textAt(source, 'path') ?? '', file);
}

function ofFile(path: string, namespace: string | null, { files }: Sources): Values[] {
  const normal = posix.normalize(path);
  const document = files.get(normal)?.documents[0];
  if (document === undefined) return [];
  return [{ namespace, value: document.value, path: [], placeOf: (inner) => document.locate(inner) }];
}

function destinationOf({ kind, namespace, rendered }: Resource): string | null {
  if (kind === 'HelmRelease') return textAt(rendered, 'spec', 'targetNamespace') || namespace;
  return textAt(objectAt(rendered, 'spec'), 'destination', 'namespace') ?? null;
}

/** Texts that stand where the name of a Secret would. */
function namesIn(value: JsonValue): Named[] {
  const found: Named[] = [];
  walk(value, [], false);
  return found;

  function walk(one: JsonValue, path: JsonPath, isSecret: boolean): void {
    if (typeof one === 'string') {
      if (isSecret && isName(one)) found.push({ name: one, key: null, path });
    } else if (Array.isArray(one)) {
      for (const [index, item] of one.entries()) walk(item, [...path, index], isSecret);
    } else if (isObject(one)) {
      const { name, key } = one;
      const isSelector = typeof name === 'string' && typeof key === 'string' && isName(name);
      if (isSelector) found.push({ name, key, path: [...path, 'name'] });
      for (const [field, inner] of Object.entries(one))
        if (!isSelector || (field !== 'name' && field !== 'key'))
          walk(inner, [...path, field], isSecret || speaksOfSecrets.test(field));
    }
  }
}

const isName = (text: string): boolean => text.length <= 253 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(text);
const speaksOfSecrets = /secret|credential|certificate|tls|auth|passw/i;

interface Named {
  name: string;
  key: string | null;
  path: JsonPath;
}
/** One set of values that a chart is given. */
interface Values {
  /** Of the release. */
  namespace: string | null;
  value: JsonValue;
  /** Where it stands in its document. */
  path: JsonPath;
  placeOf(inner: JsonPath): Place | undefined;
}
export interface Mention {
  /** What would deploy the chart. */
  resource: Resource;
  secret: SecretName;
  keys: string[] | null;
  /** The path of the value. */
  at: string;
  place(): Place | undefined;
}
