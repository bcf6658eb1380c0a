/** Secrets that no manifest writes and that come to be by a controller, as resources of the model. */
import { isObject, type JsonPath, objectAt, textAt, whileSame } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import { idOf, textsOf } from '../identity.ts';
import type { Resource } from '../types.ts';
import { sortedKeys } from './key-set.ts';
import type { SecretName } from './objects.ts';
import type { SecretIndex } from './secret-index.ts';

/** True for a Secret that no manifest writes: a controller makes it of what `generatedBy` names. */
export function isMadeSecret({ source }: { source: unknown }): boolean {
  return source === 'external-secret' || source === 'controller';
}

/**
 * Adds the Secrets of SealedSecrets and Certificates to the lookup, where nothing else has put one of the
 * name there. Source: sealed-secrets `pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go` Unseal,
 * cert-manager `pkg/controller/certificates/issuing/internal/secret.go`.
 */
export function addSecretsOfControllers(secrets: SecretIndex, context: BuildContext): void {
  const made = secrets.others.filter(({ maker }) => Object.hasOwn(templates, maker.kind));
  // What each holds is asked before any is there: a Secret of the lookup counts as one that is written.
  const known = made.map((one) => ({ ...one, keys: secrets.of(one).keys }));
  for (const { maker, namespace, name, keys } of known) {
    const own = context.lookup.byId(maker.id);
    if (!own || name === '' || context.lookup.find('', 'Secret', namespace, name)) continue;
    const { path, type, place } = templates[maker.kind] ?? noTemplate;
    const template = objectAt(own.rendered, ...path);
    const metadata = isObject(template.metadata) ? template.metadata : template;
    context.lookup.add(
      madeSecret(own, {
        namespace,
        name,
        labels: textsOf(objectAt(metadata, 'labels')),
        annotations: textsOf(objectAt(metadata, 'annotations')),
        type: type ?? (textAt(template, 'type') || 'Opaque'),
        keys: keys.sure,
        place: context.locate(own, place),
        source: 'controller',
      }),
    );
  }
}

/** Keys alone: what a Secret holds is nobody's business here. One that says the same is the same object. */
export function madeSecret(own: Resource, made: MadeSecret): Resource {
  const asked = { ...made, keys: [...made.keys] };
  return knownSecrets(own, [JSON.stringify(asked)], () => secretOf(own, asked));
}

const knownSecrets = whileSame<Resource, Resource>();

function secretOf(own: Resource, made: MadeSecret): Resource {
  const { namespace, name, labels, annotations, type, keys, place, source } = made;
  return {
    id: idOf('', 'Secret', namespace, name),
    apiVersion: 'v1',
    group: '',
    version: 'v1',
    kind: 'Secret',
    namespace,
    name,
    labels,
    annotations,
    layer: own.layer,
    stack: own.stack,
    deployer: null,
    application: null,
    kustomization: null,
    helmRelease: null,
    wave: 0,
    waveSet: false,
    phase: 'Sync',
    origin: { ...own.origin, ...place },
    source,
    generatedBy: own.id,
    rendered: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, ...(namespace === null ? {} : { namespace }), labels, annotations },
      type,
      data: Object.fromEntries(sortedKeys(keys).map((key) => [key, ''])),
    },
  };
}

/** By the kind: where the template of the Secret stands, its type where no template says, what names it. */
const templates: Readonly<Record<string, Template>> = {
  SealedSecret: { path: ['spec', 'template'], type: null, place: ['spec', 'encryptedData'] },
  Certificate: { path: ['spec', 'secretTemplate'], type: 'kubernetes.io/tls', place: ['spec', 'secretName'] },
};
const noTemplate: Template = { path: [], type: null, place: [] };

interface Template {
  path: JsonPath;
  type: string | null;
  place: JsonPath;
}

interface MadeSecret extends SecretName {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  type: string;
  keys: Iterable<string>;
  /** In what it is made of. */
  place: Resource['origin'] | ReturnType<BuildContext['locate']>;
  source: 'external-secret' | 'controller';
}
