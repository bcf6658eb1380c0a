import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../plugins/base/json-value.ts';
import {
  type GlobalProject,
  globalProjectsFor,
  mergeVirtualProject,
} from '../../plugins/model/argocd/projects/global-projects.ts';
import {
  isAppNamespacePermitted,
  isNamespaceEnabled,
  type ListMode,
  matchesList,
  rbacName,
} from '../../plugins/model/argocd/projects/project-namespaces.ts';
import {
  groupFault,
  isValidAction,
  isValidPolicyObject,
  policyFault,
  roleNameFault,
} from '../../plugins/model/argocd/projects/project-roles.ts';
import { validateProject } from '../../plugins/model/argocd/projects/project-validation.ts';
import { deriveServiceAccount } from '../../plugins/model/argocd/projects/service-accounts.ts';
import { refSourcesOf } from '../../plugins/model/argocd/sources/ref-sources.ts';
import { windowFault, windowMatches, windowOf } from '../../plugins/model/argocd/sync/sync-windows.ts';
import { differ, type Operation, runVectors } from './run.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: JsonObject, key: string): string[] => listAt(value, key).map(text);

/** A verdict, and the words of the error where the case names some. */
function verdict(expected: JsonObject, errors: readonly string[]): string | null {
  const valid = differ(expected.valid, errors.length === 0);
  const wanted = text(expected.errorContains);
  return (
    valid ?? (errors.some((error) => error.includes(wanted)) || wanted === '' ? null : errors.join('; '))
  );
}

const single = (fault: string | null): string[] => (fault === null ? [] : [fault]);

describe('what a project says', () => {
  it('as upstream decides it', () => {
    const operations: Record<string, Operation> = {
      isAppNamespacePermitted: ({ input, expected }) =>
        differ(
          expected.permitted,
          isAppNamespacePermitted(
            texts(input, 'sourceNamespaces'),
            text(input.appNamespace),
            text(input.controllerNamespace),
          ),
        ),
      isNamespaceEnabled: ({ input, expected }) =>
        differ(
          expected.enabled,
          isNamespaceEnabled(
            text(input.namespace),
            text(input.serverNamespace),
            texts(input, 'enabledNamespaces'),
          ),
        ),
      matchStringInList: ({ input, expected }) =>
        differ(expected.match, matchesList(texts(input, 'list'), text(input.item), input.mode as ListMode)),
      validateProject: ({ input, expected }) => {
        const spec = { roles: [{ name: 'my-role' }], destinations: [{}], ...objectAt(input, 'spec') };
        return verdict(
          expected,
          validateProject('my-proj', spec).map(({ error }) => error),
        );
      },
      validateRoleName: ({ input, expected }) => verdict(expected, single(roleNameFault(text(input.name)))),
      validateGroupName: ({ input, expected }) => verdict(expected, single(groupFault(text(input.name)))),
      validatePolicy: ({ input, expected }) =>
        verdict(expected, single(policyFault(text(input.project), text(input.role), text(input.policy)))),
      isValidAction: ({ input, expected }) => differ(expected.valid, isValidAction(text(input.action))),
      isValidPolicyObject: ({ input, expected }) =>
        differ(expected.valid, isValidPolicyObject(text(input.project), text(input.object))),
      syncWindowsMatch: ({ input, expected }) => {
        const destination = objectAt(input, 'app', 'destination');
        const subject = {
          name: textAt(input, 'app', 'name') ?? '',
          destination: {
            server: textAt(destination, 'server') ?? null,
            name: textAt(destination, 'name') ?? null,
            namespace: textAt(destination, 'namespace') ?? null,
          },
        };
        return differ(expected.matches, windowMatches(windowOf(objectAt(input, 'window')), subject));
      },
      validateSyncWindow: ({ input, expected }) =>
        verdict(expected, single(windowFault(windowOf(objectAt(input, 'window')))?.error ?? null)),
      addSyncWindow: ({ input, expected }) =>
        verdict(
          expected,
          validateProject('p', { syncWindows: [objectAt(input, 'window')] }).map(({ error }) => error),
        ),
      mergeVirtualProject: ({ input, expected }) =>
        differ(
          expected.project ?? expected.merged ?? expected.spec ?? expected,
          mergeVirtualProject(objectAt(input, 'project'), objectAt(input, 'globalProject')),
        ),
      globalProjects: ({ input, expected }) => {
        const globals: GlobalProject[] = listAt(input, 'globalProjects').map((entry) => ({
          projectName: textAt(entry, 'projectName') ?? '',
          labelSelector: objectAt(entry, 'labelSelector'),
        }));
        const project = {
          name: textAt(input, 'project', 'name') ?? '',
          labels: objectAt(input, 'project', 'labels') as Record<string, string>,
        };
        const existing = texts(input, 'existingProjects');
        return differ(
          expected.names,
          globalProjectsFor(project, globals, (name) => existing.includes(name)),
        );
      },
      deriveServiceAccount: ({ input, expected }) => {
        const derived = deriveServiceAccount(
          input,
          text(input.destClusterServer),
          text(input.destinationNamespace),
          text(input.applicationNamespace),
        );
        if ('error' in derived)
          return derived.error.includes(text(expected.error)) && expected.error ? null : derived.error;
        return differ(expected, { serviceAccount: derived.account });
      },
      rbacName: ({ input, expected }) =>
        differ(
          expected.name,
          rbacName(
            text(input.appName),
            text(input.appNamespace),
            text(input.project),
            text(input.controllerNamespace),
          ),
        ),
      getRefSources: ({ input, expected }) => {
        const found = refSourcesOf(listAt(input, 'sources').filter(isObject));
        if ('error' in found) return differ(expected.error, found.error);
        return differ(expected.refs, {
          ...Object.fromEntries(
            [...found.refs].map(([key, source]) => [
              key,
              { repoURL: text(source.repoURL), targetRevision: text(source.targetRevision) },
            ]),
          ),
        });
      },
    };
    const clock = 'a page has no clock: windows are told in words, and none is asked whether it is open now';
    const aside = {
      ...{ syncWindowsActive: clock, inactiveAllows: clock, syncWindowActive: clock, canSync: clock },
      includeResource: 'a selective sync is a request to a running Argo CD',
    };
    expect(runVectors('argocd/appproject-misc.json', operations, aside)).toEqual({ failures: [], ran: 166 });
  });
});
