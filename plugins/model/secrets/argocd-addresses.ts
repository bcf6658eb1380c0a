/**
 * Which repository or cluster a Secret of Argo CD is for. Its address stands among the values of the Secret,
 * which are not read: it is compared where it is written, and only how well it fits comes back. Source:
 * `util/db/repository_secrets.go` getRepositorySecret, getRepositoryCredentialIndex; `util/git/git.go`
 * SameURL; `util/db/cluster.go` SecretToCluster.
 */
import { at, isObject, type JsonObject, objectAt, textAt } from '../../base/index.ts';
import { askHidden, holdsPlaceholder, type Sources } from '../../source/index.ts';
import { normalizeGitUrl } from '../argocd/sources/git-url.ts';
import type { Resource } from '../types.ts';

/** Each says how well it fits, 0 where it does not; null where the address is not known. */
export function addressOf(secret: Resource, maker: Resource, sources: AskedSources): Address {
  const known = new Map<string, number | null>();
  const ask = (key: string, test: (field: Field) => number | null): number | null => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const read = (isNamed: (name: string) => boolean) =>
      askHidden(
        sources,
        maker.origin.file,
        ({ kind, metadata }) => kind === maker.kind && isNamed(textAt(metadata, 'name') || '\0'),
        (document) => test(fieldsOf(document)),
      );
    // Else by the name that it had before kustomize gave it another.
    const found = isChanged(maker)
      ? null
      : (read((name) => name === maker.name) ?? read((name) => maker.name.includes(name)));
    known.set(key, found);
    return found;
  };
  return {
    secret,
    repository: (url, project) =>
      ask(`${url} ${project}`, (field) => {
        const [own, ofProject] = [field('url'), field('project')];
        if (own === null || ofProject === null) return null;
        if (!isSameUrl(own, url)) return 0;
        return ofProject === project ? 2 : ofProject === '' ? 1 : 0;
      }),
    prefix: (url) =>
      ask(url, (field) => {
        const own = field('url');
        if (own === null) return null;
        const prefix = normalizeGitUrl(own);
        return normalizeGitUrl(url).startsWith(prefix) ? prefix.length : 0;
      }),
    cluster: ({ server, name }) =>
      ask(`${server ?? ''} ${name ?? ''}`, (field) => {
        const own = field(server === null ? 'name' : 'server');
        if (own === null) return null;
        return trimmed(own) === trimmed(server ?? name ?? '') ? 1 : 0;
      }),
  };
}

/** Made by a template, a generator or a patch, so that it is not as a file has it. */
function isChanged({ source, origin }: Resource): boolean {
  return (
    (source !== 'file' && source !== 'kustomize') ||
    origin.document < 0 ||
    origin.fetched !== undefined ||
    origin.via.some(({ what }) => what !== 'kustomization' && what !== 'namespace')
  );
}

/** A value by its key, '' where the Secret has none; null where it is not known. */
function fieldsOf(document: JsonObject): Field {
  const { plain, encoded, hidden, isOpen } = valuesOf(document);
  return (key) => {
    if (Object.hasOwn(hidden, key)) return null;
    const value = textAt(plain, key) ?? decoded(textAt(encoded, key));
    if (value === undefined) return isOpen ? null : '';
    return holdsPlaceholder(value) || /^ENC\[|\{\{/.test(value) ? null : value.trim();
  };
}

function valuesOf(document: JsonObject): Values {
  if (document.kind === 'Secret')
    return { plain: document.stringData, encoded: document.data, hidden: {}, isOpen: false };
  if (document.kind === 'SealedSecret') {
    const plain = at(document, 'spec', 'template', 'data');
    return { plain, hidden: objectAt(document, 'spec', 'encryptedData'), isOpen: false };
  }
  const spec = document.kind === 'ClusterExternalSecret' ? ['spec', 'externalSecretSpec'] : ['spec'];
  const template = objectAt(document, ...spec, 'target', 'template');
  // Else what is fetched comes in, too.
  const isWhole = isObject(template.data) && template.mergePolicy !== 'Merge' && !template.templateFrom;
  return { plain: template.data, hidden: {}, isOpen: !isWhole };
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
}

/** Of what is no URL the text itself is compared. */
function isSameUrl(own: string, url: string): boolean {
  const [left, right] = [own, url].map((one) => normalizeGitUrl(one) || one);
  return left !== '' && left === right;
}

const trimmed = (server: string): string => server.replace(/\/+$/, '');

export interface Address {
  secret: Resource;
  /** 2 where it is the repository's for that project, 1 for any. */
  repository(url: string, project: string): number | null;
  /** Letters of the URL that it is for. */
  prefix(url: string): number | null;
  cluster(destination: { server: string | null; name: string | null }): number | null;
}

type AskedSources = Pick<Sources, 'root' | 'files'>;
type Field = (key: string) => string | null;

interface Values {
  plain: unknown;
  /** In base64. */
  encoded?: unknown;
  /** That nobody can read. */
  hidden: JsonObject;
  /** There may be others. */
  isOpen: boolean;
}
