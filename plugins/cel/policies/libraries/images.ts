/**
 * `image()` and what may be asked of it. Sources: `extensions/cel/libs/image` of kyverno/sdk,
 * go-containerregistry.
 */
import { type Library, refused, registerAll } from './library.ts';

class Image {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  constructor(registry: string, repository: string, tag: string, digest: string) {
    this.registry = registry;
    this.repository = repository;
    this.tag = tag;
    this.digest = digest;
  }
}

export const imagesLibrary: Library = (environment) => {
  const type = 'kyverno.Image';
  environment.registerType(type, Image);
  const imageOf = (text: string): Image => {
    const found = parse(text);
    if (found === null) throw refused(`could not parse reference: ${text}`);
    return found;
  };
  registerAll(environment, {
    [`image(string): ${type}`]: imageOf,
    [`parseImageReference(string): ${type}`]: imageOf,
    'isImage(string): bool': (text: string) => parse(text) !== null,
    [`${type}.containsDigest(): bool`]: ({ digest }: Image) => digest !== '',
    [`${type}.registry(): string`]: ({ registry }: Image) => registry,
    [`${type}.repository(): string`]: ({ repository }: Image) => repository,
    [`${type}.identifier(): string`]: ({ tag, digest }: Image) => (digest === '' ? tag : digest),
    [`${type}.tag(): string`]: ({ tag }: Image) => tag,
    [`${type}.digest(): string`]: ({ digest }: Image) => digest,
  });
};

/** Of a reference with both, the digest alone counts. */
function parse(text: string): Image | null {
  const at = text.indexOf('@');
  const digest = at < 0 ? '' : text.slice(at + 1);
  if (at >= 0 && !/^sha256:[0-9a-f]{64}$/.test(digest)) return null;
  let base = at < 0 ? text : text.slice(0, at);
  let tag = 'latest';
  const colon = base.lastIndexOf(':');
  if (colon > 0 && !base.slice(colon).includes('/')) {
    tag = base.slice(colon + 1);
    base = base.slice(0, colon);
    if (!/^[A-Za-z0-9_.-]{1,128}$/.test(tag)) return null;
  }
  const slash = base.indexOf('/');
  const first = slash < 0 ? '' : base.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost';
  const registry = isHost && first !== 'docker.io' ? first : 'index.docker.io';
  const rest = isHost ? base.slice(slash + 1) : base;
  const repository = registry === 'index.docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  if (!/^[a-z0-9_./-]{2,255}$/.test(repository) || !/^[A-Za-z0-9.:[\]-]+$/.test(registry)) return null;
  return new Image(registry, repository, digest === '' ? tag : '', digest);
}
