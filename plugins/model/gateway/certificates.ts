/**
 * Certificates of listeners, and those that a Gateway shows to backends and asks of clients
 * (gateway-api, apis/v1/gateway_types.go; conformance tests gateway-invalid-tls-*).
 */
import { type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import { isMadeSecret } from '../secrets/made-secret.ts';
import { isGranted } from './grants.ts';
import {
  fails,
  holds,
  type NetworkObject,
  placeName,
  type Surroundings,
  unknown,
  type Verdict,
  worst,
} from './objects.ts';

/**
 * `ResolvedRefs` of a listener by its certificates: those of HTTPS, and of TLS that terminates. One bad
 * reference spoils the listener. Whether a certificate is a good one no manifest says.
 */
export function certificatesOf(
  object: NetworkObject,
  listener: JsonObject,
  protocol: string,
  around: Surroundings,
): Verdict {
  const mode = textAt(listener, 'tls', 'mode') ?? 'Terminate';
  if (protocol !== 'HTTPS' && !(protocol === 'TLS' && mode === 'Terminate')) return holds('ResolvedRefs');
  const verdicts = listAt(listener, 'tls', 'certificateRefs').map((reference) =>
    resolveObject(
      object,
      referred(object, reference, 'Secret'),
      { kind: 'Secret', keys: ['tls.crt', 'tls.key'], reason: 'InvalidCertificateRef' },
      around,
    ),
  );
  return worst(verdicts) ?? holds('ResolvedRefs');
}

/** `ResolvedRefs` of a Gateway: the certificate that it shows to backends. */
export function gatewayReferences(gateway: NetworkObject, around: Surroundings): Verdict {
  const reference = objectAt(gateway.rendered, 'spec', 'tls', 'backend', 'clientCertificateRef');
  if (textAt(reference, 'name') === undefined) return holds('ResolvedRefs');
  return resolveObject(
    gateway,
    referred(gateway, reference, 'Secret'),
    { kind: 'Secret', keys: ['tls.crt', 'tls.key'], reason: 'InvalidClientCertificateRef' },
    around,
  );
}

/**
 * What a Gateway asks of clients on an HTTPS listener of a port: `spec.tls.frontend`, of the port or by
 * default. Null where it asks nothing; some bad references leave the listener accepted, all bad ones do not.
 */
export function clientCertificates(
  gateway: NetworkObject,
  port: number | null,
  around: Surroundings,
): { accepted: Verdict | null; resolvedRefs: Verdict | null } {
  const frontend = objectAt(gateway.rendered, 'spec', 'tls', 'frontend');
  const ofPort = listAt(frontend, 'perPort').find((one) => objectAt(one).port === port);
  const validation = objectAt(
    ofPort ?? objectAt(frontend, 'default'),
    ...(ofPort ? ['tls'] : []),
    'validation',
  );
  const verdicts = listAt(validation, 'caCertificateRefs').map((reference) =>
    resolveObject(
      gateway,
      referred(gateway, reference, ''),
      {
        kind: 'ConfigMap',
        keys: ['ca.crt'],
        reason: 'InvalidCACertificateRef',
        badKind: 'InvalidCACertificateKind',
      },
      around,
    ),
  );
  const bad = verdicts.find(({ is }) => is === false);
  const open = verdicts.find(({ is }) => is === null);
  return {
    resolvedRefs: bad ?? open ?? null,
    accepted:
      verdicts.length === 0 || verdicts.some(({ is }) => is === true)
        ? null
        : open === undefined
          ? fails('NoValidCACertificate', bad?.why ?? '')
          : unknown(open.why ?? '', 'NoValidCACertificate'),
  };
}

/** @param kind where the reference says none. */
function referred(from: NetworkObject, reference: JsonValue, kind: string): Referred {
  return {
    group: textAt(reference, 'group') ?? '',
    kind: textAt(reference, 'kind') ?? kind,
    namespace: textAt(reference, 'namespace') ?? from.namespace,
    name: textAt(reference, 'name') ?? '',
  };
}

/** Not permitted comes first, then a wrong kind, then what is missing or lacks a key. */
function resolveObject(
  from: NetworkObject,
  to: Referred,
  wanted: { kind: string; keys: readonly string[]; reason: string; badKind?: string },
  around: Surroundings,
): Verdict {
  const name = placeName(to.namespace, to.name);
  const granted = isGranted(from, to, around);
  if (granted === false)
    return fails(
      'RefNotPermitted',
      `no ReferenceGrant in \`${to.namespace}\` lets it name ${to.kind} \`${name}\``,
    );
  if (granted !== true) return unknown(granted.why, 'RefNotPermitted');
  if (to.group !== '' || to.kind !== wanted.kind)
    return fails(wanted.badKind ?? wanted.reason, `${to.kind} \`${name}\` is no ${wanted.kind}`);
  const found = around.find('', wanted.kind, to.namespace, to.name);
  if (found === undefined) {
    if (wanted.kind === 'Secret' && isWritten(from, to, around)) return holds('ResolvedRefs');
    const why = around.mayBe('', wanted.kind, to.namespace, to.name);
    return why === null
      ? fails(wanted.reason, `there is no ${wanted.kind} \`${name}\``)
      : unknown(why, wanted.reason);
  }
  return hasKeys(found, wanted.keys, wanted.reason);
}

/**
 * True for a Secret that something here writes: a Certificate, an ExternalSecret, a SealedSecret, or
 * cert-manager for a Gateway that has its annotation.
 */
function isWritten(
  from: NetworkObject,
  { namespace, name }: Pick<NetworkObject, 'namespace' | 'name'>,
  around: Surroundings,
): boolean {
  const issuer = /^cert-manager\.io\/(?:cluster-)?issuer$/;
  const annotations = objectAt(from.rendered, 'metadata', 'annotations');
  if (from.namespace === namespace && Object.keys(annotations).some((key) => issuer.test(key))) return true;
  const inside = (group: string, kind: string, nameOf: (object: NetworkObject) => string | undefined) =>
    around
      .ofKind(group, kind)
      .some((one) => one.namespace === namespace && (nameOf(one) ?? one.name) === name);
  return (
    inside('cert-manager.io', 'Certificate', ({ rendered }) => textAt(rendered, 'spec', 'secretName')) ||
    inside('external-secrets.io', 'ExternalSecret', ({ rendered }) =>
      textAt(rendered, 'spec', 'target', 'name'),
    ) ||
    inside('bitnami.com', 'SealedSecret', ({ rendered }) =>
      textAt(rendered, 'spec', 'template', 'metadata', 'name'),
    )
  );
}

/** What writes a Secret from elsewhere may give it more keys than are known. */
function hasKeys(found: NetworkObject, keys: readonly string[], reason: string): Verdict {
  const { rendered } = found;
  const own = new Set([
    ...Object.keys(objectAt(rendered, 'data')),
    ...Object.keys(objectAt(rendered, 'stringData')),
    ...Object.keys(objectAt(rendered, 'binaryData')),
  ]);
  const missing = keys.filter((key) => !own.has(key));
  if (missing.length === 0) return holds('ResolvedRefs');
  const isWritten = 'source' in found && isMadeSecret(found);
  const text = `${found.kind} \`${placeName(found.namespace, found.name)}\` has no key ${missing.join(', ')}`;
  return isWritten
    ? unknown(`a controller writes ${found.kind} \`${found.name}\``, reason)
    : fails(reason, text);
}

type Referred = Pick<NetworkObject, 'group' | 'kind' | 'namespace' | 'name'>;
