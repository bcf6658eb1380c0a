import { compareText } from '../../../base/index.ts';
import { type HardNeed, invertedNeeds, type Phase, type Resource } from '../../../model/index.ts';
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
  silent: `Says nothing:

- about an Application that is not rendered whole, as far as its order is not known; one that its engine refuses has no order;
- about two resources one of which is not read, and between two Applications whose order nothing states;
- about a definition that something unread may bring, or that is brought by an Application which this one does not deploy.`,
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
  const inverted = invertedNeeds(platform.model, platform.resource);
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

function inLaterSteps(inverted: readonly HardNeed[], platform: Platform): DiagnosticOf<'wave-inverted'>[] {
  return [...Map.groupBy(inverted, ({ provider, what }) => `${provider.id}|${words[what]}`)].flatMap(
    ([about, group]) => {
      const [first] = group;
      if (!first) return [];
      const { provider } = first;
      const word = words[first.what];
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

function compareSteps(a: Resource, b: Resource): number {
  return phases.indexOf(a.phase ?? 'Sync') - phases.indexOf(b.phase ?? 'Sync') || a.wave - b.wave;
}

function step(resource: Resource): string {
  return resource.phase === 'Sync' ? `wave ${resource.wave}` : `${resource.phase}, wave ${resource.wave}`;
}

/** What a resource cannot be applied or become healthy without. */
const words: Record<HardNeed['what'], string> = {
  namespace: 'the namespace to live in',
  store: 'the store to read',
  account: 'the account to run as',
  start: 'needed to start',
};

const phases: Phase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];
