import { readFileSync } from 'node:fs';
import { noSecrets, noStore } from '../no-store.ts';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../plugins/base/json-value.ts';
import { isKindPermitted, type KindItem, type KindLists } from '../../plugins/model/argocd/projects/cluster-kinds.ts';
import { type Cluster, type Destination, isDestinationPermitted, resolveDestination } from '../../plugins/model/argocd/projects/destinations.ts';
import { gobwas, matchWithDeny } from '../../plugins/model/argocd/projects/gobwas-glob.ts';
import { validateProject } from '../../plugins/model/argocd/projects/project-validation.ts';
import { deploymentOf } from '../../plugins/model/argocd/sources/deployments.ts';
import { combinedSizeFault, expandList, objectDocuments } from '../../plugins/model/argocd/sources/directory-objects.ts';
import { isSshUrl, normalizeGitUrl } from '../../plugins/model/argocd/sources/git-url.ts';
import { isSourcePermitted } from '../../plugins/model/argocd/sources/permitted-sources.ts';
import { mergeSource, overrideNames } from '../../plugins/model/argocd/sources/source-override.ts';
import { detectType, normalizeSource, selectFiles } from '../../plugins/model/argocd/sources/source-type.ts';
import { sourceFaults } from '../../plugins/model/argocd/sources/source-validation.ts';
import { type Annotations, csv, hookOf, waveOf } from '../../plugins/model/argocd/sync/hooks.ts';
import { overrideKey, resourceOverrides } from '../../plugins/model/argocd/sync/ignore-differences.ts';
import { kindRank, sortTasks, steps, type Task } from '../../plugins/model/argocd/sync/order.ts';
import { applyMethod, createsNamespace, optionValue } from '../../plugins/model/argocd/sync/sync-options.ts';
import type { Phase } from '../../plugins/model/types.ts';
import { parseFile } from '../../plugins/source/yaml/parse-documents.ts';
import { walk } from '../../plugins/source/walk.ts';
import { noClusters } from '../model/no-clusters.ts';
import { tree } from '../source/tree.ts';
import { differ, type Operation, runVectors, vectors as vectorsOf } from './run.ts';

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
      hookName: 'names made at the time of a sync',
      pruneDecision: prunes,
      applyOutOfSyncOnly: 'needs live state',
    };
    for (const { id, input } of vectorsOf('argocd/sync-order.json')) {
      if (listAt(input, 'resources').some((resource) => isObject(resource) && resource.target === false))
        aside[id] = prunes;
      if (input.operationDryRun === true || (input.op === 'serverSideApply' && input.dryRun === true))
        aside[id] = 'dry runs need a live cluster';
    }
    const method = (input: JsonObject) =>
      applyMethod(
        {
          kind: text(input.kind),
          annotations: annotationsOf(input.targetAnnotations),
          liveAnnotations: annotationsOf(input.liveAnnotations),
          live: input.live === true,
        },
        listAt(input, 'appSyncOptions').map(text),
      );
    const compare: Operation = ({ input, expected }) => {
      const found: JsonObject = { ...method(input) };
      return differ(
        expected,
        Object.fromEntries(Object.keys(expected).map((key) => [key, found[key] ?? null])),
      );
    };
    Object.assign(operations, { applyCommand: compare, serverSideApply: compare, kubectlValidate: compare });
    operations.annotationOptionValue = ({ input, expected }) =>
      differ(expected.value, optionValue(input.value, text(input.option)));
    operations.namespaceAutoCreate = ({ input, expected }) => {
      const objects = listAt(input, 'targets').map((target) => ({
        group: '',
        kind: textAt(target, 'kind') ?? '',
        name: textAt(target, 'name') ?? '',
      }));
      const options = input.createNamespace === true ? ['CreateNamespace=true'] : [];
      return differ(
        expected.extraNamespaceTask,
        createsNamespace(options, text(input.destinationNamespace), objects),
      );
    };
    expect(runVectors('argocd/sync-order.json', operations, aside)).toEqual({ failures: [], ran: 125 });
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
    expect(runVectors('argocd/appproject-destinations.json', operations)).toEqual({ failures: [], ran: 69 });
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
        return differ(expected.same, normalizeGitUrl(left) === normalizeGitUrl(right));
      },
      normalizeGitURL: ({ input, expected }) => differ(expected.normalized, normalizeGitUrl(text(input.url))),
      // The user whom an address names (in four cases) is no part of any page: only whether it is such an
      // address.
      isSSHURL: ({ input, expected }) => differ(expected.ssh, isSshUrl(text(input.url))),
    };
    operations.validateProject = ({ input, expected }) =>
      differ(
        expected.valid,
        validateProject('p', { sourceRepos: listAt(input, 'sourceRepos') }).length === 0,
      );
    operations.validateSources = ({ input, expected }) => {
      const sources = listAt(input, 'sources').filter(isObject);
      const found = sourceFaults(sources, input.hasMultipleSources === true).map(({ error }) => error);
      for (const source of sources) {
        if (!isSourcePermitted(listAt(input, 'sourceRepos').map(text), text(source.repoURL)))
          found.push(`application repo ${text(source.repoURL)} is not permitted`);
      }
      if (Array.isArray(expected.conditions)) return differ(expected.conditions, found);
      const [first = ''] = found;
      const fits = first.includes(text(expected.messageContains)) && (expected.message ?? first) === first;
      return found.length > 0 && fits ? null : first;
    };
    expect(runVectors('argocd/appproject-sources.json', operations)).toEqual({ failures: [], ran: 69 });
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
    expect(runVectors('argocd/appproject-resources.json', operations, aside)).toEqual({
      failures: [],
      ran: 25,
    });
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
    };
    const aside = {
      normalize: 'live diffing',
      hasIgnoreDifference: 'which rules one live object is compared by is no part of any page',
    };
    expect(runVectors('argocd/ignore-differences.json', operations, aside)).toEqual({
      failures: [],
      ran: 17,
    });
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
      selectFiles: ({ input, expected }) => {
        const found = onDisk(
          input,
          Object.fromEntries(listAt(input, 'files').map((name) => [text(name), ''])),
        );
        const files = selectFiles(found.names, objectAt(input, 'directory'));
        return expected.errorContains === undefined
          ? differ(expected.files, files)
          : differ(listAt(expected, 'errorContains'), found.leaving ? ['illegal filepath in symlink'] : []);
      },
      discover: ({ input, expected }) => {
        const byFolder = new Map<string, string[]>();
        for (const file of listAt(input, 'files').map(text)) {
          const folder = posix.dirname(file);
          byFolder.set(folder, [...(byFolder.get(folder) ?? []), posix.basename(file)]);
        }
        const apps: JsonObject = {};
        for (const [folder, files] of byFolder) {
          const detected = detectType({}, files, objectAt(input, 'enabled'));
          if ('type' in detected && detected.type !== 'Directory') apps[folder] = detected.type;
        }
        return differ(expected.apps, apps);
      },
      mergeSource: ({ input, expected }) => {
        let source = objectAt(input, 'source');
        for (const name of overrideNames(text(input.appName))) {
          const written = objectAt(input, 'files')[name];
          if (typeof written !== 'string') continue;
          const merged = mergeSource(source, written);
          if ('error' in merged) return expected.error === undefined ? merged.error : null;
          source = merged.source;
        }
        return expected.error === undefined ? differ(expected.source, source) : 'expected an error';
      },
      generates: ({ input, expected }) => {
        const place = { file: 'app.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 };
        const deployment = deploymentOf({ spec: { sources: [objectAt(input, 'source')] } }, place, {
          sources: { root: '/', home: '/', files: new Map(), faults: [], unread: [], isCovered: () => false, secrets: noSecrets, store: noStore, remember: async () => {} },
          rendered: { builds: new Map(), sourceBuilds: new Map(), diagnostics: [], missing: [], engine: null },
          repository: { directories: new Set(["."]), isLocal: () => true, covers: () => true, isRead: () => true },
          clusters: noClusters,
          cluster: '',
          enabled: {},
          homes: new Map(),
          objects: { find: () => undefined, all: () => [] },
          filesIn: () => [],
          ask: () => undefined, fileAt: () => undefined, buildOf: () => undefined, mount: '', paths: new Set(),
        });
        return differ(expected, { manifests: deployment.objects.length + deployment.errors.length });
      },
      parseFiles: ({ input, expected }) => {
        const found = onDisk(input, objectAt(input, 'files') as Record<string, string>);
        const files = selectFiles(found.names, objectAt(input, 'directory'));
        const errors = found.leaving ? ['illegal filepath in symlink'] : [];
        let rawObjects = 0;
        const resources: JsonObject[] = [];
        for (const name of files) {
          const written = found.text(name);
          const parsed = parseFile(name.replace(/\.(jsonnet|sealed)$/, '.yaml'), written);
          const read = objectDocuments({
            name,
            text: written,
            documents: parsed.documents,
            broken: parsed.faults.length > 0,
            count: new Set(parsed.documents.map(({ yaml }) => yaml)).size,
          });
          if ('error' in read) errors.push(read.error);
          else {
            rawObjects += new Set(read.documents.map(({ yaml }) => yaml)).size;
            resources.push(...read.documents.flatMap(({ value }) => expandList(value)));
          }
        }
        const read = files.map((name) => ({ name, text: found.text(name) }));
        const limit = input.maxCombinedFileSize;
        const tooMuch = combinedSizeFault(read, typeof limit === 'number' ? limit : undefined);
        if (tooMuch !== null) errors.push(tooMuch);
        if (expected.error === true) return errors.length > 0 ? null : 'expected an error';
        if (expected.errorContains !== undefined)
          return listAt(expected, 'errorContains').every((words) =>
            errors.some((error) => error.includes(text(words))),
          )
            ? null
            : `errors: ${errors.join('; ')}`;
        if (errors.length > 0) return errors.join('; ');
        const shown = resources.map((value) => {
          const name = textAt(value, 'metadata', 'name');
          return { kind: text(value.kind), ...(name === undefined ? {} : { name }) };
        });
        return differ(expected, { files, rawObjects, resources: shown });
      },
    };
    expect(runVectors('argocd/app-source-type.json', operations)).toEqual({ failures: [], ran: 96 });
  });
});

/**
 * The files of a case in a real folder, walked as a repository is: links are followed, refused or dangling as
 * there.
 */
function onDisk(
  input: JsonObject,
  files: Record<string, string>,
): { names: string[]; leaving: boolean; text(name: string): string } {
  const base = text(input.appPath);
  const top: Record<string, string> = {};
  for (const [path, content] of Object.entries(files)) top[`repo/${path}`] = content;
  for (const [path, target] of Object.entries(objectAt(input, 'symlinks'))) {
    top[`repo/${path}`] = `->${text(target)}`;
    const aim = posix.join('repo', posix.dirname(path), text(target));
    // What lies outside exists, so that only the border keeps it out.
    if (!aim.startsWith('repo/') && aim !== '.') top[aim] = '{}';
  }
  const root = join(tree(top), 'repo');
  const walked = walk(root, [base === '' ? '.' : base], new Set());
  const prefix = base === '' ? '' : `${base}/`;
  return {
    names: walked.files.map((path) => path.slice(prefix.length)),
    leaving: walked.refused.some(({ why }) => why.includes('outside')),
    text: (name) => readFileSync(join(root, prefix + name), 'utf8'),
  };
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
