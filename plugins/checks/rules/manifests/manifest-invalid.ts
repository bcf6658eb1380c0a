import { asText, type JsonPath } from '../../../base/index.ts';
import {
  type BuildFinding,
  type ForbiddenFinding,
  type MetadataFinding,
  type NameFinding,
  type ProjectFinding,
  pathText,
  type SetRefused,
} from '../../../model/index.ts';
import { type DiagnosticOf, diagnostic } from '../../../source/index.ts';
import { inRole } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

export const manifestInvalid = {
  name: 'manifest-invalid',
  about: 'manifests',
  severity: 'error',
  title: 'a manifest cannot be read',
  explain: `Every file under the manifest roots is read. One that is not YAML, or is cut off, is told with its place; everything else is still checked. So is an object that its tool would refuse: an AppProject with a policy that is none, an Application without a source, or with one that Argo CD makes nothing of: a path of this repository that does not exist, a file without a kind. So is a Kustomization or HelmRelease of Flux whose path does not exist, or that its controller cannot build: a file of a folder without a kustomization that is no manifest, a variable that cannot be substituted. So is a name that the API server refuses.`,
  silent: `Some sources leave their Application *not verified* instead:

- a source with a placeholder or a variable, at another revision than the branch that is read, or in a submodule or folder that is not read;
- no source at all, where nothing deploys the Application and a kustomization beside or above leaves it out: whoever uses it may complete it.

Says nothing about files that do not look like manifests, nor about those of other tools (a log in JSON, a page's template, a skeleton, \`kind.x-k8s.io\`), unless a kustomization lists them or an Application deploys their folder. A file with \`{{ … }}\` that nothing is seen to deploy is only a warning: somebody fills it in first. A file of more than 4 MiB and one that git-crypt encrypts are notes: what they declare is *not verified*.`,
  failing: `==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  labels: {owner: web
`,
  mended: `==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  labels: {owner: web}
`,
} as const satisfies ManifestRule;

/** A label or annotation that the API server refuses, or that Argo CD reads otherwise than it is meant. */
export function invalidMetadata({
  resource,
  field,
  key,
  wrong,
  value,
  place,
}: MetadataFinding): DiagnosticOf<'manifest-invalid'> {
  const { what, help } = {
    'no text': {
      what: `is not a text but \`${JSON.stringify(value)}\`: the API server refuses the object`,
      help: `write it in quotes: \`${key}: "${asText(value)}"\``,
    },
    'no number': {
      what: `is \`${asText(value)}\`, which is no whole number: Argo CD takes 0`,
      help: 'write a whole number in quotes',
    },
    'no hook': {
      what: 'names no phase that Argo CD knows: the object is never applied',
      help: 'use PreSync, Sync, PostSync, SyncFail or Skip',
    },
  }[wrong];
  return diagnostic({
    rule: manifestInvalid.name,
    identity: [
      resource.origin.file,
      resource.kind,
      resource.name,
      ...(field === 'labels' ? [field] : []),
      key,
    ],
    message: `the ${field === 'labels' ? 'label' : 'annotation'} \`${key}\` of \`${resource.kind}/${resource.name}\` ${what}`,
    sources: [inRole(place, 'actual')],
    help,
  });
}

/** A name with which the API server takes no object. */
export function refusedName({
  resource,
  field,
  value,
  place,
}: NameFinding): DiagnosticOf<'manifest-invalid'> {
  const shown = JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
  return diagnostic({
    rule: manifestInvalid.name,
    identity: [resource.origin.file, resource.kind, field, value],
    message: `the API server refuses the ${field} ${shown} of this \`${resource.kind}\``,
    sources: [inRole(place, 'actual')],
    help:
      field === 'name'
        ? 'a name is made of lower-case letters, digits, `-` and `.`, at most 253 of them, and begins and ends with a letter or digit'
        : 'a namespace is made of lower-case letters, digits and `-`, at most 63 of them',
  });
}

/** An ApplicationSet of which Argo CD makes nothing until it is mended. */
export function refusedSet({ set, why, place }: SetRefused): DiagnosticOf<'manifest-invalid'> {
  return diagnostic({
    rule: manifestInvalid.name,
    identity: [set.id, 'generators', why],
    message: `Argo CD refuses \`ApplicationSet/${set.name}\`: ${why}`,
    sources: [inRole(place, 'actual')],
    help: 'Mend the set: as it is, Argo CD neither creates nor updates these Applications.',
  });
}

/** An Application that no project could permit. */
export function invalidApplication({
  application,
  project,
  reason,
}: ForbiddenFinding): DiagnosticOf<'manifest-invalid'> {
  return diagnostic({
    rule: manifestInvalid.name,
    identity: [application.id, project, reason.about],
    message: `\`Application/${application.name}\`: ${reason.message}`,
    sources: [{ ...reason.application, role: 'actual' }],
    expected: reason.expected,
    actual: reason.actual,
    help: reason.help ?? 'Complete the spec: Argo CD deploys nothing of it as it is.',
  });
}

/** A Kustomization or HelmRelease of Flux that its controller makes nothing of. */
export function failedBuild({
  deployer,
  error,
  about,
  place,
}: BuildFinding): DiagnosticOf<'manifest-invalid'> {
  const isPath = about === 'path';
  return diagnostic({
    rule: manifestInvalid.name,
    identity: [deployer.id, error],
    message: `\`${deployer.kind}/${deployer.name}\`: ${error}`,
    sources: [inRole(place, 'actual')],
    expected: isPath ? 'a folder of this repository' : 'what its controller can build',
    actual: error,
    help: `Flux reports ${isPath ? 'ArtifactFailed' : 'BuildFailed'} and applies nothing of it: mend it, or what it names.`,
  });
}

/**
 * A project that the API would refuse. Applied as a manifest it passes by: most faults then only make a part
 * of it void, a window that cannot be read stops every sync.
 */
export function invalidProject({
  project,
  path,
  error,
  place,
}: ProjectFinding): DiagnosticOf<'manifest-invalid'> {
  const stops = path[0] === 'syncWindows' && (path[2] === 'schedule' || path[2] === 'duration');
  return diagnostic({
    rule: manifestInvalid.name,
    severity: stops ? 'error' : 'warning',
    identity: [project.id, keysIn(path), error],
    message: `\`AppProject/${project.name}\` is not valid: ${error}`,
    sources: [inRole(place, 'actual')],
    help: stops
      ? 'Argo CD starts no sync of the project while one of its windows cannot be read: mend it.'
      : "Argo CD's API refuses such a project, and an applied one does not do what this says: mend it.",
  });
}

/** A path without its numbers, which change when an item is added. */
function keysIn(path: JsonPath): string {
  return pathText(path.filter((part) => typeof part === 'string'));
}
