import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../plugins/base/json-value.ts';
import { expandApplicationSet } from '../../plugins/model/argocd/sets/application-sets.ts';
import { listDirectories } from '../../plugins/model/argocd/sets/directories.ts';
import { combineDeep, combineTexts } from '../../plugins/model/argocd/sets/generators/combine.ts';
import { eachWithValues, withValues } from '../../plugins/model/argocd/sets/generators/generator-values.ts';
import { listFiles, parametersOfFile } from '../../plugins/model/argocd/sets/generators/git-files.ts';
import { interpolate } from '../../plugins/model/argocd/sets/generators/interpolate.ts';
import { byMergeKey } from '../../plugins/model/argocd/sets/generators/merge.ts';
import {
  isDeletionReversed,
  isRollingSync,
  rollingSteps,
} from '../../plugins/model/argocd/sets/generators/rolling-sync.ts';
import type { Generated, GeneratorScope, SetContext } from '../../plugins/model/argocd/sets/generators/types.ts';
import { generateEntry } from '../../plugins/model/argocd/sets/generators.ts';
import { openRoom } from '../../plugins/model/argocd/sets/room.ts';
import { mergeGeneratorTemplate } from '../../plugins/template/index.ts';
import { differ, type Operation, runVectors, type Vector } from './run.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

describe('vectors of ApplicationSet generators', () => {
  const entries = (vector: Vector): string | null =>
    compare(vector, generateEntry(objectAt(vector.input, 'generator'), scopeOf(vector.input)));

  it('git directories', () => {
    const aside = { 'dirs-project-02': 'the project is looked up in the cluster' };
    expect(runVectors('argocd/appset-git-directories.json', { '-': gitEntry }, aside)).toEqual({
      failures: [],
      ran: 24,
    });
  });

  it('git files', () => {
    const operations: Record<string, Operation> = {
      '-': (vector) => (vector.input.filePath === undefined ? gitEntry(vector) : oneFile(vector)),
      listFiles: ({ input, expected }) => {
        const outside = new Set(listAt(input, 'symlinksOutsideRepo'));
        const isNew = input.globbing === 'new';
        const files = listAt(input, 'repoFileNames').map(text);
        const listed = listFiles(text(input.pattern), {
          files: isNew ? files.filter((file) => !outside.has(file)) : files,
          fileGlobs: isNew ? 'doublestar' : 'pathspec',
        });
        if (!listed.ok) return expected.error === undefined ? listed.why : null;
        return differ(expected.matched, listed.value);
      },
    };
    expect(runVectors('argocd/appset-git-files.json', operations)).toEqual({ failures: [], ran: 70 });
  });

  it('lists', () => {
    expect(runVectors('argocd/appset-list.json', { '-': entries })).toEqual({ failures: [], ran: 34 });
  });

  it('matrices', () => {
    const operations: Record<string, Operation> = {
      '-': entries,
      interpolate: interpolated,
      combine: ({ input, expected }) => {
        const combine = input.goTemplate === true ? combineGo : combineTexts;
        const result = combine(objectAt(input, 'first'), objectAt(input, 'second'));
        if (!result.ok) return fails(expected) ? null : result.why;
        return differ(expected.params, result.value);
      },
    };
    expect(runVectors('argocd/appset-matrix.json', operations, matrixAside)).toEqual({
      failures: [],
      ran: 56,
    });
  });

  it('merges', () => {
    const operations: Record<string, Operation> = {
      '-': entries,
      byMergeKey: ({ input, expected }) => {
        const result = byMergeKey(
          listAt(input, 'mergeKeys').map(text),
          listAt(input, 'paramSets').filter(isObject),
        );
        if (!result.ok) return differ(expected.error, result.why);
        return differ(expected.byKey, Object.fromEntries(result.value));
      },
    };
    expect(runVectors('argocd/appset-merge.json', operations)).toEqual({ failures: [], ran: 31 });
  });

  it('clusters', () => {
    expect(runVectors('argocd/appset-clusters.json', { '-': entries })).toEqual({ failures: [], ran: 25 });
  });

  it('progressive syncs', () => {
    const operations: Record<string, Operation> = {
      isRollingSync: ({ input, expected }) =>
        differ(expected.rollingSync, isRollingSync(objectAt(input, 'strategy'))),
      isDeletionReversed: ({ input, expected }) =>
        differ(expected.reversed, isDeletionReversed(objectAt(input, 'strategy'))),
      buildSteps: ({ input, expected }) => {
        const applications = listAt(input, 'applications').map((application) => ({
          name: textAt(application, 'name') ?? '',
          labels: objectAt(application, 'labels') as Record<string, string>,
        }));
        const steps = rollingSteps(objectAt(input, 'strategy'), applications);
        const stepOf = Object.fromEntries(
          (steps ?? [])
            .toReversed()
            .flatMap((step, index) =>
              step.applications.map((name) => [name, (steps ?? []).length - 1 - index]),
            ),
        );
        const invalid = (steps ?? []).flatMap(({ invalidOperators }, stepIndex) =>
          invalidOperators.map((operator) => ({ stepIndex, operator })),
        );
        const wantedInvalid = listAt(expected, 'issues', 'invalidMatchExpressions');
        return (
          differ(expected.steps, steps === null ? null : steps.map((step) => step.applications)) ??
          differ(expected.stepOf ?? {}, stepOf) ??
          differ(wantedInvalid, invalid)
        );
      },
    };
    expect(runVectors('argocd/appset-progressive.json', operations)).toEqual({ failures: [], ran: 21 });
  });

  it("a generator's own template", () => {
    const operations: Record<string, Operation> = {
      interpolate: interpolated,
      appendTemplatedValues: ({ input, expected }) => {
        const result = withValues(
          { values: objectAt(input, 'values') },
          objectAt(input, 'params'),
          scopeOf(input),
        );
        return result.ok ? differ(expected.params, result.value) : result.why;
      },
      generateApplications: ({ input, expected }) => {
        const { applications, refused, unverified } = expandApplicationSet(
          objectAt(input, 'applicationSet'),
          scopeOf(input).context,
        );
        const why = [...refused, ...unverified].map((item) => item.why).join('; ');
        if (fails(expected)) return applications.length === 0 && refused.length > 0 ? null : why;
        const plain = applications.map(({ metadata, spec }) => ({ metadata, spec }));
        const fault = differ(expected.applications, plain);
        return fault === null ? null : `${why} ${fault}`;
      },
      mergeGeneratorTemplate: ({ input, expected }) =>
        differ(
          expected.template,
          mergeGeneratorTemplate(objectAt(input, 'generatorTemplate'), objectAt(input, 'template')),
        ),
    };
    const own = 'templates are tested with their own room';
    const others = {
      replace: own,
      render: own,
      renderValue: own,
      applyTemplatePatch: own,
      slugify: own,
      normalize: own,
      validateGenerated: 'projects and destinations are judged with the permissions',
      invalidGenerators: 'the manifest itself is read, not what the API server kept of it',
      errorReason: 'conditions of a live set',
    };
    expect(runVectors('argocd/appset-template.json', operations, others)).toEqual({ failures: [], ran: 15 });
  });
});

