import { compareText } from '../../../base/index.ts';
import { isMadeSecret, type Model, type Phase, type Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { shownSources, sourceOf, wavePath } from '../../subjects.ts';
import { neverDefined } from '../../waves/definitions.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject } from './example-files.ts';

export const waveInverted = {
  name: 'wave-inverted',
  about: 'manifests',
  severity: 'error',
  title: 'a resource comes before what it needs',
  explain: `Within one application a resource must not come in an earlier wave than what it cannot do without: the store that an ExternalSecret reads, the ServiceAccount, ConfigMap or Secret of a workload. Argo CD waits for each wave to be healthy, so the sync fails or waits for ever. Silent about a Namespace or a CustomResourceDefinition in the same application: Argo CD moves it before the first resource that needs it, into its wave. A definition that comes with another application below this one is another matter: nothing of this one is applied while a kind is unknown, unless the resource says \`SkipDryRunOnMissingResource=true\`.`,
  silent: `Of an application that is not rendered whole, as far as its order is not known: what its engine refuses has none. Of two resources of which one is not read, and of two applications, whose order nothing says. Of a definition that something unread may bring, or an application that this one does not deploy.`,
  failing: `${webProject}${webApplication}==> K8s/web/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    argocd.argoproj.io/sync-wave: "3"
==> K8s/web/deployment.yaml <==
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx
          envFrom:
            - configMapRef: {name: settings}
`,
  mended: `${webProject}${webApplication}==> K8s/web/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    argocd.argoproj.io/sync-wave: "-3"
==> K8s/web/deployment.yaml <==
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx
          envFrom:
            - configMapRef: {name: settings}
`,
  check: invertedWaves,
} as const satisfies ManifestRule;

/**
 * Consumers in an earlier step (phase, then wave) than what they cannot do without, in the same application:
 * one diagnostic a provider. Argo CD waits until a wave is healthy before the next, so the provider is never
 * reached.
 */
function invertedWaves(platform: Platform): DiagnosticOf<'wave-inverted'>[] {
  const positions = positionsIn(platform.model);
  const inverted = needs(platform.model, platform).filter(
    ({ consumer, provider }) =>
      consumer.application !== null &&
      // What no sync applies waits for nothing and holds nothing up.
      consumer.phase !== null &&
      provider.phase !== null &&
      consumer.application === provider.application &&
      isBefore(consumer, provider, positions),
  );
  return [...undefinedKinds(platform), ...inLaterSteps(inverted, platform)];
}

/** Custom resources that can never be applied first, once a definition. */
function undefinedKinds(platform: Platform): DiagnosticOf<'wave-inverted'>[] {
  return [...Map.groupBy(neverDefined(platform), ({ definition }) => definition)].map(
    ([definition, consumers]) => {
      const [{ consumer } = { consumer: definition }] = consumers;
      const others = consumers.length - 1;
      const name = platform.referenceOf(definition);
      return diagnose(waveInverted, {
        about: `${definition.id}|definition`,
        message: `\`${platform.referenceOf(consumer)}\`${others > 0 ? ` and ${others} more need` : ' needs'} \`${name}\`, which application \`${consumer.application}\` deploys only by way of application \`${definition.application}\`: Argo CD tries all of it dry first, finds no such kind and applies nothing`,
        sources: [
          sourceOf(platform, definition, 'comes later', ['spec', 'names']),
          ...consumers
            .slice(0, shownSources)
            .map((one) => sourceOf(platform, one.consumer, 'comes first', ['kind'])),
        ],
        expected: `${name} in application \`${consumer.application}\`, or \`SkipDryRunOnMissingResource=true\``,
        actual: `${name} in application \`${definition.application}\``,
        help: 'annotate the resource with `argocd.argoproj.io/sync-options: SkipDryRunOnMissingResource=true`, and give it a later wave than the application that brings its kind',
      });
    },
  );
}

function inLaterSteps(
  inverted: ReturnType<typeof needs>,
  platform: Platform,
): DiagnosticOf<'wave-inverted'>[] {
  return [...Map.groupBy(inverted, ({ provider, word }) => `${provider.id}|${word}`)].flatMap(
    ([about, group]) => {
      const [first] = group;
      if (!first) return [];
      const { provider, word } = first;
      const consumers = [...new Set(group.map(({ consumer }) => consumer))].sort(
        (a, b) => compareSteps(a, b) || compareText(a.id, b.id),
      );
      const [earliest] = consumers;
      if (!earliest) return [];
      const others = consumers.length - 1;
      const name = platform.referenceOf(provider);
      return [
        diagnose(waveInverted, {
          about,
          message: `\`${platform.referenceOf(earliest)}\` (${step(earliest)})${others > 0 ? ` and ${others} more come` : ' comes'} before \`${name}\` (${step(provider)}), ${word}`,
          sources: [
            sourceOf(platform, provider, 'comes later', wavePath),
            ...consumers
              .slice(0, shownSources)
              .map((consumer) => sourceOf(platform, consumer, `comes first, ${step(consumer)}`, wavePath)),
          ],
          expected: `${name} in ${step(earliest)} or before`,
          actual: step(provider),
          help: `within application \`${earliest.application}\` lower the wave of \`${name}\`, or raise that of what needs it`,
        }),
      ];
    },
  );
}

function needs(model: Model, platform: Platform): { consumer: Resource; provider: Resource; word: string }[] {
  return model.relations.flatMap((relation) => {
    if (relation.type !== 'needs') return [];
    const consumer = platform.resource(relation.from);
    const target = platform.resource(relation.to);
    const word = target === undefined ? undefined : wordFor(target);
    if (word === undefined || !consumer || !target) return [];
    // Only what Argo CD waits for can be stuck: a store that finds its account later gets well by itself.
    if (ofWorkloads.has(target.kind) && !workloads.has(consumer.kind)) return [];
    // A Secret that a controller makes comes when what asks for it does.
    const provider =
      isMadeSecret(target) && target.generatedBy ? platform.resource(target.generatedBy) : target;
    return provider && provider.id !== consumer.id ? [{ consumer, provider, word }] : [];
  });
}

/** The step in which each resource is applied, after what Argo CD moves while it sorts. */
function positionsIn(model: Model): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const { order } of model.applications)
    for (const [index, ids] of order.entries())
      for (const id of ids) if (!positions.has(id)) positions.set(id, index);
  return positions;
}

