/** What is wrong about the manifests, as far as the model sees it while it is built. */
import { at, compareText, isObject, type JsonPath, textAt } from '../base/index.ts';
import { type DiagnosticSource, diagnostic, type EarlyDiagnostic, type Unverified } from '../source/index.ts';
import type { Reason } from './argocd/projects/permission-parts.ts';
import type { FoundSet } from './argocd/sets/discover.ts';
import { atoi, helmWeightAnnotation, hookOf, waveAnnotation } from './argocd/sync/hooks.ts';
import type { BuildContext } from './context.ts';
import type { Excluded } from './create-resources.ts';
import { pathText } from './locate-path.ts';
import type { Resource } from './types.ts';

/** Objects that an application renders and Argo CD never applies. */
export function excludedFaults(excluded: readonly Excluded[], context: BuildContext): EarlyDiagnostic[] {
  return excluded.map(({ resource, application }) =>
    diagnostic({
      rule: 'resource-excluded',
      severity: 'warning',
      identity: [resource.id, application],
      message: `\`${resource.kind}/${resource.name}\` is in Application \`${application}\`, and Argo CD leaves its kind out of every sync`,
      sources: [
        {
          ...context.locate(resource, ['kind']),
          resource: resource.id,
          path: 'kind',
          role: 'excluded',
          via: resource.origin.via,
        },
      ],
      expected: 'a kind that Argo CD syncs',
      actual: `${resource.group === '' ? 'core' : resource.group}/${resource.kind}`,
      help: 'take it out of the source, or out of `resource.exclusions` (or into `resource.inclusions`) of argocd-cm',
    }),
  );
}

/** Labels and annotations that are no text, and annotations of Argo CD that are no number where one is meant, or no hook that it knows. */
export function metadataFaults(resources: readonly Resource[], context: BuildContext): EarlyDiagnostic[] {
  const seen = new Set<string>();
  return resources.flatMap((resource) => {
    const found: EarlyDiagnostic[] = [];
    // What counts is what the engine hands on: kustomize makes every value a text, a plain file and a chart do not.
    for (const field of ['labels', 'annotations'] as const) {
      const values = at(resource.rendered, 'metadata', field);
      for (const [key, value] of Object.entries(isObject(values) ? values : {})) {
        if (typeof value === 'string' || value === null) continue;
        const what = `is not a text but \`${JSON.stringify(value)}\`: the API server refuses the object`;
        const help = `write it in quotes: \`${key}: "${String(value)}"\``;
        found.push(metadataFault(resource, [field, key], what, help, context));
      }
    }
    const wave = resource.annotations[waveAnnotation];
    if (wave !== undefined && atoi(wave) === null) {
      found.push(
        metadataFault(
          resource,
          ['annotations', waveAnnotation],
          `is \`${wave}\`, which is no whole number: Argo CD takes 0`,
          'write a whole number in quotes',
          context,
        ),
      );
    }
    const weight = resource.annotations[helmWeightAnnotation];
    if (weight !== undefined && atoi(weight) === null) {
      found.push(
        metadataFault(
          resource,
          ['annotations', helmWeightAnnotation],
          `is \`${weight}\`, which is no whole number: Argo CD takes 0`,
          'write a whole number in quotes',
          context,
        ),
      );
    }
    const hook = hookOf(resource.annotations);
    if (
      hook.ignore &&
      hook.deletion.length === 0 &&
      resource.annotations['argocd.argoproj.io/hook'] !== undefined
    ) {
      found.push(
        metadataFault(
          resource,
          ['annotations', 'argocd.argoproj.io/hook'],
          'names no phase that Argo CD knows: the object is never applied',
          'use PreSync, Sync, PostSync, SyncFail or Skip',
          context,
        ),
      );
    }
    // One document may give several resources; its annotation is wrong once.
    return found.filter(({ fingerprint }) => !seen.has(fingerprint) && seen.add(fingerprint));
  });
}

function metadataFault(
  resource: Resource,
  [field, key]: readonly ['labels' | 'annotations', string],
  what: string,
  help: string,
  context: BuildContext,
): EarlyDiagnostic {
  const path = ['metadata', field, key];
  return diagnostic({
    rule: 'manifest-invalid',
    identity: [
      resource.origin.file,
      resource.kind,
      resource.name,
      ...(field === 'labels' ? [field] : []),
      key,
    ],
    message: `the ${field === 'labels' ? 'label' : 'annotation'} \`${key}\` of \`${resource.kind}/${resource.name}\` ${what}`,
    sources: [source(resource, path, 'actual', context)],
    help,
  });
}

