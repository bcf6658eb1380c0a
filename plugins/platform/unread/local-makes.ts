/**
 * What a kustomization that fails, or a chart of this repository that was not rendered, could make: its files
 * are here, so that they bound it.
 */
import { posix } from 'node:path';
import { listAt, objectAt, textAt } from '../../base/index.ts';
import type { SourceFile, Sources } from '../../source/index.ts';
import type { Platform } from '../types.ts';

/**
 * The objects that a kustomization could give, by what its files hold; null where that does not bound it:
 * something that it lists is missing, no YAML or not read, or a chart, plugin or option may make anything.
 */
export function makesOfBuild(directory: string, { rendered, sources }: Platform): LocalMakes | null {
  const build = rendered.builds.get(directory);
  if (build === undefined || build.incomplete || build.unverified.length > 0) return null;
  const files = build.inputs.flatMap((path) => sources.files.get(path) ?? []);
  if (files.length < build.inputs.length) return null;
  const kustomizations = files.filter(({ role }) => role === 'kustomization');
  if (kustomizations.length === 0 || files.some(({ text }) => unbounding.test(text))) return null;
  const made: Made[] = files
    .filter(({ role }) => role === 'manifest')
    .flatMap(({ documents }) => documents.map(({ value }) => identity(value)));
  for (const { value } of kustomizations.flatMap(({ documents }) => documents)) {
    for (const [field, kind] of generators)
      for (const item of listAt(value, field))
        made.push({
          group: '',
          kind,
          name: textAt(item, 'name') ?? '',
          namespace: textAt(item, 'namespace') ?? null,
        });
  }
  const namespaces = kustomizations.flatMap(({ documents }) =>
    documents.flatMap(({ value }) => textAt(value, 'namespace') ?? []),
  );
  return { made, namespaces };
}

/** The kinds that the templates of a chart name; null where one may come from its values or another chart. */
export function kindsOfChart(directory: string, { files }: Sources): Set<string> | null {
  const within = directory === '.' ? '' : `${directory}/`;
  const own = [...files.values()].filter(({ path }) => path.startsWith(within));
  const chart = own.find(({ path }) => path === `${within}Chart.yaml`);
  const dependencies = listAt(chart?.documents[0]?.value, 'dependencies');
  if (chart === undefined || dependencies.length > 0) return null;
  const manifests = own.filter(({ path }) => /(^|\/)(templates|crds)\//.test(path.slice(within.length)));
  const kinds = new Set<string>();
  for (const file of manifests) {
    if (isOpen(file)) return null;
    for (const [, kind = ''] of file.text.matchAll(/^[ \t-]*kind:[ \t]*["']?([A-Za-z]\w*)/gm))
      kinds.add(kind);
  }
  return kinds;
}

/** True for a template that may write a kind, or a whole object, that it does not name. */
function isOpen({ path, text }: SourceFile): boolean {
  if (/\bkind:\s*["']?\{\{|\btpl\b/.test(text)) return true;
  const isTemplate = /\.(ya?ml|json)$/.test(path);
  const documents = isTemplate ? text.split(/^---.*$/m) : [];
  return documents.some(
    (one) =>
      /\{\{-?\s*(?!\/\*|define|end)/.test(one) &&
      !/^[ \t]*kind:/m.test(one) &&
      /include|template|toYaml|Files/.test(one),
  );
}

function identity(value: SourceFile['documents'][number]['value']): Made {
  const version = textAt(value, 'apiVersion') ?? '';
  const metadata = objectAt(value, 'metadata');
  return {
    group: version.includes('/') ? posix.dirname(version) : '',
    kind: textAt(value, 'kind') ?? '',
    name: textAt(metadata, 'name') ?? '',
    namespace: textAt(metadata, 'namespace') ?? null,
  };
}

const generators = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;
/** What can give an object another name, kind or place than its file, `namespace` and prefixes say. */
const unbounding =
  /\b(helmCharts|helmChartInflationGenerator|generators|transformers|validators|replacements|allowNameChange|allowKindChange)\b|\/metadata\/name/;

interface Made {
  group: string;
  kind: string;
  /** As written: a prefix and a suffix may come to it. */
  name: string;
  namespace: string | null;
}

export interface LocalMakes {
  made: Made[];
  /** That its kustomizations put things into. */
  namespaces: string[];
}
