import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../plugins/base/index.ts';
import { printedModel } from '../../plugins/checks/index.ts';
import { expandApplicationSet } from '../../plugins/model/argocd/sets/application-sets.ts';
import { flatten, goText } from '../../plugins/model/argocd/sets/generators/go-text.ts';
import type { GeneratorScope } from '../../plugins/model/argocd/sets/generators/types.ts';
import { generateEntry } from '../../plugins/model/argocd/sets/generators.ts';
import { openRoom } from '../../plugins/model/argocd/sets/room.ts';
import type { ApplicationSet } from '../../plugins/model/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { at, get, platformOf } from './platforms.ts';

describe('generators of a platform', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await platformOf('model-generators');
  });
  const set = (name: string): ApplicationSet => {
    const found = platform.model.applicationSets.find((one) => one.name === name);
    if (!found) throw new Error(`no set ${name}`);
    return found;
  };
  const envOf = (name: string) => get(platform, `Application.argoproj.io/argocd/${name}`).labels.env;

  it('reads files, under a prefix and with values', () => {
    expect(set('files')).toMatchObject({
      applications: ['files-east-x2', 'files-west-x1'],
      unverified: null,
    });
    expect(envOf('files-east-x2')).toBe('east.yaml');
  });

  it('multiplies directories with the clusters of plumbline.yaml that the selector takes', () => {
    expect(set('matrix').applications).toEqual(['matrix-api-east', 'matrix-web-east']);
    expect(set('matrix').generators.map(({ type, paths }) => [type, ...paths])).toEqual([
      ['matrix'],
      ['git', 'apps/*'],
      ['clusters'],
    ]);
  });

  it('merges by a key, and follows the steps of a rolling sync', () => {
    expect(set('merge').applications).toEqual(['merge-east', 'merge-in-cluster', 'merge-west']);
    expect(envOf('merge-west')).toBe('prod');
    expect(set('merge').rollingSync).toEqual({
      steps: [
        { applications: ['merge-east', 'merge-in-cluster'], maxUpdate: null },
        { applications: ['merge-west'], maxUpdate: '50%' },
      ],
      reverseDeletion: false,
    });
    expect(set('files').rollingSync).toBeNull();
  });

  it('takes what a pull request generator would find from plumbline.yaml', () => {
    expect(set('previews')).toMatchObject({ applications: ['preview-7'], unverified: null });
    expect(envOf('preview-7')).toBe('new-header');
  });

  it("lets a generator's template win, and its selector choose", () => {
    expect(set('override').applications).toEqual(['override-a']);
    const [source] = platform.model.applications.find(({ name }) => name === 'override-a')?.sources ?? [];
    expect(source).toMatchObject({ path: 'apps/api', local: true });
  });

  it('says what it cannot know, and where: never empty', () => {
    expect(set('empty').unverified).toContain('a generator is empty');
    expect(set('plugin').unverified).toBe('a `plugin` generator needs the service that it calls');
    expect(printedModel(platform).diagnostics.map(({ help }) => help)).toContain(
      'What it generates is unknown here, not empty. Give its parameters in `plumbline.yaml` under `generators.plugin`.',
    );
    const unverified = platform.model.unverified.find(({ what }) => what === 'ApplicationSet plugin');
    expect(unverified?.origin && at(unverified.origin)).toMatch(/^argocd\/sets\.yaml:\d+$/);
  });

  it('creates none of the Applications that share a name, and says so', () => {
    expect(set('repeated').applications).toEqual(['repeated-b']);
    expect(messages()).toContain(
      'Argo CD refuses `ApplicationSet/repeated`: the template gives 2 Applications the name `repeated-a`: Argo CD creates none of them',
    );
  });

  it('creates nothing where one generator is refused', () => {
    expect(set('refused').applications).toEqual([]);
    expect(messages()).toContain(
      'Argo CD refuses `ApplicationSet/refused`: found less than two generators, Matrix support only two',
    );
  });

  it('fills the placeholders that plumbline.yaml names, and leaves the others as text', () => {
    expect(get(platform, 'ConfigMap/apps/web').rendered.data).toEqual({ host: 'web.example.com' });
    const source = platform.model.applications.find(({ name }) => name === 'preview-7')?.sources[0];
    expect(source?.repoURL).toBe('${REPO_URL}');
  });

  const messages = (): string[] => printedModel(platform).diagnostics.map(({ message }) => message);
});