/** Resources that share an identity and are both applied to the same cluster. */
export function repeatedFaults(repeated: readonly Resource[][], context: BuildContext): EarlyDiagnostic[] {
  return repeated.flatMap((resources) => {
    const clusters = new Map<string, Resource[]>();
    for (const resource of resources) {
      const cluster = clusterOf(resource, context);
      clusters.set(cluster, [...(clusters.get(cluster) ?? []), resource]);
    }
    return [...clusters.values()].flatMap((same) => {
      const [first, ...others] = same;
      const files = new Set(same.map(({ origin }) => `${origin.file}#${origin.document}`));
      if (!first || others.length === 0 || files.size < 2) return [];
      return diagnostic({
        rule: 'resource-duplicate',
        severity: 'warning',
        identity: [first.id, ...[...files].sort()],
        message: `\`${first.id}\` is applied ${same.length} times, from different files`,
        sources: same.map((resource) =>
          source(resource, ['metadata', 'name'], resource === first ? 'first' : 'again', context),
        ),
        expected: 'one manifest',
        actual: same
          .map(({ application, origin }) =>
            application === null ? origin.file : `${origin.file} by Application ${application}`,
          )
          .join(', '),
        help: 'Whichever is applied last wins: keep one of them.',
      });
    });
  });
}

/** The cluster that a resource goes to: bootstrap and in-cluster destinations are the same one. */
function clusterOf(resource: Resource, context: BuildContext): string {
  if (resource.application === null) return 'in-cluster';
  const application = context.lookup
    .ofKind('argoproj.io', 'Application')
    .find(({ name }) => name === resource.application);
  const destination = at(application?.rendered, 'spec', 'destination');
  const server = textAt(destination, 'server') ?? textAt(destination, 'name') ?? '';
  return server === 'https://kubernetes.default.svc' ? 'in-cluster' : server;
}

/** Generators and templates that were not expanded, and generators that give nothing. */
export function generatorFaults(
  sets: readonly Identified<FoundSet>[],
  context: BuildContext,
): EarlyDiagnostic[] {
  return sets.flatMap(({ id, record: { expansion } }) => {
    const resource = context.lookup.byId(id);
    if (!resource) return [];
    const fault = (
      severity: 'info' | 'warning',
      message: string,
      path: JsonPath,
      help: string,
    ): EarlyDiagnostic =>
      diagnostic({
        rule: 'generator-unverified',
        severity,
        identity: [id, message],
        message,
        sources: [source(resource, path, 'generator', context)],
        help,
      });
    const refused = expansion.refused.map(({ why, path }) =>
      diagnostic({
        rule: 'manifest-invalid',
        identity: [id, 'generators', why],
        message: `Argo CD refuses \`ApplicationSet/${resource.name}\`: ${why}`,
        sources: [source(resource, path, 'actual', context)],
        help: 'Mend the set: as it is, Argo CD neither creates nor updates these Applications.',
      }),
    );
    return [
      ...refused,
      ...expansion.unverified.map(({ why, path, help }) =>
        fault(
          'info',
          `the Applications of \`ApplicationSet/${resource.name}\` are not all known: ${why}`,
          path,
          ['What it generates is unknown here, not empty.', ...(help === undefined ? [] : [help])].join(' '),
        ),
      ),
      ...expansion.empty.map(({ why, path }) =>
        fault(
          'warning',
          `\`ApplicationSet/${resource.name}\` generates nothing: ${why}`,
          path,
          'Mend the pattern, or remove the generator.',
        ),
      ),
    ];
  });
}

/** An Application, or an object of it, that its project does not let be. */
export function forbidden(application: Resource, project: string, reason: Reason): EarlyDiagnostic {
  return diagnostic({
    rule: reason.rule ?? 'project-forbids',
    identity: [application.id, project, reason.about],
    message: `\`Application/${application.name}\`: ${reason.message}`,
    sources: [
      { ...reason.application, role: 'actual' },
      ...(reason.project ? [{ ...reason.project, role: 'declared here' }] : []),
    ],
    expected: reason.expected,
    actual: reason.actual,
    help: reason.help
      ? reason.help
      : reason.project
        ? `Widen \`AppProject/${project}\`, or change the application.`
        : `Add \`AppProject/${project}\`, or name another project.`,
  });
}

/** Each once, by what and where. */
export function unitedUnverified(...lists: (readonly Unverified[])[]): Unverified[] {
  const united = new Map<string, Unverified>();
  for (const item of lists.flat()) {
    united.set(
      `${item.origin?.file ?? ''}:${String(item.origin?.line ?? 0).padStart(7, '0')} ${item.what} ${item.why}`,
      item,
    );
  }
  return [...united.entries()].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}

function source(resource: Resource, path: JsonPath, role: string, context: BuildContext): DiagnosticSource {
  return {
    ...context.locate(resource, path),
    resource: resource.id,
    path: pathText(path),
    role,
    via: resource.origin.via,
  };
}

/** A record with the id of the resource that it is about. */
export interface Identified<T> {
  id: string;
  record: T;
}
