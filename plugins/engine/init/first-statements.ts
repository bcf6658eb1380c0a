import { counted } from '../../base/index.ts';
import type { Model } from '../../model/index.ts';

/**
 * What a first page could say of a platform: groups of statements, the most telling first, each group with
 * the strongest wording first. They are put forward, not believed: whoever writes the page judges each.
 */
export function sentencesFor(model: Model): Proposal[] {
  return [...argoSentences(model), ...fluxSentences(model), ...objectSentences(model)];
}

/** Tables and drawings likewise: of each group one. */
export function viewsFor({ applications, kustomizations, helmReleases, resources }: Model): Proposal[] {
  const [kind] = kindsOf(resources);
  const has = (list: unknown[], line: string) => (list.length > 0 ? [line] : []);
  return [
    [
      ...has(applications, '::table{view="applications" group="project" caption="Every application"}'),
      ...has(kustomizations, '::table{view="kustomizations" caption="What Flux applies, and after what"}'),
      ...has(helmReleases, '::table{view="helmreleases" caption="Every HelmRelease"}'),
      ...(kind ? [`::table{view="resources" where="written && kind == '${kind.name}'" limit="40"}`] : []),
    ],
    [
      ...has(applications, '::diagram{view="projects"}'),
      ...has(kustomizations, '::diagram{view="dependencies"}'),
      '::diagram{view="layers"}',
    ],
  ].filter((group) => group.length > 0);
}

function argoSentences({ applications, projects, resources }: Model): Proposal[] {
  const declared = count(resources, 'Application');
  const waves = resources.filter(isWritten).flatMap(({ wave, waveSet }) => (waveSet ? [wave] : []));
  const first = waves.length > 0 ? Math.min(...waves) : null;
  const inLargest = largest(applications.map(({ project }) => project));
  const rules = (selection: string, who: string): Proposal => [
    `:claim[${who} is synced by itself, and what leaves Git is pruned]{over="applications" of="${selection}" all="syncPolicy.automated && syncPolicy.prune"}.`,
    `:claim[${who} is synced by itself]{over="applications" of="${selection}" all="syncPolicy.automated"}.`,
    `:claim[${who} is synced by hand]{over="applications" of="${selection}" none="syncPolicy.automated"}.`,
  ];
  return [
    applications.length === 0
      ? []
      : [
          projects.length > 0
            ? `Argo CD runs :fact[${applications.length}]{value="applications.size()"} applications in :fact[${projects.length}]{value="projects.size()"} projects.`
            : `Argo CD runs :fact[${applications.length}]{value="applications.size()"} applications.`,
          `The manifests declare :fact[${declared}]{count="written && kind == 'Application'"} applications of Argo CD.`,
        ],
    applications.length === 0 ? [] : rules('true', 'Every application'),
    inLargest === null
      ? []
      : rules(`project == '${inLargest}'`, `Every application of the project ${inLargest}`),
    first === null
      ? []
      : [
          `:claim[Every Namespace that is written here comes in a wave before 0]{of="written && kind == 'Namespace'" all="wave < 0"}.`,
          `:claim[Nothing that is written here comes before wave ${first}]{of="written && waveSet" all="wave >= ${first}"}.`,
        ],
    projects.length === 0 || applications.length === 0
      ? []
      : [
          ':claim[Every application may deploy what its project permits, and nothing else]{over="applications" of="true" all="permitted.ok"}.',
        ],
  ].filter((group) => group.length > 0);
}

function fluxSentences({ kustomizations, helmReleases }: Model): Proposal[] {
  if (kustomizations.length + helmReleases.length === 0) return [];
  const waiting = kustomizations
    .flatMap(({ name, dependsOn }) => dependsOn.map((on) => [name, on.name] as const))
    .find((names) => names.every(isPlain));
  return [
    [
      `Flux applies :fact[${kustomizations.length}]{value="kustomizations.size()"} Kustomizations and :fact[${helmReleases.length}]{value="helmReleases.size()"} HelmReleases.`,
    ],
    [
      `:claim[What leaves Git is pruned by every Kustomization]{over="kustomizations" of="true" all="prune"}.`,
      `:claim[No Kustomization is suspended]{over="kustomizations" of="true" none="suspend"}.`,
    ],
    waiting === undefined
      ? []
      : [
          `:claim[${waiting[0]} waits for ${waiting[1]}]{over="kustomizations" of="name == '${waiting[0]}'" any="dependsOn.exists(d, d.name == '${waiting[1]}')"}.`,
        ],
  ].filter((group) => group.length > 0);
}

function objectSentences({ resources, secrets }: Model): Proposal[] {
  const kinds = kindsOf(resources);
  const store = largest(secrets.map((flow) => flow.store.name));
  const [most, next] = kinds;
  return [
    most === undefined
      ? []
      : [
          [most, next]
            .flatMap((kind) => (kind === undefined ? [] : [countedFact(kind)]))
            .join(' and ')
            .replace(/^/, 'The manifests of this repository hold ')
            .concat('.'),
        ],
    store === null
      ? []
      : [
          `:claim[Every ExternalSecret reads the store ${store}]{over="secrets" of="true" all="store.name == '${store}'"}.`,
        ],
    [
      `:claim[No Service that is written here is a load balancer]{of="written && kind == 'Service'" none="spec.?type.orValue('ClusterIP') == 'LoadBalancer'"}.`,
      `:claim[Some Service that is written here is a load balancer]{of="written && kind == 'Service'" any="spec.?type.orValue('ClusterIP') == 'LoadBalancer'"}.`,
    ],
    ...kinds
      .slice(0, 3)
      .map(({ name }) => [
        `:claim[Every ${name} that is written here names its namespace]{of="written && kind == '${name}'" all="namespace != null && namespace != ''"}.`,
        `:claim[Some ${name} is written here]{of="written && kind == '${name}'" count=">= 1"}.`,
      ]),
  ].filter((group) => group.length > 0);
}

function countedFact({ name, many }: Kind): string {
  const noun = counted(many, name).replace(/^\d+ /, '');
  return `:fact[${many}]{count="written && kind == '${name}'"} ${noun}`;
}

/** Kinds of what is written here, the most frequent first. Names that are none of Kubernetes are left out. */
function kindsOf(resources: Model['resources']): Kind[] {
  const numbers = new Map<string, number>();
  for (const { kind } of resources.filter(isWritten)) numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
  return [...numbers]
    .map(([name, many]) => ({ name, many }))
    .filter(({ name }) => /^[A-Z][A-Za-z0-9]{0,62}$/.test(name))
    .toSorted((a, b) => b.many - a.many || (a.name < b.name ? -1 : 1));
}

function count(resources: Model['resources'], kind: string): number {
  return resources.filter((one) => isWritten(one) && one.kind === kind).length;
}

function isWritten({ source }: Model['resources'][number]): boolean {
  return source !== 'external-secret';
}

/**
 * The name that most share. It goes into sentences and expressions, so one that the API server would not
 * take for a name is none.
 */
function largest(names: string[]): string | null {
  const numbers = new Map<string, number>();
  for (const name of names.filter(isPlain)) numbers.set(name, (numbers.get(name) ?? 0) + 1);
  const [first] = [...numbers].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first?.[0] ?? null;
}

/** RFC 1123, which is what names of objects are: nothing in it means something to Markdown or CEL. */
function isPlain(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name);
}

/** Lines of Markdown, the strongest first. */
export type Proposal = string[];

interface Kind {
  name: string;
  many: number;
}
