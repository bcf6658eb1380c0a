import { at, isPathMisspelt, nearest } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { isBuiltIn, isOfKind, whyUnseen } from '../../platform/index.ts';
import { missingResource, wrongNamespace } from '../rules/pages/command-unknown.ts';
import { answerNamespace, byHand } from './answer-namespace.ts';
import { type KindOf, kindsOf } from './kind-names.ts';
import { installedIn } from './made.ts';
import { isName, isStandIn, namespacesOf } from './namespaces.ts';
import type { About, Answer, Question, Search } from './types.ts';

/** A resource of one of the kinds must be declared under the name, in the namespace where one is given. */
export function answerResource(question: Question & { ask: 'resource' }, about: About): Answer | null {
  const { platform, makes } = about;
  const { word, namespace: given } = question;
  const known = question.kinds.map((kind) => kindsOf(kind, platform.model));
  const kinds = known.flat();
  const [first] = kinds;
  // Of several kinds, the one that nobody knows may be the one that is meant.
  if (!first || known.some((some) => some.length === 0) || given?.open) return null;
  if (first.group === '' && first.kind === 'Namespace') return answerNamespace(word, about);
  const search = searchFor(word.text, kinds, given?.text ?? null, about);
  const kind = [...new Set(kinds.map((one) => one.kind))].join(' or ');
  const looked = `${kind} ${word.text}`;
  if (search.found) return { looked };
  if (isBeyondManifests(word.text, kinds, search.namespace, about)) return null;
  const why = installedIn(makes, search.namespace) ?? whyUnseen(platform, kinds, search.namespace, word.text);
  if (why !== null) return { looked, unverified: why };
  if (given && search.elsewhere.length > 0) return { looked, fault: wrongNamespace(about, given, search) };
  const candidates = nearestNames(word.text, search);
  if (candidates.length === 0 && kinds.some(({ kind }) => madeByAnything.has(kind)))
    return { looked, unverified: `programs make a ${kind} of their own` };
  const { applications, applicationSets } = platform.model;
  const isSlip = candidates.some((one) => isPathMisspelt(word.text, one));
  if (!isSlip && applications.length + applicationSets.length === 0) return { looked, unverified: byHand };
  if (!isSlip && search.namespace !== null && !runsAnything(search.namespace, about))
    return {
      looked,
      unverified: `nothing here runs in namespace ${search.namespace}: what does comes from elsewhere`,
    };
  return { looked, fault: missingResource(about, word, kind, candidates, search) };
}

/** Whether the repository puts a workload into a namespace, or only adds to what others run there. */
function runsAnything(namespace: string, { platform }: About): boolean {
  return platform.model.resources.some(
    (one) =>
      one.namespace === namespace && (one.kind === 'CronJob' || at(one.rendered, 'spec', 'template', 'spec')),
  );
}

function searchFor(name: string, kinds: KindOf[], namespace: string | null, { platform }: About): Search {
  const ofKind = platform.model.resources.filter((resource) =>
    kinds.some((kind) => isOfKind(resource, kind)),
  );
  const isInside = (one: Resource) =>
    namespace === null || one.namespace === null || one.namespace === namespace;
  const named = ofKind.filter((resource) => resource.name === name);
  return {
    namespace,
    found: named.some(isInside),
    inside: ofKind.filter(isInside),
    elsewhere: named,
    ofKind,
  };
}

/**
 * Names of which the manifests say nothing: those for the reader to fill in, of controllers, of the cluster,
 * of the page itself.
 */
function isBeyondManifests(
  name: string,
  kinds: KindOf[],
  namespace: string | null,
  { platform, makes }: About,
): boolean {
  if (!isName(name) || isStandIn(name) || makes.resources.has(name)) return true;
  // An unknown namespace is reported at its own word.
  if (namespace !== null && !isBuiltIn(namespace) && !namespacesOf(platform).has(namespace)) return true;
  return kinds.some(({ kind }) => madeByControllers.has(kind) || comesWithCluster(kind, name));
}

/** Of the same namespace first. */
function nearestNames(name: string, { inside, ofKind }: Search): string[] {
  for (const list of [inside, ofKind]) {
    const names = nearest(
      name,
      list.map((one) => one.name),
    );
    if (names.length > 0) return names;
  }
  return [];
}

function comesWithCluster(kind: string, name: string): boolean {
  if (kind === 'ServiceAccount' || kind === 'AppProject') return name === 'default';
  return /^(?:kube-root-ca\.crt|kubernetes|cluster-admin|admin|edit|view|system:.*|argocd-initial-admin-secret|sh\.helm\..*)$/.test(
    name,
  );
}

/** Kinds whose names no manifest gives: what is unknown is not wrong. */
const madeByControllers = new Set(
  `Pod ReplicaSet ReplicationController ControllerRevision Endpoints EndpointSlice Event Lease Node Job PersistentVolume
  PersistentVolumeClaim Workflow CertificateRequest AnalysisRun CustomResourceDefinition StorageClass IngressClass GatewayClass
  PriorityClass`.split(/\s+/),
);

/** Kinds that any program may make while it runs: a missing one is wrong only where another looks like it. */
const madeByAnything = new Set(
  'Secret ConfigMap ServiceAccount Role RoleBinding ClusterRole ClusterRoleBinding'.split(' '),
);
