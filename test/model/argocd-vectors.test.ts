import { describe, expect, it } from 'vitest';
import {
  type Cluster,
  type Destination,
  isDestinationPermitted,
  resolveDestination,
} from '../../plugins/model/argocd/destinations.ts';
import { directoryParameters, matchDirectories } from '../../plugins/model/argocd/directories.ts';
import { gobwas, matchWithDeny } from '../../plugins/model/argocd/glob.ts';
import { type Annotations, csv, hookOf, waveOf } from '../../plugins/model/argocd/hooks.ts';
import {
  type IgnoreLists,
  ignoredFor,
  overrideKey,
  resourceOverrides,
} from '../../plugins/model/argocd/ignore-differences.ts';
import { isKindPermitted, type KindItem, type KindLists } from '../../plugins/model/argocd/kinds.ts';
import { kindRank, sortTasks, steps, type Task } from '../../plugins/model/argocd/order.ts';
import { detectType, normalizeSource, selectFiles } from '../../plugins/model/argocd/source-type.ts';
import { isSourcePermitted } from '../../plugins/model/argocd/sources.ts';
import { renderText } from '../../plugins/model/argocd/template.ts';
import { isSshUrl, normalizeGitUrl, sameGitUrl, sshUserOf } from '../../plugins/model/argocd/url.ts';
import type { Phase } from '../../plugins/model/types.ts';
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../plugins/source/json.ts';
import { differ, type Operation, runVectors, type Vector, vectors as vectorsOf } from './vectors.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const annotationsOf = (value: unknown): Annotations => (isObject(value) ? value : {});

