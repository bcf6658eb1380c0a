/**
 * What Argo CD reads Secrets for: the repositories of Applications and of `git` generators, and clusters. It
 * finds them by the label `argocd.argoproj.io/secret-type` in its own namespace. Source: `util/db`
 * (repository.go enrichCredsToRepo, repository_secrets.go, cluster.go).
 */
import { isObject, type JsonObject, type JsonPath, listAt, objectAt, textAt } from '../../base/index.ts';
import { isSelected } from '../argocd/sets/selector.ts';
import type { BuildContext } from '../context.ts';
import type { Resource } from '../types.ts';
import { type Address, addressOf } from './argocd-addresses.ts';
import { isMadeSecret } from './made-secret.ts';

/** Of Applications and ApplicationSets, those that are generated too. */
export function argoCdReads({ lookup, sources }: BuildContext): ArgoCdRead[] {
  const kept = Map.groupBy(
    lookup
      .ofKind('', 'Secret')
      .filter(({ labels, namespace }) => labels[typeLabel] !== undefined && namespace !== null),
    ({ labels, namespace }) => `${namespace} ${labels[typeLabel]}`,
  );
  if (kept.size === 0) return [];
  const known = new Map<Resource, Address>();
  const addresses = (namespace: string, type: string): Address[] =>
    (kept.get(`${namespace} ${type}`) ?? []).map((secret) => {
      const maker = isMadeSecret(secret) ? lookup.byId(secret.generatedBy ?? '') : secret;
      const address = known.get(secret) ?? addressOf(secret, maker ?? secret, sources);
      known.set(secret, address);
      return address;
    });
  const askers = ['Application', 'ApplicationSet'].flatMap((kind) => lookup.ofKind('argoproj.io', kind));
  return askers.flatMap((asker): ArgoCdRead[] => {
    const project = projectOf(asker);
    const owner = lookup
      .ofKind('argoproj.io', 'AppProject')
      .filter(({ name }) => name === project)
      .map(({ namespace }) => namespace);
    const home = owner.includes(asker.namespace) ? asker.namespace : (owner[0] ?? asker.namespace);
    if (home === null) return [];
    const of = (type: string) => addresses(home, type);
    return [
      ...repositoriesOf(asker).flatMap(({ url, path }) =>
        ofRepository(url, project, of('repository'), of('repo-creds')).map((found) => ({
          ...{ ...found, resource: asker, path },
          way: 'repository' as const,
        })),
      ),
      ...clustersOf(asker, of('cluster')).map((found) => ({
        ...{ ...found, resource: asker },
        way: 'cluster' as const,
      })),
    ];
  });
}

/**
 * The Secret of the repository itself, and where that holds no credentials, or there is none, the one of the
 * longest prefix. An address that is not known may be the better one.
 */
function ofRepository(url: string, project: string, own: Address[], shared: Address[]): FoundSecret[] {
  if (url === '' || url.includes('{{')) return [];
  const exact = best(
    own.map((one) => ({ secret: one.secret, fits: one.repository(url, project) })),
    2,
  );
  if (exact.some(({ secret }) => holdsCredentials(secret))) return exact;
  const isAsked = exact.length > 0 ? exact.every(({ isSure }) => isSure) : own.every(isKnown);
  const byPrefix = best(shared.map((one) => ({ secret: one.secret, fits: one.prefix(url) })));
  return [...exact, ...byPrefix.map((one) => ({ ...one, isSure: one.isSure && isAsked }))];

  function isKnown(one: Address): boolean {
    return one.repository(url, project) !== null;
  }
}

/** Those that fit best; not surely where one that is not known could fit better than that. */
function best(all: readonly { secret: Resource; fits: number | null }[], most = Infinity): FoundSecret[] {
  const top = Math.max(0, ...all.map(({ fits }) => fits ?? 0));
  const isSure = top >= most || all.every(({ fits }) => fits !== null);
  return top === 0 ? [] : all.filter(({ fits }) => fits === top).map(({ secret }) => ({ secret, isSure }));
}

function holdsCredentials({ rendered }: Resource): boolean {
  const keys = [...Object.keys(objectAt(rendered, 'data')), ...Object.keys(objectAt(rendered, 'stringData'))];
  return keys.some((key) => !silent.has(key));
}

function repositoriesOf({ kind, rendered }: Resource): { url: string; path: JsonPath }[] {
  const spec = objectAt(rendered, 'spec');
  const of = (value: unknown, path: JsonPath) => {
    const url = textAt(value, 'repoURL');
    return url === undefined ? [] : [{ url, path: [...path, 'repoURL'] }];
  };
  if (kind === 'ApplicationSet')
    return generatorsOf(spec, 'git').flatMap(({ value, path }) => of(value, path));
  return [
    ...(isObject(spec.source) ? of(spec.source, ['spec', 'source']) : []),
    ...listAt(spec, 'sources').flatMap((source, index) => of(source, ['spec', 'sources', index])),
    ...['drySource', 'syncSource'].flatMap((field) =>
      of(objectAt(spec, 'sourceHydrator', field), ['spec', 'sourceHydrator', field]),
    ),
  ];
}

/** Of an Application its destination's, of a set those that its generators of clusters select. */
function clustersOf(
  { kind, rendered }: Resource,
  all: readonly Address[],
): (FoundSecret & { path: JsonPath })[] {
  const spec = objectAt(rendered, 'spec');
  if (kind === 'ApplicationSet')
    return generatorsOf(spec, 'clusters').flatMap(({ value, path }) =>
      all
        .filter(({ secret }) => isSelected(objectAt(value, 'selector'), secret.labels))
        .map(({ secret }) => ({ secret, isSure: true, path })),
    );
  const server = textAt(spec, 'destination', 'server') || null;
  const name = textAt(spec, 'destination', 'name') || null;
  if (server === null && name === null) return [];
  const path = ['spec', 'destination', server === null ? 'name' : 'server'];
  return best(
    all.map((one) => ({ secret: one.secret, fits: one.cluster({ server, name }) })),
    1,
  ).map((found) => ({ ...found, path }));
}

/** In matrices and merges, too. */
function generatorsOf(spec: JsonObject, type: string): { value: JsonObject; path: JsonPath }[] {
  const found: { value: JsonObject; path: JsonPath }[] = [];
  const visit = (holder: JsonObject, path: JsonPath): void => {
    for (const [index, generator] of listAt(holder, 'generators').entries())
      for (const [key, value] of Object.entries(isObject(generator) ? generator : {})) {
        if (!isObject(value)) continue;
        const here = [...path, 'generators', index, key];
        if (key === type) found.push({ value, path: here });
        visit(value, here);
      }
  };
  visit(spec, ['spec']);
  return found;
}

function projectOf({ kind, rendered }: Resource): string {
  const at = kind === 'ApplicationSet' ? ['spec', 'template', 'spec'] : ['spec'];
  return textAt(rendered, ...at, 'project') || 'default';
}

const typeLabel = 'argocd.argoproj.io/secret-type';
/** Keys of a repository that sign in nobody. */
const silent = new Set([
  ...['name', 'url', 'type', 'project', 'proxy', 'noProxy', 'insecure', 'insecureIgnoreHostKey'],
  ...['enableLfs', 'enableOCI', 'insecureOCIForceHttp', 'forceHttpBasicAuth', 'depth'],
]);

interface FoundSecret {
  secret: Resource;
  isSure: boolean;
}

export interface ArgoCdRead extends FoundSecret {
  resource: Resource;
  way: 'repository' | 'cluster';
  path: JsonPath;
}