/** What no sync applies (a skipped hook, an object that its order leaves out) comes before nothing. */
function isBefore(consumer: Resource, provider: Resource, positions: ReadonlyMap<string, number>): boolean {
  const [first, second] = [positions.get(consumer.id), positions.get(provider.id)];
  return first !== undefined && second !== undefined && first < second;
}

function compareSteps(a: Resource, b: Resource): number {
  return phases.indexOf(a.phase ?? 'Sync') - phases.indexOf(b.phase ?? 'Sync') || a.wave - b.wave;
}

function step(resource: Resource): string {
  return resource.phase === 'Sync' ? `wave ${resource.wave}` : `${resource.phase}, wave ${resource.wave}`;
}

/** What a resource cannot be applied or become healthy without; the rest it finds later by itself. */
function wordFor({ group, kind }: Resource): string | undefined {
  if (group === 'external-secrets.io') return 'the store to read';
  return group === '' ? hard.get(kind) : undefined;
}

const hard = new Map([
  ['Namespace', 'the namespace to live in'],
  ['Secret', 'needed to start'],
  ['ConfigMap', 'needed to start'],
  ['ServiceAccount', 'the account to run as'],
]);
const ofWorkloads = new Set(['Secret', 'ConfigMap', 'ServiceAccount']);

const workloads = new Set(['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'Rollout', 'StatefulSet']);

const phases: Phase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];