describe('Argo CD vectors', () => {
  it('order of a sync', () => {
    const operations: Record<string, Operation> = {
      kindRank: ({ input, expected }) => differ(expected.rank, kindRank(text(input.kind))),
      wave: ({ input, expected }) => differ(expected.wave, waveOf(annotationsOf(input.annotations)) ?? 0),
      annotationCSV: ({ input, expected }) => differ(expected.values, csv(input.value)),
      hook: ({ input, expected }) => {
        const annotations = annotationsOf(input.annotations);
        const hook = hookOf(annotations);
        const types = hook.types.filter((type) => type !== 'PreDelete' && type !== 'PostDelete');
        const all: JsonObject = {
          isHook: hook.isHook,
          skip: hook.skip,
          types,
          phases: [...hook.phases].sort(),
          ignore: hook.ignore,
          deletePolicies: hook.deletePolicies,
          wave: waveOf(annotations) ?? 0,
        };
        const wanted = {
          ...expected,
          ...(Array.isArray(expected.phases) ? { phases: expected.phases.map(text).sort() } : {}),
        };
        return differ(wanted, Object.fromEntries(Object.keys(expected).map((key) => [key, all[key]])));
      },
      isHookOfType: ({ input, expected }) =>
        differ(expected.is, hookOf(annotationsOf(input.annotations)).deletion.includes(text(input.type))),
      isControllerHook: ({ input, expected }) => {
        const hook = hookOf(annotationsOf(input.annotations));
        return differ(expected.is, hook.isHook || hook.deletion.length > 0);
      },
      partition: ({ input, expected }) => {
        const objects = listAt(input, 'objects').filter(isObject);
        const hooks = objects.map((object) => ({
          name: text(object.name),
          hook: hookOf(annotationsOf(object.annotations)),
        }));
        return differ(expected, {
          synced: hooks
            .filter(({ hook }) => hook.deletion.length === 0 || hook.phases.length > 0)
            .map(({ name }) => name),
          hasPreDeleteHooks: hooks.some(({ hook }) => hook.deletion.includes('PreDelete')),
          hasPostDeleteHooks: hooks.some(({ hook }) => hook.deletion.includes('PostDelete')),
        });
      },
      multiStep: ({ input, expected }) => {
        const tasks = sortTasks(
          listAt(input, 'tasks')
            .filter(isObject)
            .map((task) => taskOf(task, '')),
        );
        const [first, last] = [tasks[0], tasks.at(-1)];
        return differ(expected, {
          phase: first?.phase,
          wave: first?.wave,
          lastPhase: last?.phase,
          lastWave: last?.wave,
          multiStep: steps(tasks).length > 1,
        });
      },
      sortTasks: ({ input, expected }) => {
        const tasks = sortTasks(
          listAt(input, 'tasks')
            .filter(isObject)
            .map((task) => taskOf(task, '')),
        );
        const order = differ(
          expected.order,
          tasks.map(({ ref }) => ref),
        );
        if (order !== null || expected.tasks === undefined) return order;
        return differ(
          expected.tasks,
          tasks.map(({ ref, phase, wave }) => ({ ref, phase, wave })),
        );
      },
      syncTasks: ({ input, expected }) => {
        const resources = listAt(input, 'resources').filter(isObject);
        const tasks = sortTasks(
          resources.flatMap((resource) => tasksOf(resource, text(input.destinationNamespace))),
        );
        if (expected.order !== undefined) {
          return differ(
            expected.order,
            tasks.map(({ ref, phase, wave }) => ({ ref, phase, wave, prune: false })),
          );
        }
        return differ(expected.waves, Object.fromEntries(tasks.map(({ ref, wave }) => [ref, wave])));
      },
    };
    const prunes = 'prune tasks need a live cluster';
    const aside: Record<string, string> = {
      dryRunSkipped: 'dry runs need a live cluster',
      hasCRDOfGroupKind: 'dry runs need a live cluster',
      namespaceAutoCreate: 'the namespace that Argo CD creates by itself is no manifest',
      hookName: 'names made at the time of a sync',
      pruneDecision: prunes,
      applyCommand: 'the verb is no part of the model',
      serverSideApply: 'the verb is no part of the model',
      kubectlValidate: 'the verb is no part of the model',
      applyOutOfSyncOnly: 'needs live state',
      annotationOptionValue: 'options of single resources are no part of the model',
    };
    for (const { id, input } of runnable('sync-order.json')) {
      if (listAt(input, 'resources').some((resource) => isObject(resource) && resource.target === false))
        aside[id] = prunes;
    }
    expect(runVectors('sync-order.json', operations, aside).failures).toEqual([]);
  });

  it('destinations of a project', () => {
    const operations: Record<string, Operation> = {
      isDestinationPermitted: ({ input, expected }) => {
        if (input.destCluster === null) return differ(expected.permitted ?? false, false);
        return differ(
          expected.permitted,
          isDestinationPermitted(
            listAt(input, 'destinations') as unknown as Destination[],
            clusterOf(objectAt(input, 'destCluster')),
            text(input.namespace),
            {
              permitOnlyProjectScopedClusters: input.permitOnlyProjectScopedClusters === true,
              projectClusters: listAt(input, 'projectClusters').filter(isObject).map(clusterOf),
            },
          ),
        );
      },
      globMatch: ({ input, expected }) =>
        differ(
          expected.match,
          (input.allowNegation === true
            ? matchWithDeny
            : (p: string, v: string, s?: string) => gobwas(p, s)(v))(
            text(input.pattern),
            text(input.value),
            text(input.separators),
          ),
        ),
      resolveDestination: ({ input, expected }) => {
        const clusters = listAt(input, 'clusters').filter(isObject).map(clusterOf);
        const resolved = resolveDestination(
          objectAt(input, 'destination'),
          clusters,
          input.inClusterEnabled !== false,
        );
        if (typeof expected.error === 'string') {
          return !resolved.ok && resolved.error.includes(expected.error) ? null : JSON.stringify(resolved);
        }
        if (!resolved.ok) return resolved.error;
        return differ(
          expected,
          Object.fromEntries(Object.keys(expected).map((key) => [key, resolved.cluster[key as 'name']])),
        );
      },
    };
    expect(
      runVectors('appproject-destinations.json', operations, { 'dest-error-01': 'needs the API' }).failures,
    ).toEqual([]);
  });

  it('sources of a project', () => {
    const operations: Record<string, Operation> = {
      isSourcePermitted: ({ input, expected }) =>
        differ(
          expected.permitted,
          isSourcePermitted(listAt(input, 'sourceRepos').map(text), text(input.repoURL)),
        ),
      sameURL: ({ input, expected }) => {
        const [left, right] = [text(input.left), text(input.right)];
        return differ(
          expected.same,
          sameGitUrl(left, right) || (normalizeGitUrl(left) === '' && normalizeGitUrl(right) === ''),
        );
      },
      normalizeGitURL: ({ input, expected }) => differ(expected.normalized, normalizeGitUrl(text(input.url))),
      isSSHURL: ({ input, expected }) => {
        const user = expected.user === undefined ? {} : { user: sshUserOf(text(input.url)) };
        return differ(expected, { ssh: isSshUrl(text(input.url)), ...user });
      },
    };
    const aside = {
      validateSources: 'fields that the API server demands',
      validateProject: 'fields that the API server demands',
    };
    expect(runVectors('appproject-sources.json', operations, aside).failures).toEqual([]);
  });

  it('kinds of a project', () => {
    const operations: Record<string, Operation> = {
      isGroupKindNamePermitted: ({ input, expected }) =>
        differ(
          expected.permitted,
          isKindPermitted(
            kindLists(input),
            text(input.group),
            text(input.kind),
            text(input.name),
            input.namespaced === true,
          ),
        ),
      validateSyncPermissions: ({ input, expected }) => {
        const spec = objectAt(input, 'projectSpec');
        const resource = objectAt(input, 'resource');
        const namespaced = input.namespaced === true;
        const kind = isKindPermitted(
          kindLists(spec),
          text(resource.group),
          text(resource.kind),
          text(resource.name),
          namespaced,
        );
        const destination =
          !namespaced ||
          isDestinationPermitted(
            listAt(spec, 'destinations') as unknown as Destination[],
            clusterOf(objectAt(input, 'destCluster')),
            text(resource.namespace),
          );
        return differ(expected.permitted === true, kind && destination);
      },
    };
    const aside = { 'syncperm-01': 'a kind that the cluster does not know' };
    expect(runVectors('appproject-resources.json', operations, aside).failures).toEqual([]);
  });

  it('git directory generators', () => {
    const operations: Record<string, Operation> = {
      '-': ({ input, expected }) => {
        const goTemplate = input.goTemplate === true;
        const items = listAt(input, 'directories')
          .filter(isObject)
          .map((item) => ({ path: text(item.path), exclude: item.exclude === true }));
        const directories = matchDirectories(items, listAt(input, 'repoDirectories').map(text));
        const missingKeyError = listAt(input, 'goTemplateOptions').includes('missingkey=error');
        const params: JsonObject[] = [];
        for (const directory of directories) {
          const own = directoryParameters(directory, goTemplate, text(input.pathParamPrefix));
          const values: JsonObject = {};
          for (const [key, value] of Object.entries(objectAt(input, 'values'))) {
            const rendered = renderText(text(value), own, { goTemplate, missingKeyError });
            if (!rendered.ok) return expected.error === undefined ? rendered.why : null;
            values[key] = rendered.value;
          }
          const flat = Object.fromEntries(
            Object.entries(values).map(([key, value]) => [`values.${key}`, value]),
          );
          const added = goTemplate ? { values } : flat;
          params.push(Object.keys(values).length > 0 ? { ...own, ...added } : own);
        }
        return differ(expected.params, params);
      },
    };
    const aside = {
      'dirs-project-02': 'the project is looked up in the cluster',
      'dirs-derived-16': 'uses `splitList` and `first`, which are named as unverified',
      'dirs-fast-08': 'an error of the repo server',
      'dirs-fast-09': 'an error of the repo server',
      'dirs-go-07': 'an error of the repo server',
    };
    expect(runVectors('appset-git-directories.json', operations, aside).failures).toEqual([]);
  });

  it('ignored differences', () => {
    const operations: Record<string, Operation> = {
      overrideKey: ({ input, expected }) =>
        expected.error === undefined
          ? differ(expected.key, overrideKey(text(input.suffix)))
          : differ(null, overrideKey(text(input.suffix))),
      resourceOverrides: ({ input, expected }) => {
        const { overrides, faults } = resourceOverrides(objectAt(input, 'argocdCm'));
        if (expected.error !== undefined) return faults.length > 0 ? null : 'expected a fault';
        const wanted: JsonObject = {};
        for (const [key, value] of Object.entries(objectAt(expected, 'overrides'))) {
          if (isObject(value) && value.ignoreDifferences !== undefined) wanted[key] = value.ignoreDifferences;
        }
        const got = Object.fromEntries(
          [...overrides].map(([key, { from: _, written: _written, ...lists }]) => [key, dropEmpty(lists)]),
        );
        return differ(wanted, got);
      },
      hasIgnoreDifference: ({ input, expected }) => {
        const overrides = new Map<string, Partial<IgnoreLists>>();
        for (const [key, value] of Object.entries(objectAt(input, 'overrides'))) {
          overrides.set(key, objectAt(value, 'ignoreDifferences') as Partial<IgnoreLists>);
        }
        const resource = objectAt(input, 'resource');
        const hit = ignoredFor(
          {
            group: text(resource.group),
            kind: text(resource.kind),
            name: text(resource.name),
            namespace: text(resource.namespace),
          },
          listAt(input, 'ignoreDifferences').filter(isObject),
          overrides,
        );
        return differ(expected, hit === null ? { found: false } : { found: true, ...dropEmpty(hit) });
      },
    };
    const aside = { normalize: 'live diffing', 'has-12': 'a nil resource' };
    expect(runVectors('ignore-differences.json', operations, aside).failures).toEqual([]);
  });

  it('types of sources', () => {
    const operations: Record<string, Operation> = {
      detect: ({ input, expected }) => {
        const result = detectType(
          objectAt(input, 'source'),
          listAt(input, 'files').map(text),
          objectAt(input, 'enabled'),
        );
        return differ(expected, result);
      },
      normalizeSource: ({ input, expected }) =>
        differ(expected.source ?? null, normalizeSource(objectAt(input, 'source'))),
      selectFiles: ({ input, expected }) =>
        differ(expected.files, selectFiles(listAt(input, 'files').map(text), objectAt(input, 'directory'))),
    };
    const aside: Record<string, string> = {
      discover: 'a listing that the model does not make',
      parseFiles: 'parsing is the room `source`',
      mergeSource: '.argocd-source files are not read',
      generates: 'part of the whole model, tested there',
    };
    for (const { id, input } of runnable('app-source-type.json')) {
      if (Object.keys(objectAt(input, 'symlinks')).length > 0) aside[id] = 'links are the room `source`';
    }
    expect(runVectors('app-source-type.json', operations, aside).failures).toEqual([]);
  });
});