const matrixAside = { 'interpolate-error-01': 'no generator at all' };

const combineGo = (first: JsonObject, second: JsonObject) => combineDeep(second, first);

function interpolated({ input, expected }: Vector): string | null {
  const result = interpolate(objectAt(input, 'generator'), objectAt(input, 'params'), scopeOf(input));
  if (!result.ok) return fails(expected) ? null : result.why;
  return differ(expected.generator, result.value);
}

function gitEntry(vector: Vector): string | null {
  const { directories, files, pathParamPrefix, values } = vector.input;
  const given = { directories, files, pathParamPrefix, values };
  const git = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return compare(vector, generateEntry({ git: git as JsonObject }, scopeOf(vector.input)));
}

function oneFile(vector: Vector): string | null {
  const { input } = vector;
  const scope = scopeOf(input);
  const own = parametersOfFile(
    text(input.filePath),
    text(input.fileContent),
    input.goTemplate === true,
    text(input.pathParamPrefix),
  );
  return compare(
    vector,
    own.ok ? eachWithValues({ values: objectAt(input, 'values') }, own.value, scope) : own,
  );
}

/** Errors are compared by whether there is one: their words are ours. */
function compare({ expected }: Vector, result: Generated): string | null {
  if (!result.ok) return fails(expected) ? null : result.why;
  if (fails(expected)) return `expected an error, got ${JSON.stringify(result.value)}`;
  const wanted = listAt(expected, 'params').map((set) => set ?? {});
  return expected.unordered === true
    ? differ(unordered(wanted), unordered(result.value))
    : differ(wanted, result.value);
}

function fails(expected: JsonObject): boolean {
  return expected.error !== undefined || expected.errorContains !== undefined;
}

function unordered(sets: readonly unknown[]): string[] {
  return sets
    .map((set) => {
      const listed =
        isObject(set) && Array.isArray(set.clusters) ? { ...set, clusters: unordered(set.clusters) } : set;
      return stable(listed);
    })
    .sort();
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function scopeOf(input: JsonObject): GeneratorScope {
  const files = objectAt(input, 'repoFiles');
  const paths = Object.keys(files).sort();
  const secrets = listAt(input, 'clusterSecrets').filter(
    (secret) => textAt(secret, 'labels', 'argocd.argoproj.io/secret-type') === 'cluster',
  );
  const stubs = objectAt(input, 'generatorStubs');
  const context: SetContext = {
    directories: Array.isArray(input.repoDirectories)
      ? input.repoDirectories.map(text)
      : listDirectories(paths),
    files: paths,
    textOf: (file) => textAt(files, file),
    across: () => ({ hint: null }),
    fileGlobs: input.globbing === 'new' ? 'doublestar' : 'pathspec',
    fixtures: {
      clusters: secrets.map((secret) => ({
        name: textAt(secret, 'data', 'name') ?? '',
        server: textAt(secret, 'data', 'server') ?? '',
        project: textAt(secret, 'data', 'project') ?? '',
        labels: objectAt(secret, 'labels') as Record<string, string>,
        annotations: objectAt(secret, 'annotations') as Record<string, string>,
      })),
      sets: { set: stubs as Record<string, JsonObject[]> },
    },
    room: openRoom(),
    // A stubbed generator stands for another repository, whose parameters are given.
    isLocal: () => stubs.git === undefined,
    covers: () => true,
  };
  const goTemplateOptions = listAt(input, 'goTemplateOptions').map(text);
  return { set: 'set', options: { goTemplate: input.goTemplate === true, goTemplateOptions }, context };
}