describe('parameters', () => {
  const scope: GeneratorScope = {
    set: 'set',
    options: { goTemplate: false },
    context: {
      directories: [],
      files: [],
      textOf: () => undefined,
      across: () => ({ hint: null }),
      fileGlobs: 'pathspec',
      fixtures: { clusters: null, sets: {} },
      room: openRoom(),
      isLocal: () => true,
      covers: () => true,
    },
  };

  it('are flattened and printed as Go does', () => {
    expect([1e6, 999999, 0.0001, 0.00001, -0.5, 1e21, 0].map(goText)).toEqual([
      '1e+06',
      '999999',
      '0.0001',
      '1e-05',
      '-0.5',
      '1e+21',
      '0',
    ]);
    expect(flatten({ a: { b: [1, { c: null }] }, d: {}, e: [] })).toEqual({
      'a.b.0': '1',
      'a.b.1.c': '<nil>',
    });
  });

  const list = (key: string, count: number): JsonObject => ({
    list: { elements: Array.from({ length: count }, (_, index) => ({ [key]: `${index}` })) },
  });
  const within = (limits: Partial<Parameters<typeof openRoom>[0]>) => ({
    ...scope,
    context: {
      ...scope.context,
      room: openRoom({ applications: 9, objects: 9, rows: 99, work: 99_999, ...limits }),
    },
  });

  it('of a matrix are bounded, those too of which a selector takes none', () => {
    const matrix = { matrix: { generators: [list('a', 10), list('b', 10)] } };
    expect(generateEntry(matrix, within({ rows: 300 })).ok).toBe(true);
    const none = { ...list('b', 10), selector: { matchLabels: { b: 'none' } } };
    for (const second of [list('b', 10), none])
      expect(
        generateEntry({ matrix: { generators: [list('a', 10), second] } }, within({ rows: 100 })),
      ).toMatchObject({
        ok: false,
        refused: false,
        why: 'the generators of a run give more than 100 parameter sets',
      });
  });

  it('of all sets together are bounded: one that gives too many is told and leaves the others', () => {
    const set = (template: string, ...generators: JsonObject[]): JsonObject => ({
      metadata: { name: 'set' },
      spec: { goTemplate: true, generators, template: { metadata: { name: template } } },
    });
    const { context } = within({});
    const many = expandApplicationSet(set('app-{{.a}}', list('a', 100), list('a', 5)), context);
    expect(many.applications).toHaveLength(0);
    expect(many.unverified[0]?.path).toEqual(['spec', 'generators', 0, 'list']);
    const both = within({ rows: 1000 }).context;
    const some = expandApplicationSet(set('app-{{.a}}', list('a', 100), list('a', 5)), both);
    expect(some.applications).toHaveLength(5);
    expect(some.unverified).toEqual([
      {
        why: 'it gives 100 applications, and of the 9 that all sets of a run may give 9 are left',
        path: ['spec', 'generators', 0, 'list'],
      },
    ]);
    const loops = '{{range until 100}}{{range until 100}}{{end}}{{end}}app-{{.a}}';
    const slow = expandApplicationSet(set(loops, list('a', 9)), within({ work: 50_000 }).context);
    expect(slow.applications.length).toBeLessThan(9);
    expect(slow.unverified).toEqual([
      { why: 'the templates of all sets take too much work together', path: ['spec', 'template'] },
    ]);
  });

  it('of the other language ends, too', () => {
    const generators = [{ list: { elements: [{ a: 'x'.repeat(1000) }] } }];
    const template = { metadata: { name: '{{a}}'.repeat(30_000) } };
    const set = { metadata: { name: 'set' }, spec: { generators, template } };
    const { applications, unverified } = expandApplicationSet(set, scope.context);
    expect(applications).toEqual([]);
    expect(unverified).toMatchObject([{ why: 'the template takes too much work and is not evaluated' }]);
  });

  it('are refused or not known by what they ask for, whatever words stand in them', () => {
    const expanded = (template: string, values: JsonObject = {}) => {
      const generators = [list('a', 1), { list: { elements: [{}], values } }];
      const matrix = { matrix: { generators } };
      const spec = { goTemplate: true, generators: [matrix], template: { metadata: { name: template } } };
      const { applications, refused, unverified } = expandApplicationSet(
        { metadata: { name: 'set' }, spec },
        scope.context,
      );
      return [applications.length, refused.length, unverified.length];
    };
    expect(expanded('app')).toEqual([1, 0, 0]);
    expect(expanded('{{ printf "%p" list }}')).toEqual([0, 0, 1]);
    expect(expanded('{{ fail "it is not evaluated" }}')).toEqual([0, 1, 0]);
    expect(expanded('app', { later: '{{ .own }}' })).toEqual([1, 0, 0]);
    expect(expanded('app', { wrong: '{{ fail "it has no value" }}' })).toEqual([0, 1, 0]);
  });

  it('with an option that is a mapping of any keys are no fault of ours', () => {
    const spec = { goTemplate: true, goTemplateOptions: [{ toString: 'a' }], generators: [] };
    expect(() => expandApplicationSet({ metadata: { name: 'set' }, spec }, scope.context)).not.toThrow();
  });

  it('of generators that are nested too deep are refused', () => {
    const list = { list: { elements: [{ a: '1' }] } };
    const nest = (inner: JsonObject): JsonObject => ({
      matrix: { generators: [inner, { list: { elements: [{}] } }] },
    });
    expect(generateEntry(nest(nest(list)), scope).ok).toBe(true);
    expect(generateEntry(nest(nest(nest(list))), scope)).toMatchObject({
      ok: false,
      refused: true,
      path: ['matrix', 'generators', 0, 'matrix', 'generators', 0, 'matrix'],
    });
  });

  it('of an unread file or folder are not known', () => {
    const git = { git: { files: [{ path: 'a.yaml' }] } };
    const context = { ...scope.context, files: ['a.yaml'] };
    expect(generateEntry(git, { ...scope, context })).toMatchObject({ ok: false, refused: false });
    const outside = { ...context, covers: () => false };
    expect(generateEntry(git, { ...scope, context: outside })).toMatchObject({ ok: false, refused: false });
  });
});