function runnable(file: string): Vector[] {
  return vectorsOf(file);
}

interface RefTask extends Task {
  ref: string;
}

function taskOf(task: JsonObject, destination: string): RefTask {
  const object = isObject(task.object) ? task.object : task;
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const metadata = isObject(object.metadata) ? object.metadata : object;
  const group = textAt(object, 'group') ?? (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');
  const crd = isObject(object.spec) ? object.spec : null;
  return {
    ref: text(task.ref),
    phase: (textAt(task, 'phase') ?? 'Sync') as Phase,
    wave: typeof task.wave === 'number' ? task.wave : (waveOf(annotationsOf(metadata.annotations)) ?? 0),
    group,
    kind: text(object.kind),
    name: text(metadata.name),
    namespace: textAt(metadata, 'namespace') ?? (destination === '' ? null : destination),
    defines:
      crd === null ? null : { group: textAt(crd, 'group') ?? '', kind: textAt(crd, 'names', 'kind') ?? '' },
  };
}

function tasksOf(resource: JsonObject, destination: string): RefTask[] {
  const hook = hookOf(annotationsOf(objectAt(resource, 'object', 'metadata', 'annotations')));
  return hook.phases.map((phase) => ({ ...taskOf(resource, destination), phase }));
}

function clusterOf(value: JsonObject): Cluster {
  return { server: text(value.server), name: text(value.name) };
}

function kindLists(value: JsonObject): KindLists {
  const list = (key: string): KindItem[] | null =>
    Array.isArray(value[key])
      ? listAt(value, key)
          .filter(isObject)
          .map((item) => ({
            group: text(item.group),
            kind: text(item.kind),
            name: textAt(item, 'name') ?? null,
          }))
      : null;
  return {
    clusterResourceWhitelist: list('clusterResourceWhitelist'),
    clusterResourceBlacklist: list('clusterResourceBlacklist'),
    namespaceResourceWhitelist: list('namespaceResourceWhitelist'),
    namespaceResourceBlacklist: list('namespaceResourceBlacklist'),
  };
}

function dropEmpty(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([, list]) => Array.isArray(list) && list.length > 0),
  ) as JsonObject;
}
