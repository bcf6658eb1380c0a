import { isOneSlip, later, oncePer, remade } from '../base/index.ts';
import { type Resource, settledNetwork, settledRelations, type Unread } from '../model/index.ts';
import type { Platform } from './types.ts';
import { unreadParts } from './unread/unread-parts.ts';
import { mayHold, unreadWords } from './unread/unseen.ts';
import { whyUnseen } from './unread/why-unseen.ts';

/**
 * Decides whether a missing Gateway, Service or grant does not exist, or may come from something unread. Only
 * the whole platform knows.
 */
export function settleRoutes(platform: Platform): Platform {
  const { model } = platform;
  const network = later(() => settledNetwork(model, unreadAround(settled)));
  const settled: Platform = {
    ...platform,
    model: remade(model, {
      routes: () => network().routes,
      gateways: () => network().gateways,
      ingresses: () => network().ingresses,
      relations: () => settledRelations(model.relations, network()),
    }),
  };
  return settled;
}

/** What could bring or change the objects that routes name. */
export function unreadAround(platform: Platform): Unread {
  return {
    mayHold(group, kind, namespace, name) {
      if (kind === 'ReferenceGrant') return mayBeGranted(platform, namespace);
      // A Secret may be made by hand, by a controller or by a set-up: that no manifest declares it means
      // nothing.
      if (kind === 'Secret' && group === '') return 'a Secret need not be in the repository';
      const wanted = { group, kind };
      if (name === undefined) return partOf(platform, wanted, namespace, '');
      return (
        whySeveral(platform, wanted, namespace, name) ??
        whyUnseen(platform, [wanted], namespace, name) ??
        whyForeign(platform, kind, namespace, name)
      );
    },
    mayChange: (resource) => mayChange(platform, resource),
    moreLabels: (namespace) => mayChange(platform, namespace) ?? labelled(platform),
  };
}

/**
 * Of several unread parts the most likely one is named: that of whatever deploys into the namespace, else the
 * first.
 */
function whySeveral(
  platform: Platform,
  wanted: { group: string; kind: string },
  namespace: string | null,
  name: string,
): string | null {
  const parts = mayHold(platform, [wanted], namespace, name);
  if (parts.length < 2) return null;
  const likely = parts.find(({ deployer }) => deployer?.destination.namespace === namespace) ?? parts[0];
  return likely === undefined ? null : `${unreadWords(likely)}, and ${parts.length - 1} more`;
}

/**
 * A grant may have any name, so that a part which may hold a grant at all may hold the one that is missing.
 */
function mayBeGranted(platform: Platform, namespace: string | null): string | null {
  return partOf(
    platform,
    { group: 'gateway.networking.k8s.io', kind: 'ReferenceGrant' },
    namespace,
    undefined,
  );
}

function partOf(
  platform: Platform,
  wanted: { group: string; kind: string },
  namespace: string | null,
  name: string | undefined,
): string | null {
  const [part] =
    name === undefined
      ? unreadParts(platform).filter(
          (one) => (namespace === null || one.mayLandIn(namespace)) && one.mayHold(wanted),
        )
      : mayHold(platform, [wanted], namespace, name);
  return part === undefined ? null : unreadWords(part);
}

/**
 * A namespace for which the repository has no Service is filled by somebody else. Operators also make
 * Services, under names of their own.
 */
function whyForeign(platform: Platform, kind: string, namespace: string | null, name: string): string | null {
  if (kind !== 'Service' || namespace === null) return null;
  const { services, operators } = inhabitants(platform).get(namespace) ?? { services: 0, operators: [] };
  if (services === 0) return `no Service of namespace \`${namespace}\` is in the repository`;
  const [owner] = operators;
  // `prometheus-operated`, `name-rw`, …
  if (owner !== undefined && !isNear(platform, namespace, name))
    return `the controller of ${owner.kind}/${owner.name} may make it`;
  return null;
}

/** By namespace how many Services are here, and the resources whose controllers may make more of them. */
const inhabitants = oncePer(
  ({ model }: Platform): Map<string, { services: number; operators: Resource[] }> => {
    const found = new Map<string, { services: number; operators: Resource[] }>();
    for (const resource of model.resources) {
      if (resource.namespace === null) continue;
      const own = found.get(resource.namespace) ?? { services: 0, operators: [] };
      found.set(resource.namespace, own);
      if (resource.kind === 'Service' && resource.group === '') own.services += 1;
      else if (isOperated(resource)) own.operators.push(resource);
    }
    return found;
  },
);

/** Custom resources of which it is known that no Service comes: routing, policies, secrets, monitors. */
function isOperated({ group, kind }: Resource): boolean {
  if (!group.includes('.') || /(?:^|\.)k8s\.io$/.test(group) || silentGroups.test(group)) return false;
  return !/(?:Policy|Monitor|Rule|Route|Middleware|Secret|Certificate|Issuer|Profile|Repository)$/.test(kind);
}

const silentGroups =
  /^(?:argoproj\.io|external-secrets\.io|kyverno\.io|cert-manager\.io|cilium\.io|traefik\.(?:io|containo\.us)|bitnami\.com|isindir\.github\.com|volsync\.backube|.*\.toolkit\.fluxcd\.io|gateway\.envoyproxy\.io)$/;

/**
 * True for a name one slip away from an existing Service: it is misspelt, and no name that an operator gives.
 */
function isNear({ model }: Platform, namespace: string, name: string): boolean {
  return model.resources.some(
    (one) =>
      one.kind === 'Service' &&
      one.group === '' &&
      one.namespace === namespace &&
      one.name.replaceAll(/\D/g, '') === name.replaceAll(/\D/g, '') &&
      isOneSlip(one.name, name),
  );
}

/** What is not read, and may change an object that is known. */
function mayChange(platform: Platform, resource: Resource): string | null {
  for (const part of changing(platform)) {
    const { unverified, deployer, alters } = part;
    const isOfDeployer = alters && deployer !== null && deployer.id === resource.deployer;
    const isHere =
      unverified.kind === 'partial' &&
      unverified.origin?.file === resource.origin.file &&
      unverified.origin.line === resource.origin.line &&
      (unverified.object === undefined ||
        (unverified.object.kind === resource.kind && unverified.object.name === resource.name));
    if (isOfDeployer || isHere) return unreadWords(part);
  }
  return null;
}

const changing = oncePer((platform: Platform) =>
  unreadParts(platform).filter(({ alters, unverified }) => alters || unverified.kind === 'partial'),
);

/** Mutating policies, which may set labels that no manifest has. */
function labelled({ model }: Platform): string | null {
  const policy = model.policies.find(({ rules }) =>
    rules.some(
      ({ type, kinds }) => type === 'mutate' && kinds.some((kind) => /(?:^|\/)Namespace$/.test(kind)),
    ),
  );
  return policy === undefined ? null : `policy \`${policy.name}\` changes Namespaces`;
}
