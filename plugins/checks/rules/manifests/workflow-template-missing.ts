import { firstOf, nearest, oncePer } from '../../../base/index.ts';
import { type MissingTemplate, missingTemplates, type Resource } from '../../../model/index.ts';
import { type Platform, unreadIn } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { nameIndex } from '../../name-index.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

const template = `==> K8s/ci/template.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata:
  name: build
  namespace: ci
spec:
  entrypoint: main
  templates:
    - name: main
      container: {image: "builder:1"}
`;

const sensor = (name: string) => `==> K8s/ci/sensor.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata:
  name: on-push
  namespace: ci
spec:
  dependencies:
    - {name: pushed, eventSourceName: git, eventName: push}
  triggers:
    - template:
        name: build
        argoWorkflow:
          operation: submit
          source:
            resource:
              apiVersion: argoproj.io/v1alpha1
              kind: Workflow
              metadata: {generateName: build-}
              spec:
                workflowTemplateRef: {name: ${name}}
==> K8s/ci/source.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata:
  name: git
  namespace: ci
spec:
  webhook:
    push: {port: "12000", endpoint: /push, method: POST}
`;

export const workflowTemplateMissing = {
  name: 'workflow-template-missing',
  about: 'manifests',
  severity: 'warning',
  title: 'a workflow runs a template that is not here',
  explain: `A Workflow, a CronWorkflow, another template or the trigger of a Sensor names a WorkflowTemplate of its namespace, or a ClusterWorkflowTemplate, that no manifest declares, or a template that it does not have. The workflow is refused as it is submitted, and whatever event should have started it is lost. A warning by default: the template may be applied from elsewhere.`,
  silent: `Says nothing:

- while something that is not read may declare the template in that namespace: a failed build, an ApplicationSet that is not expanded, the source of an Application, a chart whose values speak of it or whose publisher is not well known;
- where the namespace is not known, or a template of that name has none;
- about a name that is computed while the workflow runs, or written by a trigger's parameter;
- where the repository declares no template of that kind at all.`,
  failing: `${template}${sensor('biuld')}`,
  mended: `${template}${sensor('build')}`,
  check: missing,
} as const satisfies ManifestRule;

function missing(platform: Platform): DiagnosticOf<'workflow-template-missing'>[] {
  const kinds = templatesOf(platform);
  if (kinds.size === 0) return [];
  const find = (kind: string, namespace: string | null, name: string) =>
    kinds.get(kind)?.within(namespace).get(name)?.rendered;
  return platform.model.resources.flatMap((resource) =>
    missingTemplates(resource, find)
      .filter((one) => isCertain(one, platform))
      .map((one) => tell(resource, one, platform)),
  );
}

/** What is there lacks a template whatever else is unread; of what is not there another may be brought. */
function isCertain({ kind, namespace, name, template: inner }: MissingTemplate, platform: Platform): boolean {
  const known = templatesOf(platform).get(kind);
  if (inner !== null) return true;
  if (known === undefined) return false;
  const isOfCluster = kind.startsWith('Cluster');
  if (!isOfCluster && (namespace === null || known.within(null).has(name))) return false;
  return unreadIn(platform, [{ group: 'argoproj.io', kind }], namespace, name) === null;
}

function tell(
  resource: Resource,
  { kind, namespace, name, template: inner, path }: MissingTemplate,
  platform: Platform,
): DiagnosticOf<'workflow-template-missing'> {
  const known = templatesOf(platform).get(kind);
  const found = inner === null ? undefined : known?.within(namespace).get(name);
  const place = namespace === null ? '' : ` in namespace \`${namespace}\``;
  const candidates = inner === null ? nearest(name, known?.within(namespace).keys() ?? []) : [];
  const near = found ?? known?.within(namespace).get(candidates[0] ?? '');
  const elsewhere = inner === null ? (known?.named(name) ?? []) : [];
  const says = `\`${platform.referenceOf(resource)}\` runs`;
  return diagnose(workflowTemplateMissing, {
    about: `${resource.id}|${kind}/${name}|${inner ?? ''}`,
    message:
      inner === null
        ? `${says} ${kind} \`${name}\`, which no manifest declares${place}`
        : `${says} the template \`${inner}\` of ${kind} \`${name}\`${place}, which has none of that name`,
    sources: [
      sourceOf(platform, resource, 'runs', path),
      ...(near
        ? [sourceOf(platform, near, found ? 'lacks it' : 'nearest', found ? ['spec'] : ['metadata', 'name'])]
        : []),
    ],
    expected: inner === null ? `${kind} ${name}` : `a template ${inner}`,
    actual:
      elsewhere.length > 0
        ? `there is one in ${firstOf(elsewhere, 10, (one) => String(one.namespace))}`
        : inner === null
          ? 'none of the name'
          : 'none of the name in it',
    candidates,
    help: suggestion(candidates) ?? 'declare the template, or correct the name',
  });
}

/** By their kinds; none where the repository declares none. */
const templatesOf = oncePer(
  ({ model }: Platform) =>
    new Map(
      [...Map.groupBy(model.resources.filter(isTemplate), ({ kind }) => kind)].map(([kind, all]) => [
        kind,
        nameIndex(all),
      ]),
    ),
);

function isTemplate({ group, kind }: Resource): boolean {
  return group === 'argoproj.io' && /^(?:Cluster)?WorkflowTemplate$|^CronWorkflow$/.test(kind);
}
